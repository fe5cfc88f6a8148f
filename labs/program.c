/* SPDX-License-Identifier: MIT */
#include "labs/program.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sockios.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/clock.h"
#include "capture/process.h"
#include "labs/stream.h"

enum { ARGUMENTS = 16, SAID = 65536, LOOK_MS = 2, CANNOT_RUN = 127, BY_SIGNAL = 128 };
static const int64_t patience = 10000000000;

struct program {
	struct stream stream;
	pid_t pid;
	int in, out; /* its standard input and output; -1: closed */
	bool late;   /* its time is over */
	char said[SAID];
	size_t len;
};

/* ---- the program's side */

static void split(char *command, char *argument[static ARGUMENTS + 1])
{
	char *rest = command;
	int n = 0;
	while (n < ARGUMENTS && (argument[n] = strtok_r(rest, " \t", &rest)))
		n++;
	argument[n] = NULL;
}

/* It is to die with us, and has nothing of ours but the terminal for what it complains of. */
static void become(const char *command, int in, int out, pid_t parent)
{
	char copy[ANSWER_LINE], *argument[ARGUMENTS + 1];
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGXFSZ, SIG_DFL);
	snprintf(copy, sizeof copy, "%s", command);
	split(copy, argument);
	if (!process_dies_with(parent) || dup2(in, STDIN_FILENO) < 0 ||
	    dup2(out, STDOUT_FILENO) < 0 || close_range(STDERR_FILENO + 1, ~0U, 0) != 0)
		_exit(CANNOT_RUN);
	if (argument[0])
		execvp(argument[0], argument);
	dprintf(STDERR_FILENO, "synfin: %s: %s\n", argument[0] ? argument[0] : "|",
		argument[0] ? strerror(errno) : "no program is named");
	_exit(CANNOT_RUN);
}

/* ---- ours */

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static bool start(struct program *p, const char *command)
{
	pid_t self = getpid();
	int in[2] = {-1, -1}, out[2] = {-1, -1};
	p->pid = -1;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) == 0 &&
	    pipe2(out, O_CLOEXEC) == 0)
		p->pid = fork();
	if (p->pid == 0)
		become(command, in[1], out[1], self);
	close_end(&in[1]);
	close_end(&out[1]);
	p->in = in[0];
	p->out = out[0];
	return p->pid > 0;
}

/* The next piece, when the one before has been read: no two of them may come as one. */
static void feed(struct program *p)
{
	struct bytes piece;
	int unread = 0;
	if (p->in < 0 || (ioctl(p->in, SIOCOUTQ, &unread) == 0 && unread))
		return;
	if (!stream_next(&p->stream, &piece) ||
	    send(p->in, piece.at, piece.len, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
		close_end(&p->in);
}

/* False: it has said all, or more than anybody reads. */
static bool hear(struct program *p)
{
	struct pollfd f = {.fd = p->out, .events = POLLIN};
	if (poll(&f, 1, LOOK_MS) <= 0)
		return true;
	ssize_t n = read(p->out, p->said + p->len, SAID - 1 - p->len);
	p->len += n > 0 ? (size_t)n : 0;
	return n > 0;
}

/* Signals that stop us are blocked, to be taken in order. */
static bool is_told_to_stop(void)
{
	sigset_t set;
	sigemptyset(&set);
	sigpending(&set);
	return sigismember(&set, SIGINT) || sigismember(&set, SIGTERM) || sigismember(&set, SIGHUP);
}

/* Until it ends, or time is over: then it is ended. */
static void attend(struct program *p, int *status)
{
	int64_t until = clock_ns(CLOCK_MONOTONIC) + patience;
	bool speaks = true, ended = false;
	while (!ended && !p->late && !is_told_to_stop()) {
		feed(p);
		if (speaks)
			speaks = hear(p);
		else
			poll(NULL, 0, LOOK_MS);
		if (!speaks)
			close_end(&p->out);
		ended = !speaks && waitpid(p->pid, status, WNOHANG) != 0;
		p->late = !ended && clock_ns(CLOCK_MONOTONIC) >= until;
	}
	if (!ended) {
		kill(p->pid, SIGKILL);
		waitpid(p->pid, status, 0);
	}
	*status = WIFEXITED(*status) ? WEXITSTATUS(*status) : BY_SIGNAL + WTERMSIG(*status);
}

/* The last line that is not empty. */
static bool take_answer(struct program *p, char answer[static ANSWER_LINE])
{
	while (p->len && strchr("\n\r \t", p->said[p->len - 1]))
		p->len--;
	p->said[p->len] = 0;
	const char *line = strrchr(p->said, '\n');
	snprintf(answer, ANSWER_LINE, "%.*s", ANSWER_LINE - 1, line ? line + 1 : p->said);
	return *answer;
}

enum say program_answer(const struct evidence *e, const char *command,
			char answer[static ANSWER_LINE], int *status)
{
	struct program *p = calloc(1, sizeof *p);
	enum say say = SAY_PROGRAM_FAILED;
	*status = CANNOT_RUN;
	if (!p)
		return say;
	p->stream = stream_begin(e);
	if (start(p, command)) {
		attend(p, status);
		say = p->late                  ? SAY_PROGRAM_SLOW
		      : *status                ? SAY_PROGRAM_FAILED
		      : take_answer(p, answer) ? SAY_PROGRAM
					       : SAY_PROGRAM_SILENT;
	}
	close_end(&p->in);
	close_end(&p->out);
	free(p);
	return say;
}

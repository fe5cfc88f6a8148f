/* SPDX-License-Identifier: MIT */
#include "labs/program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "capture/clock.h"
#include "capture/process.h"
#include "capture/sandbox.h"
#include "labs/stream.h"

enum { ARGUMENTS = ANSWER_LINE / 2, LOOK_MS = 2, CANNOT_RUN = 127 };
static const int64_t patience = 10000000000;

/* What it says, or complains of: the last of it. */
struct ear {
	int fd; /* -1: it has said all */
	size_t len;
	char text[PROGRAM_COMPLAINTS];
};

struct program {
	struct stream stream;
	pid_t pid;
	int in; /* its standard input; -1: closed */
	struct ear out, err;
	bool late, stopped;
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

/* Nothing of ours is left to it: no signal that is blocked or ignored, no descriptor, and no
 * terminal, at which it could type as us. */
static bool let_go(const int stream[static 3], pid_t parent)
{
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGXFSZ, SIG_DFL);
	setsid();
	for (int fd = 0; fd < 3; fd++)
		if (dup2(stream[fd], fd) < 0)
			return false;
	return process_dies_with(parent) && close_range(STDERR_FILENO + 1, ~0U, 0) == 0;
}

/* What it sends must not get into the capture. */
static void become(const char *command, const int stream[static 3], pid_t parent)
{
	char copy[ANSWER_LINE], why[WHY_TEXT], *argument[ARGUMENTS + 1];
	snprintf(copy, sizeof copy, "%s", command);
	split(copy, argument);
	sandbox_cut_off(why, sizeof why);
	bool good = let_go(stream, parent);
	if (good && argument[0])
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
	int in[2] = {-1, -1}, out[2] = {-1, -1}, err[2] = {-1, -1};
	bool good = pipe2(in, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0 &&
		    pipe2(err, O_CLOEXEC) == 0;
	p->pid = good ? fork() : -1;
	if (p->pid == 0)
		become(command, (int[]){in[0], out[1], err[1]}, self);
	close_end(&in[0]);
	close_end(&out[1]);
	close_end(&err[1]);
	p->in = in[1];
	p->out.fd = out[0];
	p->err.fd = err[0];
	return p->pid > 0;
}

/* The next piece, when the one before has been read: no two of them may come as one. */
static void feed(struct program *p)
{
	struct bytes piece;
	int unread = 0;
	if (p->in < 0 || (ioctl(p->in, FIONREAD, &unread) == 0 && unread))
		return;
	if (!stream_next(&p->stream, &piece) || write(p->in, piece.at, piece.len) < 0)
		close_end(&p->in);
}

/* Whether it has said something. Of too much the last is kept. */
static bool hear(struct ear *e, bool ready)
{
	size_t most = sizeof e->text - 1, keep = sizeof e->text / 2;
	if (!ready)
		return false;
	if (e->len == most) {
		memmove(e->text, e->text + most - keep, keep);
		e->len = keep;
	}
	ssize_t n = read(e->fd, e->text + e->len, most - e->len);
	if (n <= 0)
		close_end(&e->fd);
	e->len += n > 0 ? (size_t)n : 0;
	e->text[e->len] = 0;
	return n > 0;
}

static bool hear_both(struct program *p)
{
	struct pollfd f[] = {{.fd = p->out.fd, .events = POLLIN},
			     {.fd = p->err.fd, .events = POLLIN}};
	poll(f, 2, LOOK_MS);
	bool out = hear(&p->out, f[0].revents), err = hear(&p->err, f[1].revents);
	return out || err;
}

/* Not waited for yet: until then the number of its process group is nobody else's. */
static bool is_gone(pid_t pid)
{
	siginfo_t info = {.si_pid = 0};
	return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid;
}

/* Signals that stop us are blocked, to be taken in order; but Ctrl-C is meant for the program. */
static bool is_told_to_stop(void)
{
	static const struct timespec now = {.tv_sec = 0};
	sigset_t set, interrupt;
	sigemptyset(&set);
	sigemptyset(&interrupt);
	sigaddset(&interrupt, SIGINT);
	sigpending(&set);
	return (sigismember(&set, SIGINT) && sigtimedwait(&interrupt, NULL, &now) == SIGINT) ||
	       sigismember(&set, SIGTERM) || sigismember(&set, SIGHUP);
}

/* Until it ends, or has to; what it has started ends with it. Returns the status of waitpid(2). */
static int attend(struct program *p)
{
	int64_t until = clock_ns(CLOCK_MONOTONIC) + patience;
	bool ended = false;
	int status = 0;
	while (!ended && !p->late && !p->stopped) {
		bool gone = is_gone(p->pid);
		feed(p);
		ended = !hear_both(p) && gone;
		p->late = !gone && clock_ns(CLOCK_MONOTONIC) >= until;
		p->stopped = is_told_to_stop();
	}
	kill(p->pid, SIGKILL);
	kill(-p->pid, SIGKILL);
	waitpid(p->pid, &status, 0);
	return status;
}

/* The last line that is not empty. */
static bool take_answer(struct ear *e, char text[static ANSWER_LINE])
{
	while (e->len && strchr("\n\r \t", e->text[e->len - 1])) /* 0, too */
		e->len--;
	e->text[e->len] = 0;
	const char *line = memrchr(e->text, '\n', e->len);
	snprintf(text, ANSWER_LINE, "%.*s", ANSWER_LINE - 1, line ? line + 1 : e->text);
	return *text;
}

static enum say judge(struct program *p, int status, char text[static ANSWER_LINE])
{
	if (p->late)
		return SAY_PROGRAM_SLOW;
	if (p->stopped)
		return SAY_PROGRAM_STOPPED;
	if (status == 0)
		return take_answer(&p->out, text) ? SAY_PROGRAM : SAY_PROGRAM_SILENT;
	if (WIFEXITED(status))
		snprintf(text, ANSWER_LINE, "exit status %d", WEXITSTATUS(status));
	else
		snprintf(text, ANSWER_LINE, "%s", strsignal(WTERMSIG(status)));
	return SAY_PROGRAM_FAILED;
}

void program_run(const struct evidence *e, const char *command, struct program_end *end)
{
	struct program *p = calloc(1, sizeof *p);
	*end = (struct program_end){.say = SAY_PROGRAM_FAILED};
	if (!p)
		return;
	p->stream = stream_begin(e);
	if (start(p, command))
		end->say = judge(p, attend(p), end->text);
	else
		snprintf(end->text, sizeof end->text, "%s", strerror(errno));
	memcpy(end->complaints, p->err.text, sizeof end->complaints);
	close_end(&p->in);
	close_end(&p->out.fd);
	close_end(&p->err.fd);
	free(p);
}

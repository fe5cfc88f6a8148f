/* SPDX-License-Identifier: MIT */
#include "labs/claim_trial.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/process.h"

/* They mostly wait. */
enum { AT_ONCE = 16 };

static void begin(const struct lab_order *o, struct trial *t)
{
	pid_t self = getpid();
	t->out = memfd_create("out", MFD_CLOEXEC);
	t->err = memfd_create("err", MFD_CLOEXEC);
	fflush(NULL);
	t->player = t->out < 0 || t->err < 0 ? -1 : fork();
	if (t->player != 0)
		return;
	if (!process_dies_with(self) || dup2(t->out, STDOUT_FILENO) < 0 ||
	    dup2(t->err, STDERR_FILENO) < 0)
		_exit(EXIT_FAILED);
	int code = trial_play(o, t->claim);
	fflush(stdout);
	_exit(code);
}

static void end(struct trial *t, int status)
{
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILED;
	t->over = true;
	t->player = 0;
	t->tried = (code & TRIED) && (code & 3) < TRUTHS && (code >> 2 & 3) < TRUTHS;
	t->found = t->tried ? (enum truth)(code & 3) : HOLDS;
	t->documented = t->tried ? (enum truth)(code >> 2 & 3) : HOLDS;
}

static void copy(int from, FILE *to)
{
	char room[4096];
	ssize_t n;
	for (off_t at = 0; (n = pread(from, room, sizeof room, at)) > 0; at += n)
		fwrite(room, 1, (size_t)n, to);
	close(from);
}

static void say(struct trial *t, FILE *out)
{
	copy(t->out, out);
	fflush(out);
	if (!t->tried)
		fprintf(stderr, "%s: ", t->claim->id);
	copy(t->err, stderr);
	if (!t->tried && t->player < 0)
		fputs("no process could be started\n", stderr);
}

/* Wait for one of ours. When there is none any more, nobody will say anything. */
static void wait_for_one(struct trial *t, unsigned count)
{
	int status;
	pid_t who = wait(&status);
	bool lost = who < 0 && errno == ECHILD;
	for (unsigned i = 0; i < count; i++)
		if (t[i].player > 0 && (lost || t[i].player == who))
			end(&t[i], lost ? -1 : status);
}

void trial_all(const struct lab_order *o, FILE *out, struct trial *t, unsigned count)
{
	unsigned begun = 0, said = 0, running;
	while (said < count) {
		running = 0;
		for (unsigned i = 0; i < begun; i++)
			running += !t[i].over;
		for (; begun < count && running < AT_ONCE; begun++, running++) {
			begin(o, &t[begun]);
			t[begun].over = t[begun].player < 0;
		}
		for (; said < begun && t[said].over; said++)
			say(&t[said], out);
		if (said < count)
			wait_for_one(t, count);
	}
}

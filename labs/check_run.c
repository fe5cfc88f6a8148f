/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/process.h"
#include "labs/check.h"
#include "labs/numbers.h"
#include "labs/stage.h"

enum { MOST_SAID = 4096, PATH_ROOM = 64 };

/* A trial on its way: the files of its run are in memory. */
struct run {
	pid_t child;
	int capture, calls, said;
};

uint64_t trial_seed(unsigned i)
{
	return UINT64_C(0x5eed0001) + i * UINT64_C(0x9e3779b9);
}

static const char *path_of(int fd, char path[static PATH_ROOM])
{
	snprintf(path, PATH_ROOM, "/proc/self/fd/%d", fd);
	return path;
}

/* ---- in a process of its own */

static void play(const struct exercise *e, const char *as_root, const struct run *r, unsigned i)
{
	char why[WHY_TEXT] = "", path[PATH_ROOM];
	struct performance p = {
		.exercise = e,
		.as_root = as_root,
		.seed = trial_seed(i),
		.capture = path_of(r->capture, path),
		.calls = fdopen(r->calls, "w"),
		.silent = true,
	};
	const struct environment quiet = {.columns = 80};
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	look_init(&p.look, &quiet);
	p.look.look.stream = true;
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	dup2(r->said, STDERR_FILENO);
	int code = perform(&p, why);
	if (code == EXIT_NO_SANDBOX)
		fputs(why, stderr);
	_exit(code);
}

static bool begin(const struct exercise *e, const char *as_root, struct run *r, unsigned i)
{
	pid_t self = getpid();
	r->capture = memfd_create("capture", MFD_CLOEXEC);
	r->calls = memfd_create("calls", MFD_CLOEXEC);
	r->said = memfd_create("said", MFD_CLOEXEC);
	if (r->capture < 0 || r->calls < 0 || r->said < 0)
		return false;
	r->child = fork();
	if (r->child == 0) {
		if (!process_dies_with(self))
			_exit(EXIT_FAILED);
		play(e, as_root, r, i);
	}
	return r->child > 0;
}

/* ---- what it left */

/* The text of such a file, at most so much. */
static char *text_of(int fd, size_t room, size_t *len)
{
	char *text = calloc(1, room + 1);
	ssize_t n = text ? pread(fd, text, room, 0) : 0;
	*len = n > 0 ? (size_t)n : 0;
	return text;
}

static void take(const struct exercise *e, const struct run *r, unsigned i, struct trial *t)
{
	char path[PATH_ROOM];
	size_t len;
	const struct replies none = {.count = 0};
	struct numbers n = numbers_of(trial_seed(i));
	t->said = text_of(r->said, MOST_SAID, &len);
	snprintf(path, sizeof path, "/proc/self/fd/%d", r->capture);
	bool read = (t->code == EXIT_DONE || t->code == EXIT_FALSE) &&
		    evidence_read_frames(path, &t->evidence, t->why);
	t->evidence.calls = text_of(r->calls, MOST_CALLS, &t->evidence.calls_len);
	if (!read)
		return;
	t->ported = evidence_has_port(&t->evidence, n.server_port) ||
		    evidence_has_port(&t->evidence, n.crafted_port) ||
		    evidence_has_port(&t->evidence, n.client_port);
	const struct grading g = {e, &t->evidence, &none, trial_seed(i), {NULL, 0}, NULL};
	t->graded = grade(&g, &t->score, t->why);
}

static void end(const struct exercise *e, struct run *r, unsigned i, struct trial *t)
{
	int status = 0;
	while (r->child > 0 && waitpid(r->child, &status, 0) < 0 && errno == EINTR)
		;
	t->code = r->child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILED;
	take(e, r, i, t);
	for (int k = 0; k < 3; k++) {
		int fd = (const int[]){r->capture, r->calls, r->said}[k];
		if (fd >= 0)
			close(fd);
	}
}

bool trials_run(const struct exercise *e, const char *as_root, struct trial t[static TRIALS],
		char why[static WHY_TEXT])
{
	struct run run[TRIALS] = {{0}};
	bool good = true;
	fflush(NULL);
	for (unsigned i = 0; i < TRIALS; i++)
		good &= begin(e, as_root, &run[i], i);
	if (!good)
		snprintf(why, WHY_TEXT, "cannot start it: %s\nClose something, and try again.",
			 strerror(errno));
	for (unsigned i = 0; i < TRIALS; i++)
		end(e, &run[i], i, &t[i]);
	for (unsigned i = 0; i < TRIALS && good; i++)
		if (t[i].code == EXIT_NO_SANDBOX) {
			snprintf(why, WHY_TEXT,
				 "it cannot be tried here: %s\nDo it with rights: %s", t[i].said,
				 as_root);
			good = false;
		}
	return good;
}

void trials_free(struct trial t[static TRIALS])
{
	for (unsigned i = 0; i < TRIALS; i++) {
		free(t[i].said);
		evidence_free(&t[i].evidence);
	}
}

bool trial_has(const struct trial *t, const char *what, const char *id)
{
	char member[2 * ID_TEXT + 16];
	snprintf(member, sizeof member, "\"%s\":\"%s\"", what, id);
	return t->evidence.calls && strstr(t->evidence.calls, member);
}

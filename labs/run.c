/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "analysis/printable.h"
#include "capture/process.h"
#include "capture/rights.h"
#include "labs/attempt.h"
#include "labs/lab.h"
#include "labs/stage.h"

enum { PATIENCE = 5 }; /* seconds, for what has been told to end */

/* The files of a run, opened by whoever called us; the process that plays has fewer rights. */
struct files {
	char capture[PATH_MAX + 16];
	FILE *calls, *answers, *given;
};

static FILE *open_new(const char *folder, const char *name)
{
	char path[PATH_MAX + 16];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	return fopen(path, "we");
}

/* A pipe that nobody writes to opens, too: answers_read() tells. */
static FILE *open_answers(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	return fd < 0 ? NULL : fdopen(fd, "r");
}

static bool open_files(const struct lab_order *o, const char *folder, struct files *f,
		       char why[static WHY_TEXT])
{
	char shown[PRINTABLE_TEXT];
	rights_open_as_user(true);
	snprintf(f->capture, sizeof f->capture, "%s/capture.pcap", folder);
	f->calls = open_new(folder, "calls.jsonl");
	f->answers = open_new(folder, "answers.json");
	int error = errno;
	f->given = o->answers && strcmp(o->answers, "-") != 0 ? open_answers(o->answers) : NULL;
	if (o->answers && strcmp(o->answers, "-") != 0 && !f->given)
		snprintf(why, WHY_TEXT,
			 "%s: %s\nAnswers are lines 'ID: ANSWER', or '-' reads them "
			 "from standard input.",
			 printable(o->answers, shown), strerror(errno));
	else if (!f->calls || !f->answers)
		snprintf(why, WHY_TEXT, "%s: %s\nMake it writable, and try again.",
			 printable(folder, shown), strerror(error));
	rights_open_as_user(false);
	return f->calls && f->answers && (f->given || !o->answers || strcmp(o->answers, "-") == 0);
}

static void close_files(struct files *f)
{
	if (f->calls)
		fclose(f->calls);
	if (f->answers)
		fclose(f->answers);
	if (f->given)
		fclose(f->given);
}

/* The process that plays: its namespace, its sockets and its rights go with it. */
static int play(const struct lab_order *o, const struct exercise *e, struct attempt *a,
		const struct files *f)
{
	char why[WHY_TEXT] = "";
	struct performance p = {
		.exercise = e,
		.language = o->language,
		.look = o->look,
		.seed = attempt_seed(a),
		.as_root = o->as_root,
		.capture = f->capture,
		.calls = f->calls,
		.answers = f->given,
	};
	int code = perform(&p, why);
	if (code == EXIT_NO_SANDBOX) {
		if (replay_attempt(e, a))
			p.seed = attempt_seed(a);
		code = replay(&p, why);
	}
	if (code != EXIT_DONE && code != EXIT_FALSE)
		return code;
	a->replies = p.replies;
	attempt_write(a, f->answers);
	if (fflush(f->answers) != 0)
		return lab_refuse(strerror(errno));
	return code;
}

/* Until it ends; its exit code. It is told what we are told, but for what the terminal tells both;
 * the first Ctrl-C may have been meant for a program of the student's. */
static int await(pid_t child, const sigset_t *heard)
{
	static const struct timespec patience = {.tv_sec = PATIENCE};
	bool told = false, interrupted = false;
	int status = 0;
	pid_t gone;
	while ((gone = waitpid(child, &status, WNOHANG)) == 0) {
		siginfo_t info;
		int heard_of = sigtimedwait(heard, &info, &patience);
		bool passes = heard_of > 0 && heard_of != SIGCHLD;
		if (passes && info.si_code <= 0)
			kill(child, heard_of);
		if (heard_of < 0 && errno == EAGAIN && told)
			kill(child, SIGKILL);
		bool typed = heard_of == SIGINT && info.si_code > 0;
		told |= passes && (!typed || interrupted);
		interrupted |= typed;
	}
	return gone == child && WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILED;
}

/* In a process of its own, which ends with this one. Returns its exit code; *was is the mask of
 * signals until then: what came meanwhile does not end this one before all is tidied up. */
static int play_apart(const struct lab_order *o, const struct exercise *e, struct attempt *a,
		      const struct files *f, sigset_t *was)
{
	static const int heard[] = {SIGINT, SIGTERM, SIGHUP, SIGCHLD};
	pid_t self = getpid(), child;
	sigset_t set;
	sigemptyset(&set);
	for (size_t i = 0; i < sizeof heard / sizeof *heard; i++)
		sigaddset(&set, heard[i]);
	signal(SIGCHLD, SIG_DFL);
	sigprocmask(SIG_BLOCK, &set, was);
	fflush(NULL);
	child = fork();
	if (child == 0) {
		if (!process_dies_with(self))
			_exit(EXIT_FAILED);
		sigprocmask(SIG_SETMASK, was, NULL);
		int code = play(o, e, a, f);
		fflush(stdout);
		_exit(code);
	}
	return child > 0 ? await(child, &set) : EXIT_FAILED;
}

/* Seal it, and put it where runs are kept. */
static bool keep(const struct lab_order *o, const char *exercise, struct course_run *r, int code,
		 char why[static WHY_TEXT])
{
	char folder[PATH_MAX];
	rights_open_as_user(true);
	bool good = attempt_write_seal(course_path(&o->course, exercise, r->which, folder), why);
	rights_open_as_user(false);
	return good && course_keep_run(&o->course, exercise, r, code == EXIT_DONE, why);
}

static void say_what_next(const struct lab_order *o, const struct exercise *e, int code)
{
	bool passed = code == EXIT_DONE;
	unsigned n = (unsigned)strtoul(e->name, NULL, 10);
	char number[16];
	snprintf(number, sizeof number, "%u", n);
	const struct manner_of_text whole = {o->look.look.width, 0};
	text_print(stdout, whole, lab_says(o->language, passed ? SAY_PASSED : SAY_NOT_PASSED),
		   number);
	if (passed)
		text_print(stdout, whole, "%s", lab_says(o->language, SAY_NEXT));
}

/* Into a folder that has been made for it. */
static int fill(const struct lab_order *o, const struct exercise *e, struct attempt *a,
		struct course_run *r)
{
	char why[WHY_TEXT] = "", folder[PATH_MAX];
	struct files f = {.calls = NULL};
	int code = EXIT_FAILED;
	sigset_t was;
	sigprocmask(SIG_SETMASK, NULL, &was);
	bool good = open_files(o, course_path(&o->course, e->name, r->which, folder), &f, why);
	if (good)
		code = play_apart(o, e, a, &f, &was);
	close_files(&f);
	bool whole = good && (code == EXIT_DONE || code == EXIT_FALSE);
	bool kept = whole && keep(o, e->name, r, code, why);
	if (!kept)
		course_drop_run(&o->course, e->name, r);
	sigprocmask(SIG_SETMASK, &was, NULL);
	if (!good || kept != whole)
		return lab_refuse(why);
	if (whole)
		say_what_next(o, e, code);
	return code == EXIT_UNHEARD ? EXIT_DONE : code; /* as for capture: they have seen enough */
}

static int run(struct lab_order *o, const struct exercise *e)
{
	char why[WHY_TEXT];
	struct attempt a;
	struct course_run r = {.lock = -1};
	attempt_begin(&a, e->name, o->course.student);
	if (!course_begin_run(&o->course, e->name, a.run, &r, why))
		return lab_refuse(why);
	return fill(o, e, &a, &r);
}

int lab_run(struct lab_order *o)
{
	struct exercise e;
	if (!lab_exercise(o->word[0], &e))
		return EXIT_FAILED;
	int code = run(o, &e);
	exercise_free(&e);
	return code;
}

int lab_next(struct lab_order *o)
{
	char name[EXERCISE_NAME];
	if (!lab_first_open(o, name)) {
		puts(lab_says(o->language, SAY_ALL_DONE));
		return EXIT_DONE;
	}
	o->word[0] = name;
	return lab_run(o);
}

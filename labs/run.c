/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "analysis/printable.h"
#include "capture/rights.h"
#include "labs/attempt.h"
#include "labs/lab.h"
#include "labs/stage.h"

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

static bool open_files(const struct lab_order *o, const char *exercise, struct files *f,
		       char why[static WHY_TEXT])
{
	char folder[PATH_MAX], shown[PRINTABLE_TEXT];
	course_path(&o->course, exercise, "new", folder);
	rights_open_as_user(true);
	snprintf(f->capture, sizeof f->capture, "%s/capture.pcap", folder);
	f->calls = open_new(folder, "calls.jsonl");
	f->answers = open_new(folder, "answers.json");
	int error = errno;
	f->given = o->answers && strcmp(o->answers, "-") != 0 ? fopen(o->answers, "re") : NULL;
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

/* In a process of its own, which ends with this one. Returns its exit code. */
static int play_apart(const struct lab_order *o, const struct exercise *e, struct attempt *a,
		      const struct files *f)
{
	pid_t self = getpid(), child;
	int status = 0;
	fflush(NULL);
	child = fork();
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != self)
			_exit(EXIT_FAILED);
		int code = play(o, e, a, f);
		fflush(stdout);
		_exit(code);
	}
	signal(SIGINT, SIG_IGN); /* the other one hears it, and ends */
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	signal(SIGINT, SIG_DFL);
	return child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILED;
}

static bool keep(const struct lab_order *o, const char *exercise, int code,
		 char why[static WHY_TEXT])
{
	char folder[PATH_MAX];
	rights_open_as_user(true);
	bool good = attempt_write_seal(course_path(&o->course, exercise, "new", folder), why);
	rights_open_as_user(false);
	return good && course_keep_run(&o->course, exercise, code == EXIT_DONE, why);
}

static void say_what_next(const struct lab_order *o, const struct exercise *e, int code)
{
	bool passed = code == EXIT_DONE;
	unsigned n = (unsigned)strtoul(e->name, NULL, 10);
	char number[16];
	snprintf(number, sizeof number, "%u", n);
	printf(lab_says(o->language, passed ? SAY_PASSED : SAY_NOT_PASSED), number);
	fputc('\n', stdout);
	if (passed)
		puts(lab_says(o->language, SAY_NEXT));
}

static int run(struct lab_order *o, const struct exercise *e)
{
	char why[WHY_TEXT] = "";
	struct attempt a;
	struct files f = {.calls = NULL};
	int code = EXIT_FAILED;
	attempt_begin(&a, e->name, o->course.student);
	bool good = course_begin_run(&o->course, e->name, why) && open_files(o, e->name, &f, why);
	if (good)
		code = play_apart(o, e, &a, &f);
	close_files(&f);
	bool whole = good && (code == EXIT_DONE || code == EXIT_FALSE);
	if (whole && !keep(o, e->name, code, why))
		return lab_refuse(why);
	if (!whole)
		course_drop_run(&o->course, e->name);
	if (!good)
		return lab_refuse(why);
	if (whole)
		say_what_next(o, e, code);
	return code == EXIT_UNHEARD ? EXIT_DONE : code; /* as for capture: they have seen enough */
}

int lab_run(struct lab_order *o)
{
	struct exercise e;
	if (!lab_exercise(o, o->word[0], &e))
		return EXIT_FAILED;
	int code = run(o, &e);
	exercise_free(&e);
	return code;
}

int lab_next(struct lab_order *o)
{
	char name[EXERCISE_NAME];
	unsigned i = 0;
	while (exercise_name(i, name) && course_has(&o->course, name, "passed"))
		i++;
	if (!exercise_name(i, name)) {
		puts(lab_says(o->language, SAY_ALL_DONE));
		return EXIT_DONE;
	}
	o->word[0] = name;
	return lab_run(o);
}

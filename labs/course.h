/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_COURSE_H
#define SYNFIN_COURSE_H

#include <limits.h>

#include "labs/exercise.h"
#include "labs/grade.h"

enum { STUDENT_TEXT = 64, WHICH_TEXT = 32 };

/* Where a student's work is kept: below XDG_STATE_HOME, that of the user behind sudo, in a folder
 * of the student's own. */
struct course {
	char folder[PATH_MAX / 2];
	char student[STUDENT_TEXT];
};

/* Find it, or make it; `student`, unless NULL, is who works here from now on. What runs that were
 * killed have left is removed. False with a sentence. */
bool course_open(struct course *c, const char *student, char why[static WHY_TEXT]);

/* A run that is kept: the folder COURSE/EXERCISE/WHICH, WHICH being "last" or "passed". It holds
 * capture.pcap, calls.jsonl, answers.json, and seal, which tells when one of these was changed. */
const char *course_path(const struct course *c, const char *exercise, const char *which,
			char path[static PATH_MAX]);
bool course_has(const struct course *c, const char *exercise, const char *which);

/* The exercise that was run last; false: none was. */
bool course_latest(const struct course *c, char exercise[static EXERCISE_NAME]);

/* A run under way, in a folder of its own: others of the same exercise may go on beside it. */
struct course_run {
	char which[WHICH_TEXT];
	int lock; /* on that folder, until all its processes are gone; -1: none */
};

/* Make an empty folder for a run, whose number that is; then, when it has come to its end, it
 * becomes "last", and "passed", too, if so; or it is thrown away. */
bool course_begin_run(const struct course *c, const char *exercise, const char *number,
		      struct course_run *r, char why[static WHY_TEXT]);
bool course_keep_run(const struct course *c, const char *exercise, struct course_run *r,
		     bool passed, char why[static WHY_TEXT]);
void course_drop_run(const struct course *c, const char *exercise, struct course_run *r);

/* Forget an exercise. */
void course_forget(const struct course *c, const char *exercise);

/* Remove what runs have left whose processes are gone. */
void course_clean(const struct course *c);

#endif

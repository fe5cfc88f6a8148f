/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_LAB_H
#define SYNFIN_LAB_H

#include "analysis/look.h"
#include "labs/course.h"

enum { LAB_WORDS = 64 };

enum lab_format { FORMAT_TABLE, FORMAT_CSV, FORMAT_JUNIT };

/* What the command line of `synfin lab` asks for. */
struct lab_order {
	const struct lab_act *act;
	struct look_choice look;
	enum language language;
	const char *word[LAB_WORDS]; /* behind the act */
	unsigned words;
	const char *student, *answers, *output; /* NULL: not given */
	enum lab_format format;
	const char *as_root; /* the command line that has the rights */
	struct course course;
};

/* A row of the table in lab.c. */
struct lab_act {
	const char *name, *words, *help;
	unsigned least, most;
	const char *takes; /* the long options of its own, with blanks between */
	bool works;        /* it needs a course */
	int (*run)(struct lab_order *o);
};

/* Each returns the exit code, after having said why. */
int lab_list(struct lab_order *o);
int lab_run(struct lab_order *o);
int lab_next(struct lab_order *o);
int lab_check(struct lab_order *o);
int lab_hint(struct lab_order *o);
int lab_status(struct lab_order *o);
int lab_reset(struct lab_order *o);
int lab_submit(struct lab_order *o);
int lab_grade(struct lab_order *o);
int lab_claims(struct lab_order *o);
int lab_demo(struct lab_order *o);
int lab_check_exercise(struct lab_order *o);

/* Say a sentence of failure; returns EXIT_FAILED. */
int lab_refuse(const char *why);

/* Take the exercise that is so called; without a word the one that was run last. On failure it has
 * been said why. Free it with exercise_free. */
bool lab_exercise(const char *word, struct exercise *e);

/* The name of the first exercise that is not passed; false: there is none. */
bool lab_first_open(const struct lab_order *o, char name[static EXERCISE_NAME]);

/* Print the marks of a run, a line for each question. */
void lab_print_score(const struct lab_order *o, const struct exercise *e, const struct score *s);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_LABS_CHECK_H
#define SYNFIN_LABS_CHECK_H

#include "labs/evidence.h"
#include "labs/exercise.h"
#include "labs/grade.h"
#include "labs/page.h"

/* What is wrong with an exercise that somebody wrote, said line by line. */
struct findings {
	FILE *out;
	unsigned count;
};

/* "WHERE: sentence": where is a file, perhaps with a line. */
void found(struct findings *f, const char *where, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* What a script said itself: "NAME:LINE: sentence". */
void found_in_script(struct findings *f, const struct exercise *e, const char *what);

/* The same of a page, where it says `at`; NULL: of the whole page. */
void found_in_page(struct findings *f, const struct exercise *e, enum language l, const char *at,
		   const char *format, ...) __attribute__((format(printf, 5, 6)));

/* The pages alone: headings that are none, or are not the same in all languages; questions without
 * what belongs to them. */
void check_pages(struct findings *f, const struct exercise *e);

/* The pages against the questions of the script: those of `s`. */
void check_questions(struct findings *f, const struct exercise *e, const struct score *s);

/* A run that nobody was asked in: what it left. */
struct trial {
	int code;
	char why[WHY_TEXT]; /* why there was none; "" */
	char *said;         /* on standard error; never NULL */
	struct evidence evidence;
	struct score score;
	bool graded, ported; /* ported: one of its ports was the student's */
};

enum { TRIALS = 2 };

/* Play it, silently and side by side, with different numbers. False with a sentence: the trials
 * could not begin. Free them in any case. */
bool trials_run(const struct exercise *e, const char *as_root, struct trial t[static TRIALS],
		char why[static WHY_TEXT]);
void trials_free(struct trial t[static TRIALS]);

/* Whether a question was asked ("ask"), a passage said ("tell"), in a trial. */
bool trial_has(const struct trial *t, const char *what, const char *id);

/* What the trials show. */
void check_trials(struct findings *f, const struct exercise *e,
		  const struct trial t[static TRIALS]);

/* The expressions of the pages, worked out with the evidence of a trial. */
void check_expressions(struct findings *f, const struct exercise *e, const struct trial *t);

/* The numbers of the i-th trial. */
uint64_t trial_seed(unsigned i);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_LABS_ANSWERS_FILE_H
#define SYNFIN_LABS_ANSWERS_FILE_H

#include <stdio.h>

#include "labs/grade.h"

enum { LONGEST_ANSWERS = 65536, ANSWER_LINE = 256 };

/* Answers that were written down beforehand: lines "ID: ANSWER" in any order, or answers alone in
 * the order of the questions; '#' begins a comment. */
struct answers {
	char text[LONGEST_ANSWERS + 1]; /* lines; those that were taken are comments */
	size_t len;
	bool named; /* there has been an ID */
};

/* Read a file to its end, and see that its IDs are those of the exercise. False with a sentence. */
bool answers_read(struct answers *a, FILE *from, const struct exercise *e,
		  char why[static WHY_TEXT]);

/* Take the next line for that question, without its ID; else the next one that has none. False:
 * there are no more. */
bool answers_take(struct answers *a, const char *id, char line[static ANSWER_LINE]);

/* Put a line aside, to be taken later. */
void answers_add(struct answers *a, const char *line);

/* The ID of a line, copied to `id`, which is "" when it has none; returns what stands behind it,
 * without blanks at its ends. */
char *answer_of_line(char *line, char id[static ID_TEXT]);

#endif

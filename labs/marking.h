/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_LABS_MARKING_H
#define SYNFIN_LABS_MARKING_H

#include "labs/attempt.h"
#include "labs/lab.h"

enum { MOST_PAPERS = 5000, MOST_ENTRIES = 200000, DEEPEST = 6 };

/* A question of what somebody handed in. */
struct paper_mark {
	char id[ID_TEXT];
	enum verdict verdict;
	char given[ANSWER_TEXT], right[ANSWER_TEXT], misconception[ID_TEXT];
	unsigned hints;
};

/* What somebody handed in: a folder that has a file of a run. */
struct paper {
	char *folder;
	char student[STUDENT_TEXT], exercise[EXERCISE_NAME]; /* "": that cannot be told */
	char capture[SEAL_TEXT], calls[SEAL_TEXT]; /* digests; "": it cannot be read, is empty */
	bool stored;
	struct paper_mark *mark;
	unsigned marks, right, hints;
	char *problem; /* NULL: none; else why it cannot be marked, or what is wrong */
};

struct papers {
	struct paper *at;
	size_t count;
	char *note; /* not all of it was looked at, and why; NULL: all */
};

/* Find and mark them all, in order of student and exercise; `student`, unless NULL, is whose are
 * wanted, beside those of which it cannot be told. False with a sentence: nothing can be read. Free
 * them in any case. */
bool papers_mark(const char *folder, const char *student, struct papers *p,
		 char why[static WHY_TEXT]);
void papers_free(struct papers *p);
void paper_free(struct paper *p);

/* Whether it is marked, and all of it right. */
bool paper_is_good(const struct paper *p);

/* "right", "wrong", "none", "unseen". */
const char *verdict_name(enum verdict v);

/* A line for each, and the sentences below. */
void papers_print_table(FILE *out, const struct papers *p);

/* RFC 4180: a line for each question, one for a paper that cannot be marked. What a spreadsheet
 * would take for a formula has a ' before it. */
void papers_print_csv(FILE *out, const struct papers *p);

/* JUnit's XML: a suite for each paper, a case for each question. */
void papers_print_junit(FILE *out, const struct papers *p);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_GRADE_H
#define SYNFIN_GRADE_H

#include "labs/answer.h"
#include "labs/evidence.h"
#include "labs/exercise.h"
#include "labs/page.h"

enum { MARKS = 24, MISTAKES = 12, ID_TEXT = 32 };

/* What a student has said: the text as it was typed, and how many hints it took. */
struct reply {
	char id[ID_TEXT], text[ANSWER_TEXT];
	unsigned hints;
};

struct replies {
	struct reply at[MARKS];
	unsigned count;
};

/* The reply to that question; NULL: none. */
const struct reply *reply_to(const struct replies *r, const char *id);

enum verdict {
	MARK_RIGHT,
	MARK_WRONG,
	MARK_NONE,   /* not answered */
	MARK_UNSEEN, /* the evidence does not tell what is right */
};

struct mark {
	char id[ID_TEXT];
	enum answer_kind kind;
	bool late; /* it is marked at the end only */
	enum verdict verdict;
	char given[ANSWER_TEXT], right[ANSWER_TEXT];
	char misconception[ID_TEXT]; /* of a wrong answer; "": none that has a name */
	struct mistake {
		char name[ID_TEXT], answer[ANSWER_TEXT]; /* answer "": there is none in this run */
		bool same;                               /* in this run it is the right one */
	} mistake[MISTAKES];                             /* wrong answers that have a name */
	unsigned mistakes;
	char why[ANSWER_TEXT * 2]; /* what the script said when `right` or `wrong` failed; or "" */
};

struct score {
	struct mark mark[MARKS];
	unsigned count, right;
};

/* What is graded. The seed is the one that the run's numbers came from. `expand`, if there is one,
 * is a text with "${EXPRESSION}" of Lua in it: *expanded is then an allocated text that has their
 */
struct grading {
	const struct exercise *exercise;
	const struct evidence *evidence;
	const struct replies *replies;
	uint64_t seed;
	struct passage expand;
	char **expanded;
};

/* A pure function of these. False with a sentence when the script fails. */
bool grade(const struct grading *g, struct score *score, char why[static WHY_TEXT]);

#endif

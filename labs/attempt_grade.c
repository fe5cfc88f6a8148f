/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "analysis/printable.h"
#include "labs/attempt.h"
#include "labs/stored.h"

static bool is_of(const struct attempt *a, const struct exercise *e, const char *student,
		  char why[static WHY_TEXT])
{
	char whose[PRINTABLE_TEXT], what[PRINTABLE_TEXT];
	if (strcmp(a->exercise, e->name) != 0)
		snprintf(why, WHY_TEXT,
			 "these are answers to %s, not to %s\nPut it where it "
			 "belongs.",
			 printable(a->exercise, what), e->name);
	else if (student && strcmp(a->student, student) != 0)
		snprintf(why, WHY_TEXT, "this is the work of %s\nEverybody hands in their own.",
			 printable(a->student, whose));
	else
		return true;
	return false;
}

/* Everybody may hand in the stored run, but nothing else under its name. */
static bool is_what_it_says(const char *folder, const struct attempt *a, char why[static WHY_TEXT])
{
	return !attempt_is_stored(a) || stored_is_in(folder, a->exercise, why);
}

bool attempt_take(const char *folder, const struct exercise *e, const char *student,
		  struct taken *t, char why[static WHY_TEXT])
{
	t->evidence = (struct evidence){.used = 0};
	return attempt_check_seal(folder, why) && attempt_read(folder, &t->attempt, why) &&
	       is_of(&t->attempt, e, student, why) && evidence_read(folder, &t->evidence, why) &&
	       attempt_has_its_ports(&t->attempt, &t->evidence, why);
}

bool attempt_grade(const char *folder, const struct exercise *e, const char *student,
		   struct score *score, char why[static WHY_TEXT])
{
	struct taken t;
	bool good = attempt_take(folder, e, student, &t, why);
	const struct grading g = {
		.exercise = e,
		.evidence = &t.evidence,
		.replies = &t.attempt.replies,
		.seed = good ? attempt_seed(&t.attempt) : 0,
	};
	good = good && grade(&g, score, why) && is_what_it_says(folder, &t.attempt, why);
	evidence_free(&t.evidence);
	return good;
}

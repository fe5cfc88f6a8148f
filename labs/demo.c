/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "analysis/printable.h"
#include "labs/claim.h"
#include "labs/lab.h"
#include "labs/page.h"
#include "labs/stage.h"

enum { DEMOS = 64 };

static const char demos[] = "demos/";

static int list(const struct lab_order *o)
{
	struct exercise e;
	char name[EXERCISE_NAME];
	for (unsigned i = 0; exercise_name_below(demos, i, name); i++) {
		if (!exercise_take_below(demos, i, &e))
			return lab_refuse("out of memory\nClose something, and try again.");
		struct passage title = page_title(e.page[o->language]);
		printf("%-16s %.*s\n", e.name, (int)title.len, title.at);
		exercise_free(&e);
	}
	return EXIT_DONE;
}

static int refuse_name(const char *word)
{
	char name[DEMOS][EXERCISE_NAME], shown[PRINTABLE_TEXT], why[WHY_TEXT];
	const char *names[DEMOS + 1] = {NULL};
	for (unsigned i = 0; i < DEMOS && exercise_name_below(demos, i, name[i]); i++)
		names[i] = name[i];
	const char *near = did_you_mean(word, strlen(word), names);
	snprintf(why, sizeof why, "there is no demo '%s'\n%s%s%s", printable(word, shown),
		 near ? "Did you mean " : "synfin lab demo shows them", near ? near : "",
		 near ? "?" : ".");
	return lab_refuse(why);
}

/* Nobody is asked and nothing is kept: the process plays it itself, and its end is ours. */
static int show(const struct lab_order *o, const struct exercise *e)
{
	char why[WHY_TEXT] = "";
	struct performance p = {
		.exercise = e,
		.language = o->language,
		.look = o->look,
		.seed = 1, /* the same numbers each time */
		.as_root = o->as_root,
		.functions = claim_functions,
	};
	int code = perform(&p, why);
	if (code == EXIT_NO_SANDBOX)
		return lab_refuse(why);
	return code == EXIT_UNHEARD ? EXIT_DONE : code; /* they have seen enough */
}

int lab_demo(struct lab_order *o)
{
	struct exercise e;
	if (!o->words)
		return list(o);
	int i = exercise_find_below(demos, o->word[0]);
	if (i < 0)
		return refuse_name(o->word[0]);
	if (!exercise_take_below(demos, (unsigned)i, &e))
		return lab_refuse("out of memory\nClose something, and try again.");
	int code = show(o, &e);
	exercise_free(&e);
	return code;
}

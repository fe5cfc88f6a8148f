/* SPDX-License-Identifier: MIT */
#include "labs/check.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "labs/lab.h"

enum { PATIENCE = 30 }; /* seconds */

/* The script as the mark runs it: nothing has happened yet. */
static bool check_script(struct findings *f, const struct exercise *e, struct score *s)
{
	const struct evidence nothing = {.used = 0};
	const struct replies none = {.count = 0};
	char why[WHY_TEXT];
	const struct grading g = {e, &nothing, &none, trial_seed(0), {NULL, 0}, NULL};
	if (grade(&g, s, why))
		return true;
	found_in_script(f, e, why);
	return false;
}

/* False: it could not be tried; it has been said why. */
static bool check(struct findings *f, const struct exercise *e, const char *as_root)
{
	struct trial *t = calloc(TRIALS, sizeof *t);
	struct score *s = calloc(1, sizeof *s);
	char why[WHY_TEXT] = "out of memory\nClose something, and try again.";
	bool good = t && s;
	check_pages(f, e);
	if (good && check_script(f, e, s)) {
		check_questions(f, e, s);
		good = trials_run(e, as_root, t, why);
		if (good)
			check_trials(f, e, t);
		if (good)
			check_expressions(f, e, &t[0]);
		trials_free(t);
	}
	free(t);
	free(s);
	if (!good)
		lab_refuse(why);
	return good;
}

/* Nothing of an exercise takes longer than its limits; all of it together may. */
static void give_up(int signal)
{
	static const char why[] = "synfin: the exercise takes longer than 30 s to check\n"
				  "Let it wait and compute less.\n";
	(void)signal;
	_exit(write(STDERR_FILENO, why, sizeof why - 1) < 0 ? EXIT_FALSE : EXIT_FAILED);
}

int lab_check_exercise(struct lab_order *o)
{
	struct findings f = {stdout, 0};
	struct exercise e;
	char why[WHY_TEXT];
	if (!exercise_read(o->word[0], &e, why)) {
		exercise_free(&e);
		return lab_refuse(why);
	}
	signal(SIGALRM, give_up);
	alarm(PATIENCE);
	bool done = check(&f, &e, o->as_root);
	alarm(0);
	if (done && !f.count)
		printf(lab_says(o->language, SAY_EXERCISE_GOOD), e.name);
	exercise_free(&e);
	return !done ? EXIT_FAILED : f.count ? EXIT_FALSE : EXIT_DONE;
}

/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/look.h"
#include "analysis/printable.h"
#include "labs/attempt.h"
#include "labs/lab.h"

enum { MOST_EXERCISES = 100 };

/* The exercise whose name, with or without its number, is most like the word. */
static bool nearest(const char *word, char meant[static EXERCISE_NAME])
{
	char(*name)[EXERCISE_NAME] = calloc(MOST_EXERCISES, 2 * sizeof *name);
	const char *names[2 * MOST_EXERCISES + 1] = {NULL};
	unsigned n = 0;
	for (unsigned i = 0; name && i < MOST_EXERCISES && exercise_name(i, name[n]); i++) {
		const char *behind = strchr(name[n], '-');
		names[n] = name[n];
		names[n + 1] = behind ? behind + 1 : name[n];
		n += 2;
	}
	const char *near = did_you_mean(word, strlen(word), names);
	snprintf(meant, EXERCISE_NAME, "%s", near ? near : "");
	free(name);
	return near;
}

bool lab_exercise(const char *word, struct exercise *e)
{
	char shown[PRINTABLE_TEXT], why[WHY_TEXT], meant[EXERCISE_NAME];
	int i = exercise_find(word);
	if (i >= 0 && exercise_take((unsigned)i, e))
		return true;
	if (nearest(word, meant))
		snprintf(why, sizeof why, "there is no exercise '%s'\nDid you mean %s?",
			 printable(word, shown), meant);
	else
		snprintf(why, sizeof why, "there is no exercise '%s'\nsynfin lab list shows them.",
			 printable(word, shown));
	lab_refuse(why);
	return false;
}

static const char *mark_of(const struct course *c, const char *name)
{
	return course_has(c, name, "passed") ? "[x]" : course_has(c, name, "last") ? "[-]" : "[ ]";
}

bool lab_first_open(const struct lab_order *o, char name[static EXERCISE_NAME])
{
	unsigned i = 0;
	while (exercise_name(i, name) && course_has(&o->course, name, "passed"))
		i++;
	return exercise_name(i, name);
}

static unsigned passed(const struct course *c)
{
	char name[EXERCISE_NAME];
	unsigned n = 0;
	for (unsigned i = 0; exercise_name(i, name); i++)
		n += course_has(c, name, "passed");
	return n;
}

static struct manner_of_text whole(const struct lab_order *o)
{
	return (struct manner_of_text){o->look.look.width, 0};
}

/* Of the student, unless NULL. */
static void print_progress(const struct lab_order *o, const char *student)
{
	char text[WHY_TEXT], shown[PRINTABLE_TEXT];
	snprintf(text, sizeof text, lab_says(o->language, SAY_PROGRESS), passed(&o->course),
		 exercise_count());
	text_print(stdout, whole(o), "%s%s%s", student ? printable(student, shown) : "",
		   student ? ": " : "", text);
}

int lab_list(struct lab_order *o)
{
	struct exercise e;
	for (unsigned i = 0; i < exercise_count(); i++) {
		if (!exercise_take(i, &e))
			return lab_refuse("out of memory\nClose something, and try again.");
		struct passage title = page_title(e.page[o->language]);
		text_print(stdout, whole(o), "%s %-24s %.*s", mark_of(&o->course, e.name), e.name,
			   (int)title.len, title.at);
		exercise_free(&e);
	}
	print_progress(o, NULL);
	return EXIT_DONE;
}

int lab_status(struct lab_order *o)
{
	char name[EXERCISE_NAME];
	print_progress(o, o->course.student);
	text_print(stdout, whole(o), "%s",
		   lab_says(o->language, lab_first_open(o, name) ? SAY_NEXT : SAY_ALL_DONE));
	return EXIT_DONE;
}

void lab_print_score(const struct lab_order *o, const struct exercise *e, const struct score *s)
{
	static const char *const words[] = {"right", "wrong", "no answer", "unseen"};
	char shown[PRINTABLE_TEXT];
	for (unsigned i = 0; i < s->count; i++) {
		const struct mark *m = &s->mark[i];
		text_print(stdout, whole(o), "%-16s %-9s %s%s%s", m->id, words[m->verdict],
			   printable(*m->given ? m->given : " ", shown),
			   *m->misconception ? "  " : "", m->misconception);
	}
	snprintf(shown, sizeof shown, lab_says(o->language, SAY_SCORE), s->right, s->count);
	text_print(stdout, whole(o), "%s: %s", e->name, shown);
}

int lab_check(struct lab_order *o)
{
	struct exercise e;
	struct score s;
	char why[WHY_TEXT], folder[PATH_MAX], name[EXERCISE_NAME];
	if (!o->words && !course_latest(&o->course, name))
		return lab_refuse("nothing was run yet\nsynfin lab next runs an exercise.");
	if (!lab_exercise(o->words ? o->word[0] : name, &e))
		return EXIT_FAILED;
	course_path(&o->course, e.name, "last", folder);
	bool good = attempt_grade(folder, &e, o->course.student, &s, why);
	if (good)
		lab_print_score(o, &e, &s);
	exercise_free(&e);
	if (!good)
		return lab_refuse(why);
	return s.right == s.count ? EXIT_DONE : EXIT_FALSE;
}

int lab_reset(struct lab_order *o)
{
	struct exercise e;
	char name[EXERCISE_NAME];
	if (!o->words)
		for (unsigned i = 0; exercise_name(i, name); i++)
			course_forget(&o->course, name);
	if (!o->words)
		return EXIT_DONE;
	if (!lab_exercise(o->word[0], &e))
		return EXIT_FAILED;
	course_forget(&o->course, e.name);
	exercise_free(&e);
	return EXIT_DONE;
}

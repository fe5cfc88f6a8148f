/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/look.h"
#include "analysis/printable.h"
#include "labs/attempt.h"
#include "labs/lab.h"

enum { INDENT = 2, MARGIN = 2 };

static const char ask[] = "ask ";

/* What the expressions in hints are worked out from: the last run. */
struct known {
	bool run;
	struct taken of;
};

/* Without a run the numbers are not known yet. */
static char *leave_open(struct passage p)
{
	char *text = calloc(1, p.len + 1), *to = text;
	for (const char *at = p.at; text && at < p.at + p.len;) {
		const char *end = strncmp(at, "${", 2) == 0 ? strchr(at, '}') : NULL;
		if (end)
			to = stpcpy(to, "...");
		else
			*to++ = *at;
		at = end ? end + 1 : at + 1;
	}
	return text;
}

static char *work_out(const struct exercise *e, const struct known *k, struct passage p)
{
	struct score unused;
	char *text = NULL, why[WHY_TEXT];
	const struct grading g = {
		.exercise = e,
		.evidence = &k->of.evidence,
		.replies = &k->of.attempt.replies,
		.seed = k->run ? attempt_seed(&k->of.attempt) : 0,
		.expand = p,
		.expanded = &text,
	};
	if (!k->run)
		return leave_open(p);
	return grade(&g, &unused, why) ? text : NULL;
}

/* Returns how many hints the question has. */
static unsigned print_hints(const struct lab_order *o, const struct exercise *e,
			    const struct known *k, const char *id)
{
	char heading[ID_TEXT + sizeof ask], before[64];
	struct manner_of_text m = {o->look.look.width - MARGIN, INDENT};
	struct passage p;
	unsigned n = 0;
	snprintf(heading, sizeof heading, "%s%s", ask, id);
	printf("%s\n", id);
	while ((p = page_find(e->page[o->language], heading, "hint", n)).at) {
		char *text = work_out(e, k, p), *whole = NULL;
		snprintf(before, sizeof before, lab_says(o->language, SAY_HINTED), ++n);
		if (text && asprintf(&whole, "%s%s", before, text) > 0)
			passage_print(stdout, (struct passage){whole, strlen(whole)}, m);
		free(whole);
		free(text);
	}
	return n;
}

/* The n-th question of the page; false: it has no more. */
static bool question_of(const char *page, unsigned n, char id[static ID_TEXT])
{
	struct heading h;
	size_t mark = strlen(ask);
	while (page_next_heading(&page, &h)) {
		bool is = h.level == 2 && h.words.len > mark && strncmp(h.words.at, ask, mark) == 0;
		if (is && n-- == 0) {
			snprintf(id, ID_TEXT, "%.*s", (int)(h.words.len - mark), h.words.at + mark);
			return true;
		}
	}
	return false;
}

static int no_such_question(const char *page, const char *word)
{
	char ids[MARKS][ID_TEXT], shown[PRINTABLE_TEXT], why[WHY_TEXT];
	const char *names[MARKS + 1] = {NULL};
	for (unsigned i = 0; i < MARKS && question_of(page, i, ids[i]); i++)
		names[i] = ids[i];
	const char *meant = did_you_mean(word, strlen(word), names);
	size_t len = (size_t)snprintf(why, sizeof why, "there is no question '%s'\n",
				      printable(word, shown));
	if (meant)
		len += (size_t)snprintf(why + len, sizeof why - len, "Did you mean %s?", meant);
	for (unsigned i = 0; !meant && names[i] && len < sizeof why; i++)
		len += (size_t)snprintf(why + len, sizeof why - len, "%s%s",
					i ? ", " : "Choose from ", names[i]);
	return lab_refuse(why);
}

/* Whether a hint of the question, or of any, waits for a run's numbers. */
static bool waits(const char *page, const char *wanted)
{
	char id[ID_TEXT], heading[ID_TEXT + sizeof ask];
	struct passage p;
	for (unsigned i = 0; question_of(page, i, id); i++) {
		snprintf(heading, sizeof heading, "%s%s", ask, id);
		for (unsigned n = 0; (p = page_find(page, heading, "hint", n)).at; n++)
			if ((!wanted || strcmp(wanted, id) == 0) && memmem(p.at, p.len, "${", 2))
				return true;
	}
	return false;
}

static int print(const struct lab_order *o, const struct exercise *e, const struct known *k)
{
	const char *page = e->page[o->language], *wanted = o->words > 1 ? o->word[1] : NULL;
	const struct manner_of_text whole = {o->look.look.width, 0};
	char id[ID_TEXT];
	bool found = false;
	if (!k->run && waits(page, wanted))
		text_print(stdout, whole, lab_says(o->language, SAY_LEFT_OPEN),
			   (unsigned)strtoul(e->name, NULL, 10));
	for (unsigned i = 0; question_of(page, i, id); i++) {
		if (wanted && strcmp(wanted, id) != 0)
			continue;
		found = true;
		print_hints(o, e, k, id);
	}
	return found || !wanted ? EXIT_DONE : no_such_question(page, wanted);
}

int lab_hint(struct lab_order *o)
{
	struct exercise e;
	struct known k = {.run = false};
	char folder[PATH_MAX], why[WHY_TEXT];
	if (!lab_exercise(o->word[0], &e))
		return EXIT_FAILED;
	course_path(&o->course, e.name, "last", folder);
	k.run = attempt_take(folder, &e, NULL, &k.of, why);
	int code = print(o, &e, &k);
	evidence_free(&k.of.evidence);
	exercise_free(&e);
	return code;
}

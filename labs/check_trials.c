/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "labs/check.h"

enum { SHOWN = 60 };

static const char opening[] = "${";

/* ---- a trial that did not come to its end */

static void say_failure(struct findings *f, const struct exercise *e, const struct trial *t)
{
	static const char ours[] = "synfin: ";
	unsigned before = f->count;
	char *at = t->said, *end;
	for (; at && *at; at = end) {
		end = at + strcspn(at, "\n");
		end += *end ? 1 : 0;
		at[strcspn(at, "\n")] = 0;
		if (strncmp(at, ours, sizeof ours - 1) == 0)
			at += sizeof ours - 1;
		if (*at)
			found_in_script(f, e, at);
	}
	if (*t->why)
		found_in_script(f, e, t->why);
	if (f->count == before)
		found(f, "lab.lua", "a run did not come to its end");
}

/* ---- misconceptions */

/* That of the same question in another trial. */
static const struct mistake *mistake_of(const struct trial *t, unsigned question, const char *name)
{
	const struct mark *m = &t->score.mark[question];
	for (unsigned i = 0; question < t->score.count && i < m->mistakes; i++)
		if (strcmp(m->mistake[i].name, name) == 0)
			return &m->mistake[i];
	return NULL;
}

static void check_sentence(struct findings *f, const struct exercise *e, const char *id,
			   const char *name)
{
	char heading[ID_TEXT + 8], sub[ID_TEXT + 8];
	snprintf(heading, sizeof heading, "ask %s", id);
	snprintf(sub, sizeof sub, "wrong %s", name);
	for (int l = 0; l < LANGUAGES; l++)
		if (!page_find(e->page[l], heading, sub, 0).at &&
		    !page_find(exercise_misconceptions((enum language)l), name, NULL, 0).at)
			found_in_page(f, e, (enum language)l, NULL,
				      "no '### %s' below '## %s', and none that all share", sub,
				      heading);
}

static void check_mistakes(struct findings *f, const struct exercise *e,
			   const struct trial t[static TRIALS], unsigned question)
{
	const struct mark *m = &t[0].score.mark[question];
	for (unsigned i = 0; i < m->mistakes; i++) {
		const struct mistake *a = &m->mistake[i], *b = mistake_of(&t[1], question, a->name);
		check_sentence(f, e, m->id, a->name);
		if (a->same && b && b->same)
			found(f, "lab.lua", "question '%s': the wrong answer '%s' is the right one",
			      m->id, a->name);
		if (!*a->answer && b && !*b->answer)
			found(f, "lab.lua",
			      "question '%s': the wrong answer '%s' is none of that kind", m->id,
			      a->name);
	}
}

/* Whether the script has that word as a string: what did not happen in two runs may in a third, or
 * with another kernel. */
static bool script_has(const struct exercise *e, const char *word)
{
	char quoted[ID_TEXT + 2];
	snprintf(quoted, sizeof quoted, "\"%s\"", word);
	return strstr(e->script, quoted);
}

/* The sentences of a page that no wrong answer leads to. */
static void check_unused(struct findings *f, const struct exercise *e,
			 const struct trial t[static TRIALS], unsigned question)
{
	char heading[ID_TEXT + 8], name[ID_TEXT];
	const char *at = e->page[ENGLISH];
	struct heading h;
	bool here = false;
	snprintf(heading, sizeof heading, "ask %s", t[0].score.mark[question].id);
	while (page_next_heading(&at, &h)) {
		if (h.level == 2)
			here = h.words.len == strlen(heading) &&
			       memcmp(h.words.at, heading, h.words.len) == 0;
		if (!here || h.level != 3 || strncmp(h.words.at, "wrong ", 6) != 0)
			continue;
		snprintf(name, sizeof name, "%.*s", (int)h.words.len - 6, h.words.at + 6);
		if (!mistake_of(&t[0], question, name) && !mistake_of(&t[1], question, name) &&
		    !script_has(e, name))
			found_in_page(f, e, ENGLISH, h.words.at,
				      "no wrong answer of '%s' in lab.lua is called '%s'",
				      heading + 4, name);
	}
}

/* ---- questions and passages */

static void check_mark(struct findings *f, const struct mark *m)
{
	if (m->verdict == MARK_UNSEEN)
		found(f, "lab.lua", "question '%s': a run does not show what is right: %s", m->id,
		      m->why);
	else if (*m->why)
		found(f, "lab.lua", "question '%s': %s", m->id, m->why);
}

static void check_told(struct findings *f, const struct exercise *e, const struct trial *t)
{
	char id[ID_TEXT];
	struct heading h;
	const char *at = e->page[ENGLISH];
	while (page_next_heading(&at, &h)) {
		if (h.level != 2 || strncmp(h.words.at, "tell ", 5) != 0)
			continue;
		snprintf(id, sizeof id, "%.*s", (int)h.words.len - 5, h.words.at + 5);
		if (!trial_has(t, "tell", id) && !script_has(e, id))
			found_in_page(f, e, ENGLISH, h.words.at, "lab.lua never tells '%s'", id);
	}
}

/* What the script says, and no page has. */
static void check_tells(struct findings *f, const struct exercise *e, const struct trial *t)
{
	static const char mark[] = "\"tell\":\"";
	char heading[ID_TEXT + 8];
	const char *at = t->evidence.calls ? t->evidence.calls : "";
	while ((at = strstr(at, mark))) {
		at += sizeof mark - 1;
		snprintf(heading, sizeof heading, "tell %.*s", (int)strcspn(at, "\""), at);
		for (int l = 0; l < LANGUAGES; l++)
			if (!page_find(e->page[l], heading, NULL, 0).at)
				found_in_page(f, e, (enum language)l, NULL, "no '## %s'", heading);
	}
}

void check_trials(struct findings *f, const struct exercise *e, const struct trial t[static TRIALS])
{
	for (unsigned i = 0; i < TRIALS; i++)
		if (!t[i].graded) {
			say_failure(f, e, &t[i]);
			return;
		}
	if (!t[0].ported)
		found(f, "lab.lua",
		      "no port of the run is server_port, client_port or crafted_port: a mark "
		      "could not tell whose run it was");
	for (unsigned i = 0; i < t[0].score.count; i++) {
		const struct mark *m = &t[0].score.mark[i];
		if (!trial_has(&t[0], "ask", m->id))
			found(f, "lab.lua", "question '%s' was never asked", m->id);
		check_mark(f, m->verdict == MARK_UNSEEN || *m->why ? m : &t[1].score.mark[i]);
		check_mistakes(f, e, t, i);
		check_unused(f, e, t, i);
	}
	check_told(f, e, &t[0]);
	check_tells(f, e, &t[0]);
}

/* ---- expressions */

/* Stands behind each expression in the text that is worked out. */
static const char behind[] = "\x1e";

/* All expressions of a page, one behind the other: NULL when memory is short. */
static char *expressions_of(const char *page)
{
	char *all = NULL;
	size_t len;
	FILE *to = open_memstream(&all, &len);
	for (const char *at = page; to && (at = strstr(at, opening)); at += 2) {
		size_t n = strcspn(at, "}\n");
		if (at[n] == '}')
			fprintf(to, "%.*s%s", (int)n + 1, at, behind);
	}
	if (to)
		fclose(to);
	return all;
}

/* Their values, from one marking, however many they are; NULL with a sentence. */
static char *values_of(const struct exercise *e, const struct trial *t, const char *all,
		       char why[static WHY_TEXT])
{
	const struct replies none = {.count = 0};
	struct score *unused = calloc(1, sizeof *unused);
	char *text = NULL;
	const struct grading g = {e, &t->evidence, &none, trial_seed(0), {all, strlen(all)}, &text};
	snprintf(why, WHY_TEXT, "out of memory");
	if (unused && !grade(&g, unused, why)) {
		free(text);
		text = NULL;
	}
	free(unused);
	return text;
}

static void check_values(struct findings *f, const struct exercise *e, enum language l,
			 const char *values)
{
	for (const char *at = e->page[l]; (at = strstr(at, opening)); at += 2) {
		size_t len = strcspn(at, "}\n"), value = strcspn(values, behind);
		if (at[len] != '}') {
			found_in_page(f, e, l, at, "'${' without a '}'");
			continue;
		}
		if (value == 1 && *values == '?')
			found_in_page(f, e, l, at, "%.*s} has no value after a run",
				      len < SHOWN ? (int)len : SHOWN, at);
		values += value + (values[value] != 0);
	}
}

void check_expressions(struct findings *f, const struct exercise *e, const struct trial *t)
{
	char why[WHY_TEXT];
	for (int l = 0; l < LANGUAGES && t->graded; l++) {
		char *all = expressions_of(e->page[l]);
		char *values = all ? values_of(e, t, all, why) : NULL;
		if (values)
			check_values(f, e, (enum language)l, values);
		else if (all)
			found_in_page(f, e, (enum language)l, strstr(e->page[l], opening),
				      "the ${} of this page have no values: %s", why);
		free(values);
		free(all);
	}
}

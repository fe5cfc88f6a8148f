/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "analysis/printable.h"
#include "labs/check.h"

enum { HINTS = 3, SHOWN = 60 };

void found(struct findings *f, const char *where, const char *format, ...)
{
	char text[WHY_TEXT], shown[PRINTABLE_TEXT];
	va_list ap;
	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	fprintf(f->out, "%s: %s\n", where, printable(text, shown));
	fflush(f->out); /* it may be the last that is said */
	f->count++;
}

void found_in_page(struct findings *f, const struct exercise *e, enum language l, const char *at,
		   const char *format, ...)
{
	char where[64], text[WHY_TEXT];
	unsigned line = 1;
	va_list ap;
	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	for (const char *c = e->page[l]; at && c < at; c++)
		line += *c == '\n';
	if (at)
		snprintf(where, sizeof where, "%s.md:%u", language_names[l], line);
	else
		snprintf(where, sizeof where, "%s.md", language_names[l]);
	found(f, where, "%s", text);
}

void found_in_script(struct findings *f, const struct exercise *e, const char *what)
{
	size_t len = strlen(e->name);
	bool named = strncmp(what, e->name, len) == 0 && what[len] == ':';
	size_t line = named ? strspn(what + len + 1, "0123456789") : 0;
	char where[64];
	snprintf(where, sizeof where, "lab.lua%s%.*s", line ? ":" : "", (int)line, what + len + 1);
	what += named ? len + 1 : 0;
	what += line && what[line] == ':' ? line + 1 : 0;
	found(f, where, "%s", what + strspn(what, " "));
}

/* ---- one page */

static bool begins(struct passage p, const char *word)
{
	return p.len > strlen(word) && strncmp(p.at, word, strlen(word)) == 0;
}

static bool is(struct passage p, const char *word)
{
	return p.len == strlen(word) && strncmp(p.at, word, p.len) == 0;
}

static bool is_known(const struct heading *h)
{
	return h->level == 1   ? true
	       : h->level == 2 ? begins(h->words, "ask ") || begins(h->words, "tell ") ||
					 is(h->words, "end")
			       : is(h->words, "hint") || is(h->words, "right") ||
					 begins(h->words, "wrong ");
}

static int shown_of(struct passage p)
{
	return p.len < SHOWN ? (int)p.len : SHOWN;
}

/* Whether anything stands below the heading, before the next one. */
static bool has_text(const char *behind)
{
	const char *next = behind;
	struct heading h;
	behind += strspn(behind, " \t\r\n");
	return *behind && (!page_next_heading(&next, &h) || h.words.at > behind + h.level + 1);
}

static bool seen_before(const char *page, const struct heading *wanted)
{
	struct heading h;
	while (page_next_heading(&page, &h) && h.words.at < wanted->words.at)
		if (h.level == wanted->level && h.words.len == wanted->words.len &&
		    memcmp(h.words.at, wanted->words.at, h.words.len) == 0)
			return true;
	return false;
}

/* Whether the heading of level 3 stands below a question. */
static bool is_asked(const char *page, const struct heading *wanted)
{
	struct heading h;
	bool asked = false;
	while (page_next_heading(&page, &h) && h.words.at < wanted->words.at)
		if (h.level < 3)
			asked = begins(h.words, "ask ");
	return asked;
}

static void check_heading(struct findings *f, const struct exercise *e, enum language l,
			  const struct heading *h, const char *behind)
{
	const char *at = h->words.at;
	if (h->level == 3 && !is_asked(e->page[l], h))
		found_in_page(f, e, l, at, "'%.*s' stands below no question", shown_of(h->words),
			      at);
	if (!is_known(h))
		found_in_page(f, e, l, at,
			      "no heading is '%.*s' here: ## ask ID, ## tell ID, ## end, "
			      "### hint, ### right, ### wrong NAME",
			      shown_of(h->words), at);
	else if (!has_text(behind))
		found_in_page(f, e, l, at, "nothing stands below '%.*s'", shown_of(h->words), at);
	if (h->level == 2 && seen_before(e->page[l], h))
		found_in_page(f, e, l, at, "'%.*s' stands there twice", shown_of(h->words), at);
}

/* What belongs to a question. */
static void check_parts(struct findings *f, const struct exercise *e, enum language l,
			struct passage words)
{
	char heading[ID_TEXT + 8];
	unsigned hints = 0;
	snprintf(heading, sizeof heading, "%.*s", (int)words.len, words.at);
	while (page_find(e->page[l], heading, "hint", hints).at)
		hints++;
	if (hints < HINTS)
		found_in_page(f, e, l, words.at, "%u hint%s, not three: idea, formula, number",
			      hints, hints == 1 ? "" : "s");
	if (!page_find(e->page[l], heading, "right", 0).at)
		found_in_page(f, e, l, words.at, "no '### right': what is said after the answer");
}

static void check_page(struct findings *f, const struct exercise *e, enum language l)
{
	const char *at = e->page[l];
	struct heading h;
	if (!page_title(at).len)
		found_in_page(f, e, l, NULL, "it does not begin with '# ' and a title");
	while (page_next_heading(&at, &h)) {
		check_heading(f, e, l, &h, at);
		if (h.level == 2 && begins(h.words, "ask "))
			check_parts(f, e, l, h.words);
	}
	if (!page_find(e->page[l], "end", NULL, 0).at)
		found_in_page(f, e, l, NULL, "no '## end': what was learnt");
}

/* ---- all pages */

static bool same(const struct heading *a, const struct heading *b)
{
	return a->level == b->level &&
	       (a->level == 1 ||
		(a->words.len == b->words.len && !memcmp(a->words.at, b->words.at, a->words.len)));
}

/* The first heading in which they differ. */
static void compare(struct findings *f, const struct exercise *e, enum language l)
{
	const char *at[2] = {e->page[ENGLISH], e->page[l]};
	for (;;) {
		struct heading a = {.level = 0}, b = {.level = 0};
		bool more = page_next_heading(&at[0], &a), too = page_next_heading(&at[1], &b);
		if (!more && !too)
			return;
		if (more && too && same(&a, &b))
			continue;
		found_in_page(f, e, l, too ? b.words.at : NULL,
			      "'%.*s' where %s.md has '%.*s': the headings are to be the same",
			      too ? shown_of(b.words) : 11, too ? b.words.at : "(no more)",
			      language_names[ENGLISH], more ? shown_of(a.words) : 9,
			      more ? a.words.at : "(no more)");
		return;
	}
}

void check_pages(struct findings *f, const struct exercise *e)
{
	for (int l = 0; l < LANGUAGES; l++)
		check_page(f, e, (enum language)l);
	for (int l = ENGLISH + 1; l < LANGUAGES; l++)
		compare(f, e, (enum language)l);
}

static const struct mark *mark_of(const struct score *s, struct passage id)
{
	for (unsigned i = 0; i < s->count; i++)
		if (is(id, s->mark[i].id))
			return &s->mark[i];
	return NULL;
}

void check_questions(struct findings *f, const struct exercise *e, const struct score *s)
{
	char heading[ID_TEXT + 8];
	struct heading h;
	for (int l = 0; l < LANGUAGES; l++) {
		for (unsigned i = 0; i < s->count; i++) {
			snprintf(heading, sizeof heading, "ask %s", s->mark[i].id);
			if (!page_find(e->page[l], heading, NULL, 0).at)
				found_in_page(f, e, (enum language)l, NULL, "no '## %s'", heading);
		}
		const char *at = e->page[l];
		while (page_next_heading(&at, &h)) {
			if (h.level != 2 || !begins(h.words, "ask "))
				continue;
			struct passage id = {h.words.at + 4, h.words.len - 4};
			if (!mark_of(s, id))
				found_in_page(f, e, (enum language)l, id.at,
					      "lab.lua has no question '%.*s'", shown_of(id),
					      id.at);
		}
	}
	if (!s->count)
		found(f, "lab.lua", "it has no question{}");
}

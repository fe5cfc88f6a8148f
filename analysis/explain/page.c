/* SPDX-License-Identifier: MIT */
#include "analysis/explain/page.h"

#include <string.h>

#include "analysis/decode/text.h"
#include "analysis/explain/example.h"
#include "analysis/explain/paragraph.h"

enum { TEXT = 1024, TEXT_COLUMNS = 80 };

static struct look for_text(struct look l)
{
	l.width = l.width < TEXT_COLUMNS ? l.width : TEXT_COLUMNS;
	return l;
}

/* "9293 3.6" becomes "RFC 9293, section 3.6"; a draft has its name. */
static void add_rfc(struct text *t, const char *rfc)
{
	const char *section = strchr(rfc, ' ');
	if (!*rfc)
		return;
	text_add(t, t->left < TEXT ? "; " : "");
	text_add(t, *rfc >= '0' && *rfc <= '9' ? "RFC " : "");
	for (; *rfc && rfc != section; rfc++)
		text_char(t, *rfc);
	text_add(t, section ? ", section" : "");
	text_add(t, section ? section : "");
}

/* "info, closing, RFC 9293, section 3.6" */
static void put_facts(FILE *out, const struct topic *t, const struct look *l)
{
	static const char *const phase[] = {
		[ARTEFACT] = "artefact of the capture",
		[OPENING] = "opening",
		[ESTABLISHED_PHASE] = "while established",
		[CLOSING_PHASE] = "closing",
		[RESET] = "reset",
		[TIME_WAIT_PHASE] = "TIME-WAIT",
	};
	enum diagnosis_id id = diagnosis_named(t->name);
	char text[TEXT];
	struct text facts = text_in(text, sizeof text);
	if (id < DIAGNOSES) {
		text_add(&facts, severity_name(catalogue_row(id)->severity));
		text_add(&facts, ", ");
		text_add(&facts, phase[catalogue_row(id)->phase]);
	}
	const char *rfc = id < DIAGNOSES ? catalogue_row(id)->rfc : t->rfc;
	add_rfc(&facts, rfc ? rfc : "");
	put_paragraph(out, l, 0, text);
}

static void put_part(FILE *out, const struct look *l, const char *title, const char *text)
{
	if (!text || !*text)
		return;
	fprintf(out, "\n%s\n", title);
	put_paragraph(out, l, 2, text);
}

static const char *advice_of(const struct topic *t)
{
	enum diagnosis_id id = diagnosis_named(t->name);
	if (t->advice || id == DIAGNOSES)
		return t->advice;
	return catalogue_row(id)->hint;
}

/* "Also named in this example: ..." */
static void print_others(const struct example *x, char text[static TEXT])
{
	struct text t = text_in(text, TEXT);
	for (enum diagnosis_id id = 0; id < DIAGNOSES; id++)
		if (id != x->wanted && x->others[id / 64] >> id % 64 & 1) {
			text_add(&t, *text ? ", " : "Also named in this example: ");
			text_add(&t, catalogue_row(id)->name);
		}
	text_add(&t, *text ? "." : "");
}

/* What a ladder does not say of an info: its sentence. Then what else is named. */
static void put_findings(FILE *out, const struct example *x, const struct look *l)
{
	char others[TEXT];
	print_others(x, others);
	bool info = x->wanted < DIAGNOSES && catalogue_row(x->wanted)->severity == INFO;
	if (x->wanted == DIAGNOSES || (!info && !*others))
		return;
	fputc('\n', out);
	put_paragraph(out, l, 2, info ? x->sentence : "");
	put_paragraph(out, l, 2, others);
}

static bool put_example(FILE *out, const struct topic *t, const struct view *v,
			const struct look *l)
{
	struct example x = example_of(t);
	struct look narrow = for_text(*l);
	if (!t->figure)
		return true;
	fputs("\nExample\n", out);
	if (!x.good || !example_draw(&x, v, out, *l))
		return false;
	if (v == &view_ladder)
		put_findings(out, &x, &narrow);
	return true;
}

static void put_twin(FILE *out, const struct topic *t, const struct look *l)
{
	const struct topic *twin = topic_twin(t);
	char text[TEXT];
	if (!twin)
		return;
	snprintf(text, sizeof text, "%s is another page: %s.", twin->name, twin->title);
	fputc('\n', out);
	put_paragraph(out, l, 0, text);
}

bool page_print(FILE *out, const struct topic *t, const struct view *v, struct look look)
{
	struct look l = for_text(look);
	char title[TEXT];
	snprintf(title, sizeof title, "%s: %s", t->name, t->title);
	put_paragraph(out, &l, 0, title);
	put_facts(out, t, &l);
	fputc('\n', out);
	put_paragraph(out, &l, 0, t->meaning);
	put_part(out, &l, "Rule", t->rule);
	arrows_print(out, t->name, &l);
	bool drawn = put_example(out, t, v, &look);
	put_part(out, &l, "Usual causes", t->causes);
	put_part(out, &l, "What to try", advice_of(t));
	put_twin(out, t, &l);
	return drawn;
}

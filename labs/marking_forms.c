/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "labs/marking.h"

/* ---- CSV */

static void put_field(FILE *out, const char *text, bool last)
{
	bool formula = *text && strchr("=+-@\t\r", *text);
	fputc('"', out);
	fputs(formula ? "'" : "", out);
	for (; *text; text++) {
		if (*text == '"')
			fputc('"', out);
		fputc((unsigned char)*text < 0x20 ? ' ' : *text, out);
	}
	fputs(last ? "\"\r\n" : "\",", out);
}

static void put_line(FILE *out, const struct paper *p, const struct paper_mark *m)
{
	char hints[16] = "";
	if (m)
		snprintf(hints, sizeof hints, "%u", m->hints);
	put_field(out, p->student, false);
	put_field(out, p->exercise, false);
	put_field(out, m ? m->id : "", false);
	put_field(out, m ? verdict_name(m->verdict) : "", false);
	put_field(out, m ? m->given : "", false);
	put_field(out, m ? m->right : "", false);
	put_field(out, m ? m->misconception : "", false);
	put_field(out, hints, false);
	put_field(out, p->stored ? "stored" : "", false);
	put_field(out, p->problem ? p->problem : "", false);
	put_field(out, p->folder, true);
}

void papers_print_csv(FILE *out, const struct papers *p)
{
	fputs("student,exercise,question,mark,answer,right,misconception,hints,stored,problem,"
	      "folder\r\n",
	      out);
	for (size_t i = 0; i < p->count; i++) {
		const struct paper *k = &p->at[i];
		for (unsigned n = 0; n < k->marks; n++)
			put_line(out, k, &k->mark[n]);
		if (!k->marks)
			put_line(out, k, NULL);
	}
}

/* ---- JUnit */

/* The octets of the UTF-8 character at `at` if XML 1.0 may hold it; 0: it may not. */
static size_t xml_character(const unsigned char *at)
{
	size_t more = *at < 0x80                   ? 0
		      : *at >= 0xc2 && *at <= 0xdf ? 1
		      : *at >= 0xe0 && *at <= 0xef ? 2
		      : *at >= 0xf0 && *at <= 0xf4 ? 3
						   : 4;
	unsigned long c = more > 3 ? 0 : more ? *at & (0x3fu >> more) : *at;
	for (size_t i = 1; i <= more && more < 4; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (at[i] & 0x3fu);
	}
	static const unsigned long least[] = {0, 0x80, 0x800, 0x10000};
	bool may = more < 4 && c >= least[more] && (c >= 0x20 || c == '\t') && c != 0x7f &&
		   !(c >= 0xd800 && c <= 0xdfff) && c != 0xfffe && c != 0xffff && c <= 0x10ffff;
	return may ? more + 1 : 0;
}

/* Text in an attribute: what XML cannot hold becomes '?'. */
static void put_xml(FILE *out, const char *text)
{
	static const struct {
		char c;
		const char *name;
	} names[] = {
		{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&apos;"}};
	while (*text) {
		size_t n = xml_character((const unsigned char *)text);
		const char *name = n ? NULL : "?";
		for (size_t i = 0; i < sizeof names / sizeof *names; i++)
			if (*text == names[i].c)
				name = names[i].name;
		if (name)
			fputs(name, out);
		else
			fwrite(text, 1, n, out);
		text += n ? n : 1;
	}
}

static void put_attribute(FILE *out, const char *name, const char *text)
{
	fprintf(out, " %s=\"", name);
	put_xml(out, text);
	fputc('"', out);
}

static void put_case(FILE *out, const struct paper *p, const struct paper_mark *m)
{
	char text[4 * ANSWER_TEXT];
	fputs("    <testcase", out);
	put_attribute(out, "classname", p->exercise);
	put_attribute(out, "name", m->id);
	if (m->verdict == MARK_RIGHT) {
		fputs("/>\n", out);
		return;
	}
	snprintf(text, sizeof text, "%s: not '%s', but '%s'", verdict_name(m->verdict), m->given,
		 m->right);
	fputs(">\n      <failure", out);
	put_attribute(out, "type", *m->misconception ? m->misconception : verdict_name(m->verdict));
	put_attribute(out, "message", text);
	fputs("/>\n    </testcase>\n", out);
}

/* Something is wrong with the whole of it. */
static void put_problem(FILE *out, const struct paper *p)
{
	if (!p->problem)
		return;
	fputs("    <testcase", out);
	put_attribute(out, "classname", p->exercise);
	put_attribute(out, "name", "handed-in");
	fputs(">\n      <error", out);
	put_attribute(out, "message", p->problem);
	fputs("/>\n    </testcase>\n", out);
}

static void put_suite(FILE *out, const struct paper *p)
{
	fputs("  <testsuite", out);
	put_attribute(out, "name", p->student);
	put_attribute(out, "package", p->exercise);
	put_attribute(out, "file", p->folder);
	fprintf(out, " tests=\"%u\" failures=\"%u\" errors=\"%d\">\n", p->marks + !!p->problem,
		p->marks - p->right, !!p->problem);
	if (p->stored)
		fputs("    <properties><property name=\"stored\" value=\"true\"/></properties>\n",
		      out);
	put_problem(out, p);
	for (unsigned i = 0; i < p->marks; i++)
		put_case(out, p, &p->mark[i]);
	fputs("  </testsuite>\n", out);
}

void papers_print_junit(FILE *out, const struct papers *p)
{
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"synfin lab\">\n",
	      out);
	for (size_t i = 0; i < p->count; i++)
		put_suite(out, &p->at[i]);
	fputs("</testsuites>\n", out);
}

/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "analysis/views/lines.h"
#include "analysis/views/version.h"
#include "capture/doctor_settings.h"
#include "capture/doctor_sheet.h"
#include "capture/doctor_terminal.h"
#include "capture/rights.h"

enum { NARROWEST = 40, WIDEST = 80, CURE_MARGIN = 7, MARGIN = 25, NARROW_MARGIN = 4 };

static int width_of(const struct sheet *s)
{
	int columns = s->environment->columns;
	return columns < NARROWEST ? NARROWEST : columns > WIDEST ? WIDEST : columns;
}

/* Text behind its head, from the margin on; where there is little room, below it. */
static void put(const struct sheet *s, int margin, const char *head, const char *text)
{
	char line[LINE_TEXT];
	int used = cells(head), width = width_of(s);
	if (margin > width / 2)
		margin = NARROW_MARGIN;
	fputs(head, s->out);
	if (used && used >= margin) {
		putc('\n', s->out);
		used = 0;
	}
	while (flow(&text, width - margin, line)) {
		fprintf(s->out, "%*s%s\n", margin - used, "", line);
		used = 0;
	}
}

static void head(struct sheet *s, const char *group)
{
	if (!s->group || strcmp(s->group, group) != 0)
		fprintf(s->out, "\n%s\n", group);
	s->group = group;
}

static void begin(struct sheet *s)
{
	struct utsname u = {0};
	char who[32] = "root", line[512];
	uname(&u);
	if (geteuid() != 0)
		snprintf(who, sizeof who, "user %u", geteuid());
	snprintf(line, sizeof line, "synfin %s on Linux %.64s %.64s, as %s%s", SYNFIN_VERSION,
		 u.release, u.machine, who, rights_are_borrowed() ? " by sudo" : "");
	put(s, 0, "", line);
}

static void put_cures(const struct sheet *s, const char *cures)
{
	char cure[WHY_TEXT];
	while (finding_line(&cures, cure))
		put(s, CURE_MARGIN, "    ->", cure);
}

/* What is to be done about several rows is said once, below the last of them. */
static void check(struct sheet *s, const struct check *c, const struct finding *f)
{
	char what[WHY_TEXT], row[64];
	const char *cures = "";
	head(s, c->group);
	for (int i = 0; c->row[i].id; i++) {
		const char *rest = f[i].text;
		finding_line(&rest, what);
		if (strcmp(rest, cures) != 0)
			put_cures(s, cures);
		snprintf(row, sizeof row, "  %-4s %s", f[i].verdict == WORKS ? "ok" : "not",
			 c->row[i].label);
		put(s, MARGIN, row, what);
		cures = rest;
	}
	put_cures(s, cures);
	fflush(s->out);
}

static void put_settings(struct sheet *s)
{
	struct setting t;
	char row[64], text[WHY_TEXT + 32], usual[WHY_TEXT] = "";
	struct text others = text_in(usual, sizeof usual);
	head(s, "The kernel's TCP");
	for (size_t i = 0; setting_read("/proc/sys", i, &t); i++) {
		bool unusual = t.there && t.value != t.usual;
		if (!t.matters && !unusual) {
			text_add(&others, *usual ? ", " : "");
			text_add(&others, t.name);
			text_add(&others, t.there ? " " : " (none)");
			if (t.there)
				text_number(&others, (uint64_t)t.value);
			continue;
		}
		snprintf(row, sizeof row, "  %-18s %ld", t.name, t.value);
		snprintf(text, sizeof text, unusual ? "%s (the default is %ld)" : "%s", t.text,
			 t.usual);
		put(s, MARGIN, row, text);
	}
	if (*usual)
		put(s, MARGIN, "  as usual", usual);
}

static void put_screen(struct sheet *s)
{
	struct screen c = screen_of(s->environment, "");
	char text[256];
	head(s, "The terminal");
	snprintf(text, sizeof text, "%d%s", c.columns,
		 c.columns < 60    ? ": segments become cards; from 60 on a ladder"
		 : c.columns < 120 ? "; from 120 on the sums stand beside the ladder"
				   : ": room for the sums beside the ladder");
	put(s, MARGIN, "  columns", text);
	snprintf(text, sizeof text, "%s %s; --style %s fits%s", c.locale,
		 c.unknown ? "is not installed (locale -a)"
		 : c.utf8  ? "is UTF-8"
			   : "is not UTF-8",
		 screen_style(&c), c.utf8 && c.east_asian ? ": one cell wide in every font" : "");
	put(s, MARGIN, "  characters", text);
	put(s, MARGIN, "  colors",
	    c.color      ? "yes"
	    : c.terminal ? "no: NO_COLOR is set, or TERM is dumb; --color always"
			 : "no: standard output is no terminal; --color always");
}

static void put_sum(const struct sheet *s)
{
	char as_root[TALK_TEXT];
	unsigned works = s->count[WORKS], rights = s->count[NEEDS_RIGHTS];
	fprintf(s->out, "\n%u of %u work%s\n", works, works + rights + s->count[WORKS_NOT],
		rights ? "; with rights:" : ".");
	finding_as_root("doctor", as_root);
	if (rights)
		put(s, CURE_MARGIN, "    ->", as_root);
}

static void end(struct sheet *s)
{
	put_settings(s);
	put_screen(s);
	put_sum(s);
}

const struct sheet_form sheet_text = {begin, check, end};

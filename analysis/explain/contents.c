/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "analysis/explain/page.h"
#include "analysis/explain/paragraph.h"

enum { NAME_COLUMNS = 25, TEXT_COLUMNS = 80, LINE = 160 };

static void put_topic(FILE *out, const struct topic *t, const struct look *l)
{
	char line[LINE];
	snprintf(line, sizeof line, "  %-*s%s", NAME_COLUMNS, t->name, t->title);
	if ((int)strlen(line) <= l->width)
		fprintf(out, "%s\n", line);
	else
		fprintf(out, "  %s\n", t->name);
}

void contents_print(FILE *out, struct look look)
{
	static const char *const how[] = {
		"synfin explain close-three      a diagnosis",
		"synfin explain FIN-WAIT-2       a state, a flag (RST), an option (MSS)",
		"synfin explain f.pcap --id 3    the story of a connection",
	};
	const char *before = "";
	look.width = look.width < TEXT_COLUMNS ? look.width : TEXT_COLUMNS;
	for (size_t i = 0; i < sizeof how / sizeof *how; i++)
		put_paragraph(out, &look, 2, how[i]);
	for (const struct chapter *c = chapters; c->title; c++) {
		if (strcmp(before, c->title) != 0)
			fprintf(out, "\n%s\n", c->title);
		before = c->title;
		for (const struct topic *t = c->topics; t->name; t++)
			put_topic(out, t, &look);
	}
}

void contents_list(FILE *out)
{
	const char *names[TOPICS];
	size_t count = topic_names(names);
	for (size_t i = 0; i < count; i++)
		fprintf(out, "%s\n", names[i]);
}

/* SPDX-License-Identifier: MIT */
#include "labs/lane.h"

#include <string.h>

#include "labs/page.h"

static void print_row(const struct lane *l, const struct lane_row *r, FILE *out)
{
	int columns = text_columns(r->text, strlen(r->text));
	int before = r->opener || columns >= l->width ? 0 : l->width - columns;
	if (columns > l->width)
		text_print(out, (struct manner_of_text){l->width, 0}, "%s", r->text);
	else
		fprintf(out, "%*s%s%s%s\n", before, "", l->color ? "\033[36m" : "", r->text,
			l->color ? "\033[0m" : "");
}

void lane_add(struct lane *l, const struct call *c)
{
	struct lane_row r = {.time = c->time, .opener = c->opener};
	const char *is = *c->gave ? " = " : "";
	if (l->rows == LANE_ROWS)
		return;
	if (c->opener)
		snprintf(r.text, sizeof r.text, "%s: %s%s%s", c->who, c->call, is, c->gave);
	else
		snprintf(r.text, sizeof r.text, "%s%s%s :%s", c->call, is, c->gave, c->who);
	unsigned at = l->rows++;
	for (; at && l->row[at - 1].time > r.time; at--)
		l->row[at] = l->row[at - 1];
	l->row[at] = r;
}

void lane_print(struct lane *l, int64_t time, FILE *out)
{
	unsigned n = 0;
	while (n < l->rows && l->row[n].time < time)
		print_row(l, &l->row[n++], out);
	l->rows -= n;
	memmove(l->row, l->row + n, l->rows * sizeof *l->row);
}

/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "analysis/views/lines.h"
#include "analysis/views/number.h"

enum { SEGMENT_TEXT = 128, ROW_TEXT = 256, PLAIN_DATA = 10, NARROW = 60 };

/* The row of a segment stays open for notes: what it proves comes as events of their own. */
struct figure {
	int column; /* where an open row goes on; 0: none is open */
};

/* "<SEQ=300><ACK=101><CTL=SYN,ACK>", as in RFC 9293 Figure 6. A number of octets is ours: <DATA>
 * alone is ten of them, so that what is drawn can be read back. */
static void segment_text(const struct segment *s, char text[static SEGMENT_TEXT])
{
	char flags[FLAGS_TEXT];
	size_t at = (size_t)snprintf(text, SEGMENT_TEXT, "<SEQ=%" PRIu32 ">", s->seq.n);
	if (s->flags & ACK)
		at += (size_t)snprintf(text + at, SEGMENT_TEXT - at, "<ACK=%" PRIu32 ">", s->ack.n);
	at += (size_t)snprintf(text + at, SEGMENT_TEXT - at, "<CTL=%s>",
			       flags_print(s->flags, flags));
	if (s->len == PLAIN_DATA)
		snprintf(text + at, SEGMENT_TEXT - at, "<DATA>");
	else if (s->len)
		snprintf(text + at, SEGMENT_TEXT - at, "<DATA=%" PRIu32 ">", s->len);
}

/* Where a row goes on that is too long for a line: below its segment, if there is room. */
static int indent(const struct drawing *d)
{
	return d->look.width < NARROW ? 4 : 22;
}

static void close_row(struct drawing *d)
{
	struct figure *f = d->state;
	if (f->column)
		fputc('\n', d->out);
	f->column = 0;
}

/* In as many lines as it needs, of which the last one is not ended. */
static void draw_row(struct drawing *d, const char *row)
{
	char line[LINE_TEXT];
	struct figure *f = d->state;
	int margin = (int)strspn(row, " ");
	while (flow(&row, d->look.width - margin, line)) {
		if (f->column)
			fputc('\n', d->out);
		for (size_t len = strlen(line); len && line[len - 1] == ' '; len--)
			line[len - 1] = 0;
		fprintf(d->out, "%*s%s", margin, "", line);
		f->column = margin + cells(line);
		margin = indent(d);
	}
}

static void draw_note(struct drawing *d, const char *note)
{
	struct figure *f = d->state;
	int size = 2 + cells(note) + 2;
	bool fits = f->column + size <= d->look.width;
	if (!fits) {
		f->column = indent(d) - 2;
		fprintf(d->out, "\n%*s", f->column, "");
	}
	f->column += size;
	fprintf(d->out, "  (%s)", note);
}

static void draw_title(const struct drawing *d, const struct connection *c)
{
	char title[ROW_TEXT], left[ENDPOINT_TEXT], right[ENDPOINT_TEXT];
	if (d->last)
		put_line(d, "");
	snprintf(title, sizeof title, "#%" PRIu32 "  %s  %s", c->id,
		 endpoint_print(&c->endpoint[c->client], left),
		 endpoint_print(&c->endpoint[!c->client], right));
	put_flowed(d, title);
}

static void draw_segment(struct drawing *d, const struct connection *c, const struct event *e)
{
	char row[ROW_TEXT], text[SEGMENT_TEXT];
	const char *arrow = e->end == c->client ? "-->" : "<--";

	if (d->last != c->id)
		draw_title(d, c);
	segment_text(&e->seg, text);
	snprintf(row, sizeof row, "%2" PRIu32 ".  %-12s %s %-32s %s\037%s", e->n,
		 state_name((enum tcp_state)e->after[c->client]), arrow, text, arrow,
		 state_name((enum tcp_state)e->after[!c->client]));
	draw_row(d, row);
}

static void figure_event(struct drawing *d, const struct connection *c, const struct event *e)
{
	const struct figure *f = d->state;
	if (e->kind == EVENT_SEGMENT) {
		close_row(d);
		draw_segment(d, c, e);
	} else if (f->column) {
		draw_note(d, e->kind == EVENT_INFERRED
				     ? "FIN not captured"
				     : correction_name((enum correction)e->correction));
	}
}

static void figure_end(struct drawing *d, const struct totals *t)
{
	(void)t;
	close_row(d);
}

const struct view view_figure = {
	.name = "figure",
	.help = "the notation of RFC 9293's figures, with absolute numbers",
	.state_size = sizeof(struct figure),
	.event = figure_event,
	.end = figure_end,
};

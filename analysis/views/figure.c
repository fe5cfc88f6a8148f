/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "analysis/views/number.h"

enum { SEGMENT_TEXT = 128, PLAIN_DATA = 10 };

/* The row of a segment stays open for notes: what it proves comes as events of their own. */
struct figure {
	bool open;
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

static void close_row(struct drawing *d)
{
	struct figure *f = d->state;
	if (f->open)
		fputc('\n', d->out);
	f->open = false;
}

static void draw_title(struct drawing *d, const struct connection *c)
{
	char left[ENDPOINT_TEXT], right[ENDPOINT_TEXT];
	fprintf(d->out, "\n#%" PRIu32 "  %s  %s\n", c->id,
		endpoint_print(&c->endpoint[c->client], left),
		endpoint_print(&c->endpoint[!c->client], right));
}

static void draw_row(struct drawing *d, const struct connection *c, const struct event *e)
{
	char text[SEGMENT_TEXT];
	struct figure *f = d->state;
	const char *arrow = e->end == c->client ? "-->" : "<--";

	if (d->last && d->last != c->id)
		draw_title(d, c);
	segment_text(&e->seg, text);
	fprintf(d->out, "%2" PRIu32 ".  %-12s %s %-32s %s %s", e->n,
		state_name((enum tcp_state)e->after[c->client]), arrow, text, arrow,
		state_name((enum tcp_state)e->after[!c->client]));
	f->open = true;
}

static void figure_event(struct drawing *d, const struct connection *c, const struct event *e)
{
	struct figure *f = d->state;
	if (e->kind == EVENT_SEGMENT) {
		close_row(d);
		draw_row(d, c, e);
	} else if (f->open) {
		fprintf(d->out, "  (%s)",
			e->kind == EVENT_INFERRED
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

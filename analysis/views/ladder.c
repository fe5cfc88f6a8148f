/* SPDX-License-Identifier: MIT */
#include "analysis/views/ladder.h"
#include "analysis/views/witness.h"

static void begin_open(struct ladder *l, uint32_t id)
{
	uint32_t *slot = &l->open[id % OPEN_AT_MOST];
	l->count += *slot == 0;
	*slot = id;
}

/* False when it was not open. */
static bool end_open(struct ladder *l, uint32_t id)
{
	uint32_t *slot = &l->open[id % OPEN_AT_MOST];
	if (*slot != id)
		return false;
	*slot = 0;
	l->count--;
	return true;
}

static void put_summary(const struct drawing *d, const struct connection *c)
{
	const struct ladder *l = d->state;
	char line[WORDS_TEXT] = "";
	FILE *memory = fmemopen(line, sizeof line - 1, "w");
	if (!memory)
		return;
	if (d->look.stream && (l->ids || d->last != c->id))
		fprintf(memory, "#%u ", c->id);
	summary_print(memory, c);
	fclose(memory);
	for (char *at = line; *at; at++)
		if (*at == '\n')
			*at = 0;
	put_flowed(d, line);
}

/* A ladder begins, or, in a stream, is gone on with. */
static void put_start(const struct drawing *d, const struct connection *c, const struct event *e)
{
	struct ladder *l = d->state;
	bool whole = !d->look.stream || e->n == 1;
	const char *const state[2] = {state_name((enum tcp_state)e->before[c->client]),
				      state_name((enum tcp_state)e->before[!c->client])};
	if (d->last && whole && (d->look.stream || d->look.by_ending))
		put_line(d, "");
	if (!d->look.stream || !d->last)
		l->previous = c->first_time;
	ladder_header(d, c);
	if (!whole)
		return;
	if (d->look.width < CARDS_BELOW)
		ladder_card_ends(d, state, (const char *const[]){"", ""});
	else
		ladder_titles(d, state);
}

static void put_segment(const struct drawing *d, const struct connection *c, const struct event *e)
{
	struct ladder *l = d->state;
	struct sketch s;
	sketch_segment(&s, d, c, e);
	if (d->look.width < CARDS_BELOW)
		ladder_card(d, &s);
	else
		ladder_row(d, &s);
	l->previous = e->time;
	l->misread_n = e->correction == MISREAD ? e->n : 0;
}

static void put_correction(const struct drawing *d, const struct connection *c,
			   const struct event *e)
{
	char line[WORDS_TEXT], number[NUMBER_TEXT];
	struct text t = text_in(line, sizeof line);
	const struct ladder *l = d->state;
	text_add(&t, l->ids ? "  ^\037" : "  ^\037#");
	text_add(&t, segment_name(d, c, e->corrects, number));
	text_add(&t, " was ");
	text_add(&t, correction_name((enum correction)e->correction));
	text_add(&t, ": ");
	text_add(&t, role_name(c, e->end));
	text_add(&t, " ");
	text_add(&t, state_name((enum tcp_state)e->after[e->end]));
	put_flowed(d, line);
}

static void put_inferred(const struct drawing *d, const struct connection *c, const struct event *e)
{
	const struct ladder *l = d->state;
	char line[WORDS_TEXT];
	struct text t = text_in(line, sizeof line);
	text_add(&t, l->misread_n == e->n ? "  ~\037an octet of " : "  ~\037FIN of ");
	text_add(&t, role_name(c, e->end));
	text_add(&t, " not captured, but acknowledged");
	put_flowed(d, line);
}

/* After a stream's event: the closing line comes with the segment that closes, not when the
 * connection is forgotten. */
static void follow(const struct drawing *d, const struct connection *c)
{
	if (!connection_is_over(c))
		begin_open(d->state, c->id);
	else if (end_open(d->state, c->id))
		put_summary(d, c);
}

static void ladder_event(struct drawing *d, const struct connection *c, const struct event *e)
{
	static void (*const put[])(const struct drawing *, const struct connection *,
				   const struct event *) = {
		[EVENT_SEGMENT] = put_segment,
		[EVENT_CORRECTION] = put_correction,
		[EVENT_INFERRED] = put_inferred,
	};
	struct ladder *l = d->state;
	if (d->look.stream && e->n == 1)
		begin_open(l, c->id);
	l->ids |= l->count > 1;
	if (d->last != c->id)
		put_start(d, c, e);
	put[e->kind](d, c, e);
	d->last = c->id;
	if (d->look.stream && !e->more)
		follow(d, c);
}

/* Rows that name their connection need no header above them. */
static void ladder_diagnosed(struct drawing *d, const struct connection *c, const struct event *e)
{
	const struct ladder *l = d->state;
	if (d->last != c->id && !l->ids)
		put_start(d, c, e);
	ladder_diagnosis(d, c, e);
	d->last = c->id;
	if (d->look.stream && !e->more)
		follow(d, c);
}

/* What the columns beside the states do not show. */
static void ladder_witnessed(struct drawing *d, const struct connection *c, const struct event *e)
{
	const struct ladder *l = d->state;
	char line[2 * DIAGNOSIS_TEXT], text[DIAGNOSIS_TEXT], number[NUMBER_TEXT];
	char name[NUMBER_TEXT + 1], id[NUMBER_TEXT];
	struct text t = text_in(line, sizeof line);
	snprintf(name, sizeof name, "%s%s", l->ids ? "" : "#", segment_name(d, c, e->n, number));
	if (!*word_print(c, e, name, text))
		return;
	if (d->last != c->id && !l->ids)
		put_start(d, c, e);
	snprintf(id, sizeof id, "#%u ", c->id);
	text_add(&t, "  kernel: ");
	text_add(&t, l->ids ? id : "");
	text_add(&t, text);
	put_flowed(d, line);
}

static void ladder_ended(struct drawing *d, const struct connection *c)
{
	bool open = d->look.stream && end_open(d->state, c->id);
	if (!d->look.stream || open || !connection_is_over(c))
		put_summary(d, c);
}

/* Finished ladders, in order of id. */
static void ladder_line(struct drawing *d, const char *ladder)
{
	struct ladder *l = d->state;
	if (l->drawn)
		fputc('\n', d->out);
	l->drawn = true;
	fputs(ladder, d->out);
}

const struct view view_ladder = {
	.name = "ladder",
	.help = "both ends, their states and the arithmetic, one row per segment",
	.state_size = sizeof(struct ladder),
	.keeps = true,
	.ordered = true,
	.event = ladder_event,
	.diagnosed = ladder_diagnosed,
	.witnessed = ladder_witnessed,
	.ended = ladder_ended,
	.line = ladder_line,
	.aside = ladder_aside,
};

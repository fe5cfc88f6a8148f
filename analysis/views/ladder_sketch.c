/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "analysis/views/ladder.h"

const char *segment_name(const struct drawing *d, const struct connection *c, uint32_t n,
			 char text[static NUMBER_TEXT])
{
	const struct ladder *l = d->state;
	struct text t = text_in(text, NUMBER_TEXT);
	if (l->ids) {
		text_char(&t, '#');
		text_number(&t, c->id);
		text_char(&t, '.');
	}
	text_number(&t, n);
	return text;
}

static void sketch_numbers(struct sketch *s, const struct look *l, const struct connection *c,
			   const struct event *e)
{
	char number[NUMBER_TEXT];
	struct text t = text_in(s->numbers, sizeof s->numbers);
	text_add(&t, "seq=");
	text_add(&t, number_print(l, c, e->end, e->seg.seq, number));
	if (e->seg.flags & ACK) {
		text_add(&t, " ack=");
		text_add(&t, number_print(l, c, connection_other(c, e->end), e->seg.ack, number));
	}
	if (e->seg.len)
		snprintf(s->len, sizeof s->len, "len=%" PRIu32, e->seg.len);
}

/* A line of arithmetic ends before an operator. */
static void bind(char *sum)
{
	for (; *sum; sum++)
		if (*sum == ' ' && !strchr("=+", sum[1]))
			*sum = BOUND;
}

/* With room beside the row, absolute numbers: the symbols stand in the arrow. Nothing for a
 * segment that is dropped: its ack may be of what was never sent. */
static void sketch_sum(struct sketch *s, const struct look *l, const struct connection *c,
		       const struct event *e)
{
	struct look side = *l;
	char sum[ARITH_TEXT];
	if (l->width >= SUMS_BESIDE && l->seq != SEQ_HEX)
		side.seq = SEQ_ABS;
	if (e->arrival == UNACCEPTABLE || !*arith_print(&side, c, e, sum))
		return;
	bind(sum);
	struct text t = text_in(s->sum, sizeof s->sum);
	text_add(&t, glyphs_of(l)->sum);
	text_add(&t, sum);
}

/* A stream's header came before end 1 had spoken: what y is has to be said with its first number.
 */
static void sketch_base(struct sketch *s, const struct look *l, const struct connection *c,
			const struct event *e)
{
	bool first = c->tally[1].packets == 1 && !c->role_guessed;
	if (!l->stream || e->end != 1 || e->again || !c->based[1] || !(first || e->seg.flags & SYN))
		return;
	snprintf(s->note, sizeof s->note, l->seq == SEQ_HEX ? "%c%c0x%08" PRIx32 : "%c%c%" PRIu32,
		 c->client == 1 ? 'x' : 'y', c->guessed[1] ? '~' : '=', c->base[1].n);
}

/* What became of the segment: proven since, or assumed at once. */
static void sketch_fate(struct sketch *s, const struct event *e, bool sender)
{
	static const char *const arrived[] = {
		[ARRIVED] = "",
		[NOT_EXPECTED] = "(unexpected)",
		[UNACCEPTABLE] = "(dropped)",
		[CHALLENGED] = "(challenged)",
		[WAITS] = "(waits)",
	};
	static const char *const proven[] = {
		[LOST] = "(lost)",     [CROSSED] = "(crossed)", [IGNORED] = "(ignored)",
		[FORGED] = "(forged)", [MISREAD] = "",
	};
	if (e->forged)
		s->word[sender] = proven[FORGED];
	s->stopped = e->correction == LOST || e->correction == IGNORED;
	if (e->correction)
		s->word[e->correction == FORGED ? sender : !sender] = proven[e->correction];
	else if (!e->again)
		s->word[!sender] = arrived[e->arrival];
}

void sketch_segment(struct sketch *s, const struct drawing *d, const struct connection *c,
		    const struct event *e)
{
	const struct ladder *l = d->state;
	const struct glyphs *g = glyphs_of(&d->look);
	bool from_server = e->end != c->client;
	*s = (struct sketch){
		.rightward = !from_server, .state = {"", ""}, .word = {"", ""}, .kernel = {"", ""}};
	s->shaft = e->crafted ? g->crafted : g->shaft;
	segment_name(d, c, e->n, s->number);
	time_print(&d->look, c, e->time, l->previous, s->time);
	flags_print(e->seg.flags, s->flags);
	sketch_numbers(s, &d->look, c, e);
	sketch_sum(s, &d->look, c, e);
	sketch_base(s, &d->look, c, e);
	sketch_fate(s, e, from_server);
	s->mark = e->retold ? "retold" : e->copy ? "copy" : e->again ? "again" : "";
	for (int i = 0; i < 2; i++) {
		if (e->before[i] != e->after[i])
			s->state[i != c->client] = state_name((enum tcp_state)e->after[i]);
		if (e->kernel[i])
			s->kernel[i != c->client] = state_name((enum tcp_state)e->kernel[i]);
	}
}

/* SPDX-License-Identifier: MIT */
/* How the whole close went: who, in how many segments, and what is missing. */
#include "analysis/model/rules.h"

static bool fin_acked(const struct exam *x, int end)
{
	const struct tcb *t = now_of(x, end), *peer = now_of(x, 1 - end);
	return t->fin_sent && peer->ack_sent && seq_lt(t->fin, peer->rcv.acked);
}

static bool is_reset(const struct exam *x)
{
	return x->c->mark.reset_by != 2;
}

/* Both FINs are there and acknowledged; at the end, the last ACK may be missing. */
static bool is_closed(const struct exam *x)
{
	const struct milestones *m = &x->c->mark;
	if (!m->close_segments)
		return false;
	return x->kind & END ? !is_reset(x) : fin_acked(x, 0) && fin_acked(x, 1);
}

static void cite_close(struct exam *x, struct diagnosis *d, int first)
{
	const struct end_notes *a = note(x, first), *b = note(x, 1 - first);
	cite(d, a->fin_n);
	cite(d, b->fin_ack_n < b->fin_n ? b->fin_ack_n : 0);
	cite(d, b->fin_n);
	cite(d, b->fin_ack_n);
	cite(d, a->fin_ack_n);
}

/* When the first FIN was sent, or acknowledged where it was not captured. */
static int64_t half_from(const struct exam *x)
{
	int first = x->c->mark.fin_by;
	return x->c->inferred[first] ? note(x, 1 - first)->fin_ack_at : note(x, first)->fin_at;
}

static void tell_kind(struct exam *x)
{
	const struct milestones *m = &x->c->mark;
	int first = m->fin_by;
	const struct end_notes *a = note(x, first), *b = note(x, 1 - first);
	enum diagnosis_id id = m->simultaneous          ? CLOSE_SIMULTANEOUS
			       : m->close_segments == 3 ? CLOSE_THREE
							: CLOSE_FOUR;
	struct diagnosis *d = tell(x, id, first);
	char text[DURATION_TEXT];
	d->duration = b->fin_at - half_from(x);
	if (id == CLOSE_FOUR && b->fin_ack_n && a->fin_n)
		detail(d, " after ", duration_print(b->fin_ack_at - half_from(x), text));
	if (x->c->inferred[0] || x->c->inferred[1] || !b->fin_ack_n || !a->fin_ack_n)
		d->confidence = LIKELY;
	cite_close(x, d, first);
}

static void how(struct exam *x)
{
	const struct connection *c = x->c;
	bool heard = now_of(x, 0)->heard && now_of(x, 1)->heard;
	if (!is_closed(x) || !heard || told_any(x, CLOSE_FOUR) || told_any(x, CLOSE_THREE) ||
	    told_any(x, CLOSE_SIMULTANEOUS))
		return;
	tell_kind(x);
	if (c->mark.handshake && !c->tally[0].bytes && !c->tally[1].bytes)
		cite(tell(x, CONNECT_CLOSE, c->mark.fin_by), c->n);
}

/* Data of an end that has acknowledged the other's FIN. */
static void count_half(struct exam *x)
{
	struct end_notes *n = note(x, x->from);
	const struct tcb *peer = now_of(x, x->to);
	const struct segment *s = &x->e->seg;
	bool half = peer->fin_sent && s->flags & ACK && seq_lt(peer->fin, s->ack) && s->len &&
		    !x->e->again && !(s->flags & (RST | SYN)) &&
		    x->e->before[x->from] == CLOSE_WAIT;
	if (!half)
		return;
	n->half_n = n->half_n ? n->half_n : x->e->n;
	n->half_octets += s->len;
}

/* Its RST to the other's data says that it had closed both halves: it took nothing of them. */
static bool closed_both(const struct exam *x, int first)
{
	int32_t open = seq_diff(now_of(x, 1 - first)->snd.nxt, now_of(x, first)->rcv.acked);
	return told(x, RST_AFTER_CLOSE, first) && open >= 0 &&
	       (uint64_t)open >= note(x, 1 - first)->half_octets;
}

/* The second FIN or a RST ends the half-close, or we do. */
static void half_close(struct exam *x)
{
	int first = x->c->mark.fin_by;
	const struct end_notes *a = note(x, first), *b = note(x, 1 - first);
	bool ends = !x->e || x->kind & RSTS || b->fin_n == x->e->n;
	if (!x->c->mark.first_fin || x->c->mark.simultaneous || !b->fin_ack_n || !ends)
		return;
	int64_t from = half_from(x), until = b->fin_n ? b->fin_at : x->now;
	bool lasted = until - from > second;
	bool late = b->fin_n && lasted && b->fin_ack_n < b->fin_n;
	if ((!b->half_octets && !late) || (!lasted && closed_both(x, first)))
		return;
	struct diagnosis *d = tell(x, HALF_CLOSE, first);
	if (x->c->inferred[first])
		d->confidence = LIKELY;
	d->duration = until - from;
	d->number = (int64_t)b->half_octets;
	cite(d, a->fin_n);
	cite(d, b->fin_ack_n);
	cite(d, b->half_n);
	cite(d, b->fin_n);
}

/* One end has closed, and the other says nothing. */
static void stuck(struct exam *x)
{
	static const int64_t patience = 10 * second;
	int first = x->c->mark.fin_by;
	const struct end_notes *a = note(x, first), *b = note(x, 1 - first);
	if (!x->c->mark.first_fin || !b->fin_ack_n || b->half_octets || is_reset(x) ||
	    now_of(x, 1 - first)->state != CLOSE_WAIT)
		return;
	int64_t waited = x->now - half_from(x);
	if (waited <= (x->kind & END ? second : patience))
		return;
	struct diagnosis *d = tell(x, CLOSE_WAIT_STUCK, 1 - first);
	d->duration = waited;
	if (waited <= patience)
		d->confidence = LIKELY;
	cite(d, a->fin_n);
	cite(d, b->fin_ack_n);
}

static const char *missing(const struct exam *x)
{
	const struct connection *c = x->c;
	bool client = now_of(x, c->client)->fin_sent, server = now_of(x, 1 - c->client)->fin_sent;
	if (!client)
		return "the client's FIN is missing";
	if (!server)
		return "the server's FIN is missing";
	return "the last ACK is missing";
}

static void incomplete(struct exam *x)
{
	const struct connection *c = x->c;
	bool open = c->mark.first_fin && !is_reset(x) && !connection_is_over(c) && !c->self;
	if (!open)
		return;
	struct diagnosis *d = tell(x, CLOSE_INCOMPLETE, NOBODY);
	detail(d, missing(x), "");
	cite(d, note(x, c->mark.fin_by)->fin_n);
	cite(d, note(x, 1 - c->mark.fin_by)->fin_n);
}

const struct rule rules_close[] = {
	{CLOSES, count_half},   {CLOSES | END, half_close}, {CLOSES | END, how},
	{SILENCE | END, stuck}, {END, incomplete},          {0},
};

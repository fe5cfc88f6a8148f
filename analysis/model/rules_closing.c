/* SPDX-License-Identifier: MIT */
/* FINs one by one, and what they lack. */
#include "analysis/model/rules.h"

static void fin_with_data(struct exam *x)
{
	if (!x->e->seg.len || x->e->again || x->e->seg.flags & SYN)
		return;
	struct diagnosis *d = tell(x, FIN_WITH_DATA, x->from);
	d->number = x->e->seg.len;
	cite(d, x->e->n);
}

static bool is_own_fin(const struct exam *x, struct seq *at)
{
	*at = seq_plus(x->e->seg.seq, x->e->seg.len);
	return now_of(x, x->from)->fin_sent && note(x, x->from)->fin_n != x->e->n;
}

static void again(struct exam *x)
{
	struct seq at;
	bool old = x->e->before[x->from] == TIME_WAIT; /* its FIN was acknowledged: a duplicate */
	if (!is_own_fin(x, &at) || x->c->inferred[x->from] || x->e->seg.flags & SYN || old)
		return;
	bool same = seq_eq(at, now_of(x, x->from)->fin) && seq_eq(at, note(x, x->from)->fin_seq);
	struct diagnosis *d = tell(x, same ? FIN_RETRANSMITTED : FIN_MOVED, x->from);
	cite(d, note(x, x->from)->fin_n);
	cite(d, x->e->n);
}

static void without_ack(struct exam *x)
{
	if (!(x->e->seg.flags & (ACK | SYN | RST)) && x->e->before[x->to] >= SYN_RECEIVED)
		cite(tell(x, FIN_WITHOUT_ACK, x->from), x->e->n);
}

static void tell_unknown(struct exam *x, int end, uint32_t answer)
{
	struct diagnosis *d = tell(x, FIN_UNKNOWN, end);
	if (answer && !d->count)
		detail(d, "; the RST says that the port is closed", "");
	cite(d, 1);
	cite(d, answer);
}

/* A FIN first of all: a scan when it has no ACK, or when a closed port answers. */
static void unknown(struct exam *x)
{
	const struct segment *first = &note(x, x->to)->last;
	unsigned flags = x->e->seg.flags;
	if (x->c->n == 1 && (flags & (FIN | SYN | RST | ACK | URG)) == FIN &&
	    !told_any(x, ILLEGAL_FLAGS))
		await(x, x->from)->lone_fin = true;
	bool answer = x->c->n == 2 && flags & RST && first->flags & FIN && !(first->flags & SYN) &&
		      flags & ACK && seq_eq(x->e->seg.ack, segment_end(first));
	if (answer)
		tell_unknown(x, x->to, x->e->n);
}

static void unknown_unanswered(struct exam *x)
{
	for (int end = 0; end < 2; end++)
		if (note(x, end)->lone_fin && (!x->e || x->from != end))
			tell_unknown(x, end, 0);
}

static void note_inferred(struct exam *x, int end)
{
	struct end_notes *n = await(x, end);
	n->inferred_n = x->e->n;
	n->inferred_at = x->now;
}

/* An ACK for a FIN that was not captured: believed when its sender adds nothing to it. */
static void inferred(struct exam *x)
{
	for (unsigned i = 1; i < x->events; i++)
		if (x->out->at[i].kind == EVENT_INFERRED)
			note_inferred(x, x->out->at[i].end);
}

static void not_captured(struct exam *x)
{
	for (int end = 0; end < 2; end++) {
		struct end_notes *n = note(x, end);
		bool settled = x->kind & END || (x->from == end && x->e->n > n->inferred_n);
		if (!n->inferred_n || !settled || (x->e && x->kind & RSTS))
			continue;
		bool came_late =
			x->kind & FINS && x->from == end && rules_captured_late(x, n->inferred_at);
		if (x->c->inferred[end] && !came_late) {
			struct diagnosis *d = tell(x, FIN_NOT_CAPTURED, end);
			d->confidence = LIKELY; /* one lost octet looks the same */
			cite(d, n->inferred_n);
		}
		n->inferred_n = 0;
	}
}

static void waits(struct exam *x)
{
	const struct tcb *peer = now_of(x, x->to);
	struct end_notes *n = note(x, x->from);
	if (x->e->arrival != WAITS || n->fin_waits_n)
		return;
	await(x, x->from)->fin_waits_n = x->e->n;
	n->fin_waits_octets = (uint32_t)seq_diff(x->e->seg.seq, peer->rcv.nxt);
}

/* Its receiver says that it waits: it acknowledges less. (If it acknowledged all, the gap would be
 * the capture's, and that was decided before.) */
static void out_of_order(struct exam *x)
{
	for (int end = 0; end < 2; end++) {
		struct end_notes *n = note(x, end);
		bool settled = !x->e || (x->from != end && x->e->seg.flags & ACK);
		if (!n->fin_waits_n || !settled)
			continue;
		struct diagnosis *d = tell(x, FIN_OUT_OF_ORDER, end);
		if (x->kind & END)
			d->confidence = LIKELY;
		d->number = n->fin_waits_octets;
		cite(d, n->fin_waits_n);
		cite(d, x->e ? x->e->n : 0);
		n->fin_waits_n = 0;
	}
}

static void data_after_fin(struct exam *x)
{
	const struct tcb *t = now_of(x, x->from);
	const struct segment *s = &x->e->seg;
	struct seq end = seq_plus(s->seq, s->len);
	bool beyond = t->fin_sent && !x->c->inferred[x->from] && s->len &&
		      !(s->flags & (RST | SYN)) && seq_lt(t->fin, end) &&
		      x->e->n > note(x, x->from)->fin_n;
	bool keepalive = s->len == 1 && seq_eq(s->seq, t->fin);
	if (!beyond || s->flags & FIN || keepalive)
		return;
	struct diagnosis *d = tell(x, DATA_AFTER_FIN, x->from);
	d->number = s->len;
	cite(d, note(x, x->from)->fin_n);
	cite(d, x->e->n);
}

const struct rule rules_closing[] = {
	{FINS, fin_with_data},
	{FINS, again},
	{FINS, without_ack},
	{FIRST | RSTS, unknown},
	{PENDING | END, unknown_unanswered},
	{CORRECTED, inferred},
	{PENDING | END, not_captured},
	{PENDING | END, out_of_order},
	{FINS, waits},
	{CLOSES, data_after_fin},
	{0},
};

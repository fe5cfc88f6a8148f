/* SPDX-License-Identifier: MIT */
/* What the rules will want to know later. */
#include "analysis/model/rules.h"

static void note_syn(struct exam *x)
{
	struct end_notes *n = note(x, x->from);
	bool again = n->syns && n->last_n == n->syn_last_n; /* it has said nothing else since */
	bool stale = x->e->arrival == CHALLENGED && seq_eq(now_of(x, x->to)->irs, x->e->seg.seq);
	if (starts_over(x) || stale)
		return; /* of somebody else, of another connection, or once more after the handshake
			 */
	if (!again) {
		n->syns = 0;
		n->syn_n = x->e->n;
		n->syn_at = x->now;
	} else if (n->syns <= PAUSES) {
		n->syn_pause[n->syns - 1] = x->now - n->syn_last_at;
	}
	n->syns++;
	n->syn_len = x->e->seg.len;
	n->syn_last_n = x->e->n;
	n->syn_last_at = x->now;
}

/* Of two with different numbers, the one that can be accepted counts. */
static void note_synack(struct exam *x)
{
	struct end_notes *n = note(x, x->from);
	bool same = n->synacks && seq_eq(n->synack, x->e->seg.seq);
	n->synack_before_n = 0;
	if (n->synacks && !same) {
		n->synack_before_n = n->synack_taken ? n->synack_n : 0;
		if (x->e->arrival != ARRIVED)
			return;
	}
	bool first = !same || (!n->synack_taken && x->e->arrival == ARRIVED);
	n->synack_taken = x->e->arrival != UNACCEPTABLE;
	if (first) {
		n->synacks = 0;
		n->synack_n = x->e->n;
		n->synack = x->e->seg.seq;
	}
	n->synacks++;
	n->synack_last_n = x->e->n;
	struct end_notes *client = note(x, x->to);
	client->third_lost_n = client->third_n;
	client->third_n = 0; /* it has to come again */
}

/* The first ACK of a SYN,ACK, and of a FIN. */
static void note_acks(struct exam *x)
{
	const struct segment *s = &x->e->seg;
	struct end_notes *n = note(x, x->from);
	const struct end_notes *other = note(x, x->to);
	const struct tcb *peer = now_of(x, x->to);
	if (!(s->flags & ACK) || s->flags & RST)
		return;
	if (!n->third_n && other->synacks && !(s->flags & SYN) && seq_lt(other->synack, s->ack) &&
	    x->e->arrival == ARRIVED) {
		n->third_n = x->e->n;
		n->third_at = x->now;
	}
	if (!n->fin_ack_n && peer->fin_sent && seq_lt(peer->fin, s->ack)) {
		n->fin_ack_n = x->e->n;
		n->fin_ack_at = x->now;
	}
}

/* How long an end has been where; a correction says where it had really been. */
static void note_stay(struct exam *x, int end)
{
	struct end_notes *n = note(x, end);
	enum tcp_state was = (enum tcp_state)x->e->before[end];
	bool moved = x->e->before[end] != x->e->after[end];
	for (unsigned i = 1; i < x->events; i++) {
		const struct event *e = &x->out->at[i];
		if (e->kind != EVENT_CORRECTION || e->end != end)
			continue;
		was = (enum tcp_state)e->after[end];
		moved = true;
	}
	if (!moved)
		return;
	n->stay[was] += n->since ? x->now - n->since : 0;
	n->since = x->now;
}

void take_notes(struct exam *x)
{
	struct end_notes *n = note(x, x->from);
	note_stay(x, 0);
	note_stay(x, 1);
	if (x->e->forged)
		return;
	if (x->kind & SYNS && !(x->kind & FINS))
		note_syn(x);
	if (x->kind & SYNACKS)
		note_synack(x);
	if (x->kind & FINS && !n->fin_n && now_of(x, x->from)->fin_sent) {
		n->fin_n = x->e->n;
		n->fin_seq = now_of(x, x->from)->fin;
		n->fin_at = x->now;
	}
	note_acks(x);
}

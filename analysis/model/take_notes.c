/* SPDX-License-Identifier: MIT */
/* What the rules will want to know later. */
#include "analysis/model/rules.h"

static void note_syn(struct exam *x)
{
	struct end_notes *n = note(x, x->from);
	bool again = n->syns && n->last_n == n->syn_last_n; /* it has said nothing else since */
	if (starts_over(x))
		return; /* of somebody else, or of another connection */
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
		n->synack_before_n = n->synack_n;
		if (x->e->arrival != ARRIVED)
			return;
	}
	if (!same) {
		n->synacks = 0;
		n->synack_n = x->e->n;
		n->synack = x->e->seg.seq;
	}
	n->synacks++;
	n->synack_last_n = x->e->n;
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

/* How long each end has been where; a correction says where it had really been. */
static void note_stays(struct exam *x)
{
	for (unsigned i = 0; i < x->events; i++) {
		const struct event *e = &x->out->at[i];
		for (int end = 0; end < 2; end++) {
			struct end_notes *n = note(x, end);
			bool right = e->kind == EVENT_CORRECTION && e->end == end;
			bool moved = e->kind == EVENT_SEGMENT && e->before[end] != e->after[end];
			if (!right && !moved)
				continue;
			if (n->since)
				n->stay[right ? e->after[end] : e->before[end]] +=
					x->now - n->since;
			n->since = x->now;
		}
	}
}

void take_notes(struct exam *x)
{
	struct end_notes *n = note(x, x->from);
	note_stays(x);
	if (x->kind & SYNS)
		note_syn(x);
	if (x->kind & SYNACKS)
		note_synack(x);
	if (x->kind & FINS && !n->fin_n && now_of(x, x->from)->fin_sent) {
		n->fin_n = x->e->n;
		n->fin_at = x->now;
	}
	note_acks(x);
}

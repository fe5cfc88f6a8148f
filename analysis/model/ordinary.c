/* SPDX-License-Identifier: MIT */
#include "analysis/model/ordinary.h"

static bool settled(const struct connection *c, int end)
{
	const struct peer *p = &c->peer[end], *other = &c->peer[1 - end];
	const struct tcb *t = &p->now;
	return t->state == ESTABLISHED && t->heard && !p->doubts && !c->inferred[end] &&
	       c->based[end] && t->ack_sent && t->rcv_known && t->snd_known && !t->fin_waits &&
	       !(other->now.syn_sent && seq_eq(t->rcv.acked, other->now.iss));
}

bool ordinary_connection(const struct connection *c)
{
	return settled(c, 0) && settled(c, 1) && c->shape.opened && !c->shape.closing && !c->self &&
	       !c->synack_first;
}

static uint32_t window(const struct connection *c, int from, uint32_t wnd)
{
	bool both = c->tally[0].has_scale && c->tally[1].has_scale;
	return both ? wnd << c->tally[from].scale : wnd;
}

bool ordinary_segment(struct connection *c, int from, const struct segment *s, struct event *e)
{
	struct tcb *mine = &c->peer[from].now, *peer = &c->peer[1 - from].now;
	bool expected = (s->flags & (SYN | FIN | RST | ACK)) == ACK &&
			seq_eq(s->seq, mine->snd.nxt) && seq_eq(s->seq, peer->rcv.nxt) &&
			seq_le(mine->rcv.acked, s->ack) && seq_le(s->ack, peer->snd.nxt);
	bool tells =
		s->len || !seq_eq(mine->rcv.acked, s->ack); /* else: repeated, or captured twice */
	if (!expected || !tells)
		return false;
	e->kind = EVENT_SEGMENT;
	e->end = (uint8_t)from;
	e->correction = NO_CORRECTION;
	e->arrival = ARRIVED;
	e->again = e->copy = e->damaged = false;
	e->corrects = 0;
	e->before[0] = e->before[1] = e->after[0] = e->after[1] = ESTABLISHED;
	e->kernel[0] = e->kernel[1] = UNKNOWN;
	e->seg = *s;
	e->seg.wnd = window(c, from, s->wnd);
	uint32_t acked = s->ack.n - mine->rcv.acked.n;
	e->ack = (struct arithmetic){.moved = acked, .data = acked, .from = mine->rcv.acked};
	mine->snd.nxt = peer->rcv.nxt = seq_plus(s->seq, s->len);
	mine->rcv.acked = s->ack;
	mine->rcv.nxt = seq_max(mine->rcv.nxt, s->ack);
	mine->rcv.wnd = peer->snd.wnd = e->seg.wnd;
	peer->snd.una = seq_max(peer->snd.una, s->ack);
	if (peer->snd.max_wnd < e->seg.wnd)
		peer->snd.max_wnd = e->seg.wnd;
	c->tally[from].bytes += s->len;
	c->shape.data++;
	return true;
}

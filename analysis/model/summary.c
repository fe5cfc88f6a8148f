/* SPDX-License-Identifier: MIT */
#include "analysis/model/connection.h"

static bool is_idle(uint8_t state)
{
	return state == CLOSED || state == LISTEN || state == TIME_WAIT || state == UNKNOWN;
}

bool connection_is_over(const struct connection *c)
{
	return !c->synack_first && is_idle(c->peer[0].now.state) && is_idle(c->peer[1].now.state);
}

/* A SYN,ACK after a full life, with new numbers in both directions: its SYN was not captured. */
static bool answers_another(const struct connection *c, int from, const struct packet *p)
{
	const struct tcb *t = &c->peer[from].now, *peer = &c->peer[connection_other(c, from)].now;
	return (p->seg.flags & (SYN | ACK | RST)) == (SYN | ACK) && c->mark.handshake &&
	       connection_is_over(c) && t->syn_sent && !seq_eq(t->iss, p->seg.seq) &&
	       peer->syn_sent && p->seg.ack.n != peer->iss.n + 1;
}

bool connection_is_superseded(const struct connection *c, int from, const struct packet *p)
{
	if (answers_another(c, from, p))
		return true;
	if ((p->seg.flags & (SYN | ACK | RST)) != SYN)
		return false;
	const struct tcb *t = &c->peer[from].now, *peer = &c->peer[connection_other(c, from)].now;
	bool over = connection_is_over(c);
	if (t->syn_sent &&
	    seq_eq(t->iss, p->seg.seq)) /* again; a new start only after a full life */
		return c->restarted ? is_idle(peer->state) : over && c->mark.handshake;
	if (over)
		return true;
	return t->state == SYN_SENT && !c->restarted;
}

bool connection_is_restarted(const struct connection *c, int from, const struct packet *p)
{
	unsigned kind = p->seg.flags & (SYN | ACK | RST);
	bool accepts = kind == (SYN | ACK) && !seq_eq(p->seg.seq, c->peer[from].now.iss);
	return c->restarted && (accepts || kind == (RST | ACK)) &&
	       seq_in(p->seg.ack, c->restart.seq, segment_end(&c->restart));
}

enum tcp_state connection_final(const struct connection *c, int end)
{
	const struct tcb *t = &c->peer[end].now;
	return t->heard ? (enum tcp_state)t->state : UNKNOWN;
}

/* SPDX-License-Identifier: MIT */
#include "analysis/views/zeek_step.h"

enum {
	PATIENCE = 300,    /* seconds of silence: Zeek's tcp_inactivity_timeout */
	ATTEMPT_DELAY = 5, /* tcp_attempt_delay */
	RESET_AFTER = 5,   /* tcp_reset_delay */
	CLOSE_AFTER = 5,   /* tcp_close_delay */
	SESSION = 6,       /* tcp_session_timer */
};

static struct zeek_end *peer_of(struct zeek_conn *c, const struct zeek_end *e)
{
	return e == &c->end[0] ? &c->end[1] : &c->end[0];
}

static bool opening(enum zeek_state s)
{
	return s == ZEEK_INACTIVE || s == ZEEK_SYN_SENT || s == ZEEK_SYN_ACK_SENT;
}

void zeek_set_state(struct zeek_conn *c, struct zeek_end *e, enum zeek_state state)
{
	if (e->state == state)
		return;
	if (!opening(state) && opening(e->state) && opening(peer_of(c, e)->state)) {
		c->patience = (int64_t)PATIENCE * ZEEK_SECOND;
		c->timer[SILENCE] = c->last + c->patience;
	}
	e->before = e->state;
	e->state = state;
}

void zeek_turn(struct zeek_conn *c)
{
	c->orig = !c->orig;
	c->met = (uint8_t)((c->met & 1) << 1 | c->met >> 1);
	c->partial = false;
	zeek_history(c, &c->end[c->orig], '^');
}

static void inactive_syn(struct zeek_step *s)
{
	bool ack = s->p->seg.flags & ACK;
	if (s->orig) {
		zeek_set_state(s->c, s->from, ack ? ZEEK_SYN_ACK_SENT : ZEEK_SYN_SENT);
		s->c->timer[ATTEMPT] = s->time + (int64_t)ATTEMPT_DELAY * ZEEK_SECOND;
		return;
	}
	if (!ack && s->to->state == ZEEK_SYN_ACK_SENT) { /* captured before the SYN it answers */
		zeek_turn(s->c);
		s->c->met |= 1;
		zeek_set_state(s->c, s->to, ZEEK_ESTABLISHED);
	}
	if (s->to->state == ZEEK_SYN_SENT)
		zeek_set_state(s->c, s->to, ZEEK_ESTABLISHED);
	zeek_set_state(s->c, s->from, ZEEK_ESTABLISHED);
}

/* No SYN, FIN or RST. A bare ACK before the SYN-ACK is ignored; one after a SYN-ACK whose SYN was
 * not seen opens the connection all the same. */
static void inactive_other(struct zeek_step *s)
{
	if (!s->orig && !s->p->seg.len && s->c->end[s->c->orig].state == ZEEK_SYN_SENT)
		return;
	if (!(s->p->seg.flags & ACK) || s->to->state != ZEEK_ESTABLISHED) {
		zeek_set_state(s->c, s->from, ZEEK_PARTIAL);
		return;
	}
	zeek_set_state(s->c, s->from, ZEEK_ESTABLISHED);
	s->c->partial = false;
	s->c->met |= s->orig ? 1 : 2;
}

static void in_inactive(struct zeek_step *s)
{
	unsigned flags = s->p->seg.flags;
	if (flags & SYN)
		inactive_syn(s);
	if (flags & FIN) {
		zeek_set_state(s->c, s->from, ZEEK_CLOSED);
		s->close = true;
	}
	if (flags & RST) {
		zeek_set_state(s->c, s->from, ZEEK_RESET);
		s->close = true;
	}
	if (s->from->state == ZEEK_INACTIVE)
		inactive_other(s);
}

static void in_syn_sent(struct zeek_step *s)
{
	unsigned flags = s->p->seg.flags;
	if (flags & FIN) {
		zeek_set_state(s->c, s->from, ZEEK_CLOSED);
		s->close = true;
	}
	if (flags & RST) {
		zeek_set_state(s->c, s->from, ZEEK_RESET);
		s->c->active = false;
		s->close = true;
	}
}

static void in_established(struct zeek_step *s)
{
	unsigned flags = s->p->seg.flags;
	if ((flags & (SYN | ACK)) == SYN && s->from->state == ZEEK_PARTIAL &&
	    s->to->state == ZEEK_INACTIVE)
		zeek_set_state(s->c, s->from, ZEEK_SYN_SENT);
	if ((flags & (FIN | RST)) == FIN) {
		zeek_set_state(s->c, s->from, ZEEK_CLOSED);
		if (s->to->state == ZEEK_RESET && s->to->before == ZEEK_CLOSED)
			zeek_set_state(s->c, s->to, ZEEK_CLOSED); /* its RST came after its FIN */
		s->close = true;
	}
	if (flags & RST) {
		zeek_set_state(s->c, s->from, ZEEK_RESET);
		s->close = true;
		if (s->to->state != ZEEK_RESET || s->to->before != ZEEK_ESTABLISHED)
			s->c->active = false;
	}
}

static void in_closed(struct zeek_step *s)
{
	if (!(s->p->seg.flags & RST) || s->to->state == ZEEK_CLOSED)
		return;
	zeek_set_state(s->c, s->from, ZEEK_RESET);
	s->close |= !s->from->closed;
	s->c->timer[RESET_DELAY] = s->time + (int64_t)RESET_AFTER * ZEEK_SECOND;
}

static void in_reset(struct zeek_step *s)
{
	(void)s;
}

void zeek_step_state(struct zeek_step *s)
{
	static void (*const in[])(struct zeek_step * s) = {
		[ZEEK_INACTIVE] = in_inactive,
		[ZEEK_SYN_SENT] = in_syn_sent,
		[ZEEK_SYN_ACK_SENT] = in_syn_sent,
		[ZEEK_PARTIAL] = in_established,
		[ZEEK_ESTABLISHED] = in_established,
		[ZEEK_CLOSED] = in_closed,
		[ZEEK_RESET] = in_reset,
	};
	in[s->from->state](s);
}

/* Up to its FIN or RST not all is there, or its peer's data is not acknowledged yet: after a RST,
 * nothing more will be. */
static bool pending(struct zeek_conn *c, const struct zeek_end *e)
{
	uint64_t there = e->start + e->stream.next;
	if (e->stream.skip || e->last < there)
		return false;
	if (there != e->last - 1 && there != e->last)
		return true;
	return e->state != ZEEK_RESET && zeek_stream_holds(&peer_of(c, e)->stream);
}

/* Only the last timer is left. */
static void finish(struct zeek_conn *c)
{
	for (int i = 0; i < ZEEK_TIMERS; i++)
		if (i != SILENCE)
			c->timer[i] = INT64_MAX;
	c->timer[CLOSE_DELAY] = c->last + (int64_t)CLOSE_AFTER * ZEEK_SECOND;
}

void zeek_close(struct zeek_conn *c, struct zeek_end *e)
{
	struct zeek_end *peer = peer_of(c, e);
	c->deferred = pending(c, e);
	if (c->deferred || e->closed)
		return;
	e->closed = true;
	if (e->state == ZEEK_RESET || peer->closed || peer->state == ZEEK_INACTIVE)
		finish(c);
	else if (e->before != ZEEK_INACTIVE)
		c->timer[EXPIRE_HALF] = c->last + (int64_t)SESSION * ZEEK_SECOND;
}

void zeek_check_end(struct zeek_conn *c, struct zeek_end *e)
{
	bool over = e->fin || e->state == ZEEK_CLOSED || e->state == ZEEK_RESET;
	if (e->stream.eof || !over || pending(c, e))
		return;
	e->stream.eof = true;
	if (c->deferred)
		zeek_close(c, e);
	c->deferred = false;
}

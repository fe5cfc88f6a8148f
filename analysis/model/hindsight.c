/* SPDX-License-Identifier: MIT */
#include "analysis/model/hindsight.h"

#include "analysis/model/account.h"

static struct tcb *tcb(struct connection *c, int end)
{
	return &c->peer[end].now;
}

static void deliver(struct connection *c, int from, const struct segment *s)
{
	enum arrival how;
	peer_settles(&c->peer[from], s, 0);
	peer_departs(&c->peer[from], s, c->n);
	peer_hears(&c->peer[connection_other(c, from)], s, c->n, &how);
}

void hindsight_synack(struct connection *c, int from, const struct segment *s)
{
	unsigned kind = s->flags & (SYN | ACK | RST);
	struct tcb server = *tcb(c, 0);
	bool syn = from == 1 && kind == SYN && s->seq.n + 1 == server.rcv.acked.n;
	bool ack = from == 1 && kind == ACK && seq_in(s->ack, server.iss, server.snd.nxt);
	bool went_on = from == 0 && kind == ACK; /* the client's half is not captured */
	if (from == 0 && !went_on)
		return;
	c->synack_first = false;
	if (!syn && !ack && !went_on)
		return;
	struct segment first = {.seq.n = server.rcv.acked.n - 1, .flags = SYN, .wnd = s->wnd};
	struct segment answer = {server.iss, server.rcv.acked, 0, server.rcv.wnd, SYN | ACK};
	c->peer[0] = (struct peer){.now.state = LISTEN};
	c->peer[1] = (struct peer){.now.state = CLOSED};
	deliver(c, 1, &first);
	deliver(c, 0, &answer);
	struct segment third = {server.rcv.acked, server.snd.nxt, 0, s->wnd, ACK};
	if (went_on)
		deliver(c, 1, &third);
	tcb(c, 0)->syn_taken = tcb(c, 1)->syn_taken = syn; /* else a scale is not known */
	tcb(c, 1)->heard = from == 1;
	c->peer[0].doubts = c->peer[1].doubts = 0; /* what follows is no repetition */
	if (c->client == 0)
		shape_swap(&c->shape);
	c->client = 1;
	c->role_guessed = !syn;
}

/* An ack one beyond all that its peer was seen to send: the one number that a lost frame hides
 * most often is a FIN's. */
static bool infers_fin(const struct tcb *peer, const struct segment *s)
{
	return (s->flags & (ACK | SYN | RST)) == ACK && s->ack.n == peer->snd.nxt.n + 1 &&
	       peer->heard && !peer->fin_sent &&
	       (peer->state == ESTABLISHED || peer->state == CLOSE_WAIT);
}

bool hindsight_fin(struct connection *c, int from, const struct segment *s)
{
	int to = connection_other(c, from);
	const struct tcb *peer = tcb(c, to);
	if (c->self || c->usurped[to] || !infers_fin(peer, s))
		return false;
	struct segment fin = {peer->snd.nxt, peer->rcv.acked, 0, peer->rcv.wnd, FIN | ACK};
	deliver(c, to, &fin);
	c->inferred[to] = true;
	c->inferred_n = c->n;
	c->inferred_time = c->last_time;
	account_first_fin(c, to);
	return true;
}

static bool misread_fin(const struct connection *c, int from, const struct segment *s)
{
	const struct tcb *t = &c->peer[from].now;
	return c->inferred[from] && !(s->flags & RST) && (s->len || s->flags & FIN) &&
	       seq_lt(t->fin, seq_plus(s->seq, s->len));
}

static void withdraw_fin(struct connection *c, int by)
{
	static const uint8_t unsent[TCP_STATES] = {
		[FIN_WAIT_1] = ESTABLISHED, [FIN_WAIT_2] = ESTABLISHED, [LAST_ACK] = CLOSE_WAIT,
		[CLOSING] = CLOSE_WAIT,     [TIME_WAIT] = CLOSE_WAIT,   [CLOSED] = CLOSE_WAIT,
	};
	static const uint8_t unheard[TCP_STATES] = {
		[CLOSE_WAIT] = ESTABLISHED, [LAST_ACK] = FIN_WAIT_1, [CLOSING] = FIN_WAIT_1,
		[TIME_WAIT] = FIN_WAIT_2,   [CLOSED] = FIN_WAIT_2,
	};
	struct tcb *sender = tcb(c, by), *other = tcb(c, connection_other(c, by));
	sender->fin_sent = other->fin_heard = c->inferred[by] = false;
	if (sender->snd.nxt.n == sender->fin.n + 1)
		sender->snd.nxt = sender->fin; /* the octet may yet come */
	if (unsent[sender->state])
		sender->state = unsent[sender->state];
	if (unheard[other->state])
		other->state = unheard[other->state];
	c->peer[0].doubts = c->peer[1].doubts = 0;
	c->mark.first_fin &= c->mark.fin_by != by;
	c->mark.close_segments = 0;
}

/* The number is old by now, so that the segment will be refused; its ACK was heard before that. */
static void hear_ack(struct tcb *t, const struct segment *s)
{
	if (!(s->flags & ACK) || seq_lt(t->snd.nxt, s->ack))
		return;
	t->snd.una = seq_max(t->snd.una, s->ack);
	if (t->fin_sent && seq_lt(t->fin, t->snd.una))
		tcb_step(t, RCV_ACK_OF_FIN);
}

bool hindsight_late_fin(struct connection *c, int from, const struct segment *s)
{
	const struct tcb *t = tcb(c, from);
	bool late = c->inferred[from] && s->flags & FIN && !(s->flags & (SYN | RST)) &&
		    seq_eq(seq_plus(s->seq, s->len), t->fin) &&
		    c->last_time - c->inferred_time < CAPTURED_LATE;
	if (!late)
		return false;
	c->inferred[from] = false;
	c->peer[0].doubts = c->peer[1].doubts = 0;
	hear_ack(tcb(c, connection_other(c, from)), s);
	return true;
}

bool hindsight_no_fin(struct connection *c, int from, const struct segment *s)
{
	bool misread = misread_fin(c, from, s);
	if (misread)
		withdraw_fin(c, from);
	return misread;
}

/* It never sent what had been acknowledged, or it would go on behind it. */
static void deny_ack(const struct tcb *t, struct tcb *peer, const struct segment *s)
{
	bool denied = t->heard && t->snd_known && peer->heard && peer->ack_sent &&
		      seq_eq(s->seq, t->snd.nxt) && seq_lt(segment_end(s), peer->rcv.acked) &&
		      !(s->flags & (SYN | RST)) && peer->state >= ESTABLISHED;
	if (!denied)
		return;
	peer->rcv.acked = t->snd.nxt;
	peer->rcv.nxt = t->snd.nxt;
}

void hindsight_acks(struct connection *c, int from, const struct segment *s)
{
	struct tcb *t = tcb(c, from), *peer = tcb(c, connection_other(c, from));
	if (!c->usurped[from])
		deny_ack(t, peer, s);
	bool took_fin = s->flags & ACK && !(s->flags & RST) && peer->fin_sent &&
			seq_lt(peer->fin, s->ack) && !t->fin_heard;
	if (took_fin && t->state >= ESTABLISHED && t->state <= FIN_WAIT_2)
		tcb_takes_fin(t, peer->fin);
}

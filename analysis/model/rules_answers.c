/* SPDX-License-Identifier: MIT */
/* SYN,ACKs and what follows them, and the rarer ways to open. */
#include "analysis/model/rules.h"

static void repeated(struct exam *x)
{
	const struct end_notes *n = note(x, x->from), *client = note(x, x->to);
	if (n->synacks < 2 || n->synack_last_n != x->e->n || told_any(x, HANDSHAKE_COMPLETE))
		return;
	struct diagnosis *d = tell(
		x, client->third_lost_n ? THIRD_ACK_NOT_ACCEPTED : SYNACK_RETRANSMITTED, x->from);
	if (client->third_lost_n && n->synacks == 2)
		d->confidence = LIKELY; /* they may have crossed */
	cite(d, n->synack_n);
	cite(d, client->third_lost_n);
	cite(d, x->e->n);
}

static void wrong_ack(struct exam *x)
{
	bool wrong = x->e->before[x->to] == SYN_SENT && x->e->arrival == UNACCEPTABLE;
	if (wrong)
		cite(tell(x, SYNACK_WRONG_ACK, x->from), x->e->n);
}

static void another_isn(struct exam *x)
{
	const struct end_notes *n = note(x, x->from);
	if (!n->synack_before_n || !now_of(x, x->to)->heard)
		return;
	struct diagnosis *d = tell(x, SECOND_SYNACK, x->from);
	cite(d, n->synack_before_n);
	cite(d, x->e->n);
}

static void third_wrong(struct exam *x)
{
	const struct segment *s = &x->e->seg;
	const struct tcb *server = now_of(x, x->to);
	bool wrong = x->e->before[x->to] == SYN_RECEIVED && note(x, x->to)->synacks &&
		     s->flags & ACK && !(s->flags & (SYN | RST)) &&
		     !seq_in(s->ack, server->iss, server->snd.nxt);
	if (wrong)
		await(x, x->from)->wrong_third_n = x->e->n;
}

/* The server says so with a RST, or keeps waiting; when it goes on, the capture lacks something. */
static void third_judged(struct exam *x)
{
	for (int end = 0; end < 2; end++) {
		struct end_notes *n = note(x, end);
		bool answered = x->e && x->from != end && x->e->n > n->wrong_third_n;
		if (!n->wrong_third_n || (!answered && x->e))
			continue;
		if (!answered || x->kind & (RSTS | SYNACKS)) {
			struct diagnosis *d = tell(x, THIRD_ACK_WRONG, end);
			if (!answered)
				d->confidence = LIKELY;
			cite(d, n->wrong_third_n);
			cite(d, answered ? x->e->n : 0);
		}
		n->wrong_third_n = 0;
	}
}

/* Both ends sent a SYN before they heard one: they answer with SYN,ACK, or one with a mere ACK. */
static void both_open(struct exam *x)
{
	const struct end_notes *a = note(x, 0), *b = note(x, 1);
	const struct tcb *mine = now_of(x, x->from), *peer = now_of(x, x->to);
	if (x->c->self || !a->syns || !b->syns || !mine->opener || !peer->opener)
		return;
	bool split = peer->synack_sent && !mine->synack_sent && x->e->seg.flags & ACK &&
		     x->e->arrival == ARRIVED;
	if (!split && !(mine->synack_sent && peer->synack_sent))
		return;
	struct diagnosis *d =
		tell(x, split ? SPLIT_HANDSHAKE : SIMULTANEOUS_OPEN, split ? x->from : NOBODY);
	cite(d, a->syn_n);
	cite(d, b->syn_n);
	cite(d, a->synack_n);
	cite(d, b->synack_n);
	cite(d, x->e->n);
	if (split)
		d->confidence = LIKELY; /* or the other SYN,ACK was not captured */
}

/* The client was answered with numbers of an older connection, and sends a RST with them. */
static void half_open(struct exam *x)
{
	const struct segment *s = &x->e->seg, *answer = &note(x, x->to)->last;
	const struct end_notes *n = note(x, x->from), *other = note(x, x->to);
	const struct past *past = &x->c->notes.past;
	uint32_t syn_n = x->c->restarted ? x->c->restart_n : n->syn_last_n;
	bool asked = x->c->restarted || x->e->before[x->from] == SYN_SENT;
	bool answered = other->last_n > syn_n && (answer->flags & (SYN | ACK | RST)) == ACK &&
			seq_eq(s->seq, answer->ack);
	if (!asked || !answered || s->flags & ACK || (past->id && past->state[x->to] == TIME_WAIT))
		return;
	struct diagnosis *d = tell(x, HALF_OPEN_DISCOVERED, x->from);
	cite(d, syn_n);
	cite(d, other->last_n);
	cite(d, x->e->n);
}

static int opener(const struct connection *c)
{
	return c->notes.end[0].third_n ? 0 : 1;
}

bool rules_handshake_unconfirmed(const struct connection *c)
{
	bool both_opened = c->peer[0].now.opener && c->peer[1].now.opener;
	return c->mark.handshake && !c->self && !both_opened && c->notes.end[opener(c)].third_n &&
	       !notes_told(&c->notes, HANDSHAKE_COMPLETE);
}

static void tell_complete(struct exam *x, int client)
{
	struct diagnosis *d = tell(x, HANDSHAKE_COMPLETE, client);
	cite(d, note(x, client)->syn_last_n);
	cite(d, note(x, 1 - client)->synack_last_n);
	cite(d, note(x, client)->third_n);
}

/* Complete when the server's next segment says so, or when it has not repeated its SYN,ACK. */
static void complete(struct exam *x)
{
	int client = opener(x->c);
	const struct end_notes *n = note(x, client), *server = note(x, 1 - client);
	if (!rules_handshake_unconfirmed(x->c))
		return;
	bool confirmed =
		x->e && x->from != client && x->e->n > n->third_n && !(x->e->seg.flags & SYN);
	bool waited = !x->e && (x->kind & END || x->now - n->last_at > 3 * second / 2) &&
		      server->synack_last_n < n->third_n && !n->third_lost_n;
	if (confirmed || waited)
		tell_complete(x, client);
}

static void incomplete(struct exam *x)
{
	for (int end = 0; end < 2; end++) {
		const struct end_notes *n = note(x, end);
		bool half = n->synacks && now_of(x, end)->state == SYN_RECEIVED &&
			    !now_of(x, 1 - end)->ack_sent;
		if (!half)
			continue;
		struct diagnosis *d = tell(x, HANDSHAKE_INCOMPLETE, end);
		if (x->now - n->last_at < second)
			d->confidence = LIKELY; /* the ACK may have come after the capture */
		cite(d, n->synack_n);
	}
}

const struct rule rules_answers[] = {
	{SYNACKS, wrong_ack},
	{SYNACKS, another_isn},
	{SYNACKS, repeated},
	{OPENS, third_wrong},
	{PENDING | SILENCE | END, third_judged},
	{OPENS | SYNACKS, both_open},
	{RSTS, half_open},
	{PENDING | SILENCE | END, complete},
	{END, incomplete},
	{0},
};

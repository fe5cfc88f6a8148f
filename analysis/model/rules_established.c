/* SPDX-License-Identifier: MIT */
/* What touches opening and closing from the middle of a connection. */
#include "analysis/model/rules.h"

/* It says nothing new, and what its sender had been sent could not be accepted. */
static bool is_challenge(const struct exam *x)
{
	const struct segment *s = &x->e->seg;
	const struct tcb *t = now_of(x, x->from);
	return note(x, x->from)->refused_n && segment_is_pure_ack(s) && !x->e->ack.moved &&
	       state_is_synchronized((enum tcp_state)x->e->before[x->from]) &&
	       seq_eq(s->seq, t->snd.nxt);
}

static void challenge(struct exam *x)
{
	struct end_notes *n = note(x, x->from);
	if (is_challenge(x)) {
		struct diagnosis *d = tell(x, CHALLENGE_ACK, x->from);
		if (!d->count)
			memcpy(d->detail,
			       n->refused & RST   ? "RST"
			       : n->refused & SYN ? "SYN"
						  : "ACK",
			       4);
		cite(d, n->refused_n);
		cite(d, x->e->n);
		n->challenge_n = x->e->n;
	}
	n->refused_n = 0;
}

static bool is_bad_ack(const struct exam *x)
{
	const struct segment *s = &x->e->seg;
	const struct tcb *t = now_of(x, x->to);
	return s->flags & ACK && t->snd_known &&
	       (seq_lt(t->snd.nxt, s->ack) || tcb_finds_too_old(t, s->ack));
}

/* What the other end cannot accept: a SYN, a RST or an ACK is answered with a challenge. */
static void refused(struct exam *x)
{
	enum arrival how = (enum arrival)x->e->arrival;
	bool synchronized = state_is_synchronized((enum tcp_state)x->e->before[x->to]);
	if (!synchronized || (how != CHALLENGED && how != UNACCEPTABLE))
		return;
	if (!(x->e->seg.flags & (SYN | RST)) && !is_bad_ack(x))
		return;
	await(x, x->to)->refused_n = x->e->n;
	note(x, x->to)->refused = x->e->seg.flags;
}

/* The SYN was not its own: the end goes on from its old numbers. */
static void blind_syn(struct exam *x)
{
	const struct event *forged = corrected(x, FORGED);
	const struct connection *c = x->c;
	if (!forged || forged->corrects != c->blind_n || forged->end != x->from)
		return;
	const struct end_notes *peer = note(x, x->to);
	bool challenged = peer->challenge_n > c->blind_n;
	struct diagnosis *d = tell(x, BLIND_SYN, x->from);
	if (!challenged)
		d->confidence = LIKELY;
	cite(d, c->blind_n);
	cite(d, challenged ? peer->challenge_n : 0);
	cite(d, x->e->n);
}

static void forged_syn(struct exam *x)
{
	if (x->e->forged && state_is_synchronized((enum tcp_state)x->e->before[x->from]))
		cite(tell(x, BLIND_SYN, x->from), x->e->n);
}

/* The end that had been acknowledged too much goes on, and not from there. */
static void unsent_denied(struct exam *x)
{
	struct end_notes *other = note(x, x->to);
	if (!other->unsent_n || x->kind & RSTS)
		return;
	if (rules_captured_late(x, other->unsent_at) && segment_space(&x->e->seg)) {
		if (!seq_lt(segment_end(&x->e->seg), other->unsent_ack))
			other->unsent_n = 0; /* it had been sent before */
		return;
	}
	struct diagnosis *d = tell(x, ACK_OF_UNSENT, x->to);
	d->number = seq_diff(other->unsent_ack, other->unsent_nxt);
	cite(d, other->unsent_n);
	cite(d, x->e->n);
	other->unsent_n = 0;
}

static void ack_of_unsent(struct exam *x)
{
	const struct segment *s = &x->e->seg;
	const struct tcb *peer = now_of(x, x->to);
	struct end_notes *n = note(x, x->from);
	bool beyond = s->flags & ACK && !(s->flags & RST) && peer->heard && peer->snd_known &&
		      x->e->before[x->to] > SYN_RECEIVED && x->e->arrival == UNACCEPTABLE &&
		      seq_lt(peer->snd.nxt, s->ack);
	if (!beyond || n->unsent_n || x->c->usurped[x->to])
		return;
	await(x, x->from)->unsent_n = x->e->n;
	n->unsent_ack = s->ack;
	n->unsent_nxt = peer->snd.nxt;
	n->unsent_at = x->now;
}

static void ack_too_old(struct exam *x)
{
	const struct segment *s = &x->e->seg;
	const struct tcb *peer = now_of(x, x->to);
	if (!(s->flags & ACK) || s->flags & (SYN | RST) || x->e->arrival != UNACCEPTABLE ||
	    !tcb_finds_too_old(peer, s->ack))
		return;
	struct diagnosis *d = tell(x, ACK_TOO_OLD, x->from);
	d->number = seq_diff(peer->snd.una, s->ack);
	cite(d, x->e->n);
}

/* A segment below SND.NXT while nothing is unacknowledged and the window is open, after silence. */
static bool is_probe(const struct exam *x)
{
	const struct segment *s = &x->e->seg;
	const struct tcb *t = now_of(x, x->from);
	bool garbage = s->len == 1 && x->c->idle > 3000000000; /* sooner: sent again */
	return !(s->flags & (SYN | FIN | RST)) && s->flags & ACK && (s->len == 0 || garbage) &&
	       x->c->idle >= at_once && s->seq.n + 1 == t->snd.nxt.n &&
	       seq_eq(t->snd.una, t->snd.nxt) && t->snd.wnd && x->e->before[x->from] >= ESTABLISHED;
}

static void keepalive(struct exam *x)
{
	struct end_notes *n = note(x, x->from);
	if (is_probe(x)) {
		await(x, x->from)->probe_n = n->probes++ ? n->probe_n : x->e->n;
		cite(tell(x, KEEPALIVE_PROBE, x->from), x->e->n);
	}
}

static void keepalive_ends(struct exam *x)
{
	struct end_notes *mine = note(x, x->from);
	note(x, x->to)->probes = 0; /* it is alive */
	if (!(x->kind & RSTS) || !mine->probes)
		return;
	struct diagnosis *d = tell(x, KEEPALIVE_TIMEOUT, x->from);
	d->number = mine->probes;
	cite(d, mine->probe_n);
	cite(d, mine->last_n);
	cite(d, x->e->n);
}

/* New octets with an old timestamp, of which the answer takes no notice (RFC 7323 R1). */
static void paws(struct exam *x)
{
	struct end_notes *n = note(x, x->from), *other = note(x, x->to);
	const struct segment *s = &x->e->seg;
	if (other->paws_n && segment_is_pure_ack(s) && seq_lt(s->ack, other->paws_end)) {
		struct diagnosis *d = tell(x, PAWS_REJECT, x->to);
		d->confidence = LIKELY;
		cite(d, other->paws_n);
		cite(d, x->e->n);
	}
	other->paws_n = 0;
	bool news = s->len && !(s->flags & (SYN | RST)) && !x->e->again &&
		    seq_eq(now_of(x, x->to)->rcv.nxt, segment_end(s));
	if (x->c->stale_ts && news) {
		await(x, x->from)->paws_n = x->e->n;
		n->paws_end = segment_end(s);
	}
}

static void bad_checksum(struct exam *x)
{
	if (x->kind & FINS)
		await(x, x->from)->damaged_n = x->e->n;
	else
		cite(tell(x, BAD_CHECKSUM, x->from), x->e->n);
}

/* A FIN that was dropped comes again; one that is acknowledged had a right sum behind us. */
static void fin_dropped(struct exam *x)
{
	for (int end = 0; end < 2; end++) {
		struct end_notes *n = note(x, end);
		bool again = x->e && x->from == end && x->kind & FINS && x->e->n > n->damaged_n;
		bool acked = note(x, 1 - end)->fin_ack_n;
		if (!n->damaged_n || (x->e && !again && !acked))
			continue;
		if (!acked)
			cite(tell(x, BAD_CHECKSUM, end), n->damaged_n);
		n->damaged_n = 0;
	}
}

static void zero_window(struct exam *x)
{
	const struct tcb *peer = now_of(x, x->to);
	const struct end_notes *n = note(x, x->from), *other = note(x, x->to);
	bool closes = x->kind & FINS && peer->heard && peer->rcv.wnd == 0;
	bool shuts = !(x->kind & (RSTS | SYNS)) && x->e->seg.wnd == 0 && peer->fin_sent &&
		     !seq_lt(peer->fin, x->e->seg.ack);
	if (!closes && !shuts)
		return;
	struct diagnosis *d = tell(x, ZERO_WINDOW_AT_CLOSE, closes ? x->from : x->to);
	cite(d, closes ? n->fin_n : other->fin_n);
	cite(d, closes ? other->last_n : x->e->n);
}

const struct rule rules_established[] = {
	{PENDING, challenge},
	{ODD | FORGERIES, refused},
	{CORRECTED, blind_syn},
	{SYNS | FORGERIES, forged_syn},
	{PENDING, unsent_denied},
	{ODD, ack_of_unsent},
	{ODD, ack_too_old},
	{PENDING, keepalive_ends},
	{ODD, keepalive},
	{STRANGE | PENDING, paws},
	{PENDING | END, fin_dropped},
	{DAMAGED | FORGERIES, bad_checksum},
	{FINS | CLOSES, zero_window},
	{0},
};

/* SPDX-License-Identifier: MIT */
/* TIME-WAIT: who holds it, what meets it, and who takes its ports. */
#include "analysis/model/rules.h"

static bool acks_fin(const struct exam *x)
{
	const struct tcb *peer = now_of(x, x->to);
	return x->e->seg.flags & ACK && peer->fin_sent && seq_lt(peer->fin, x->e->seg.ack);
}

/* From the ACK of the other's FIN on, and anew when that FIN comes again and is acknowledged
 * again; after a simultaneous close, from the ACK of the own FIN on. */
static void held(struct exam *x)
{
	const struct end_notes *other = note(x, x->to);
	bool holds = now_of(x, x->from)->state == TIME_WAIT && acks_fin(x);
	bool again = other->last.flags & FIN && x->e->before[x->from] == TIME_WAIT;
	if (holds && (again || !told(x, TIME_WAIT_HELD, x->from)))
		cite(tell_each(x, TIME_WAIT_HELD, x->from), x->e->n);
	bool entered = now_of(x, x->to)->state == TIME_WAIT && x->e->before[x->to] != TIME_WAIT;
	if (entered && !x->c->self && note(x, x->to)->fin_ack_n)
		cite(tell(x, TIME_WAIT_HELD, x->to), x->e->n);
}

static void tell_unseen(struct exam *x, int end)
{
	struct diagnosis *d = tell(x, TIME_WAIT_HELD, end);
	d->confidence = LIKELY;
	cite(d, note(x, 1 - end)->fin_n);
}

/* The ACK that begins it was not captured. */
static void held_unseen(struct exam *x)
{
	for (int end = 0; end < 2; end++)
		if (now_of(x, end)->state == TIME_WAIT && now_of(x, end)->heard &&
		    !(x->c->self && end))
			if (!told(x, TIME_WAIT_HELD, end))
				tell_unseen(x, end);
}

/* Data that was there before meets TIME-WAIT ... */
static void stale(struct exam *x)
{
	const struct segment *s = &x->e->seg;
	if (x->e->before[x->to] != TIME_WAIT || s->flags & RST || !x->e->again)
		return;
	note(x, x->from)->old_n = x->e->n;
	if (s->len && !(s->flags & (FIN | SYN)))
		await(x, x->from)->stale_n = x->e->n;
}

/* ... and is acknowledged again. */
static void acked_again(struct exam *x)
{
	struct end_notes *other = note(x, x->to);
	const struct segment *s = &x->e->seg;
	bool ack = segment_is_pure_ack(s);
	if (!other->stale_n || x->e->before[x->from] != TIME_WAIT || !ack)
		return;
	struct diagnosis *d = tell(x, OLD_DUPLICATE, x->from);
	cite(d, other->stale_n);
	cite(d, x->e->n);
}

static void assassinated(struct exam *x)
{
	const struct end_notes *holder = note(x, x->to);
	bool answers = note(x, x->from)->old_n && holder->last.flags & ACK &&
		       seq_eq(x->e->seg.seq, holder->last.ack) &&
		       holder->last_n > note(x, x->from)->fin_n;
	if (x->e->before[x->to] != TIME_WAIT || !answers || x->e->arrival != ARRIVED)
		return;
	struct diagnosis *d = tell(x, TIME_WAIT_ASSASSINATED, x->to);
	cite(d, note(x, x->from)->old_n);
	cite(d, holder->last_n);
	cite(d, x->e->n);
}

/* The SYN,ACK accepts a SYN on ports that another connection had. */
static void reused(struct exam *x)
{
	const struct past *p = &x->c->notes.past;
	const struct end_notes *client = note(x, x->to);
	const struct tally *t = &x->c->tally[x->to];
	if (!p->id || !p->handshake || !client->syns || x->e->arrival != ARRIVED)
		return;
	bool waited = p->state[0] == TIME_WAIT || p->state[1] == TIME_WAIT;
	struct seq isn = now_of(x, x->to)->iss;
	bool above = seq_lt(p->rcv_nxt[x->from], isn);
	bool later = t->has_ts && p->has_ts[x->to] && (int32_t)(t->ts_val - p->ts[x->to]) > 0;
	bool legal = waited && (above || later),
	     unsafe = p->state[x->from] == TIME_WAIT && !told_any(x, REUSE_REFUSED);
	if (p->over ? !legal && !unsafe : p->reset)
		return;
	enum diagnosis_id id = !p->over ? REUSE_EARLY : legal ? REUSE_LEGAL : REUSE_UNSAFE;
	struct diagnosis *d = tell(x, id, x->to);
	d->number = p->id;
	if (!d->count)
		detail(d,
		       above ? "its ISN is above the old numbers"
			     : "its timestamp is later than the old ones",
		       "");
	cite(d, client->syn_last_n);
	cite(d, x->e->n);
}

/* Instead of a SYN,ACK, the end in TIME-WAIT answers with its old numbers. */
static void refused(struct exam *x)
{
	const struct past *p = &x->c->notes.past;
	const struct segment *s = &x->e->seg;
	const struct end_notes *client = note(x, x->to);
	bool answer = x->e->before[x->to] == SYN_SENT && x->e->arrival == UNACCEPTABLE &&
		      (s->flags & (SYN | ACK | RST)) == ACK;
	if (!p->id || p->state[x->from] != TIME_WAIT || !answer)
		return;
	struct diagnosis *d = tell(x, REUSE_REFUSED, x->to);
	d->number = p->id;
	cite(d, client->syn_last_n);
	cite(d, x->e->n);
}

const struct rule rules_time_wait[] = {
	{CLOSES, held},  {END, held_unseen}, {RSTS, assassinated}, {PENDING, acked_again},
	{CLOSES, stale}, {SYNACKS, reused},  {ODD, refused},       {0},
};

/* SPDX-License-Identifier: MIT */
/* What the capture did, so that TCP is not blamed for it. */
#include <inttypes.h>

#include "analysis/model/rules.h"

enum { LARGEST_MSS = 65535, CLOCK_STEP = 10000000 /* ns; less is a change of order */ };

static bool begins(unsigned flags)
{
	return flags & SYN || !(flags & ACK);
}

static void copies(struct exam *x)
{
	const struct end_notes *n = note(x, x->from);
	for (unsigned i = 0; i < GLANCES; i++) {
		if (n->glance[i].n != x->e->corrects)
			continue;
		bool hop = n->glance[i].ttl - 1 == x->p->ttl;
		struct diagnosis *d = tell(x, hop ? CAPTURED_AT_TWO_HOPS : CAPTURED_TWICE, x->from);
		if (!n->glance[i].counted)
			d->confidence = LIKELY;
		cite(d, x->e->corrects);
		cite(d, x->e->n);
	}
}

/* The connection began with a SYN,ACK, and now comes the SYN that it answers ... */
static void order(struct exam *x)
{
	const struct connection *c = x->c;
	bool late = c->tally[x->from].packets == 1 && !c->role_guessed && c->client == x->from &&
		    note(x, x->to)->synacks == 1;
	if (late && rules_captured_late(x, c->first_time))
		await(x, x->from)->late_syn = x->now - c->first_time + 1; /* 0 is: not late */
}

/* ... unless that was another one, which is answered again. */
static void order_settled(struct exam *x)
{
	for (int end = 0; end < 2; end++) {
		struct end_notes *n = note(x, end);
		bool answered = x->e && x->kind & SYNACKS;
		if (!n->late_syn || (x->e && x->e->n == n->syn_n))
			continue;
		if (!answered) {
			struct diagnosis *d = tell(x, CAPTURED_OUT_OF_ORDER, end);
			d->duration = n->late_syn - 1;
			cite(d, note(x, 1 - end)->synack_n);
			cite(d, n->syn_n);
		}
		n->late_syn = 0;
	}
}

static void midstream(struct exam *x)
{
	if (!begins(x->e->seg.flags))
		cite(tell(x, MIDSTREAM, NOBODY), x->e->n);
}

static struct diagnosis *tell_gap(struct exam *x, int end)
{
	x->c->notes.gap = true;
	return tell(x, CAPTURE_GAP, end);
}

/* An end acknowledged more than its peer was seen to send. When the peer goes on from there, the
 * capture lacks what lies between. */
static void gaps(struct exam *x)
{
	struct end_notes *other = note(x, x->to);
	const struct segment *s = &x->e->seg;
	const struct event *misread = corrected(x, MISREAD);
	bool late = rules_captured_late(x, note(x, x->from)->inferred_at) &&
		    seq_le(s->seq, now_of(x, x->from)->fin);
	if (misread && !late) {
		struct diagnosis *d = tell_gap(x, misread->end);
		d->number = 1;
		cite(d, misread->corrects);
		cite(d, x->e->n);
	}
	if (!other->unsent_n || s->flags & RST || seq_lt(s->seq, other->unsent_ack))
		return;
	uint32_t acked = other->unsent_n;
	other->unsent_n = 0;
	note(x, x->from)->refused_n = 0;
	if (told(x, FRAGMENTED, x->from))
		return; /* the octets of the other fragments */
	struct diagnosis *d = tell_gap(x, x->from);
	d->number = seq_diff(other->unsent_ack, other->unsent_nxt);
	cite(d, acked);
	cite(d, x->e->n);
}

/* Data beyond what the other end has been sent without a hole: lost, overtaken, or not captured. */
static void hole(struct exam *x)
{
	const struct segment *s = &x->e->seg;
	const struct tcb *peer = now_of(x, x->to);
	struct end_notes *n = note(x, x->from);
	bool beyond = s->len && !(s->flags & (SYN | RST)) && peer->heard && peer->rcv_known &&
		      seq_lt(peer->rcv.nxt, s->seq) && x->e->before[x->to] >= ESTABLISHED;
	if (n->hole_n || !beyond || told(x, FRAGMENTED, x->from))
		return;
	await(x, x->from)->hole_n = x->e->n;
	n->hole_from = peer->rcv.nxt;
	n->hole_to = s->seq;
	n->hole_left = (uint32_t)seq_diff(s->seq, peer->rcv.nxt);
}

static void hole_filled(struct exam *x)
{
	const struct segment *s = &x->e->seg;
	struct end_notes *n = note(x, x->from);
	bool into = n->hole_n && n->hole_n != x->e->n && s->len && !seq_lt(s->seq, n->hole_from) &&
		    seq_lt(s->seq, n->hole_to);
	if (!into)
		return;
	n->hole_left -= s->len < n->hole_left ? s->len : n->hole_left;
	if (!n->hole_left)
		n->hole_n = 0;
}

/* The other end acknowledges what lies beyond the hole: it had it all, only the capture has not. */
static void hole_acked(struct exam *x)
{
	struct end_notes *other = note(x, x->to);
	const struct segment *s = &x->e->seg;
	if (!other->hole_n || !(s->flags & ACK) || seq_lt(s->ack, other->hole_to))
		return;
	struct diagnosis *d = tell_gap(x, x->to);
	d->number = other->hole_left;
	cite(d, other->hole_n);
	cite(d, x->e->n);
	other->hole_n = 0;
}

/* A FIN that seemed to lie behind a gap is acknowledged: its receiver had it all. */
static void filled_gap(struct exam *x)
{
	struct end_notes *other = note(x, x->to);
	const struct segment *s = &x->e->seg;
	const struct tcb *peer = now_of(x, x->to);
	if (!other->fin_waits_n || !(s->flags & ACK) || !seq_lt(peer->fin, s->ack))
		return;
	if (x->e->before[x->from] == x->e->after[x->from]) {
		other->fin_waits_n = 0; /* what was missing had come before this ACK */
		return;
	}
	struct diagnosis *d = tell_gap(x, x->to);
	d->number = other->fin_waits_octets;
	cite(d, other->fin_waits_n);
	cite(d, x->e->n);
	other->fin_waits_n = 0;
}

/* Nobody said what it was: then rather the capture's fault than an end's. */
static void open_gaps(struct exam *x)
{
	for (int end = 0; end < 2; end++) {
		struct end_notes *n = note(x, end);
		if (!n->unsent_n)
			continue;
		struct diagnosis *d = tell_gap(x, 1 - end);
		d->confidence = LIKELY;
		d->number = seq_diff(n->unsent_ack, n->unsent_nxt);
		cite(d, n->unsent_n);
		n->unsent_n = 0;
	}
}

static void one_sided(struct exam *x)
{
	const struct connection *c = x->c;
	for (int end = 0; end < 2; end++) {
		const struct tcb *t = now_of(x, end);
		bool alone = !now_of(x, 1 - end)->heard && c->tally[end].packets > 1;
		if (c->self || !alone || !t->ack_sent)
			continue;
		struct diagnosis *d = tell(x, ONE_SIDED, end);
		cite(d, (uint32_t)(c->n > 1 ? 2 : 1));
	}
}

static bool is_closed_down(const struct connection *c)
{
	return c->mark.first_fin || c->mark.reset_by != 2;
}

/* Its last segment; a SYN that was told again as the start of another connection is none. */
static uint32_t last_own(const struct connection *c)
{
	return c->restarted ? c->restart_n - 1 : c->n;
}

static void ends_open(struct exam *x)
{
	const struct connection *c = x->c;
	bool open = c->mark.handshake ||
		    (now_of(x, 0)->state >= ESTABLISHED && now_of(x, 1)->state >= ESTABLISHED);
	if (open && !is_closed_down(c) && !connection_is_over(c))
		cite(tell(x, ENDS_OPEN, NOBODY), last_own(c));
}

static void offload(struct exam *x)
{
	if (x->p->sum == SUM_PARTIAL)
		cite(tell(x, CHECKSUM_OFFLOAD, x->from), x->e->n);
}

/* Longer than a segment can be on the wire: the other end's MSS says how long that is. */
static void super_segments(struct exam *x)
{
	for (int end = 0; end < 2; end++) {
		const struct tally *t = &x->c->tally[end];
		const struct offer *other = &note(x, 1 - end)->offer;
		uint32_t most = other->has_mss ? other->mss : LARGEST_MSS;
		if (t->largest <= most)
			continue;
		struct diagnosis *d = tell(x, SUPER_SEGMENT, end);
		d->number = t->largest;
		snprintf(d->detail, sizeof d->detail,
			 other->has_mss ? "the MSS is %" PRIu32 : "no IP length is above %" PRIu32,
			 most);
		cite(d, t->largest_n);
	}
}

static void oddities(struct exam *x)
{
	unsigned odd = packet_oddities(x->p);
	if (odd & ODD_SNAPPED)
		cite(tell(x, SNAPPED, NOBODY), x->e->n);
	if (odd & ODD_FRAGMENT)
		cite(tell(x, FRAGMENTED, x->from), x->e->n);
	if (odd & ODD_BIG && x->e->seg.len > 0) {
		struct diagnosis *d = tell(x, SUPER_SEGMENT, x->from);
		d->number = x->e->seg.len;
		detail(d, "with 0 as IP length", "");
		cite(d, x->e->n);
	}
}

static void clock(struct exam *x)
{
	if (x->c->idle > -CLOCK_STEP || x->c->n == 1)
		return;
	struct diagnosis *d = tell(x, CLOCK_BACKWARDS, NOBODY);
	d->duration = x->c->idle;
	cite(d, x->e->n - 1);
	cite(d, x->e->n);
}

static void drops(struct exam *x)
{
	if (x->c->notes.dropped)
		tell(x, KERNEL_DROPPED, NOBODY)->number = (int64_t)x->c->notes.dropped;
}

static void wraps(struct exam *x)
{
	for (int end = 0; end < 2; end++) {
		const struct tcb *t = now_of(x, end);
		struct seq first = seq_plus(x->c->base[end], x->c->guessed[end]); /* seen, or ISN */
		bool wrapped = x->c->based[end] && t->heard && t->snd_known &&
			       t->snd.nxt.n < first.n && seq_lt(first, t->snd.nxt);
		if (wrapped)
			cite(tell(x, SEQ_WRAPPED, end), x->e ? x->e->n : last_own(x->c));
	}
}

const struct rule rules_artefact[] = {
	{COPIES | FORGERIES, copies},
	{SYNS, order},
	{PENDING | END, order_settled},
	{FIRST, midstream},
	{STRANGE, clock},
	{STRANGE, oddities},
	{SYNS | SYNACKS | FINS | RSTS, offload},
	{CORRECTED | PENDING, gaps},
	{PENDING, filled_gap},
	{PENDING, hole_filled},
	{PENDING, hole_acked},
	{AHEAD, hole},
	{END, open_gaps},
	{END, one_sided},
	{END, ends_open},
	{END, super_segments},
	{END, drops},
	{FINS | RSTS | END, wraps},
	{0},
};

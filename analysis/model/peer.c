/* SPDX-License-Identifier: MIT */
#include "analysis/model/peer.h"

#include <string.h>

const char *correction_name(enum correction c)
{
	static const char *const name[] = {
		[NO_CORRECTION] = "",  [LOST] = "lost",     [CROSSED] = "crossed",
		[IGNORED] = "ignored", [FORGED] = "forged", [MISREAD] = "misread",
	};
	return name[c];
}

/* s sends again what the doubtful arrival would have acknowledged. */
static bool repeats(const struct tcb *before, const struct tcb *after, const struct segment *s)
{
	if (s->flags & SYN)
		return before->syn_sent && seq_eq(s->seq, before->iss) &&
		       (before->synack_sent || !(s->flags & ACK));
	if (!(s->flags & FIN) || !before->fin_sent || !seq_lt(before->snd.una, after->snd.una))
		return false;
	return seq_eq(seq_plus(s->seq, s->len), before->fin) && seq_lt(before->fin, after->snd.una);
}

/* What the end sends after a SYN was assumed to reach it. */
static enum correction after_syn(const struct tcb *before, const struct doubt *d,
				 const struct segment *s)
{
	struct seq low = d->seg.seq, high = segment_end(&d->seg);
	if (s->flags & ACK && seq_in(s->ack, low, high))
		return NO_CORRECTION;
	if (s->flags & SYN)
		return CROSSED;
	return before->heard ? NO_CORRECTION : IGNORED;
}

/* A SYN, or the answer with another ISN to one that was not captured, or to another one. */
static bool starts_anew(const struct tcb *before, const struct segment *s)
{
	bool same = s->flags & ACK && before->syn_sent && seq_eq(s->seq, before->iss);
	return s->flags & SYN && !(same && !tcb_answers_anew(before, s));
}

/* What the end sends after its own RST, or its own SYN in the middle of a connection. */
static enum correction after_own(const struct doubt *d, const struct segment *s)
{
	if (s->flags & RST)
		return NO_CORRECTION;
	bool overtaken = segment_is_pure_ack(s) && d->seg.flags & ACK &&
			 seq_eq(s->ack, d->seg.ack) && seq_eq(s->seq, d->seg.seq);
	if (d->seg.flags & RST)
		return (s->flags & (SYN | ACK)) == SYN || overtaken ? NO_CORRECTION : FORGED;
	struct seq next = s->flags & SYN ? d->seg.seq : segment_end(&d->seg);
	bool new_numbers = seq_eq(s->seq, next);
	return new_numbers ? NO_CORRECTION : FORGED;
}

/* It acknowledges nothing that came after the RST. A challenge ACK, which says that another number
 * than the RST's is expected, is no such thing. */
static bool may_have_crossed(const struct tcb *before, const struct segment *rst,
			     const struct segment *s)
{
	bool news = segment_space(s) || !before->ack_sent || seq_lt(before->rcv.acked, s->ack);
	return s->flags & ACK && seq_le(s->ack, rst->seq) && (news || seq_eq(s->ack, rst->seq));
}

/* What the end sends after a RST that it should have accepted: a new try, what was already on its
 * way, or anything else, as if nothing had been. */
static enum correction after_rst(const struct tcb *before, const struct doubt *d,
				 const struct segment *s, uint32_t fresh_n)
{
	if (starts_anew(before, s))
		return NO_CORRECTION;
	bool on_its_way = s->len && before->ack_sent && !seq_lt(before->rcv.acked, s->ack);
	on_its_way |= d->n == fresh_n && may_have_crossed(before, &d->seg, s);
	return on_its_way ? CROSSED : IGNORED;
}

/* Does the departure of s contradict the doubt, which moved the end from `before` to `after`? */
static enum correction contradiction(const struct tcb *before, const struct tcb *after,
				     const struct doubt *d, const struct segment *s,
				     uint32_t fresh_n)
{
	if (d->own)
		return after_own(d, s);
	if (s->flags & RST)
		return NO_CORRECTION; /* it may answer anything */
	if (d->seg.flags & RST)
		return after_rst(before, d, s, fresh_n);
	if (before->state == after->state && !(d->seg.flags & SYN))
		return NO_CORRECTION; /* kept only in case a RST before it is taken back */
	if (before->state != after->state && repeats(before, after, s))
		return LOST;
	if (before->state == CLOSED || before->state == LISTEN)
		return after_syn(before, d, s);
	if (after->fin_heard && !before->fin_heard && s->flags & ACK &&
	    seq_lt(s->ack, after->rcv.nxt))
		return CROSSED;
	return NO_CORRECTION;
}

static void replay(struct tcb *t, const struct doubt *d)
{
	if (d->own)
		tcb_departs(t, &d->seg);
	else
		tcb_arrives(t, &d->seg);
}

/* The first doubt that s contradicts is returned in *at, and *t is left as it was before it. */
static enum correction settle(const struct peer *p, const struct segment *s, uint32_t fresh_n,
			      unsigned *at, struct tcb *t)
{
	*t = p->sure;
	for (*at = 0; *at < p->doubts; ++*at) {
		struct tcb after = *t;
		replay(&after, &p->doubt[*at]);
		enum correction c = contradiction(t, &after, &p->doubt[*at], s, fresh_n);
		if (c)
			return c;
		*t = after;
	}
	return NO_CORRECTION;
}

/* Keep what is needed to take this segment back. */
static void doubt(struct peer *p, const struct tcb *before, struct doubt d)
{
	if (p->doubts == DOUBTS) { /* too many to tell apart: believe the oldest */
		replay(&p->sure, &p->doubt[0]);
		for (unsigned i = 1; i < DOUBTS; i++)
			p->doubt[i - 1] = p->doubt[i];
		p->doubts--;
	}
	if (p->doubts == 0)
		p->sure = *before;
	p->doubt[p->doubts++] = d;
}

static void depart(struct peer *p, const struct segment *s, uint32_t n)
{
	bool restart = s->flags & SYN && p->now.syn_sent && !seq_eq(s->seq, p->now.iss);
	if (s->flags & RST || restart) {
		struct tcb before = p->now;
		tcb_departs(&p->now, s);
		if (p->now.state != before.state || restart)
			doubt(p, &before, (struct doubt){*s, n, true});
		return;
	}
	tcb_departs(&p->now, s);
}

static bool repeats_restart(const struct peer *p, const struct segment *s)
{
	const struct doubt *d = &p->doubt[0];
	return d->own && s->flags & SYN && d->seg.flags & SYN && seq_eq(s->seq, d->seg.seq);
}

struct receipt peer_settles(struct peer *p, const struct segment *s, uint32_t fresh_n)
{
	if (!p->doubts)
		return (struct receipt){0};
	unsigned at, left = 0;
	struct tcb t;
	enum correction kind = settle(p, s, fresh_n, &at, &t);
	struct receipt r = {kind, kind ? p->doubt[at].n : 0, (enum tcp_state)t.state};
	bool not_taken = kind == IGNORED && !(p->doubt[at].seg.flags & RST);
	if (not_taken && !t.heard)
		r.state = t.state = UNKNOWN; /* that it listened was only assumed */
	bool taken_back = (kind == IGNORED || kind == FORGED) && p->doubt[at].seg.flags & RST;
	for (unsigned i = at + 1; taken_back && i < p->doubts; i++)
		replay(&t, &p->doubt[i]);
	if (kind)
		p->now = t;
	else if (repeats_restart(p, s))
		p->now = p->sure; /* to be restarted again: it stays as doubtful as it was */
	for (unsigned i = at; kind == CROSSED && i < p->doubts; i++)
		p->doubt[left++] = p->doubt[i];
	p->doubts = (uint8_t)left;
	return r;
}

void peer_departs(struct peer *p, const struct segment *s, uint32_t n)
{
	struct doubt crossed[DOUBTS];
	unsigned count = p->doubts;
	enum arrival how;
	memcpy(crossed, p->doubt, count * sizeof *crossed);
	p->doubts = 0;
	depart(p, s, n);
	for (unsigned i = 0; i < count; i++)
		peer_hears(p, &crossed[i].seg, crossed[i].n, &how);
}

/* A second SYN,ACK had replaced the first one's numbers, and the ack belongs to the first. */
static bool restores_first(const struct peer *p, const struct segment *s)
{
	if (!p->doubts || !p->doubt[0].own || (p->doubt[0].seg.flags & (SYN | ACK)) != (SYN | ACK))
		return false;
	struct tcb first = p->sure, second = p->now;
	return tcb_arrives(&first, s) == ARRIVED && tcb_arrives(&second, s) != ARRIVED;
}

struct receipt peer_hears(struct peer *p, const struct segment *s, uint32_t n, enum arrival *how)
{
	struct receipt r = {0};
	if (restores_first(p, s)) {
		r = (struct receipt){FORGED, p->doubt[0].n, (enum tcp_state)p->sure.state};
		p->now = p->sure;
		p->doubts = 0;
	}
	struct tcb before = p->now;
	*how = tcb_arrives(&p->now, s);
	bool behind_rst = p->doubts && p->doubt[0].seg.flags & RST;
	if (p->now.state != before.state || behind_rst)
		doubt(p, &before, (struct doubt){*s, n, false});
	return r;
}

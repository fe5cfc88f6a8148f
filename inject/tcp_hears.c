/* SPDX-License-Identifier: MIT */
#include "inject/tcp.h"

#include <string.h>

#include "analysis/decode/options.h"

static void take_options(struct tcp *t, const struct packet *p)
{
	struct tcp_options o = tcp_options_parse(p->options);
	if (o.has_mss && o.mss)
		t->mss = o.mss;
}

/* What has been acknowledged need not be kept; what is left has the timer to itself. */
static void forget_acked(struct tcp *t, struct seq before)
{
	struct seq una = t->tcb.snd.una;
	if (seq_eq(una, before))
		return;
	int32_t acked = seq_diff(una, t->out_seq);
	uint32_t octets = acked <= 0                    ? 0
			  : (uint32_t)acked < t->queued ? (uint32_t)acked
							: t->queued;
	memmove(t->out, t->out + octets, t->queued - octets);
	t->queued -= octets;
	t->out_seq = seq_plus(t->out_seq, octets);
	t->rto = TCP_FIRST_RTO;
	t->due = 0;
}

/* The part of the payload between the old and the new RCV.NXT. */
static struct bytes news(const struct packet *p, struct seq before, struct seq after)
{
	struct seq first = seq_plus(p->seg.seq, (p->seg.flags & SYN) != 0);
	int32_t from = seq_diff(before, first), to = seq_diff(after, first);
	if (from < 0)
		from = 0;
	if (to > (int32_t)p->payload.len)
		to = (int32_t)p->payload.len;
	return to > from ? (struct bytes){p->payload.at + from, (size_t)(to - from)}
			 : (struct bytes){0};
}

/* RFC 9293 3.10.7.1 to .4: a RST is due where there is no connection, or none yet. */
static bool is_stray(const struct tcb *before, const struct segment *s, enum arrival how)
{
	bool ack = s->flags & ACK;
	if (before->state <= LISTEN)
		return before->state == CLOSED || ack;
	bool opening = before->state == SYN_SENT || before->state == SYN_RECEIVED;
	return how != ARRIVED && opening && ack &&
	       !seq_in(s->ack, before->snd.una, before->snd.nxt);
}

/* A FIN is heard only after ours has been sent: until then there was none. */
static bool puts_off(const struct tcp *t, const struct segment *s)
{
	bool open = t->tcb.state == ESTABLISHED || t->tcb.state == SYN_RECEIVED;
	return t->manner.crosses && s->flags & FIN && open;
}

static enum arrival hear_rst(struct tcp *t, const struct segment *s)
{
	enum arrival how = tcb_arrives(&t->tcb, s);
	t->owes_ack |= how == CHALLENGED;
	if (how != ARRIVED)
		return how;
	t->reset = true;
	if (t->tcb.state == LISTEN) { /* nothing is left of who opened it: it may be opened again */
		t->tcb = (struct tcb){.state = LISTEN, .heard = true};
		t->opening = t->owes_ack = t->aborting = false;
	} else {
		tcp_forget(t);
	}
	return how;
}

static enum arrival refuse(struct tcp *t, const struct packet *p)
{
	t->refuses = true;
	t->stray = p->seg;
	t->stray_from = p->src;
	return NOT_EXPECTED;
}

/* RFC 9293 3.10.7.4: while our window is closed no data are taken, only the rest of the segment. */
static struct segment fitting(const struct tcp *t, struct segment s)
{
	bool open = state_is_synchronized((enum tcp_state)t->tcb.state);
	if (!open || t->tcb.rcv.wnd || !s.len)
		return s;
	s.len = 0;
	s.flags &= (uint16_t)~FIN;
	return s;
}

/* The model, which only watches, keeps in mind a FIN that should be dropped; we have dropped it. */
static enum arrival take(struct tcb *t, const struct segment *s)
{
	struct tcb before = *t;
	enum arrival how = before.state == CLOSED ? NOT_EXPECTED : tcb_arrives(t, s);
	if (how == UNACCEPTABLE) {
		t->fin_waits = before.fin_waits;
		t->fin_at = before.fin_at;
	}
	return how;
}

/* What a segment has us send. RFC 9293 3.10.7.4: without an ACK bit it is dropped. */
static void owe(struct tcp *t, const struct segment *s, enum arrival how)
{
	bool open = state_is_synchronized((enum tcp_state)t->tcb.state);
	bool opens = how == ARRIVED && s->flags & SYN && t->tcb.state == SYN_RECEIVED;
	t->opening |= opens;
	if (open && !opens && s->flags & (SYN | ACK))
		t->owes_ack |= segment_space(s) || how != ARRIVED;
}

static void keep_up(struct tcp *t, const struct tcb *before, const struct packet *p)
{
	if (!before->syn_heard && t->tcb.syn_heard)
		take_options(t, p);
	if (before->state == LISTEN && t->tcb.state == SYN_RECEIVED) {
		t->remote = p->src;
		t->reset = false;
	}
	t->tries = 0;
	if (before->snd_known)
		forget_acked(t, before->snd.una);
}

static struct bytes heard_of(const struct packet *p, const struct tcb *before,
			     const struct tcb *now)
{
	bool known = before->rcv_known || now->rcv_known;
	struct seq from = before->rcv_known ? before->rcv.nxt : seq_plus(p->seg.seq, 1);
	return known ? news(p, from, now->rcv.nxt) : (struct bytes){0};
}

enum arrival tcp_hears(struct tcp *t, const struct packet *p, struct bytes *heard)
{
	struct segment whole = fitting(t, p->seg), s = whole;
	struct tcb before = t->tcb;
	bool later = puts_off(t, &s);
	*heard = (struct bytes){0};
	if (s.flags & RST)
		return hear_rst(t, &s);
	if (before.state == SYN_RECEIVED && !before.syn_sent)
		return NOT_EXPECTED; /* nothing can answer a SYN,ACK that has not been sent */
	if (later)
		s.flags &= (uint16_t)~FIN;
	enum arrival how = take(&t->tcb, &s);
	if (is_stray(&before, &s, how))
		return refuse(t, p);
	owe(t, later ? &s : &p->seg, how);
	if (later && how == ARRIVED) {
		t->put_off = true;
		t->later = whole;
	}
	*heard = heard_of(p, &before, &t->tcb);
	if (how == ARRIVED || how == WAITS)
		keep_up(t, &before, p);
	return how;
}

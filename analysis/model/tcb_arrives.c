/* SPDX-License-Identifier: MIT */
#include "analysis/model/tcb.h"

enum { MAX_SCALE = 14, LARGEST_WINDOW = 1 << 30 }; /* RFC 7323 2.3 */

/* Where the scale is unknown, it may be that. */
static uint32_t largest_window(uint32_t wnd)
{
	return wnd < LARGEST_WINDOW >> MAX_SCALE ? wnd << MAX_SCALE : LARGEST_WINDOW;
}

/* RFC 9293 Table 5. The left edge is what the end itself has acknowledged: what lies between that
 * and RCV.NXT is only assumed to have arrived, and may be news to it. */
static bool acceptable(const struct tcb *t, struct seq seq, uint32_t space)
{
	if (!t->rcv_known || !t->heard)
		return true;
	struct seq left =
		t->ack_sent && seq_lt(t->rcv.acked, t->rcv.nxt) ? t->rcv.acked : t->rcv.nxt;
	bool scale_known = t->syn_sent && t->syn_taken;
	struct seq right =
		seq_plus(t->rcv.nxt, scale_known ? t->rcv.wnd : largest_window(t->rcv.wnd));
	if (space == 0)
		return seq_le(left, seq) && seq_le(seq, right);
	return seq_lt(left, seq_plus(seq, space)) && seq_le(seq, right);
}

static bool rst_is_exact(const struct tcb *t, struct seq seq)
{
	if (!t->rcv_known || !t->heard || seq_eq(seq, t->rcv.nxt))
		return true;
	if (t->ack_sent && seq_eq(seq, t->rcv.acked))
		return true;
	/* Linux also takes the number of the FIN that it has already received. */
	bool fin_taken = t->state == CLOSE_WAIT || t->state == LAST_ACK || t->state == CLOSING;
	return fin_taken && seq_eq(seq_plus(seq, 1), t->rcv.nxt);
}

static enum arrival arrive_rst(struct tcb *t, const struct segment *s)
{
	if (t->state == CLOSED || t->state == LISTEN)
		return NOT_EXPECTED;
	if (t->state == SYN_SENT && !(s->flags & ACK && seq_in(s->ack, t->iss, t->snd.nxt)))
		return UNACCEPTABLE; /* 3.10.7.3 */
	if (t->state != SYN_SENT && t->state != UNKNOWN && !rst_is_exact(t, s->seq))
		return acceptable(t, s->seq, 0) ? CHALLENGED : UNACCEPTABLE; /* RFC 5961 3.2 */
	tcb_step(t, t->state == SYN_RECEIVED && t->opener ? RCV_RST_AS_OPENER : RCV_RST);
	return ARRIVED;
}

static void take_window(struct tcb *t, uint32_t wnd)
{
	t->snd.wnd = wnd;
	if (t->snd.max_wnd < wnd)
		t->snd.max_wnd = wnd;
}

static void take_syn(struct tcb *t, const struct segment *s, enum cause cause)
{
	t->syn_heard = t->syn_taken = t->rcv_known = true;
	t->irs = s->seq;
	t->rcv.nxt = seq_plus(s->seq, 1);
	take_window(t, s->wnd);
	tcb_step(t, cause);
}

static enum arrival arrive_listen(struct tcb *t, const struct segment *s)
{
	if ((s->flags & (SYN | ACK | FIN)) != SYN)
		return NOT_EXPECTED;
	take_syn(t, s, RCV_SYN);
	return ARRIVED;
}

/* A SYN to an end that is closed can only be answered by a listener: assume one. */
static enum arrival arrive_closed(struct tcb *t, const struct segment *s)
{
	if ((s->flags & (SYN | ACK | FIN)) != SYN)
		return NOT_EXPECTED;
	*t = (struct tcb){.state = CLOSED, .heard = t->heard};
	tcb_step(t, PASSIVE_OPEN);
	return arrive_listen(t, s);
}

static enum arrival arrive_syn_sent(struct tcb *t, const struct segment *s)
{
	if (s->flags & ACK && !seq_in(s->ack, t->iss, t->snd.nxt))
		return UNACCEPTABLE;
	if (!(s->flags & SYN))
		return NOT_EXPECTED;
	take_syn(t, s, s->flags & ACK ? RCV_SYN_ACK : RCV_SYN);
	t->rcv.nxt = seq_plus(t->rcv.nxt, s->len);
	if (s->flags & ACK)
		t->snd.una = s->ack;
	return ARRIVED;
}

bool tcb_finds_too_old(const struct tcb *t, struct seq ack)
{
	bool known = t->heard && t->syn_sent && t->syn_taken && t->state != SYN_RECEIVED;
	return known && seq_lt(ack, (struct seq){t->snd.una.n - t->snd.max_wnd});
}

/* 3.10.7.4, "fifth, check the ACK field"; RFC 5961 5.2. */
static bool take_ack(struct tcb *t, const struct segment *s)
{
	if (tcb_finds_too_old(t, s->ack))
		return false;
	if (!t->heard)
		t->snd.nxt = t->snd_known ? seq_max(t->snd.nxt, s->ack) : s->ack;
	if (!t->snd_known)
		t->snd.una = s->ack;
	t->snd_known = true;
	if (seq_lt(t->snd.nxt, s->ack))
		return false;
	if (t->state == SYN_RECEIVED) {
		if (t->syn_sent && !seq_lt(t->iss, s->ack))
			return false;
		tcb_step(t, RCV_ACK_OF_SYN);
	}
	t->snd.una = seq_max(t->snd.una, s->ack);
	take_window(t, s->wnd);
	if (t->fin_sent && seq_lt(t->fin, t->snd.una))
		tcb_step(t, RCV_ACK_OF_FIN);
	return true;
}

static enum arrival take_octets(struct tcb *t, struct seq seq, const struct segment *s)
{
	struct seq end = seq_plus(seq, s->len);
	bool gap = t->rcv_known && t->heard && seq_lt(t->rcv.nxt, seq);
	if (!gap && !t->fin_heard)
		t->rcv.nxt = t->rcv_known ? seq_max(t->rcv.nxt, end) : end;
	t->rcv_known = true;
	t->fin_waits &= !seq_lt(t->fin_at, t->rcv.nxt); /* that octet was none */
	if (s->flags & FIN && !t->fin_heard) {
		t->fin_waits = true;
		t->fin_at = end;
	}
	if (t->fin_waits && seq_eq(t->fin_at, t->rcv.nxt))
		tcb_takes_fin(t, t->fin_at);
	return t->fin_waits ? WAITS : ARRIVED;
}

/* A FIN that should be refused: the end's own ack may prove yet that it was not. */
static void note_fin(struct tcb *t, struct seq seq, const struct segment *s)
{
	struct seq at = seq_plus(seq, s->len);
	if (!(s->flags & FIN) || t->fin_heard || seq_lt(at, t->rcv.nxt))
		return;
	t->fin_waits = true;
	t->fin_at = at;
}

static enum arrival arrive_synchronized(struct tcb *t, const struct segment *s)
{
	struct seq seq = s->seq;
	if (s->flags & SYN) {
		bool known = t->syn_heard && seq_eq(seq, t->irs);
		if (!known || (t->state > SYN_RECEIVED && !(s->flags & ACK)))
			return CHALLENGED; /* RFC 5961 4 */
		seq = seq_plus(seq, 1);    /* the SYN itself is old: trim it */
	}
	if (!acceptable(t, seq, s->len + ((s->flags & FIN) != 0))) {
		note_fin(t, seq, s);
		return UNACCEPTABLE;
	}
	if (!(s->flags & ACK))
		return s->flags & SYN ? ARRIVED : UNACCEPTABLE;
	if (!take_ack(t, s)) {
		note_fin(t, seq, s);
		return UNACCEPTABLE;
	}
	return take_octets(t, seq, s);
}

static enum arrival arrive_unknown(struct tcb *t, const struct segment *s)
{
	if (!(s->flags & ACK) || s->flags & SYN)
		return NOT_EXPECTED;
	tcb_step(t, RCV_ACK);
	return arrive_synchronized(t, s);
}

enum arrival tcb_arrives(struct tcb *t, const struct segment *s)
{
	static enum arrival (*const arrive[TCP_STATES])(struct tcb *, const struct segment *) = {
		[UNKNOWN] = arrive_unknown,
		[CLOSED] = arrive_closed,
		[LISTEN] = arrive_listen,
		[SYN_SENT] = arrive_syn_sent,
	};
	if (s->flags & RST)
		return arrive_rst(t, s);
	return (arrive[t->state] ? arrive[t->state] : arrive_synchronized)(t, s);
}

/* SPDX-License-Identifier: MIT */
#include "analysis/model/tcb.h"

void tcb_takes_fin(struct tcb *t, struct seq f)
{
	t->rcv.nxt = seq_plus(f, 1);
	t->fin_heard = true;
	t->fin_waits = false;
	tcb_step(t, RCV_FIN);
}

bool tcb_owns_rst(const struct tcb *t, const struct segment *s)
{
	if (!t->snd_known)
		return true;
	if (t->state == SYN_RECEIVED && !(s->flags & ACK) && seq_eq(s->seq, t->snd.una))
		return false; /* it answers an ACK of the ISN: the request goes on */
	bool own_fin = t->fin_sent && seq_eq(s->seq, t->fin); /* Linux: see rst_is_exact */
	return own_fin || s->seq.n - t->snd.una.n <= t->snd.nxt.n - t->snd.una.n;
}

/* A SYN,ACK, or a segment of a synchronized state, proves that a SYN was heard which the capture
 * does not hold (or which we had misjudged). */
static void assume_syn(struct tcb *t, const struct segment *s, enum cause cause)
{
	t->syn_heard = true;
	t->irs = (struct seq){s->ack.n - 1};
	t->rcv_known = true;
	t->rcv.nxt = s->ack;
	t->ack_sent = false; /* of another SYN */
	tcb_step(t, cause);
}

static void take_iss(struct tcb *t, const struct segment *s)
{
	t->syn_sent = t->snd_known = true;
	t->iss = t->snd.una = s->seq;
	t->snd.nxt = segment_end(s);
}

bool tcb_answers_anew(const struct tcb *t, const struct segment *s)
{
	return (s->flags & (SYN | ACK)) == (SYN | ACK) && t->state <= SYN_RECEIVED &&
	       t->synack_sent && t->ack_sent && !seq_eq(s->ack, t->rcv.acked);
}

static void depart_syn(struct tcb *t, const struct segment *s)
{
	bool again = t->syn_sent && seq_eq(t->iss, s->seq);
	bool answer = s->flags & ACK;
	if (!again && answer && t->state > SYN_RECEIVED)
		return; /* another responder, or a spoof: not the end that we know */
	bool late = t->state == SYN_RECEIVED && !t->syn_sent; /* a split handshake's second half */
	if (!again && !answer && !late && state_is_synchronized((enum tcp_state)t->state))
		*t = (struct tcb){.state = CLOSED, .heard = true};
	if (!again)
		take_iss(t, s);
	if (!answer) {
		t->opener |= !t->syn_heard;
		tcb_step(t, SND_SYN);
	} else {
		t->synack_sent = true;
		if (t->state == LISTEN || t->state == SYN_SENT || tcb_answers_anew(t, s))
			assume_syn(t, s, RCV_SYN);
	}
}

/* The ack field is the end's own word on what it has received. */
static void depart_ack(struct tcb *t, const struct segment *s)
{
	bool ours = seq_in(s->seq, t->iss, t->snd.nxt); /* not a stray of an older connection */
	if (t->state == SYN_SENT && !(s->flags & SYN) && ours)
		assume_syn(t, s, RCV_SYN_ACK);
	t->rcv.acked = t->ack_sent ? seq_max(t->rcv.acked, s->ack) : s->ack;
	t->ack_sent = true;
	if (t->fin_waits && seq_lt(t->fin_at, s->ack))
		tcb_takes_fin(t, t->fin_at);
	t->rcv.nxt = t->rcv_known ? seq_max(t->rcv.nxt, s->ack) : s->ack;
	t->rcv_known = true;
}

static void depart_octets(struct tcb *t, const struct segment *s)
{
	if (!t->snd_known)
		t->snd.una = t->snd.nxt = s->seq;
	t->snd_known = true;
	struct seq end = segment_end(s);
	int32_t ahead = seq_diff(s->seq, t->snd.nxt);
	if (seq_lt(t->snd.nxt, end) && -PLAUSIBLE_GAP < ahead && ahead < PLAUSIBLE_GAP)
		t->snd.nxt = end;
}

/* A FIN whose number was acknowledged before it is none: that octet was data. Of two FINs, which
 * only a crafted end sends, the lower one is what the peer will take. */
static void depart_fin(struct tcb *t, const struct segment *s)
{
	struct seq fin = seq_plus(s->seq, s->len);
	if (t->snd_known && t->syn_taken && seq_lt(fin, t->snd.una))
		return;
	if (!t->fin_sent || seq_lt(fin, t->fin))
		t->fin = fin;
	if (!t->fin_sent)
		tcb_step(t, SND_FIN);
	t->fin_sent = true;
}

void tcb_departs(struct tcb *t, const struct segment *s)
{
	t->heard = true;
	if (s->flags & RST) {
		if (tcb_owns_rst(t, s))
			tcb_step(t, SND_RST);
		return;
	}
	bool beyond = t->state == SYN_RECEIVED && t->snd_known && seq_lt(t->snd.nxt, s->seq);
	if (beyond && (s->flags & (SYN | ACK)) == ACK)
		tcb_step(t, RCV_ACK_OF_SYN); /* it has sent more than we saw: it was accepted */
	if (s->flags & SYN)
		depart_syn(t, s);
	else if (!tcb_lacks_ack(t, s))
		depart_octets(t, s);
	if (t->state == UNKNOWN && s->flags & ACK)
		tcb_step(t, SND_ACK);
	if (s->flags & ACK)
		depart_ack(t, s);
	if (s->flags & FIN && !(s->flags & SYN) && !tcb_lacks_ack(t, s))
		depart_fin(t, s);
	t->rcv.wnd = s->wnd;
}

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TCB_H
#define SYNFIN_TCB_H

#include "analysis/decode/packet.h"
#include "analysis/model/state.h"

/* One end's transmission control block, RFC 9293 3.3.1, as far as an observer can know it. Zero
 * is a legal number, so a bool beside it says whether it is meaningful. A value: copy it to keep
 * it. */
struct tcb {
	uint8_t state;                       /* enum tcp_state */
	bool heard;                          /* a segment of this end was captured */
	bool opener;                         /* it sent its SYN before it heard one */
	bool syn_sent;                       /* iss is known */
	bool syn_heard;                      /* irs is known */
	bool syn_taken;                      /* ... from a SYN that was captured */
	bool synack_sent;                    /* so that a second SYN,ACK is a repetition */
	bool snd_known, rcv_known, ack_sent; /* snd.*, rcv.nxt, rcv.acked are known */
	bool fin_sent, fin_heard;            /* fin is known; the peer's was taken in */
	bool fin_waits;                      /* the peer's FIN lies at fin_at, beyond a gap */
	struct seq iss, irs, fin, fin_at;
	struct {
		struct seq una, nxt;
		uint32_t wnd;
		uint32_t max_wnd; /* RFC 5961's MAX.SND.WND */
	} snd;
	struct {
		struct seq nxt;   /* assumed, until its own ack says so */
		struct seq acked; /* RFC 7323's Last.ACK.sent: a fact */
		uint32_t wnd;
	} rcv;
};

/* An own segment may start this far beyond SND.NXT: the capture may have missed what lies between.
 * Anything further is another number space (a spoof, a second responder) and moves nothing. */
enum { PLAUSIBLE_GAP = 1 << 30 };

/* What became of an arrival. */
enum arrival {
	ARRIVED,      /* processed */
	NOT_EXPECTED, /* no such connection: a RST is due, or silence */
	UNACCEPTABLE, /* outside Table 5, or an ack that cannot be: answered, and dropped */
	CHALLENGED,   /* RFC 5961: a challenge ACK is due */
	WAITS,        /* a FIN beyond a gap */
};

/* The end sends s, whose window is scaled already: a fact. */
void tcb_departs(struct tcb *t, const struct segment *s);

/* The end is assumed to receive s: acceptability first (RFC 9293 Table 5, RFC 5961), then RST,
 * SYN, ACK, data and FIN in the order of 3.10.7. */
enum arrival tcb_arrives(struct tcb *t, const struct segment *s);

/* Whether a RST at s's number can be this end's own: one outside its send space answers somebody
 * else's segment (RFC 9293 3.5.2) and leaves its state alone. */
bool tcb_owns_rst(const struct tcb *t, const struct segment *s);

/* The SYN,ACK that the end sends answers another SYN than the one before it did. */
bool tcb_answers_anew(const struct tcb *t, const struct segment *s);

/* 3.10.7.4, fifth: without an ACK bit it is dropped, whoever sent it. */
static inline bool tcb_lacks_ack(const struct tcb *t, const struct segment *s)
{
	return !(s->flags & (SYN | ACK | RST)) && t->state >= SYN_RECEIVED;
}

/* RFC 5961 5.2: the acknowledgement is older than any window ever was. */
bool tcb_finds_too_old(const struct tcb *t, struct seq ack);

/* Follow the arrow of Figure 5. */
static inline void tcb_step(struct tcb *t, enum cause cause)
{
	t->state = (uint8_t)state_next((enum tcp_state)t->state, cause);
}

/* Take in the FIN at number f: RCV.NXT passes it. */
void tcb_takes_fin(struct tcb *t, struct seq f);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_PEER_H
#define SYNFIN_PEER_H

#include "analysis/model/tcb.h"

/* We sit between the peers: a departure is a fact, an arrival an assumption. What an end sends
 * next is the receipt. When it contradicts the assumption, this says how. */
enum correction {
	NO_CORRECTION,
	LOST,    /* the end repeats itself: what it was sent never came */
	CROSSED, /* it acknowledges less: the two passed each other on the way */
	IGNORED, /* it goes on as before: a RST that it did not accept, say */
	FORGED,  /* it contradicts its own segment: somebody else sent that one */
	MISREAD, /* what was taken for its FIN was an octet that the capture missed */
};

/* "lost", "crossed", ... */
const char *correction_name(enum correction c);

/* A segment that moved an end's state and has no receipt yet. */
struct doubt {
	struct segment seg;
	uint32_t n; /* its number in the connection */
	bool own;   /* sent by this end, not to it */
};

enum { DOUBTS = 3 };

/* One end as an observer knows it: `now` with every assumption, `sure` before the first doubt. */
struct peer {
	struct tcb now, sure;
	struct doubt doubt[DOUBTS];
	uint8_t doubts;
};

/* What had to be corrected: nothing, or the doubt about segment n. */
struct receipt {
	enum correction kind;
	uint32_t n;
	enum tcp_state state; /* the state that the end really was in */
};

/* The peer is about to send s: settle the doubts that it answers, so that `now` is what it was
 * when it sent s. Segment number fresh_n, unless 0, is a RST that has only just been sent. */
struct receipt peer_settles(struct peer *p, const struct segment *s, uint32_t fresh_n);

/* It sends s, segment number n. What crossed it on the way is delivered after it. */
void peer_departs(struct peer *p, const struct segment *s, uint32_t n);

/* Segment number n is assumed to arrive at the peer. The receipt is for a departure of its own
 * that this one disproves (a SYN,ACK of another responder). */
struct receipt peer_hears(struct peer *p, const struct segment *s, uint32_t n, enum arrival *how);

#endif

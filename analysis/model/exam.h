/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_EXAM_H
#define SYNFIN_EXAM_H

#include "analysis/model/connection.h"

/* Kinds of happenings that a rule may watch. In-order data between established ends is none. */
enum watch {
	FIRST = 1 << 0, /* the first segment of the connection */
	SYNS = 1 << 1,  /* SYN without ACK */
	SYNACKS = 1 << 2,
	FINS = 1 << 3,
	RSTS = 1 << 4,
	BARE = 1 << 5,       /* without ACK, or more than one of SYN, FIN, RST */
	OPENS = 1 << 6,      /* anything before both ends are established */
	DAMAGED = 1 << 7,    /* with a wrong checksum: no other rule sees it, unless a FIN */
	CLOSES = 1 << 8,     /* anything after the first FIN or RST */
	AHEAD = 1 << 17,     /* data that does not continue what was sent before */
	FORGERIES = 1 << 18, /* in an end's name, as we know: only rules that watch it see it */
	ODD = 1 << 9,        /* not accepted, or nothing new */
	STRANGE = 1 << 10,   /* cut, in fragments, with an old timestamp, earlier than the last */
	CORRECTED = 1 << 11, /* a correction, or a FIN inferred */
	PENDING = 1 << 12,   /* anything while a rule has a question open */
	COPIES = 1 << 13,    /* captured twice: no other rule sees it */
	ICMPS = 1 << 14,     /* a message about the connection */
	SILENCE = 1 << 15,   /* time has passed */
	END = 1 << 16,       /* of the capture, or of our memory of the connection */
};

/* Nanoseconds. */
static const int64_t second = 1000000000, at_once = 100000000;

/* What happened, for a rule to look at. */
struct exam {
	struct connection *c;   /* after it */
	const struct event *e;  /* the segment; NULL where there is none */
	const struct packet *p; /* the segment's, or the ICMP message; else NULL */
	unsigned events;        /* of the segment; what follows in `out` is ours */
	unsigned kind;          /* enum watch */
	int from, to;           /* who sent the segment, and whom */
	int64_t now;
	struct events *out;
	struct diagnosis spare; /* where a rule may write what is not to be told */
};

/* So soon after `then` that the capture may have changed the order. */
static inline bool rules_captured_late(const struct exam *x, int64_t then)
{
	return x->now - then < CAPTURED_LATE;
}

/* The segment is a SYN in the middle of a connection. */
static inline bool starts_over(const struct exam *x)
{
	return x->c->restarted && x->c->restart_n == x->e->n;
}

static inline struct end_notes *note(const struct exam *x, int end)
{
	return &x->c->notes.end[end];
}

/* The notes of an end, to write an open question into: nothing is ordinary until it is closed. */
static inline struct end_notes *await(const struct exam *x, int end)
{
	x->c->notes.pending = true;
	return note(x, end);
}

static inline const struct tcb *now_of(const struct exam *x, int end)
{
	return &x->c->peer[end].now;
}

#endif

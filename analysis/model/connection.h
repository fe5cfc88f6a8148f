/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_CONNECTION_H
#define SYNFIN_CONNECTION_H

#include "analysis/model/event.h"
#include "analysis/model/notes.h"
#include "analysis/model/shape.h"

/* What was counted of one end. */
struct tally {
	uint64_t bytes; /* new octets of payload that it sent */
	uint32_t packets;
	uint32_t largest, largest_n; /* its longest segment, and which that was */
	uint32_t ts_val;             /* its last timestamp (RFC 7323) */
	uint32_t syn_len;            /* octets that its SYN carried */
	uint8_t scale;               /* its window scale, as offered */
	bool has_scale, has_ts;
	bool unread; /* it has been sent data since it last sent any */
};

/* How a connection opened and closed, once that is known. */
struct milestones {
	int64_t syn_at, synack_at; /* 0: not seen */
	bool handshake;            /* it was completed, and we saw its first segment */
	uint8_t handshake_segments;
	bool first_fin;         /* fin_by is known */
	uint8_t fin_by;         /* the end that sent the first FIN */
	uint32_t reset_n;       /* the RST that reset_by tells of */
	uint8_t reset_by;       /* 0, 1; 2: neither, 3: both */
	uint8_t close_segments; /* 4, 3, or 0 while the second FIN is missing */
	bool simultaneous;      /* the FINs crossed */
};

/* A connection: two peers, and what a view may ask about them. End 0 is the one whose segment was
 * captured first. A flat value: nothing to free. */
struct connection {
	uint32_t id; /* from 1, in order of the first segment */
	uint32_t n;  /* segments so far */
	struct endpoint endpoint[2];
	struct peer peer[2];
	struct tally tally[2];
	struct milestones mark;
	struct shape shape;
	int64_t first_time, last_time;
	int64_t idle; /* from the segment before the last one to that */
	uint64_t first_frame, last_frame;
	struct segment restart; /* a SYN with new numbers in the middle, while `restarted` */
	uint32_t restart_n, inferred_n;
	int64_t restart_time;
	uint64_t restart_frame;
	struct seq base[2];        /* x and y: the ISNs, or the number before the first one seen */
	bool based[2], guessed[2]; /* base is set; it is no ISN */
	uint8_t client;            /* which end opened */
	bool role_guessed, self, restarted;
	bool inferred[2];  /* that end's FIN was not captured, only acknowledged */
	bool ordinary;     /* what follows may be: see ordinary.h */
	bool synack_first; /* it began with a SYN,ACK: is its SYN late, or was it not captured? */
	bool stale_ts;     /* the last segment's timestamp is older than one before it */
	bool strange;      /* ... or it was otherwise captured as no segment before it */
	uint8_t oddities;  /* packet_oddities of all its packets together */
	struct notes notes;
};

/* Start a connection with its first packet (still to be observed). */
void connection_init(struct connection *c, uint32_t id, const struct packet *first);

/* Follow one packet of the connection, sent by end `from`; its events are written to *out. */
void connection_observe(struct connection *c, int from, const struct packet *p, struct events *out);

/* Neither end holds anything any more, TIME-WAIT aside. */
bool connection_is_over(const struct connection *c);

/* The packet is a SYN that begins another connection between the same ends. */
bool connection_is_superseded(const struct connection *c, int from, const struct packet *p);

/* The packet is the answer to c->restart: what began there is another connection. */
bool connection_is_restarted(const struct connection *c, int from, const struct packet *p);

/* The other end, or the same one where a socket talks to itself. */
static inline int connection_other(const struct connection *c, int end)
{
	return c->self ? end : 1 - end;
}

/* The state of an end for a summary: UNKNOWN while it was never heard. */
enum tcp_state connection_final(const struct connection *c, int end);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_CONNECTION_H
#define SYNFIN_CONNECTION_H

#include "analysis/model/event.h"
#include "analysis/model/notes.h"
#include "analysis/model/shape.h"
#include "analysis/model/tally.h"

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
	uint32_t blind_n; /* the last such SYN that turned out to be somebody else's */
	int64_t restart_time, inferred_time;
	uint64_t restart_frame;
	struct seq base[2];        /* x and y: the ISNs, or the number before the first one seen */
	bool based[2], guessed[2]; /* base is set; it is no ISN */
	uint8_t client;            /* which end opened */
	bool role_guessed, self, restarted;
	bool restart_crafted;
	bool usurped[2];   /* somebody else has sent in that end's name, as we know */
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

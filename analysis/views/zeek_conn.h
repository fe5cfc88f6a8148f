/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ZEEK_CONN_H
#define SYNFIN_ZEEK_CONN_H

#include "analysis/decode/packet.h"
#include "analysis/views/zeek_stream.h"

/* A connection as Zeek keeps it for its conn.log: not ours, as its timers cut it elsewhere. Times
 * are the capture's, in microseconds. Numbers are unrolled to 64 bits: how often they have wrapped,
 * above the 32 that are sent. */

enum zeek_state {
	ZEEK_INACTIVE,
	ZEEK_SYN_SENT,
	ZEEK_SYN_ACK_SENT, /* by the originator: no SYN was seen before it */
	ZEEK_PARTIAL,      /* data, but no SYN */
	ZEEK_ESTABLISHED,
	ZEEK_CLOSED, /* has sent a FIN */
	ZEEK_RESET,  /* has sent a RST */
};

/* Letters of the history that stand for 1, 10, 100, ... of their kind, and their counts. */
enum zeek_tally { TALLY_CHECKSUM, TALLY_AGAIN, TALLY_WINDOW, TALLY_GAP, TALLIES };

struct zeek_count {
	uint32_t n, next; /* next: at which there will be another letter; 0: at the first */
};

struct zeek_end {
	enum zeek_state state, before; /* before: its last but one */
	bool closed, fin;              /* closed: nothing of it is pending any more */
	uint64_t start, last,
		acked;    /* its ISN; behind its last octet; what its peer acknowledged */
	uint64_t fin_end; /* relative: behind its FIN */
	uint64_t at[3];   /* relative: of its last SYN, FIN, RST */
	struct zeek_count tally[TALLIES];
	uint64_t packets, octets;
	struct zeek_stream stream;
};

/* When a connection is looked at again. */
enum zeek_timer { EXPIRE, EXPIRE_HALF, ATTEMPT, RESET_DELAY, CLOSE_DELAY, SILENCE, ZEEK_TIMERS };

/* Both endpoints, the lower one (endpoint_cmp) first. */
struct zeek_pair {
	struct endpoint end[2];
};

struct zeek_conn {
	struct zeek_pair pair; /* at the front: the table compares it */
	struct zeek_end end[2];
	int orig; /* which of both is the originator */
	uint64_t frame;
	int64_t first, last, patience; /* patience: how long it may be silent */
	int64_t timer[ZEEK_TIMERS];
	size_t place; /* in the table's heap */
	uint64_t missed;
	char *history;
	uint32_t letters, room;
	uint8_t seen[2]; /* letters of originator and responder that are there once */
	uint8_t met;     /* bits: a packet of the originator, of the responder */
	bool active, partial, deferred; /* deferred: a close, as long as data is pending */
};

enum { ZEEK_SECOND = 1000000, ZEEK_LETTERS = 65535 };

/* A connection that begins with p at `now`; NULL when memory is short. */
struct zeek_conn *zeek_conn_new(const struct packet *p, int64_t now);
void zeek_conn_free(struct zeek_conn *c);

/* p begins another connection between the same ends. */
bool zeek_conn_reused(const struct zeek_conn *c, const struct packet *p);

/* Data octets of e by sequence number, as Zeek counts them: neither SYN nor FIN. */
uint64_t zeek_size(const struct zeek_conn *c, const struct zeek_end *e);

/* Follow a packet of it; `verify`: one with a bad checksum does not count. */
void zeek_conn_packet(struct zeek_conn *c, const struct packet *p, bool verify);

#endif

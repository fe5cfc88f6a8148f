/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TESTIMONY_H
#define SYNFIN_TESTIMONY_H

#include "analysis/decode/endpoint.h"
#include "analysis/decode/seq.h"
#include "analysis/model/state.h"

/* What the kernel says of one of its own ends. Its words are not the RFC's (Linux 6.18):
 * - A SYN that comes to a listener is not said. The end that it makes is first heard of when the
 *   third segment has come: LISTEN -> SYN-RECEIVED -> ESTABLISHED within ten microseconds.
 * - TIME-WAIT is not said, nor all FIN-WAIT-2: FIN-WAIT-1 -> FIN-WAIT-2 -> CLOSED, or CLOSING ->
 *   CLOSED, when nobody holds the socket any more, before the peer's FIN. What goes on is a small
 *   one of another name, which is heard of only when it refuses something.
 * - RST: SAID_RESET_HEARD just before -> CLOSED; SAID_RESET_SENT just after -> CLOSED, or before
 *   when it is the keepalive's or answers a segment.
 * - SAID_ARRIVAL: at the beginning of tcp_rcv_established(), so of all that comes for a socket in
 *   ESTABLISHED, before any of it is taken in: data, ACKs, old and out of order, what it is about
 * to refuse, FIN and RST. In no other state; not of the SYN,ACK and the third segment. A filter or
 * a bad checksum is before it, but for a segment of more than 76 octets, whose sum is looked at
 *   later. What comes while the socket is in use waits, and may be joined to one segment.
 * - A RST on behalf of a listener, or of a request that it holds, names no remote end. */
enum testimony_kind {
	SAID_STATE,       /* it went from `from` to `to` */
	SAID_DROPPED,     /* it refused a segment that had come for it: `reason` */
	SAID_RESET_SENT,  /* it sent a RST: `reason`, "" on kernels that give none */
	SAID_RESET_HEARD, /* it was reset */
	SAID_AGAIN,       /* it sent a segment again; SYN,ACK: also because the SYN came again */
	SAID_GONE,        /* its socket is no more: numbers, where it ever was connected; soon after
			   * it happened, as SAID_NUMBERS */
	SAID_NUMBERS,     /* asked: it is in `to`, and these are its numbers */
	SAID_ALL,         /* asked: who was not named has no socket */
	SAID_ARRIVAL,     /* a segment has come for it: `una` and `nxt` as they were before */
};

enum { REASON_TEXT = 40 };

struct testimony {
	int64_t time;  /* nanoseconds since 1970, as in captures */
	int64_t asked; /* of an answer, when the question was put */
	/* The kernel's name for the socket, never used twice at a time; 0: unknown. SAID_GONE and
	 * SAID_NUMBERS have a cookie, the others an address: match the two by ends. Of a request,
	 * before the third segment, and in TIME-WAIT it is not the connection's own. */
	uint64_t socket;
	/* Family 0: not known. Port 0: not chosen yet, in CLOSED -> SYN-SENT. A dropped segment's
	 * are those of the socket that refused it: of a listener's, the remote is not known. */
	struct endpoint local, remote;
	uint8_t kind;     /* enum testimony_kind */
	uint8_t from, to; /* enum tcp_state; of other kinds `to` is where it was then, or UNKNOWN */
	bool has_numbers;
	uint64_t acked, received; /* octets in all, a FIN as one; in `acked` our own SYN, too */
	struct seq una, nxt;      /* SND.UNA and SND.NXT */
	uint16_t len;             /* of the segment's data; modulo 2^16 */
	char reason[REASON_TEXT]; /* the kernel's word, "TCP_INVALID_SEQUENCE"; "" */
};

#endif

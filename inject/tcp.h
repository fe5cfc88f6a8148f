/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TCP_H
#define SYNFIN_TCP_H

#include "analysis/model/tcb.h"

enum { TCP_BUFFER = 16384, TCP_TRIES = 3, TCP_OPTION_ROOM = 40 };

/* RFC 6298 2.1: a second, as long as no round trip has been measured; twice that each time. */
enum { TCP_FIRST_RTO = 1000000000 /* ns */ };

/* What an end played by us does otherwise than a plain TCP would. */
struct tcp_manner {
	bool merges;   /* its ACK rides on data or FIN where it can; else it goes first, alone */
	bool push_fin; /* its FIN goes with the last data */
	bool crosses;  /* a FIN that comes is put off until its own has been sent */
};

/* One end of a connection, played by us: a small TCP on the model's own TCB and table. Pure: it is
 * told what came and what time it is, and asked what is to be sent. Times are nanoseconds of a
 * clock that does not jump. */
struct tcp {
	struct endpoint local, remote;
	struct tcb tcb;
	struct seq iss;
	struct tcp_manner manner;
	uint16_t mss, wnd; /* of a segment that we send, as the other end wants; what we offer */
	bool opening, closing, aborting, owes_ack; /* what is still to be sent: a SYN, ... */
	bool refuses; /* ... a RST, because `stray` belongs to no connection: RFC 9293 3.5.2 */
	bool put_off; /* `later` holds a FIN that has not been heard yet */
	bool reset, silent; /* the other end has reset it; it has not answered TCP_TRIES times */
	struct segment stray, later;
	struct endpoint stray_from;
	uint8_t option[TCP_OPTION_ROOM]; /* those of our SYN, ... */
	uint8_t options;                 /* ... in octets */
	uint8_t out[TCP_BUFFER];         /* from number out_seq on: not yet acknowledged */
	uint32_t queued;
	struct seq out_seq;
	int64_t due, rto; /* when the timer goes off, 0 while it does not run; from what it ran */
	unsigned tries;
};

/* A closed end, whose SYN will have the number iss. */
void tcp_init(struct tcp *t, const struct endpoint *local, struct seq iss);

/* The calls of RFC 9293 3.9.1, for one connection: tcp_init makes the end fit for another. `say`
 * copies; false when the buffer is full or the end is closing. What was said, and a close, wait for
 * the connection to stand. */
void tcp_connect(struct tcp *t, const struct endpoint *remote);
void tcp_listen(struct tcp *t);
bool tcp_say(struct tcp *t, struct bytes octets);
void tcp_close(struct tcp *t);
void tcp_abort(struct tcp *t);

/* A segment came from the other end. *heard becomes its payload as far as it is new and in order: a
 * part of p's. Returns what became of it. */
enum arrival tcp_hears(struct tcp *t, const struct packet *p, struct bytes *heard);

/* What is to be sent now, in *p, whose octets stay t's until the next call; false: nothing. Once it
 * has been sent, tell tcp_departed. */
bool tcp_next(struct tcp *t, int64_t now, struct packet *p);
void tcp_departed(struct tcp *t, const struct packet *p);

/* When tcp_next should be asked again though nothing came; INT64_MAX: never. */
int64_t tcp_due(const struct tcp *t);

/* Nothing is left to be sent: the connection is over. For tcp_hears. */
void tcp_forget(struct tcp *t);

/* All that it said, its SYN and its FIN, is acknowledged. */
bool tcp_is_quiet(const struct tcp *t);

#endif

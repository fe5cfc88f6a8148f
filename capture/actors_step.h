/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ACTORS_STEP_H
#define SYNFIN_ACTORS_STEP_H

#include "capture/actors.h"

/* The steps of which the cases are made. Each returns true when done, otherwise false with a
 * sentence in stage->why, so that a case is a chain of && that stops where reality left the plot.
 * No step waits longer than PATIENCE_MS. */
enum { PATIENCE_MS = 8000 };

/* A connection and the listener that it came from; -1 is none. */
struct pair {
	int listener, client, server;
};

static const struct pair NO_PAIR = {-1, -1, -1};

/* What TCP_INFO says of a socket. */
struct tcp_told {
	int state;        /* TCP_ESTABLISHED... of netinet/tcp.h */
	uint32_t unacked; /* segments sent and not acknowledged, or octets not yet sent */
	uint32_t segs_in; /* segments that reached this socket */
	bool syn_data;    /* Fast Open: the data of the SYN was acknowledged */
};

/* Always false: note the sentence. */
bool stage_fail(struct stage *st, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Opening. */
bool step_bound(struct stage *st, uint16_t port, int *fd); /* nonblocking TCP, bound to loopback */
bool step_call(struct stage *st, int fd, int to);          /* connect() to where `to` is bound */
bool step_connected(struct stage *st, int fd);
bool pair_listen(struct stage *st, struct pair *p);
bool pair_call(struct stage *st, struct pair *p); /* the client's SYN is on its way */
bool pair_accept(struct stage *st, struct pair *p);
bool pair_open(struct stage *st, struct pair *p); /* all of these */
void pair_drop(struct pair *p);                   /* close what is still open */

/* Talking. */
bool step_say(struct stage *st, int fd, size_t octets);
bool step_hear(struct stage *st, int fd, size_t octets);
bool step_acked(struct stage *st, int fd); /* all that was said is acknowledged */
bool step_tell(struct stage *st, int from, int to, size_t n); /* say, hear, acked */
bool pair_greet(struct stage *st, const struct pair *p);      /* five octets each way */

/* Closing. A socket shut down for writing sends the same FIN as a closed one, and can still be
 * asked for its state. */
bool step_fin(struct stage *st, int fd);
bool step_hear_fin(struct stage *st, int fd);
bool step_ack_now(struct stage *st, int fd); /* its delayed ACK is sent now, alone */
bool step_hear_reset(struct stage *st, int fd);
bool step_reset(struct stage *st, int *fd); /* close it with SO_LINGER 0 */
bool close_in_four(struct stage *st, int first, int second);
bool close_in_three(struct stage *st, int first, int second);

/* Waiting. */
/* For poll(2)'s events; an error or a hang-up is one too: the call that follows says which. */
bool step_ready(struct stage *st, int fd, short events, const char *what);
bool tcp_ask(int fd, struct tcp_told *told);
bool step_state(struct stage *st, int fd, int state);
bool step_segs_in(struct stage *st, int fd, uint32_t least);

/* Losing segments behind the tap: the capture sees them, the socket does not. Those with
 * (flags & mask) == value are dropped until step_lost() has seen one go. */
bool step_lose(struct stage *st, int fd, uint8_t mask, uint8_t value);
bool step_lost(struct stage *st, int fd);

/* Hold all that is sent on lo, in its order and still before the tap; let it go at one stroke, so
 * that the segments of two ends cross; make lo what it was. Only when isolated. */
bool link_hold(struct stage *st);
bool link_release(struct stage *st);
bool link_restore(struct stage *st);

#endif

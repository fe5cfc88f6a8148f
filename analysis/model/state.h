/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_STATE_H
#define SYNFIN_STATE_H

#include <stdbool.h>
#include <stddef.h>

/* The states of RFC 9293 3.3.2, and one for an end about which nothing is known yet. */
enum tcp_state {
	UNKNOWN,
	CLOSED,
	LISTEN,
	SYN_SENT,
	SYN_RECEIVED,
	ESTABLISHED,
	FIN_WAIT_1,
	FIN_WAIT_2,
	CLOSE_WAIT,
	CLOSING,
	LAST_ACK,
	TIME_WAIT,
	TCP_STATES,
};

/* What moves an end from one state to another: its own departures (SND), the arrivals of its
 * peer's segments (RCV), and the one call that no segment shows. */
enum cause {
	PASSIVE_OPEN,
	SND_SYN,
	SND_ACK, /* a segment with neither SYN, FIN nor RST, from an end not known before */
	SND_FIN,
	SND_RST,
	RCV_SYN,
	RCV_SYN_ACK,
	RCV_ACK, /* the same, to an end not known before */
	RCV_ACK_OF_SYN,
	RCV_FIN,
	RCV_ACK_OF_FIN,
	RCV_RST,
	RCV_RST_AS_OPENER, /* in SYN-RECEIVED, by an end that had sent its SYN first */
	CAUSES,
};

/* RFC 9293 Figure 5: the state after `cause`; `s` itself where the figure has no arrow. */
enum tcp_state state_next(enum tcp_state s, enum cause cause);

/* "SYN-RECEIVED", as the RFC spells it. */
const char *state_name(enum tcp_state s);

/* Both sides know each other's sequence numbers (RFC 9293 3.5): SYN-RECEIVED and all after it. */
static inline bool state_is_synchronized(enum tcp_state s)
{
	return s >= SYN_RECEIVED;
}

#endif

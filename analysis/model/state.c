/* SPDX-License-Identifier: MIT */
#include "analysis/model/state.h"

#include <stdint.h>

/* RFC 9293 Figure 5 with the resets of 3.10.7, in the order of a connection's life: from [state],
 * by [cause], to state. Where the figure has no arrow stands UNKNOWN, to which none leads. */
static const uint8_t figure_5[TCP_STATES][CAUSES] = {
	[CLOSED][PASSIVE_OPEN] = LISTEN,
	[CLOSED][SND_SYN] = SYN_SENT, /* active OPEN */
	[LISTEN][SND_SYN] = SYN_SENT, /* SEND */
	[LISTEN][RCV_SYN] = SYN_RECEIVED,
	[SYN_SENT][RCV_SYN] = SYN_RECEIVED, /* simultaneous open */
	[SYN_SENT][RCV_SYN_ACK] = ESTABLISHED,
	[SYN_RECEIVED][RCV_ACK_OF_SYN] = ESTABLISHED,
	[SYN_RECEIVED][SND_FIN] = FIN_WAIT_1,
	[ESTABLISHED][SND_FIN] = FIN_WAIT_1,
	[ESTABLISHED][RCV_FIN] = CLOSE_WAIT,
	[FIN_WAIT_1][RCV_ACK_OF_FIN] = FIN_WAIT_2,
	[FIN_WAIT_1][RCV_FIN] = CLOSING,
	[FIN_WAIT_2][RCV_FIN] = TIME_WAIT,
	[CLOSE_WAIT][SND_FIN] = LAST_ACK,
	[CLOSING][RCV_ACK_OF_FIN] = TIME_WAIT,
	[LAST_ACK][RCV_ACK_OF_FIN] = CLOSED,
	/* 3.10.7.4: a RST ends it, but a listener listens on. */
	[SYN_SENT][RCV_RST] = CLOSED,
	[SYN_RECEIVED][RCV_RST] = LISTEN,
	[SYN_RECEIVED][RCV_RST_AS_OPENER] = CLOSED,
	[ESTABLISHED][RCV_RST] = CLOSED,
	[FIN_WAIT_1][RCV_RST] = CLOSED,
	[FIN_WAIT_2][RCV_RST] = CLOSED,
	[CLOSE_WAIT][RCV_RST] = CLOSED,
	[CLOSING][RCV_RST] = CLOSED,
	[LAST_ACK][RCV_RST] = CLOSED,
	[TIME_WAIT][RCV_RST] = CLOSED, /* assassination, RFC 1337 */
	/* 3.10.5: ABORT. In SYN-RECEIVED it is also how a closed port answers. */
	[SYN_SENT][SND_RST] = CLOSED,
	[SYN_RECEIVED][SND_RST] = CLOSED,
	[ESTABLISHED][SND_RST] = CLOSED,
	[FIN_WAIT_1][SND_RST] = CLOSED,
	[FIN_WAIT_2][SND_RST] = CLOSED,
	[CLOSE_WAIT][SND_RST] = CLOSED,
	[CLOSING][SND_RST] = CLOSED,
	[LAST_ACK][SND_RST] = CLOSED,
	[TIME_WAIT][SND_RST] = CLOSED,
	/* The capture began in the middle: the first segment tells where the ends stand. */
	[UNKNOWN][SND_ACK] = ESTABLISHED,
	[UNKNOWN][RCV_ACK] = ESTABLISHED,
	[UNKNOWN][SND_RST] = CLOSED,
	[UNKNOWN][RCV_RST] = CLOSED,
};

enum tcp_state state_next(enum tcp_state s, enum cause cause)
{
	uint8_t next = figure_5[s][cause];
	return next ? (enum tcp_state)next : s;
}

const char *state_name(enum tcp_state s)
{
	static const char *const name[TCP_STATES] = {
		[UNKNOWN] = "UNKNOWN",
		[CLOSED] = "CLOSED",
		[LISTEN] = "LISTEN",
		[SYN_SENT] = "SYN-SENT",
		[SYN_RECEIVED] = "SYN-RECEIVED",
		[ESTABLISHED] = "ESTABLISHED",
		[FIN_WAIT_1] = "FIN-WAIT-1",
		[FIN_WAIT_2] = "FIN-WAIT-2",
		[CLOSE_WAIT] = "CLOSE-WAIT",
		[CLOSING] = "CLOSING",
		[LAST_ACK] = "LAST-ACK",
		[TIME_WAIT] = "TIME-WAIT",
	};
	return name[s];
}

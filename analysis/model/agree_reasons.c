/* SPDX-License-Identifier: MIT */
#include "analysis/model/agree_side.h"

#include <string.h>

enum { UNEXPECTED = 1 << NOT_EXPECTED, OUTSIDE = 1 << UNACCEPTABLE };

/* The kernel's words for a refusal (skb drop reasons of Linux 6.18), and what we call the same. */
static const struct {
	const char *reason;
	uint32_t arrivals;
	const char *why;
} refusals[] = {
	{"TCP_CSUM", OUTSIDE, "its checksum is wrong (RFC 9293 3.1)"},
	{"TCP_INVALID_SYN", 1 << CHALLENGED | SAID_BEFORE,
	 "a SYN in a connection that stands: a challenge ACK answers it (RFC 5961 4)"},
	{"TCP_RESET", 1 << CHALLENGED,
	 "a RST in the window, but not with the number expected next: a challenge ACK answers it "
	 "(RFC 5961 3.2)"},
	{"TCP_OLD_SEQUENCE", OUTSIDE | SAID_BEFORE,
	 "all that it holds lies before what is expected next (RFC 9293 3.10.7.4)"},
	{"TCP_OLD_DATA", OUTSIDE | 1 << ARRIVED | SAID_BEFORE,
	 "its ack was taken; all else in it had come before (RFC 9293 3.10.7.4)"},
	{"TCP_OLD_ACK", OUTSIDE | 1 << ARRIVED | SAID_BEFORE,
	 "it acknowledges less than was acknowledged before (RFC 9293 3.10.7.4)"},
	{"TCP_INVALID_SEQUENCE", OUTSIDE, "it lies outside the window (RFC 9293 3.10.7.4)"},
	{"TCP_INVALID_END_SEQUENCE", OUTSIDE, "it ends outside the window (RFC 9293 3.10.7.4)"},
	{"TCP_INVALID_ACK_SEQUENCE", OUTSIDE | UNEXPECTED,
	 "its ack is not of the SYN: a RST answers it (RFC 9293 3.10.7.3, 3.10.7.4)"},
	{"TCP_ACK_UNSENT_DATA", OUTSIDE, "it acknowledges what was never sent (RFC 9293 3.10.7.4)"},
	{"TCP_TOO_OLD_ACK", OUTSIDE, "its ack is older than any window was (RFC 5961 5.2)"},
	{"TCP_FLAGS", OUTSIDE | UNEXPECTED,
	 "it has no ACK, or flags that mean nothing here (RFC 9293 3.10.7)"},
	{"NO_SOCKET", UNEXPECTED | OUTSIDE,
	 "nobody listens there, or no longer (RFC 9293 3.10.7.1)"},
	{"TCP_CLOSE", UNEXPECTED | OUTSIDE, "its socket is closed already (RFC 9293 3.10.7.1)"},
	{"TCP_OVERWINDOW", OUTSIDE | UNSHOWN, "it goes beyond the window (RFC 9293 3.10.7.4)"},
	{"TCP_ZEROWINDOW", OUTSIDE | UNSHOWN, "the window is closed (RFC 9293 3.10.7.4)"},
	{"TCP_RFC7323_PAWS", OUTSIDE | UNSHOWN,
	 "its timestamp is older than one that came before (RFC 7323 5.3)"},
	{"TCP_RFC7323_PAWS_ACK", OUTSIDE | UNSHOWN,
	 "its timestamp is older than one that came before (RFC 7323 5.3)"},
	{"TCP_RFC7323_TW_PAWS", OUTSIDE | UNSHOWN,
	 "its timestamp is older than one that TIME-WAIT remembers (RFC 6191 2)"},
	{"TCP_RFC7323_TSECR", OUTSIDE | UNSHOWN,
	 "it echoes a timestamp that was never sent (RFC 7323 3.2)"},
	{"SOCKET_FILTER", UNSHOWN, "a filter that the program set ignores it: as good as lost"},
	{"TCP_LISTEN_OVERFLOW", UNSHOWN,
	 "the queue of the program that accepts is full: it is ignored, and must come again"},
	{"TCP_MINTTL", UNSHOWN, "its TTL is below the least that the program takes (RFC 5082 3)"},
	{"TCP_ABORT_ON_DATA", UNSHOWN,
	 "data for a program that reads no more: a RST answers it (RFC 2525 2.17)"},
	{"TCP_FASTOPEN", UNSHOWN, "its data came with a SYN that TFO did not take (RFC 7413 4.2)"},
	{"TCP_OFOMERGE", UNSHOWN | SAID_BEFORE,
	 "beyond a gap, and there already (RFC 9293 3.10.7.4)"},
	{"TCP_OFO_QUEUE_PRUNE", UNSHOWN, "beyond a gap, and memory is short: it must come again"},
	{"TCP_OFO_DROP", UNSHOWN, "beyond a gap, and memory is short: it must come again"},
	{"SOCKET_BACKLOG", UNSHOWN, "the program holds its socket, and too much waits for it"},
	{"SOCKET_RCVBUFF", UNSHOWN, "the socket's buffer is full: it must come again"},
	{"PROTO_MEM", UNSHOWN, "TCP's memory is short: it must come again"},
	{"TCP_AUTH_HDR", UNSHOWN, "its options for signatures are wrong (RFC 2385, RFC 5925)"},
	{"TCP_MD5NOTFOUND", UNSHOWN, "it is not signed, and should be (RFC 2385)"},
	{"TCP_MD5UNEXPECTED", UNSHOWN, "it is signed, and nobody knows the key (RFC 2385)"},
	{"TCP_MD5FAILURE", UNSHOWN, "its signature is wrong (RFC 2385)"},
	{"TCP_AONOTFOUND", UNSHOWN, "it is not signed, and should be (RFC 5925)"},
	{"TCP_AOUNEXPECTED", UNSHOWN, "it is signed, and nobody knows the key (RFC 5925)"},
	{"TCP_AOKEYNOTFOUND", UNSHOWN, "it is signed with a key that nobody knows (RFC 5925)"},
	{"TCP_AOFAILURE", UNSHOWN, "its signature is wrong (RFC 5925)"},
};

const char *agree_refusal(const char *reason, uint32_t *arrivals)
{
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
		if (strcmp(refusals[i].reason, reason) == 0) {
			*arrivals = refusals[i].arrivals;
			return refusals[i].why;
		}
	return NULL;
}

/* Why it sent a RST (enum sk_rst_reason). */
static const struct {
	const char *reason, *why;
} resets[] = {
	{"NO_SOCKET", "nobody listens there, or no longer (RFC 9293 3.10.7.1)"},
	{"TCP_INVALID_ACK_SEQUENCE", "an ack came that is not of its SYN (RFC 9293 3.5.2)"},
	{"TCP_RFC7323_PAWS", "an old timestamp came (RFC 7323 5.3)"},
	{"TCP_TOO_OLD_ACK", "an ack came that is older than any window was (RFC 5961 5.2)"},
	{"TCP_ACK_UNSENT_DATA", "an ack came of what it never sent (RFC 9293 3.10.7.4)"},
	{"TCP_FLAGS", "a segment without SYN came for a listener (RFC 9293 3.10.7.2)"},
	{"TCP_OLD_ACK", "an old ack came in SYN-RECEIVED (RFC 9293 3.10.7.4)"},
	{"TCP_ABORT_ON_DATA", "data came for a program that reads no more (RFC 2525 2.17)"},
	{"TCP_TIMEWAIT_SOCKET", "something new came in TIME-WAIT (RFC 9293 3.10.7.4)"},
	{"INVALID_SYN", "a SYN came in a connection that stands (RFC 9293 3.10.7.4)"},
	{"TCP_ABORT_ON_CLOSE", "the program closed and left data unread (RFC 2525 2.17)"},
	{"TCP_ABORT_ON_LINGER", "the program closed, and would not wait (SO_LINGER)"},
	{"TCP_ABORT_ON_MEMORY", "too many sockets that no program holds, or no memory"},
	{"TCP_STATE", "the connection was given up in a state that must tell (RFC 9293 3.10.5)"},
	{"TCP_KEEPALIVE_TIMEOUT", "no answer came to keepalives (RFC 9293 3.8.4)"},
	{"TCP_DISCONNECT_WITH_DATA", "the program disconnected before all data had left"},
};

const char *agree_reset(const char *reason)
{
	for (size_t i = 0; i < sizeof resets / sizeof *resets; i++)
		if (strcmp(resets[i].reason, reason) == 0)
			return resets[i].why;
	return NULL;
}

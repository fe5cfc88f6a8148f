/* SPDX-License-Identifier: MIT */
#include "analysis/explain/topic.h"

const struct topic topics_options[] = {
	{
		.name = "MSS",
		.title = "the longest segment that I can receive",
		.rfc = "9293 3.7.1",
		.meaning =
			"Kind 2, in SYN and SYN,ACK only. Octets of data, without headers: 1460 on "
			"Ethernet with IPv4, 1440 with IPv6, 65495 on loopback. Each end tells its "
			"own, it is no agreement; without it 536 is assumed (1220 with IPv6).",
		.causes = "A value that is lower than it should be: a router that clamps the MSS "
			  "for a tunnel or PPPoE.",
		.figure = "c S mss 1460; s SA mss 1380; c A",
		.shows = "options-negotiated",
	},
	{
		.name = "window-scale",
		.title = "windows larger than 65535 octets",
		.rfc = "7323 2",
		.meaning =
			"Kind 3, in SYN and SYN,ACK only. The window field has 16 bits; all later "
			"windows of that end are shifted left by this count, 14 at most. It holds "
			"only if both ends offer it. Windows in the SYN and SYN,ACK are never "
			"scaled. A capture that lacks the handshake does not know the shift.",
		.figure = "c S mss 1460 ws 7; s SA mss 1460 ws 9; c A",
		.shows = "options-negotiated",
	},
	{
		.name = "SACK",
		.title = "selective acknowledgement",
		.rfc = "2018 2",
		.meaning = "Kind 4 in the SYN and SYN,ACK permits it, kind 5 uses it: up to four "
			   "blocks of octets that have arrived beyond a gap, three with "
			   "timestamps. The acknowledgement number still stays before the gap, so "
			   "the sender knows what to repeat and what not.",
		.figure = "c S mss 1460 sack; s SA mss 1460 sack; c A; c A skip 1000 len 1000; s A "
			  "ack x+1 sacked x+1001 x+2001",
		.shows = "options-negotiated",
	},
	{
		.name = "timestamps",
		.title = "a clock in every segment",
		.rfc = "7323 3",
		.meaning =
			"Kind 8, in every segment if both ends offered it. TSval is the sender's "
			"clock, TSecr echoes the peer's: the difference is a round-trip time. An "
			"older TSval betrays an old duplicate (paws-reject), and a newer one "
			"allows ports to be used again (reuse-legal).",
		.figure =
			"c S mss 1460 ts 81200 0; s SA mss 1460 ts 99000 81200; c A ts 81221 99000",
		.shows = "options-negotiated",
	},
	{
		.name = "fast-open",
		.title = "data in the SYN, with a cookie",
		.rfc = "7413 4.1",
		.meaning = "Kind 34. Empty in a SYN it asks for a cookie, in the SYN,ACK it brings "
			   "one, and in a later SYN it shows the cookie, which allows data in that "
			   "SYN. The program must expect that the same SYN data may arrive twice.",
		.figure = "c S mss 1460 tfo len 30; s SA mss 1460; c A",
		.shows = "tfo-accepted",
	},
	{
		.name = "mptcp",
		.title = "Multipath TCP: one connection, several paths",
		.rfc = "8684 3",
		.meaning = "Kind 30, with subtypes: MP_CAPABLE in the handshake offers it, MP_JOIN "
			   "adds a subflow, DSS maps its data to the whole, MP_TCPRST gives a "
			   "reason for a reset. Each subflow looks like a TCP connection of its "
			   "own and is shown as one.",
		.figure = "c S mss 1460 mptcp; s SA mss 1460 mptcp; c A",
		.shows = "options-negotiated",
	},
	{
		.name = "user-timeout",
		.title = "how long unacknowledged data may wait",
		.rfc = "5482 3.3",
		.meaning = "Kind 28: a bit for the unit (minutes or seconds) and 15 bits of time. "
			   "It tells the peer how long this end will wait for an ACK before it "
			   "gives up; the peer may adapt its own. Rare on the wire: Linux's "
			   "TCP_USER_TIMEOUT is local and sends nothing.",
		.figure = "c S mss 1460 uto 300; s SA mss 1460; c A",
	},
	{
		.name = "accecn",
		.title = "how many octets met congestion",
		.rfc = "9768 3.2.3",
		.meaning = "Kinds 172 and 174: counters of 24 bits for the octets that arrived "
			   "with each of the marks ECT(0), CE and ECT(1). It makes the three-bit "
			   "counter of the flags AE, CWR and ECE precise.",
		.figure = "c SNEC mss 1460; s SAC mss 1460 accecn 1 0 1; c A accecn 1 0 1",
		.shows = "options-negotiated",
	},
	{0},
};

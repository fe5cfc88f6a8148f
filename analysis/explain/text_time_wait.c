/* SPDX-License-Identifier: MIT */
#include "analysis/explain/topic.h"

const struct topic topics_time_wait[] = {
	{
		.name = "time-wait",
		.title = "who waits, and from when on",
		.meaning = "The end that closed first waits after its last ACK, for two reasons: "
			   "that ACK may be lost, and then the FIN comes again; and old segments "
			   "must die out before a new connection may use the same ports. A "
			   "repeated FIN starts the wait again.",
		.rule = "The end that has sent its FIN, had it acknowledged, and has received the "
			"other's: from the segment that completes this.",
		.advice = "It is no error. Many of them on a client with few ports: keep "
			  "connections open and reuse them, or let the server close.",
		.figure = "open; c FA; s A; +0.2 s FA; c A",
	},
	{
		.name = "reuse-legal",
		.title = "the same ports again, during TIME-WAIT",
		.meaning = "An end in TIME-WAIT may accept a new SYN on the same ports if nothing "
			   "of the old connection can be mistaken for the new one: its number is "
			   "above the last one received, or its timestamp is later. So a busy "
			   "client need not wait.",
		.rule = "The old connection was closed and held in TIME-WAIT; the new SYN is "
			"answered with a SYN,ACK; its ISN is above the old RCV.NXT, or its TSval "
			"above the old one.",
		.figure = "open; s FA; c A; +0.2 c FA; s A; isn 700000 70559; +5 c S; s "
			  "SA; c A",
	},
	{
		.name = "reuse-unsafe",
		.title = "accepted in TIME-WAIT without a reason to",
		.meaning =
			"An end in TIME-WAIT may accept a new SYN when that cannot be an old "
			"duplicate: its number is above all of the old connection, or its "
			"timestamp is later. Here neither holds, and it was accepted all the same.",
		.rule = "The SYN meets an end that is known to be in TIME-WAIT and is answered "
			"with "
			"a SYN,ACK, with an ISN not above the old RCV.NXT and no later timestamp.",
		.causes = "A stack that does not keep TIME-WAIT, a host that was restarted, or a "
			  "load balancer with another host behind it.",
		.figure = "isn 3000000 5000; open; s FA; c A; c FA; s A; isn 2000000 8000000; +5 c "
			  "S; s SA; c A",
	},
	{
		.name = "reuse-refused",
		.title = "a new SYN refused by TIME-WAIT",
		.meaning = "The new SYN might be an old duplicate, since its number is below those "
			   "of the old connection. The end in TIME-WAIT answers with its last ACK. "
			   "The client knows nothing of it and sends a RST, which clears "
			   "TIME-WAIT, and its next SYN is accepted: a second is lost.",
		.rule = "A SYN to an end that is known to be in TIME-WAIT is answered with an ACK "
			"that does not acknowledge it.",
		.causes = "Random initial numbers without timestamps, on a client that reuses its "
			  "ports quickly, or behind a NAT that does.",
		.figure = "isn 3000000 5000; open; s FA; c A; c FA; s A; isn 2000000 8000000; +5 c "
			  "S; s A seq 5002 ack 3000002; c R seq 3000002; +1 c S; "
			  "s SA; c A",
	},
	{
		.name = "reuse-early",
		.title = "the same ports again, and no close was seen",
		.meaning = "A new connection begins between the same endpoints although the old "
			   "one was not seen to end. Either the close was not captured, or the two "
			   "ends disagree about the old connection.",
		.rule = "A SYN on known endpoints that is answered with a SYN,ACK while the old "
			"connection was still open.",
		.causes = "A gap in the capture, a NAT that gave the port to another host, or a "
			  "client and a server that both forgot.",
		.figure = "open; c PA len 10; s A; isn 400000 900000; +300 c S; s SA mss "
			  "1460; c A",
	},
	{
		.name = "time-wait-assassinated",
		.title = "a RST ended TIME-WAIT early",
		.meaning = "An old duplicate arrives in TIME-WAIT and is answered with an ACK. The "
			   "other end has already forgotten the connection and answers that with a "
			   "RST, which is acceptable: TIME-WAIT is gone before its time, and with "
			   "it the protection against old segments.",
		.rule = "In TIME-WAIT: old data, an ACK of it, and a RST with just that ACK's "
			"number.",
		.causes =
			"A duplicate that was delayed in the network. Harmless but for rare cases.",
		.figure = "open; c PA len 10; s A; s FA; c A; +0.2 c FA; s A; +1 c PA seq x+1 len "
			  "10; s A; c R seq x+12",
	},
	{
		.name = "old-duplicate",
		.title = "an old segment in TIME-WAIT",
		.meaning = "A copy of a segment of this connection arrives after the close. That "
			   "is what TIME-WAIT waits for: it is acknowledged again and dropped, "
			   "instead of disturbing a new connection on the same ports.",
		.rule = "Data already received, to an end in TIME-WAIT, and an ACK in answer.",
		.figure = "open; c PA len 10; s A; s FA; c A; +0.2 c FA; s A; +2 c PA seq x+1 len "
			  "10; s A",
	},
	{0},
};

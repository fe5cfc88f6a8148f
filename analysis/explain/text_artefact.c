/* SPDX-License-Identifier: MIT */
#include "analysis/explain/topic.h"

const struct topic topics_artefact[] = {
	{
		.name = "captured-twice",
		.title = "a packet that is in the capture twice",
		.meaning = "The packet passed the capture at two places, or a mirror port sees it "
			   "in and out. It was sent once, so the second one is no retransmission, "
			   "and it changes nothing.",
		.rule = "The same packet within 1 ms: all its numbers, its checksum and its IP ID. "
			"Where the ID is 0, no packet of the other end may lie in between.",
		.causes = "Capturing on \"any\", on a bridge and its port, or on a mirror port of "
			  "two ports that talk to each other.",
		.figure = "c S; +0.000003 copy; s SA; +0.000003 copy; c A; "
			  "+0.000003 copy",
	},
	{
		.name = "captured-at-two-hops",
		.title = "a packet captured before and behind a router",
		.meaning =
			"The same packet is in the capture twice, the second time with its TTL one "
			"lower: a router has forwarded it in between. It is no retransmission.",
		.rule = "As captured-twice, with a TTL that is one lower.",
		.causes = "Capturing on both interfaces of a router, or of a host with containers.",
		.figure = "c S; +0.00005 copy ttl-1; s SA; +0.00005 copy ttl-1; "
			  "c A",
	},
	{
		.name = "captured-out-of-order",
		.title = "the SYN,ACK stands before its SYN",
		.meaning = "An answer cannot precede its question: the packets were written in "
			   "another order than they passed.",
		.rule = "A SYN,ACK first, and less than 10 ms later the SYN that it acknowledges, "
			"with no second SYN,ACK.",
		.causes = "Several receive queues or capture threads whose packets were merged.",
		.figure = "isn 1000 5000; s SA ack x+1; +0.00004 c S; +0.00004 c "
			  "A; c PA len 10; s A",
	},
	{
		.name = "capture-gap",
		.title = "octets that were acknowledged but not captured",
		.meaning = "An end acknowledges more than was seen, and its peer goes on from "
			   "there: the octets were sent and received, only the capture lacks them. "
			   "What else is said of this connection is less sure for it.",
		.rule = "An ack beyond the peer's highest number, and the peer's next segment "
			"starts at just that number.",
		.causes = "The capture could not keep up, began a moment late, or packets took "
			  "another path.",
		.figure = "open; c PA len 10; s A; s A ack x+3011; c PA skip 3000 len 10; s A",
	},
	{
		.name = "one-sided",
		.title = "only one direction was captured",
		.meaning =
			"Of one end there is nothing but the acknowledgements that the other "
			"gives. Its states are guessed from these, and nothing is held against it.",
		.rule = "At least two packets of one end, which acknowledge something, and none of "
			"the other.",
		.causes = "Routes that differ each way, a mirror port of one direction, or a "
			  "filter on one address.",
		.figure = "c S; c A ack 5001; c PA ack 5001 len 10; c A ack 5021",
	},
	{
		.name = "midstream",
		.title = "the capture starts after the handshake",
		.meaning = "The first segment is neither a SYN nor a SYN,ACK, so the connection is "
			   "older than the capture. Numbers are counted from the first one seen "
			   "(x~ instead of x=), options are unknown, and who opened is guessed "
			   "from the ports.",
		.rule = "A first segment with ACK and without SYN or RST.",
		.figure = "c PA len 10 ack 5001; s A seq 5001",
	},
	{
		.name = "ends-open",
		.title = "the capture ends before the close",
		.meaning = "Both ends are still ESTABLISHED at the last packet. Nothing is wrong: "
			   "it goes on without us.",
		.rule = "A connection that was opened, and neither a FIN nor a RST up to the end.",
		.figure = "open; c PA len 10; s A",
	},
	{
		.name = "checksum-offload",
		.title = "checksums left to the network card",
		.meaning = "Captured at the sender, a segment may not have its checksum yet: the "
			   "card fills it in behind us. It holds the sum of the pseudo-header "
			   "only. Other programs call such segments damaged; they are not. No row "
			   "of a ladder shows a checksum, so ladders leave this out; --as jsonl "
			   "names it.",
		.rule = "TCP checksums of an end that equal the sum of the pseudo-header.",
		.causes = "Transmit checksum offload, on nearly every card; and loopback, where "
			  "nobody sums at all.",
		.figure = "c S partialsum; s SA; c A partialsum; c PA len 10 "
			  "partialsum; s A; c FA partialsum; s FA; c A partialsum",
	},
	{
		.name = "super-segment",
		.title = "a segment longer than the wire allows",
		.meaning = "The kernel hands segments of up to 64 KiB to the card, which splits "
			   "them (TSO), and joins what it receives (GRO). We see the long ones; on "
			   "the wire there were many short ones.",
		.rule = "A length above the MSS that the other end announced, or an IP length of 0 "
			"with data (BIG TCP).",
		.figure = "c S mss 1460; s SA mss 1460; c A; c PA len 30000; s A",
	},
	{
		.name = "snapped",
		.title = "frames cut by the snap length",
		.meaning = "The capture kept only the beginning of each frame. Lengths are taken "
			   "from the IP header, so the arithmetic is right; payload and sometimes "
			   "options are missing.",
		.rule = "Fewer octets in the file than the IP header says.",
		.causes = "tcpdump -s, or a default snap length that is small.",
		.figure = "open; c PA len 1460 snapped; s A",
	},
	{
		.name = "clock-backwards",
		.title = "a packet with an earlier time than the one before",
		.meaning = "The times in the capture decrease. The order of the packets is "
			   "believed, the durations around the jump are not.",
		.rule = "A time below that of the connection's packet before it.",
		.causes = "The clock was set (NTP, a virtual machine that was resumed), or files "
			  "of two hosts were merged.",
		.figure = "open; c PA len 10; -0.5 s A",
	},
	{
		.name = "kernel-dropped",
		.title = "the kernel lost packets of this capture",
		.meaning =
			"Packets came faster than they were read, and the kernel's buffer ran over "
			"while this connection lived. What seems to be missing may well have been "
			"sent, so all that is said of it is likely only. No segment shows this: "
			"the kernel's own counter does, and capture files do not keep it.",
		.rule = "The drop counter of a live capture has grown.",
		.figure = "open; drop 42; c PA len 10; s A",
	},
	{
		.name = "fragmented",
		.title = "a segment that came in IP fragments",
		.meaning = "IP had to split the packet. Only the first fragment has the TCP "
			   "header, and it stands for the whole segment; the others are counted "
			   "and passed over. TCP avoids this with the MSS and path MTU discovery.",
		.rule = "The first fragment of a packet, with more to follow.",
		.figure = "open; c PA len 1000 fragment; s A",
	},
	{
		.name = "seq-wrapped",
		.title = "the sequence numbers passed 2^32",
		.meaning = "Sequence numbers are counted modulo 2^32, so after 4294967295 comes 0. "
			   "Since an ISN may be anywhere, this happens early or late in a "
			   "connection and means nothing. Timestamps keep old and new numbers "
			   "apart on fast paths.",
		.rule = "An end's next number is below its ISN, and yet after it.",
		.figure = "isn 4294967280 5000; open; c PA len 40; s A; c FA; s FA; c A",
	},
	{0},
};

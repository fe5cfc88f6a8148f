/* SPDX-License-Identifier: MIT */
#include "analysis/explain/topic.h"

const struct topic topics_opening[] = {
	{
		.name = "handshake-complete",
		.title = "SYN, SYN,ACK, ACK: the three-way handshake",
		.meaning = "Each end has told its initial sequence number and has had it "
			   "acknowledged, so both are synchronized. The client is ESTABLISHED when "
			   "it receives the SYN,ACK, the server only when it receives the ACK. The "
			   "third segment may already carry data.",
		.rule = "A SYN with number x; a SYN,ACK with number y that acknowledges x+1; a "
			"segment that acknowledges y+1, after which the server does not repeat its "
			"SYN,ACK.",
		.figure = "open; c PA len 10; s A",
	},
	{
		.name = "handshake-incomplete",
		.title = "the SYN,ACK was never acknowledged",
		.meaning =
			"The server has answered and waits in SYN-RECEIVED for the third segment. "
			"Nothing came, neither an ACK nor a RST. Such half-open connections fill "
			"the server's SYN queue until it gives up, on Linux after about a minute.",
		.rule = "A SYN,ACK, and then nothing from the client that acknowledges it, up to "
			"the end of the capture.",
		.causes = "The client is gone or never existed (a SYN flood with forged "
			  "addresses), the SYN,ACK is lost on its way back, or a firewall lets "
			  "only one direction through.",
		.figure = "c S; s SA; +1.01 s SA; +2.02 s SA",
	},
	{
		.name = "syn-retransmitted",
		.title = "the SYN was sent more than once",
		.meaning =
			"No answer came in time, so the client sent the same SYN again. The first "
			"repetition comes after about a second; that second is what a user feels "
			"as a slow connection. Linux from 6.5 on repeats a few times each second "
			"before the pauses double, older kernels double at once: 1, 3, 7, 15 s.",
		.rule = "A second SYN with the same initial number before the handshake is "
			"complete. The pauses between them are reported.",
		.causes = "The SYN was lost, the SYN,ACK was lost, or the server dropped the SYN "
			  "because its queue was full.",
		.figure = "c S; +1.02 c S; s SA; c A",
	},
	{
		.name = "syn-unanswered",
		.title = "no answer to any SYN, not even a RST",
		.meaning = "A host that runs but does not listen answers with a RST at once. "
			   "Silence means that the SYN or its answer never arrived. connect() "
			   "fails with ETIMEDOUT, on Linux after about two minutes.",
		.rule = "One SYN or more, nothing from the other end, no ICMP message about it, "
			"and no more time to hope for an answer. An end that is heard to "
			"acknowledge something has been answered: then one direction was not "
			"captured.",
		.causes = "A firewall that drops instead of rejecting, a host that is down, a "
			  "wrong address, or a route that does not lead back.",
		.figure = "c S; +1 c S; +2 c S",
	},
	{
		.name = "syn-new-isn",
		.title = "a new attempt from the same port",
		.meaning = "A repeated SYN has the same number as the first. This one has another, "
			   "so it does not belong to the attempt before it: the program gave up "
			   "and called connect() again.",
		.rule = "A SYN with another initial number on the same two endpoints while the "
			"server has not said anything.",
		.causes =
			"A program that binds its local port and retries by itself, or a scanner.",
		.figure = "c S; +1 c S; isn 62511000 5000; +4 c S; s SA "
			  "mss 1460; c A",
	},
	{
		.name = "refused",
		.title = "RST,ACK in answer to the SYN: nobody listens",
		.meaning = "The host is there, but no socket listens on that address and port. It "
			   "says so with a RST that acknowledges the SYN; its own number is 0, for "
			   "it never had one. connect() fails with ECONNREFUSED at once.",
		.rule = "A RST,ACK with number 0 that acknowledges x+1 (and the SYN's data, if "
			"there are any), to an end in SYN-SENT.",
		.causes = "The service is not running, listens on another port, or only on "
			  "127.0.0.1 or ::1. A firewall may answer so too (REJECT with tcp-reset).",
		.figure = "c S; s RA seq 0",
	},
	{
		.name = "refused-icmp",
		.title = "an ICMP message in answer to the SYN",
		.meaning = "Not TCP but IP answers: the destination, or a router on the way, says "
			   "that the segment could not be delivered. A TCP may go on trying, since "
			   "the message may be temporary or forged; Linux does, and reports the "
			   "error when it gives up.",
		.rule = "Destination unreachable (ICMP type 3, ICMPv6 type 1) that quotes the "
			"ports and the number of our SYN, in SYN-SENT. \"Fragmentation needed\" is "
			"not a refusal.",
		.causes = "Port unreachable: a firewall that rejects. Host or net unreachable: "
			  "nobody answers ARP there, or there is no route. Prohibited: a filter "
			  "that says so.",
		.figure = "c S; icmp 3/1; +1 c S",
	},
	{
		.name = "simultaneous-open",
		.title = "both ends sent a SYN before they heard one",
		.meaning = "There is no server here: both ends call connect() to each other at the "
			   "same time. Each goes from SYN-SENT to SYN-RECEIVED when the other's "
			   "SYN arrives, and answers with a SYN,ACK that repeats its own number. "
			   "One connection results, not two.",
		.rule = "A SYN without ACK from both ends, then a SYN,ACK from both with the "
			"numbers of their SYNs.",
		.causes = "Peers that punch holes through NATs, or two programs that bind a port "
			  "and connect to each other.",
		.figure = "ports 40000 40001; c S; +0.0002 s S; c SA "
			  "seq x; +0.0002 s SA seq y",
	},
	{
		.name = "split-handshake",
		.title = "a bare SYN instead of a SYN,ACK",
		.meaning = "The answer to the SYN is another SYN, without ACK. To the client this "
			   "is a simultaneous open: it answers with a SYN,ACK, and the server "
			   "acknowledges that. Who is client and who is server gets turned round, "
			   "which has fooled firewalls.",
		.rule = "SYN; a bare SYN back; a SYN,ACK from the first end only; an ACK from the "
			"other.",
		.causes = "A test tool or an attack on a firewall. A simultaneous open whose first "
			  "SYN was lost cannot be told from it.",
		.figure = "c S; s S; c SA seq x; s A",
	},
	{
		.name = "self-connect",
		.title = "a socket connected to itself",
		.meaning = "Both ends are one address, one port and one socket: its SYN arrives at "
			   "itself and opens it. A program that retries connect() to a local port "
			   "can get this port as its own by chance, and then reads back all that "
			   "it writes.",
		.rule = "A SYN whose source and destination are the same address and port.",
		.causes = "connect() in a loop to a local port of the ephemeral range where nobody "
			  "listens.",
		.advice = "Let servers listen below the ephemeral range (sysctl "
			  "net.ipv4.ip_local_port_range), and check after connect() that "
			  "getsockname() and getpeername() differ.",
		.figure = "same; c S; c SA seq x ack x+1; c A seq x+1 ack x+1",
	},
	{0},
};

/* SPDX-License-Identifier: MIT */
#include "analysis/explain/topic.h"

const struct topic topics_answers[] = {
	{
		.name = "synack-retransmitted",
		.title = "the SYN,ACK was sent more than once",
		.meaning = "The server has heard no ACK of its SYN,ACK and sends it again, on "
			   "Linux after 1, 3, 7, ... s, five times by default. Until then it stays "
			   "in SYN-RECEIVED.",
		.rule = "The same SYN,ACK again, with no ACK from the client in between.",
		.causes = "The SYN,ACK was lost, or the client's ACK was lost before it passed the "
			  "capture.",
		.figure = "c S; s SA; +1.01 s SA; c A",
	},
	{
		.name = "third-ack-not-accepted",
		.title = "the SYN,ACK came again after the third ACK",
		.meaning = "We saw the ACK that should complete the handshake, and yet the server "
			   "repeats its SYN,ACK: it did not take the ACK. The client believes that "
			   "the connection is ESTABLISHED and may send data into it.",
		.rule = "The same SYN,ACK again after an ACK that acknowledges it. Of a single "
			"repetition the two may have crossed on their way: then it is likely only.",
		.causes =
			"The program calls accept() too slowly, so that its accept queue is full: "
			"Linux then drops the third ACK. Or the ACK was lost behind the capture.",
		.figure = "open; +1 s SA; c A; +2 s SA; c A; c PA len 10; s A",
	},
	{
		.name = "synack-wrong-ack",
		.title = "a SYN,ACK for a SYN that was not sent",
		.meaning = "The client has sent x, so only x+1 can be acknowledged (more, with "
			   "data in the SYN). Any other number belongs to another attempt. The "
			   "client answers with a RST of just that number, which clears the wrong "
			   "half-open connection, and stays in SYN-SENT.",
		.rule = "A SYN,ACK to an end in SYN-SENT whose ack is not above its ISS and at "
			"most its SND.NXT.",
		.causes = "An old duplicate of a SYN reached the server first, somebody answers "
			  "for an address that is not his, or a middlebox rewrites numbers in one "
			  "direction only.",
		.figure = "c S; s SA ack 91; c R seq 91; isn 1000 9000; +1 c S "
			  "mss 1460; s SA; c A",
	},
	{
		.name = "second-synack",
		.title = "two SYN,ACKs with different numbers",
		.meaning = "One SYN gets one answer, whose number y does not change when it is "
			   "repeated. Two numbers mean two responders. The client takes the first "
			   "one and challenges or refuses the other.",
		.rule = "A SYN,ACK whose number differs from that of the SYN,ACK before it, on one "
			"attempt.",
		.causes = "Two hosts with one address, a load balancer that sends a SYN to two "
			  "servers, or a forged answer that races the true one.",
		.figure = "c S; s SA; +0.0004 s SA seq 3221225472 ttl "
			  "49; c A; c PA len 10; s A",
	},
	{
		.name = "third-ack-wrong",
		.title = "an ACK in SYN-RECEIVED that is not y+1",
		.meaning = "The client must prove that it has seen the SYN,ACK by acknowledging "
			   "y+1. Another number proves that it has not. The server answers with a "
			   "RST of that number and keeps the half-open connection, so that a "
			   "forger cannot end it.",
		.rule = "An ACK to an end in SYN-RECEIVED whose ack is not above its ISS and at "
			"most its SND.NXT.",
		.causes = "A guessed number (a blind spoofing attack), a crafted segment, or a "
			  "middlebox that changed the SYN,ACK on its way.",
		.advice = "Compare y in captures taken at both ends.",
		.figure = "c S; s SA; c A ack 5999; s R seq 5999; +0.2 c A",
	},
	{
		.name = "half-open-discovered",
		.title = "an old connection found by a new SYN",
		.meaning = "One end has crashed and forgotten the connection; the other still "
			   "believes that it is ESTABLISHED. When the first one opens again from "
			   "the same port, its SYN is answered with an ACK of the old numbers. It "
			   "knows no such connection and sends a RST, the old connection is "
			   "cleared, and the next SYN works.",
		.rule = "A SYN answered with an ACK instead of a SYN,ACK, and a RST whose number "
			"is that of this ACK.",
		.causes = "A crash, a reboot, or a NAT that gave the port to somebody else.",
		.figure = "open; c PA len 10; s A; isn 400000 9000; +600 c S; s A seq "
			  "5001 ack 1011; c R seq 1011; +1 c S; s SA; c A",
	},
	{
		.name = "rst-unacceptable",
		.title = "a RST that does not acknowledge the SYN",
		.meaning = "In SYN-SENT no number of the other end is known yet, so a RST proves "
			   "that it is genuine by acknowledging the SYN. One that does not must be "
			   "ignored, and the client goes on waiting.",
		.rule = "A RST to an end in SYN-SENT without ACK, or with an ack that is not above "
			"its ISS and at most its SND.NXT.",
		.causes = "A stray of an older connection on the same ports, or a forger who did "
			  "not see the SYN.",
		.figure = "c S; s R seq 3000000000; s SA; c A",
	},
	{
		.name = "half-open-scan",
		.title = "SYN, SYN,ACK, then a bare RST",
		.meaning = "The SYN,ACK told all that was asked: the port is open. The client "
			   "never completes the handshake, and the program behind the port never "
			   "learns of it. What sends the RST is often the client's kernel, which "
			   "has no socket for the connection.",
		.rule = "A RST without ACK and with number x+1 from the client, in answer to a "
			"SYN,ACK.",
		.causes = "A port scanner (nmap -sS), a health check of a load balancer, or a "
			  "program that closed its socket before the answer came. The segments "
			  "cannot tell which.",
		.figure = "c S win 1024; s SA; c R",
	},
	{
		.name = "aborted-in-handshake",
		.title = "the client gave up before its third ACK",
		.meaning = "The client ends the attempt itself, with a RST,ACK or a FIN instead of "
			   "the ACK that was due. An ABORT in SYN-RECEIVED or ESTABLISHED sends a "
			   "RST; the server forgets the half-open connection.",
		.rule = "A RST,ACK or a FIN with number x+1 from the end that opened, before any "
			"ACK of the SYN,ACK.",
		.causes = "A timeout of the program that ends just then, a user who cancels, "
			  "SO_LINGER with 0.",
		.figure = "c S; s SA; c RA",
	},
	{0},
};

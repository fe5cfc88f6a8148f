/* SPDX-License-Identifier: MIT */
#include "analysis/explain/topic.h"

const struct topic topics_states[] = {
	{
		.name = "CLOSED",
		.title = "no connection",
		.rfc = "9293 3.3.2",
		.meaning = "The state before the first call and after the last segment: there is "
			   "no TCB, so strictly it is none. A segment that arrives here is "
			   "answered with a RST, unless it is one itself.",
		.figure = "c S; s RA seq 0",
	},
	{
		.name = "LISTEN",
		.title = "a server waits for SYNs",
		.rfc = "9293 3.3.2",
		.meaning = "A program has called listen(). One socket stays in LISTEN for ever; "
			   "for each SYN a new half-open connection begins in SYN-RECEIVED beside "
			   "it. In a capture the state is assumed: a SYN,ACK proves it.",
		.advice = "ss -ltn lists these sockets; Recv-Q is the accept queue, Send-Q its "
			  "limit.",
		.figure = "open",
	},
	{
		.name = "SYN-SENT",
		.title = "a client has called connect()",
		.rfc = "9293 3.3.2",
		.meaning = "The SYN is out, and nothing has come back that acknowledges it. A "
			   "SYN,ACK leads to ESTABLISHED, a bare SYN of the peer (simultaneous "
			   "open) to SYN-RECEIVED, a RST with the right ack to CLOSED. The SYN is "
			   "repeated until then.",
		.causes = "An end that stays here has no answer: see syn-unanswered.",
		.figure = "c S; +1 c S; s SA; c A",
	},
	{
		.name = "SYN-RECEIVED",
		.title = "a SYN has come, our SYN is not yet acknowledged",
		.rfc = "9293 3.3.2",
		.meaning = "The server has sent its SYN,ACK and waits for the third segment. Linux "
			   "keeps such a connection in its SYN queue as a small request, not as a "
			   "socket; under a flood it keeps nothing and puts all it needs into y "
			   "(SYN cookies).",
		.causes = "Many of them: the third ACKs do not arrive (handshake-incomplete, a SYN "
			  "flood), or are not taken (third-ack-not-accepted).",
		.figure = "open",
	},
	{
		.name = "ESTABLISHED",
		.title = "both ends are synchronized: data may flow",
		.rfc = "9293 3.3.2",
		.meaning = "Both ends know each other's numbers and have had theirs acknowledged. "
			   "It can last for years without a segment: without keepalives, silence "
			   "ends nothing.",
		.figure = "open; c PA len 10; s PA len 20; c A",
	},
	{
		.name = "FIN-WAIT-1",
		.title = "our FIN is out, not yet acknowledged",
		.rfc = "9293 3.3.2",
		.meaning = "This end closed first. The ACK of its FIN leads to FIN-WAIT-2; a FIN "
			   "of the peer that does not acknowledge it, to CLOSING. A FIN that does "
			   "acknowledge it does both steps at once, to TIME-WAIT.",
		.causes = "An end that stays here has a peer that is gone, or one whose window is "
			  "0 (zero-window-at-close).",
		.figure = "open; c FA; s A; +0.2 s FA; c A",
	},
	{
		.name = "FIN-WAIT-2",
		.title = "our half is closed, the peer's is not",
		.rfc = "9293 3.3.2",
		.meaning = "The peer has acknowledged our FIN but sent none: it is in CLOSE-WAIT. "
			   "We can still receive. After close() (not after shutdown()) Linux waits "
			   "only net.ipv4.tcp_fin_timeout, 60 s, for the FIN, and then forgets the "
			   "connection.",
		.causes = "An end that stays here waits for the other program to close: see "
			  "close-wait-stuck, half-close.",
		.figure = "open; c FA; s A; +1 s PA len 10; c A; s FA; c A",
	},
	{
		.name = "CLOSE-WAIT",
		.title = "the peer has closed, our program has not",
		.rfc = "9293 3.3.2",
		.meaning = "The peer's FIN has come and was acknowledged by the kernel; read() "
			   "gives 0, the end of file. The program may still send. It leaves this "
			   "state only by calling close() or shutdown(): no timer does it.",
		.causes = "An end that stays here has a program that forgot close(): see "
			  "close-wait-stuck.",
		.figure = "open; c FA; s A; +0.2 s FA; c A",
	},
	{
		.name = "CLOSING",
		.title = "the FINs crossed",
		.rfc = "9293 3.3.2",
		.meaning = "Both ends have sent a FIN, and neither has had its own acknowledged. "
			   "The rarest of the states: it lasts for half a round trip of a "
			   "simultaneous close, and leads to TIME-WAIT.",
		.figure = "open; c FA; +0.0001 s FA ack x+1; c A; +0.0001 s A",
	},
	{
		.name = "LAST-ACK",
		.title = "our FIN came second; its ACK is missing",
		.rfc = "9293 3.3.2",
		.meaning = "The end that closes second has sent its FIN and waits for one ACK. "
			   "With it the connection is CLOSED at once, without TIME-WAIT: the other "
			   "end holds that.",
		.causes = "An end that stays here repeats its FIN because the last ACK was lost: "
			  "see fin-retransmitted.",
		.figure = "open; c FA; s A; s FA; +0.21 s FA seq y+1; c A",
	},
	{
		.name = "TIME-WAIT",
		.title = "all is closed, but old segments may still come",
		.rfc = "9293 3.6.1",
		.meaning =
			"The end that closed first keeps the connection for 2 MSL (four minutes in "
			"the RFC, 60 s on Linux, whatever tcp_fin_timeout says), to acknowledge a "
			"repeated FIN and to let old segments die out. It costs little memory, but "
			"keeps the pair of endpoints busy. Time ends it, which no segment shows.",
		.advice = "ss -tn state time-wait lists them. SO_REUSEADDR lets a server listen on "
			  "its port again meanwhile.",
		.figure = "open; c FA; s A; s FA; c A; +0.21 s FA seq y+1; c A",
	},
	{
		.name = "UNKNOWN",
		.title = "nothing is known about this end yet",
		.rfc = "",
		.meaning = "Not a state of the RFC, but of an observer: the capture began in the "
			   "middle. The first segment between two such ends makes both "
			   "ESTABLISHED, unless it says otherwise.",
		.figure = "c PA len 10 ack 5001; s A seq 5001",
	},
	{0},
};

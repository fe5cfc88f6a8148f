/* SPDX-License-Identifier: MIT */
#include "analysis/explain/topic.h"

const struct topic topics_flags[] = {
	{
		.name = "SYN",
		.title = "synchronize: here my numbers begin",
		.rfc = "9293 3.4",
		.meaning = "The segment's sequence number is the ISN, x of the client and y of the "
			   "server. The SYN itself takes one number, so the first octet of data is "
			   "x+1: that is the \"+ 1 SYN\" of the arithmetic. Since it takes a "
			   "number it is acknowledged and, if need be, repeated.",
		.figure = "open",
	},
	{
		.name = "ACK",
		.title = "the acknowledgement number counts",
		.rfc = "9293 3.4",
		.meaning = "The number names the next octet that is expected: everything before it "
			   "has been received. It is cumulative, so a lost ACK is made good by the "
			   "next one. Every segment but the first SYN has it. An ACK alone takes "
			   "no number, and nobody acknowledges it.",
		.figure = "open; c PA len 10; s A; s PA len 20; c A",
	},
	{
		.name = "FIN",
		.title = "no more data from me",
		.rfc = "9293 3.6",
		.meaning = "Closes one direction: what was sent before will still arrive, the "
			   "other direction stays open. Like a SYN it takes one number, the one "
			   "after the last octet; hence \"+ 1 FIN\". How the two FINs meet makes "
			   "close-four, close-three or close-simultaneous.",
		.figure = "open; c FA; s A; +0.2 s FA; c A",
	},
	{
		.name = "RST",
		.title = "this connection is void",
		.rfc = "9293 3.5.2",
		.meaning = "Ends a connection at once, or says that there is none. It takes no "
			   "number and is never acknowledged or repeated. To be obeyed its number "
			   "must be exactly the one that is expected (RFC 5961, section 3.2); in "
			   "SYN-SENT it must acknowledge the SYN.",
		.figure = "open; c PA len 10; s A; c RA",
	},
	{
		.name = "PSH",
		.title = "push: give it to the program now",
		.rfc = "9293 3.9.1",
		.meaning = "The sender has nothing more to add for the moment, so the receiver "
			   "should not wait for more. A stack sets it on the last segment of what "
			   "was written at once. It changes neither states nor numbers.",
		.figure = "open; c A len 1460; c PA len 200; s A",
	},
	{
		.name = "URG",
		.title = "the urgent pointer counts",
		.rfc = "9293 3.8.5",
		.meaning = "The urgent pointer, counted from the segment's number, marks the end "
			   "of data that the receiver should notice soon. It is hardly used "
			   "(telnet, rlogin), stacks disagree by one about where it points, and "
			   "RFC 6093 advises new programs against it.",
		.figure = "open; c PAU len 1 urg 1; s A",
	},
	{
		.name = "ECE",
		.title = "ECN echo",
		.rfc = "3168 6.1",
		.meaning = "In a SYN, together with CWR: I can do ECN. In the SYN,ACK, alone: so "
			   "can I. Later: a router has marked a packet of yours instead of "
			   "dropping it, so slow down; it is repeated until CWR comes.",
		.figure = "c SEC; s SAE; c A; c PA len 1000; s AE; c PAC len "
			  "1000; s A",
		.shows = "options-negotiated",
	},
	{
		.name = "CWR",
		.title = "congestion window reduced",
		.rfc = "3168 6.1",
		.meaning = "The sender has heard the ECE and sends more slowly: the echo may stop. "
			   "In a SYN it offers ECN together with ECE.",
		.figure = "c SEC; s SAE; c A; c PA len 1000; s AE; c PAC len "
			  "1000; s A",
		.shows = "options-negotiated",
	},
	{
		.name = "AE",
		.title = "accurate ECN, once the nonce sum NS",
		.rfc = "9768 3.1",
		.meaning = "The bit before CWR and ECE. A SYN with all three offers AccECN. If it "
			   "is accepted, the three bits are no flags any more but a counter of "
			   "marked packets, modulo 8, so that every mark is reported and not one "
			   "per round trip.",
		.figure = "c SNEC; s SAC; c A",
		.shows = "options-negotiated",
	},
	{0},
};

/* SPDX-License-Identifier: MIT */
#include "analysis/explain/topic.h"

const struct topic topics_offers[] = {
	{
		.name = "options-negotiated",
		.title = "what both ends agreed upon",
		.meaning =
			"Options that change how TCP works must be offered in the SYN and accepted "
			"in the SYN,ACK; they cannot be added later. A pair like 1460/1440 is the "
			"client's value and the server's, since each end announces its own.",
		.rule = "The options of the SYN and of the SYN,ACK compared. An option that was "
			"offered in vain appears as \"no SACK\". ECN and AccECN are negotiated "
			"with flags: see ECE, CWR and AE.",
		.advice = "synfin explain MSS, window-scale, SACK, timestamps tell what each one "
			  "does.",
		.figure = "c S mss 1460 sack ts 81200 0 ws 7; s SA mss 1440 sack ts 99000 81200 ws "
			  "9; c A ts 81221 99000",
	},
	{
		.name = "option-unilateral",
		.title = "a SYN,ACK accepts what was not offered",
		.meaning = "A server may only accept what the SYN has offered. If one end believes "
			   "in window scaling and the other does not, they read different windows "
			   "from the same field and the transfer stalls.",
		.rule = "Window scale or timestamps in the SYN,ACK but not in the SYN, or a shift "
			"count above 14.",
		.causes = "A middlebox that removes options in one direction, a SYN proxy that "
			  "answers for the server, or a broken stack.",
		.figure = "c S; s SA ws 7; c A",
	},
	{
		.name = "tfo-requested",
		.title = "a SYN with the Fast Open option",
		.meaning = "Fast Open lets data travel in the SYN and saves a round trip. The "
			   "first time, an empty option asks the server for a cookie; later SYNs "
			   "show the cookie and may carry data at once.",
		.rule = "Option 34 (or the experimental 254) in a SYN.",
		.figure = "c S tfo-request; s SA tfo; c A",
	},
	{
		.name = "tfo-accepted",
		.title = "the SYN's data was taken",
		.meaning = "The cookie was good, so the server gave the data to its program before "
			   "the handshake was over. The SYN,ACK acknowledges the SYN and the data "
			   "in one number.",
		.rule = "A SYN with option 34 and len octets; a SYN,ACK that acknowledges x + 1 + "
			"len.",
		.figure = "c S tfo len 30; s SA; c A",
	},
	{
		.name = "tfo-ignored",
		.title = "the SYN's data was not taken",
		.meaning = "The SYN,ACK acknowledges the SYN but not its data, so the client sends "
			   "them again after the handshake. Nothing is lost but the round trip "
			   "that Fast Open should have saved.",
		.rule = "A SYN with option 34 and data; a SYN,ACK that acknowledges x+1 only.",
		.causes = "The cookie is stale or belongs to another address, or the server does "
			  "not do Fast Open.",
		.figure = "c S tfo len 30; s SA ack x+1; c A seq x+1; c PA seq x+1 len "
			  "30; s A",
	},
	{
		.name = "syn-data-without-tfo",
		.title = "a SYN with data, but without Fast Open",
		.meaning = "RFC 9293 allows data in a SYN, but the server may not deliver them "
			   "before the handshake is complete. No common stack sends it. Most "
			   "servers throw the data away and acknowledge the SYN alone.",
		.rule = "Payload in a SYN without option 34.",
		.causes = "A scanner, a flood of large SYNs, or a crafted segment.",
		.figure = "c S len 14; s SA ack x+1; c A seq x+1; c PA seq x+1 "
			  "len 14; s A",
	},
	{
		.name = "illegal-flags",
		.title = "flags that no TCP sends together",
		.meaning = "SYN begins and FIN ends, SYN begins and RST aborts: together they make "
			   "no sense. Different systems answer such segments differently, and "
			   "scanners use that to find out which system it is.",
		.rule = "SYN with FIN, SYN with RST, FIN with RST, FIN with PSH and URG but no ACK "
			"(Xmas), all six, or none at all (null).",
		.causes = "A scanner that looks at the answers, or damage in a router.",
		.advice = "Drop them in the firewall: nothing legal is lost.",
		.figure = "c SF",
	},
	{
		.name = "ack-number-without-flag",
		.title = "an acknowledgement number, but no ACK flag",
		.meaning = "The field counts only if the ACK flag is set; without it its contents "
			   "mean nothing and are usually 0. Here something stands in it, as if a "
			   "number had been forgotten.",
		.rule = "A segment without ACK whose acknowledgement field is not 0.",
		.causes = "A crafted segment, a scanner with a recognizable habit, or a stack that "
			  "does not clear its buffers.",
		.figure = "c S ack 3735928559; s SA; c A",
	},
	{0},
};

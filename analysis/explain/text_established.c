/* SPDX-License-Identifier: MIT */
#include "analysis/explain/topic.h"

const struct topic topics_established[] = {
	{
		.name = "blind-syn",
		.title = "a forged SYN into a connection",
		.meaning =
			"Once, a SYN inside the window reset a connection, so that anybody who "
			"could guess could cut it. Since RFC 5961 it is answered with a challenge "
			"ACK: the true sender, had it really restarted, would answer with a RST. "
			"Here it goes on from its old numbers instead, so the SYN was not its own.",
		.rule = "A SYN with new numbers between established ends; no RST with the number "
			"of the challenge ACK; the end that seemed to send it continues as before.",
		.causes = "A forger, or an old duplicate that wandered for long.",
		.figure = "open; c PA len 10; s A; +0.5 c S seq 286331153 ttl 47; s A; "
			  "+0.2 c PA len 10; s A",
	},
	{
		.name = "challenge-ack",
		.title = "an ACK that asks: was that really you?",
		.meaning = "A SYN, or a RST in the window but not at its edge, may be forged. "
			   "Instead of obeying, the end repeats its current numbers in an ACK. A "
			   "peer that really has lost the connection answers with a RST of exactly "
			   "that number, which only one who sees the ACK can know.",
		.rule = "An ACK without data that repeats the old numbers, right after a SYN, RST "
			"or ACK that was not acceptable. Linux sends one per 500 ms and "
			"connection.",
		.figure = "open; c PA len 10; s A; +0.5 s R seq y+1001; c A; +0.2 s PA len 5; c A",
	},
	{
		.name = "ack-of-unsent",
		.title = "an ACK of octets that were never sent",
		.meaning = "An acknowledgement may not lie beyond SND.NXT. Such a segment is "
			   "dropped and answered with an ACK; nothing in it is taken. If the "
			   "sender had really gone on from there, the capture would lack something "
			   "instead: see capture-gap.",
		.rule = "SEG.ACK above the peer's highest number, and the peer goes on from its "
			"own. Not said when only one direction was captured.",
		.causes = "A forged or crafted segment, or a middlebox that splits connections and "
			  "mixes up its numbers.",
		.figure = "open; c PA len 10; s A; s A ack x+5011; c A; +0.1 c PA len 10; s A",
	},
	{
		.name = "ack-too-old",
		.title = "an ACK older than any window",
		.meaning =
			"A genuine acknowledgement cannot lag behind SND.UNA by more than the "
			"largest window that there ever was. RFC 5961 asks for this check because "
			"a forger who guesses the sequence number must also guess the ack.",
		.rule = "SEG.ACK below SND.UNA - MAX.SND.WND.",
		.causes = "An attempt to inject data, or a duplicate that is minutes old.",
		.figure = "open; c PA len 10; s A; +0.5 c PA seq x+11 ack 4294770000 len 5 ttl 47; "
			  "s A; +0.2 c PA len 10; s A",
	},
	{
		.name = "keepalive-probe",
		.title = "is the peer still there?",
		.meaning =
			"After a long silence an end sends a segment just below its next number. "
			"It holds nothing new, so the peer must answer with an ACK; if it has lost "
			"the connection it answers with a RST. Off unless the program sets "
			"SO_KEEPALIVE; by default the first probe comes after two hours.",
		.rule = "Length 0 or 1 with number SND.NXT-1 while everything is acknowledged and "
			"the peer's window is open. With a window of 0 it would be a window probe.",
		.figure = "open; c PA len 10; s A; +7200 c A seq x+10; s A",
	},
	{
		.name = "keepalive-timeout",
		.title = "the probes were not answered: given up",
		.meaning = "The peer has not answered several probes in a row, so the connection "
			   "is taken for dead and reset. The program gets ETIMEDOUT. By default "
			   "Linux sends nine probes, 75 s apart.",
		.rule = "Keepalive probes without an answer, then a RST from the end that probed.",
		.causes = "The peer crashed or was unplugged, or a NAT or firewall in between "
			  "forgot the connection and drops its segments.",
		.advice = "Probe more often than the NAT forgets: TCP_KEEPIDLE, TCP_KEEPINTVL.",
		.figure = "open; c PA len 10; s A; +7200 c A seq x+10; +75 c A seq x+10; +75 c A "
			  "seq x+10; +75 c RA",
	},
	{
		.name = "paws-reject",
		.title = "dropped: its timestamp is too old",
		.meaning = "PAWS protects against wrapped sequence numbers: timestamps of a "
			   "connection never go back, so a segment with an older one is an old "
			   "duplicate, though its number fits. It is acknowledged and dropped.",
		.rule = "New data with a TSval below the last one, and an answer that does not "
			"acknowledge it. That it was dropped is likely: the answer might have "
			"crossed it.",
		.causes = "A duplicate that was delayed for very long, or several hosts with "
			  "different clocks behind one NAT.",
		.figure = "c S ts 500000 0; s SA ts 900000 500000; c A ts 500001 "
			  "900000; +0.5 c PA seq x+1 len 20 ts 123456 800000; s A ack x+1 ts "
			  "900503 500001; +0.1 c PA len 10 ts 500604 900503; s A ts 900604 500604",
	},
	{
		.name = "bad-checksum",
		.title = "dropped unseen: its checksum is wrong",
		.meaning = "The checksum covers header, payload and addresses. Where it is wrong, "
			   "the receiver drops the segment before anything in it counts: no "
			   "answer, no ACK. A FIN comes again after a while; a RST ends nothing.",
		.rule = "A SYN, FIN or RST with a wrong checksum, of an end that has shown a right "
			"one, or one left to the network card. (Of other segments the sum is "
			"mostly not worked out.) If all of an end are wrong, nothing is said: "
			"then rather its card finishes them in some way of its own.",
		.causes = "Damage on the way or in a router's memory; or a crafted segment, meant "
			  "for a firewall that does not verify: it believes that the connection "
			  "is over, and the receiver goes on.",
		.advice = "nstat TcpInCsumErrors on the receiver counts them.",
		.figure = "open; c PA len 10; s A; +0.5 c R badsum; +0.2 c PA len 10; s A",
	},
	{
		.name = "zero-window-at-close",
		.title = "the FIN has to wait: the window is 0",
		.meaning = "close() on one end does not help when the other does not read. Data "
			   "that wait for a window come before the FIN, and the peer can take "
			   "neither. The closing end sits in FIN-WAIT-1, and the connection hangs "
			   "until the peer reads or somebody gives up.",
		.rule = "A FIN, sent or unacknowledged, while the peer's last window is 0.",
		.causes = "A program that is stuck or busy, and reads nothing from its socket.",
		.advice = "ss -tn on the peer: a large Recv-Q that does not shrink names the "
			  "connection.",
		.figure = "open; c PA len 60000; s A win 0; +0.1 c FA; s A ack x+60001 win 0; +0.6 "
			  "s A ack x+60001; c FA seq x+60001; s A; s FA; c A",
	},
	{0},
};

/* SPDX-License-Identifier: MIT */
#include "analysis/explain/topic.h"

const struct topic topics_reset[] = {
	{
		.name = "rst-exact",
		.title = "a RST with the very number that is expected",
		.meaning = "A RST is obeyed at once only if its number is exactly RCV.NXT. Whoever "
			   "sent it knows the connection, so this is an end itself or somebody who "
			   "can see its segments. The connection is gone on both sides, without "
			   "TIME-WAIT.",
		.rule = "SEG.SEQ = RCV.NXT of the receiver. RCV.NXT-1 counts too when that is the "
			"resetting end's own FIN: Linux accepts it, RFC 9293 does not.",
		.causes = "An abort by the program, a program that was killed, data to a closed "
			  "socket, or a firewall that tears the connection down. Other names in "
			  "the same place tell more.",
		.advice = "Look at what came just before it, and whether its TTL is that of the "
			  "end's other segments.",
		.figure = "open; c PA len 10; s A; +0.5 s R",
	},
	{
		.name = "rst-in-window",
		.title = "a RST near the right number: challenged",
		.meaning = "Before RFC 5961 any RST inside the window was obeyed, and a large "
			   "window is easily hit by guessing. Now only the exact number counts; "
			   "the rest of the window is answered with a challenge ACK, and the "
			   "connection goes on unless a RST with the right number follows.",
		.rule = "RCV.NXT < SEG.SEQ < RCV.NXT + RCV.WND.",
		.figure = "open; c PA len 10; s A; +0.5 c R seq x+511 ttl 47; s A; +0.2 c PA len "
			  "10; s A",
	},
	{
		.name = "rst-out-of-window",
		.title = "a RST outside the window: ignored",
		.meaning =
			"A RST must lie in the window to mean this connection. Any other is "
			"dropped without a word, so that strays of older connections do no harm.",
		.rule = "SEG.SEQ below RCV.NXT, or at least RCV.NXT + RCV.WND.",
		.figure = "open; c PA len 10; s A; +0.5 s R seq y+900001 ttl 47; +0.2 s PA len 5; "
			  "c A",
	},
	{
		.name = "rst-ignored",
		.title = "the connection went on after a RST",
		.meaning = "The proof that a RST had no effect: its receiver, or the end that "
			   "seemed to send it, carries on with its numbers. An end that had really "
			   "sent it would have forgotten the connection.",
		.rule = "After a RST, the receiver sends or acknowledges something new as before, "
			"or its seeming sender does.",
		.causes = "Injection by a firewall, a censor or an attacker beside the path; or a "
			  "RST that was lost before it arrived.",
		.figure = "open; c PA len 10; s A; +0.5 s R seq y+1 ttl 113; +0.2 c PA len 10; s "
			  "A; s PA len 10; c A",
	},
	{
		.name = "abortive-close",
		.title = "a RST instead of a FIN",
		.meaning = "ABORT instead of CLOSE: the end throws away what it has not sent yet "
			   "and what it has not read, and tells the peer with a RST. The peer's "
			   "program gets ECONNRESET. There is no TIME-WAIT, which is why some "
			   "programs do it on purpose.",
		.rule = "A RST with number SND.NXT from an end that had completed the handshake "
			"and sent no FIN, and that was not probing with keepalives.",
		.causes = "SO_LINGER with a time of 0, close() with unread data (see "
			  "rst-unread-data), or a kernel that cleans up after a crash.",
		.figure = "open; c PA len 10; s A; +0.1 c RA",
	},
	{
		.name = "rst-unread-data",
		.title = "closed while data was still unread",
		.meaning = "close() with data in the receive buffer sends a RST instead of a FIN, "
			   "so that the peer learns that not all it sent was read. The harm: the "
			   "RST may also destroy what the peer has received but not yet read, such "
			   "as the last answer.",
		.rule = "An abortive close by an end that has been sent data since it last sent "
			"any. Sure when the RST itself is the first to acknowledge them, else "
			"likely.",
		.causes = "A server that answers with an error before it has read the whole "
			  "request, and closes.",
		.figure = "open; c PA len 10; +0.2 s RA",
	},
	{
		.name = "rst-after-close",
		.title = "data came after close(): answered with a RST",
		.meaning = "After close(), unlike after shutdown(SHUT_WR), nobody will read any "
			   "more. Data that still arrive cannot be delivered, so they are answered "
			   "with a RST, and the peer's next write fails with EPIPE or ECONNRESET.",
		.rule = "A RST from an end that has sent its FIN, after data that came later than "
			"the FIN.",
		.causes = "The peer did not notice the end of file and goes on sending; typical of "
			  "a reused idle connection that the server has just closed.",
		.advice = "Read the end of file before writing, and retry requests on a fresh "
			  "connection.",
		.figure = "open; c PA len 10; s A; s FA; c A; +3 c PA len 50; s R seq y+2",
	},
	{
		.name = "rst-no-connection",
		.title = "there is no such connection here",
		.meaning = "A segment arrived for which the host has no socket. The RST takes its "
			   "number from the segment that it answers, so that it fits there: "
			   "SEG.ACK if that had an ACK, else 0 with an acknowledgement.",
		.rule = "A RST with seq = SEG.ACK and no ACK flag, or with seq 0 and ack = SEG.SEQ "
			"+ SEG.LEN, from an end that had no connection.",
		.causes = "A reboot, a service that was restarted, or a load balancer that moved "
			  "the connection to another host.",
		.figure = "c A seq 1000 ack 5000; s R seq 5000",
	},
	{
		.name = "rst-idle",
		.title = "a RST after a long silence",
		.meaning = "Neither end said anything for a long time, and then the connection is "
			   "reset to both sides at once, or by a packet that has travelled another "
			   "way than the others. That is how a firewall or NAT clears an entry of "
			   "its table.",
		.rule = "More than 60 s of silence, then a RST to both ends, or one whose TTL is "
			"not that of the end's other packets. Keepalive probes before it are "
			"another case.",
		.causes = "The idle timeout of a stateful firewall, a NAT, a load balancer or a "
			  "cloud gateway (often 350 s, 15 min or 1 h).",
		.figure = "open; c PA len 10; s A; +3600 c RA ttl 254; +0.00001 s RA ttl 254",
	},
	{
		.name = "rst-with-data",
		.title = "a RST with text in it",
		.meaning = "A RST may carry a text that says why; RFC 9293 allows it and receivers "
			   "ignore it. The text is shown with what cannot be printed as dots.",
		.rule = "A RST with payload that is not a diagnostic payload.",
		.figure = "open; c PA len 10; s A; +0.2 s RA text Go away, we are closing",
	},
	{
		.name = "rst-diagnostic",
		.title = "a RST with a reason code",
		.meaning = "A draft of the IETF gives the payload of a RST a form: the octets 33 "
			   "AA, a reason and the number of a vendor. The reason is shown in words.",
		.rule = "A RST of 8 octets that begin with 0x33AA.",
		.figure = "open; c PA len 10; s A; +0.2 s RA reason 2",
	},
	{
		.name = "rst-burst",
		.title = "several RSTs with different numbers",
		.meaning = "An end sends one RST with the one number that it knows. Somebody who "
			   "does not know how far the connection has got sends several at once "
			   "with guessed numbers, hoping that one fits.",
		.rule = "Two RSTs of one end within 100 ms with different numbers, and nothing "
			"from the other end in between.",
		.figure = "open; c PA len 10; s A; +0.05 s RA ttl 61; +0.00002 s RA seq y+1461 ttl "
			  "61; +0.00002 s RA seq y+4381 ttl 61",
	},
	{
		.name = "mptcp-rst",
		.title = "a Multipath TCP subflow is closed",
		.meaning = "In Multipath TCP a connection has several subflows. MP_TCPRST closes "
			   "one of them and says why; the data go on over the others.",
		.rule = "A RST with option 30 of subtype 8.",
		.figure = "c S mptcp; s SA mptcp; c A; c PA len 10; s A; +0.3 c "
			  "RA mptcp-rst 4",
	},
	{0},
};

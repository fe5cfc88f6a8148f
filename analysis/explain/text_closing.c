/* SPDX-License-Identifier: MIT */
#include "analysis/explain/topic.h"

const struct topic topics_closing[] = {
	{
		.name = "close-four",
		.title = "FIN, ACK, FIN, ACK: each half closed by itself",
		.meaning = "A FIN closes one direction only. The peer's kernel acknowledges it at "
			   "once, without asking its program; the program closes its own direction "
			   "later, when it has read the end of file and calls close(). Between the "
			   "two the ends are in FIN-WAIT-2 and CLOSE-WAIT.",
		.rule = "The second end had acknowledged the first FIN before it sent its own. "
			"What counts is the acknowledgement numbers, not the order in the capture.",
		.causes = "The ordinary close: between the ACK and the second FIN the program "
			  "needed time.",
		.figure = "open; c FA; s A; +0.2 s FA; c A",
	},
	{
		.name = "close-three",
		.title = "FIN, FIN,ACK, ACK: the second ACK rode on the FIN",
		.meaning = "The second end had its own FIN ready before it had acknowledged the "
			   "first one, so a single segment did both. Nothing is missing: a FIN "
			   "carries an acknowledgement like every segment. The first end "
			   "skips FIN-WAIT-2, the second has hardly entered CLOSE-WAIT when it "
			   "leaves it.",
		.rule = "The second FIN acknowledges the first one, and no earlier segment of that "
			"end did.",
		.causes = "The program closes at once when it reads the end of file, and the "
			  "kernel had delayed its ACK (on Linux up to 40 ms).",
		.figure = "open; c FA; +0.0002 s FA; c A",
	},
	{
		.name = "close-simultaneous",
		.title = "the FINs crossed: both ends in CLOSING",
		.meaning = "Both programs close at about the same time. Each FIN leaves before the "
			   "other one arrives, so neither acknowledges the other. Both ends go "
			   "from FIN-WAIT-1 to CLOSING and, when their own FIN is acknowledged, to "
			   "TIME-WAIT: both of them hold it.",
		.rule = "The second FIN does not acknowledge the first one: its ack is at most the "
			"number of that FIN.",
		.causes = "A protocol that lets both ends close, as when a timeout strikes on "
			  "both, or a request to quit on which both act.",
		.figure = "open; c FA; +0.0001 s FA ack x+1; c A; +0.0001 s A",
	},
	{
		.name = "half-close",
		.title = "one direction closed, the other goes on",
		.meaning =
			"shutdown(SHUT_WR) sends a FIN: \"I have said all.\" The peer reads the "
			"end of file but may go on sending, and the first end goes on reading and "
			"acknowledging in FIN-WAIT-2. The connection ends with the second FIN.",
		.rule = "After it has acknowledged the first FIN, the other end sends data, or its "
			"FIN comes more than a second later.",
		.causes = "A client that marks the end of its request this way (ssh, rsync, nc "
			  "-N), or a server that is slow to close.",
		.figure = "open; c PA len 10; c FA; s A; +1 s PA len 1000; c A; s FA; c A",
	},
	{
		.name = "close-wait-stuck",
		.title = "the second FIN does not come: a forgotten close()",
		.meaning = "CLOSE-WAIT ends only when the program calls close(). No timer in the "
			   "kernel ends it. A program that forgets to do so collects such sockets "
			   "until it runs out of file descriptors; its peer leaves FIN-WAIT-2 by a "
			   "timeout, on Linux after 60 s.",
		.rule = "One end has acknowledged the other's FIN, sends neither data nor a FIN, "
			"and stays silent for long: 10 s live, or more than a second up to the end "
			"of a file.",
		.causes = "A bug in the program: it does not read until the end of file, or an "
			  "error path leaves the socket open.",
		.figure = "open; c PA len 10; s A; c FA; s A; wait 60",
	},
	{
		.name = "connect-close",
		.title = "opened and closed without a word",
		.meaning = "The handshake was completed and the connection closed without any "
			   "data. Somebody only wanted to know whether it can be opened.",
		.rule = "A complete handshake, both FINs acknowledged, no payload in either "
			"direction.",
		.figure = "open; c FA; s A; +0.1 s FA; c A",
	},
	{
		.name = "close-incomplete",
		.title = "the capture ends in the middle of the close",
		.meaning = "At least one FIN was sent, but the last segments are not in the "
			   "capture. It says which one is missing: a FIN, or the last ACK.",
		.rule = "A FIN, no RST, and an end that is not yet in CLOSED or TIME-WAIT when the "
			"capture ends or the connection is forgotten.",
		.causes = "The capture was stopped too early, or the peer is really gone: then "
			  "fin-retransmitted is named too.",
		.advice = "Let the capture run a minute longer.",
		.figure = "open; c FA; s A",
	},
	{0},
};

const struct topic topics_fin[] = {
	{
		.name = "fin-with-data",
		.title = "the last data and the FIN in one segment",
		.meaning = "A FIN may carry data. The FIN takes the number after the last octet, "
			   "so the acknowledgement is seq + len + 1.",
		.rule = "A FIN with a length above 0.",
		.causes = "close() right after write(), while the data still wait to be sent.",
		.figure = "open; c FPA len 100; s A; +0.2 s FA; c A",
	},
	{
		.name = "fin-retransmitted",
		.title = "the FIN was sent more than once",
		.meaning = "A FIN must be acknowledged like an octet of data; if it is not, it is "
			   "sent again, on Linux after about 200 ms and then with doubling pauses. "
			   "This is what TIME-WAIT is for: somebody must be left to acknowledge it "
			   "again.",
		.rule = "A second FIN with the same number.",
		.causes = "The FIN or its ACK was lost, or the peer is gone.",
		.figure = "open; c FA; s A; +0.2 s FA; c A; +0.21 s FA seq y+1; c A",
	},
	{
		.name = "fin-not-captured",
		.title = "a FIN that only its ACK tells of",
		.meaning = "An end acknowledges one number more than its peer was seen to send. A "
			   "FIN takes one number, so it was probably a FIN that the capture "
			   "missed; the states are followed as if it had been seen. A single lost "
			   "octet of data would look the same, so this is likely only.",
		.rule = "An ack of SND.NXT+1 with nothing captured there, and no data at or beyond "
			"it afterwards.",
		.causes = "The capture lost a frame.",
		.advice = "Look for packets \"dropped by kernel\" when the capture ends; a larger "
			  "buffer (-B) helps.",
		.figure = "open; c PA len 10; s A; s A ack x+12; +0.2 s FA ack x+12; c A seq x+12",
	},
	{
		.name = "fin-out-of-order",
		.title = "the FIN came before data that precede it",
		.meaning = "A FIN is processed in order, like the data. When octets before it are "
			   "missing, the receiver acknowledges what it has, and its state does not "
			   "change until the gap is filled.",
		.rule = "SEG.SEQ of the FIN beyond the receiver's RCV.NXT, and the receiver "
			"acknowledges less.",
		.causes = "Data segments were lost or overtaken on their way.",
		.figure = "open; c FA seq x+101; s A; +0.21 c PA len 100; s A ack x+102; +0.1 s FA "
			  "ack x+102; c A seq x+102",
	},
	{
		.name = "data-after-fin",
		.title = "new data beyond the FIN",
		.meaning = "A FIN says that no more will come, and it takes the last number. Data "
			   "beyond it have no place, and its receiver drops them.",
		.rule = "Payload whose last octet lies above the number of the same end's FIN.",
		.figure = "open; c FA; s A; c PA len 10; s A ack x+2",
	},
	{
		.name = "fin-moved",
		.title = "two FINs with different numbers",
		.meaning = "A repeated FIN has the same number as the first: nothing can be added "
			   "to what was ended. A FIN elsewhere comes from another sender or a "
			   "broken one.",
		.rule = "A second FIN of an end whose number differs from that of its first one.",
		.figure = "open; c FA; s A; +0.2 c FA seq x+11; s A ack x+2",
	},
	{
		.name = "fin-without-ack",
		.title = "a FIN without the ACK flag",
		.meaning = "Between synchronized ends every segment has the ACK flag. One without "
			   "it is dropped silently, also when it carries a FIN; some scanners send "
			   "it to see who does otherwise.",
		.rule = "FIN without ACK to an end in SYN-RECEIVED or a later state.",
		.figure = "open; c F seq x+1; +0.5 c FA; s A; s FA; c A",
	},
	{
		.name = "fin-unknown",
		.title = "a FIN where no connection was seen",
		.meaning = "A FIN without any connection tells a scanner something: a closed port "
			   "answers with RST,ACK, an open one stays silent. After a capture that "
			   "began late, it may also be the honest end of something.",
		.rule = "A FIN without ACK as the first segment on these endpoints; or any FIN "
			"there that is answered with a RST,ACK whose ack is seq + len + 1.",
		.figure = "c F; s RA seq 0",
	},
	{0},
};

/* SPDX-License-Identifier: MIT */
#include "analysis/model/catalogue.h"

/* Closing, resets, TIME-WAIT. */
const struct catalogue_row catalogue_closing[DIAGNOSES - CLOSE_FOUR] = {
	[0] = {"close-four", INFO, CLOSING_PHASE, "9293 3.6",
	       "The {e} closed first, in four segments: the {o} acknowledged "
	       "the FIN{d}, and sent its own later.",
	       ""},
	[CLOSE_THREE - CLOSE_FOUR] = {"close-three", INFO, CLOSING_PHASE, "9293 3.6",
				      "The {e} closed first, in three segments: the {o}'s ACK rode "
				      "on its own FIN, {t} later.",
				      ""},
	[CLOSE_SIMULTANEOUS - CLOSE_FOUR] = {"close-simultaneous", INFO, CLOSING_PHASE, "9293 3.6",
					     "Both ends closed at once: the FINs crossed.", ""},
	[HALF_CLOSE - CLOSE_FOUR] = {"half-close", INFO, CLOSING_PHASE, "9293 3.6.1",
				     "The {e} had closed its half; the {o}'s stayed open for {t} "
				     "more (octets sent in it: {n}).",
				     ""},
	[CLOSE_WAIT_STUCK - CLOSE_FOUR] =
		{"close-wait-stuck", WARNING, CLOSING_PHASE, "9293 3.6",
		 "The {e} has been in CLOSE-WAIT for {t} and sent no FIN: most likely its program "
		 "has not called close().",
		 "Does it read until the end of file? ss -tnp state close-wait names the process."},
	[CONNECT_CLOSE - CLOSE_FOUR] =
		{"connect-close", INFO, CLOSING_PHASE, "",
		 "The connection was opened and closed without any data.",
		 "A health check, a port scan with connect(), or a client that changed its mind."},
	[FIN_WITH_DATA - CLOSE_FOUR] =
		{"fin-with-data", INFO, CLOSING_PHASE, "9293 3.4",
		 "The {e}'s FIN carries data (len {n}): it is acknowledged by seq + len + 1.", ""},
	[FIN_RETRANSMITTED - CLOSE_FOUR] =
		{"fin-retransmitted", WARNING, CLOSING_PHASE, "9293 3.6",
		 "The {e} repeated its FIN: no ACK of it had reached the {e}.",
		 "Was the FIN lost, or the last ACK? In TIME-WAIT it is acknowledged again."},
	[FIN_NOT_CAPTURED -
		CLOSE_FOUR] = {"fin-not-captured", INFO, CLOSING_PHASE, "9293 3.4",
			       "A FIN of the {e} was acknowledged but not captured.",
			       "The capture missed a frame: a larger buffer (-B) helps."},
	[FIN_OUT_OF_ORDER - CLOSE_FOUR] = {"fin-out-of-order", WARNING, CLOSING_PHASE,
					   "9293 3.10.7.4",
					   "The {e}'s FIN is {n} above the number that the {o} "
					   "expects: it waits until the gap is filled.",
					   "Data was lost or overtaken on the way."},
	[DATA_AFTER_FIN - CLOSE_FOUR] = {"data-after-fin", ERROR, CLOSING_PHASE, "9293 3.6",
					 "The {e} sent data beyond its FIN (len {n}): no TCP may.",
					 "Crafted segments, or two senders with one address."},
	[FIN_MOVED - CLOSE_FOUR] = {"fin-moved", ERROR, CLOSING_PHASE, "9293 3.6",
				    "A second FIN of the {e} has another number than the first.",
				    "Crafted segments, or two senders with one address."},
	[FIN_WITHOUT_ACK - CLOSE_FOUR] = {"fin-without-ack", WARNING, CLOSING_PHASE,
					  "9293 3.10.7.4",
					  "The {e}'s FIN has no ACK flag: it is to be dropped.",
					  "A FIN scan, or a crafted segment."},
	[FIN_UNKNOWN - CLOSE_FOUR] =
		{"fin-unknown", WARNING, CLOSING_PHASE, "9293 3.5.2",
		 "The {e} sent a FIN, and no connection was seen before it{d}.",
		 "A FIN scan, or the end of something that began before the capture."},
	[CLOSE_INCOMPLETE - CLOSE_FOUR] = {"close-incomplete", INFO, CLOSING_PHASE, "9293 3.6",
					   "The close is not complete in this capture: {d}.", ""},

	[RST_EXACT - CLOSE_FOUR] =
		{"rst-exact", WARNING, RESET, "5961 3.2",
		 "The {e}'s RST has the number that the {o} expects, and is to be accepted{d}.",
		 ""},
	[RST_IN_WINDOW - CLOSE_FOUR] =
		{"rst-in-window", WARNING, RESET, "5961 3.2",
		 "The {e}'s RST is {n} off the number that the {o} expects, but in its window: a "
		 "challenge ACK is due.",
		 "A guessed number (injection), or a RST that was sent before data on its way."},
	[RST_OUT_OF_WINDOW - CLOSE_FOUR] =
		{"rst-out-of-window", WARNING, RESET, "9293 3.5.3",
		 "The {e}'s RST lies outside the {o}'s window: it is to be dropped.",
		 "A stray of an older connection, or an injection that guessed wrong."},
	[RST_IGNORED - CLOSE_FOUR] = {"rst-ignored", WARNING, RESET, "9293 3.5.3",
				      "The connection went on after a RST of the {e}{d}.",
				      "Injection, if its TTL, IP ID or timestamps differ from "
				      "those of the same end's other segments."},
	[ABORTIVE_CLOSE - CLOSE_FOUR] =
		{"abortive-close", WARNING, RESET, "9293 3.10.5",
		 "The {e} aborted the connection: a RST and no FIN.",
		 "SO_LINGER with 0, close() with unread data, or a middlebox: compare the TTLs."},
	[RST_UNREAD_DATA - CLOSE_FOUR] =
		{"rst-unread-data", WARNING, RESET, "2525 2.17",
		 "The {e} closed with data unread: what the {o} had sent last was thrown away.",
		 "Read until the end of file before close()."},
	[RST_AFTER_CLOSE - CLOSE_FOUR] =
		{"rst-after-close", WARNING, RESET, "9293 3.6.1",
		 "The {e} had closed; data that came later was answered with a RST.",
		 "The other program writes to a connection that nobody reads any more."},
	[RST_NO_CONNECTION - CLOSE_FOUR] = {"rst-no-connection", INFO, RESET, "9293 3.5.2",
					    "The {e} knows no such connection: its RST takes its "
					    "number from the segment that it answers.",
					    ""},
	[RST_IDLE - CLOSE_FOUR] = {"rst-idle", WARNING, RESET, "5382 5",
				   "A RST after {t} of silence{d}: most likely a middlebox that "
				   "forgot the connection.",
				   "Send keepalives more often than its timeout."},
	[RST_WITH_DATA - CLOSE_FOUR] =
		{"rst-with-data", WARNING, RESET, "9293 3.5.3",
		 "The {e}'s RST carries data: \"{d}\".",
		 "A RST may carry data: it often says why, or names the middlebox that sent it."},
	[RST_DIAGNOSTIC - CLOSE_FOUR] = {"rst-diagnostic", INFO, RESET,
					 "draft-ietf-tcpm-rst-diagnostic-payload",
					 "The {e}'s RST says why: reason {n}, {d}.", ""},
	[RST_BURST - CLOSE_FOUR] =
		{"rst-burst", WARNING, RESET, "5961 3.1",
		 "The {e} sent RSTs with several numbers at once, as if one of them should fit.",
		 "Typical of injection by a middlebox or a censor."},
	[MPTCP_RST - CLOSE_FOUR] = {"mptcp-rst", INFO, RESET, "8684 3.6",
				    "The {e} closes a Multipath TCP subflow: {d}.", ""},

	[TIME_WAIT_HELD - CLOSE_FOUR] = {"time-wait", INFO, TIME_WAIT_PHASE, "9293 3.6.1",
					 "The {e} holds TIME-WAIT from here on: for 2 MSL, 240 s "
					 "in the RFC, 60 s on Linux.",
					 ""},
	[REUSE_LEGAL - CLOSE_FOUR] = {"reuse-legal", INFO, TIME_WAIT_PHASE, "6191 2",
				      "The {e} uses the ports of #{n} again, legally: {d}.", ""},
	[REUSE_UNSAFE - CLOSE_FOUR] =
		{"reuse-unsafe", WARNING, TIME_WAIT_PHASE, "6191 2",
		 "The {o} held #{n} in TIME-WAIT and accepted the {e}'s SYN all the same: neither "
		 "its ISN "
		 "nor a timestamp is above the old ones.",
		 "Compare the TTLs of both connections: does the same host answer?"},
	[REUSE_REFUSED - CLOSE_FOUR] = {"reuse-refused", WARNING, TIME_WAIT_PHASE, "9293 3.10.7.4",
					"The {o} still holds #{n} in TIME-WAIT: it answers the "
					"{e}'s new SYN with the old numbers.",
					"Use another local port, or timestamps."},
	[REUSE_EARLY - CLOSE_FOUR] =
		{"reuse-early", WARNING, TIME_WAIT_PHASE, "9293 3.4.1",
		 "A new connection on the ports of #{n}, whose close was not captured to its end.",
		 "The capture missed the close, or one end was restarted."},
	[TIME_WAIT_ASSASSINATED - CLOSE_FOUR] =
		{"time-wait-assassinated", WARNING, TIME_WAIT_PHASE, "1337 1",
		 "A RST that answers the {e}'s last ACK ended its TIME-WAIT early.",
		 "sysctl -w net.ipv4.tcp_rfc1337=1 makes Linux ignore RSTs in TIME-WAIT."},
	[OLD_DUPLICATE - CLOSE_FOUR] =
		{"old-duplicate", INFO, TIME_WAIT_PHASE, "9293 3.10.7.4",
		 "An old segment met the {e} in TIME-WAIT, and was only acknowledged again.", ""},
};

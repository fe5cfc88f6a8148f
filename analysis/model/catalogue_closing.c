/* SPDX-License-Identifier: MIT */
#include "analysis/model/catalogue.h"

/* Closing, resets, TIME-WAIT. */
const struct catalogue_row catalogue_closing[DIAGNOSES - CLOSE_FOUR] = {
	[CLOSE_FOUR -
	 CLOSE_FOUR] = {"close-four", INFO, CLOSING_PHASE, "9293 3.6",
			"The {e} closed first, in four segments: the {o} acknowledged the FIN{d}, "
			"and sent its own later.",
			""},
	[CLOSE_THREE - CLOSE_FOUR] = {"close-three", INFO, CLOSING_PHASE, "9293 3.6",
				      "The {e} closed first, in three segments: the {o}'s ACK rode "
				      "on its own FIN, {t} later.",
				      ""},
	[CLOSE_SIMULTANEOUS - CLOSE_FOUR] = {"close-simultaneous", INFO, CLOSING_PHASE, "9293 3.6",
					     "Both ends closed at once: the FINs crossed.", ""},
	[HALF_CLOSE - CLOSE_FOUR] =
		{"half-close", INFO, CLOSING_PHASE, "9293 3.6",
		 "The {e} had closed its half; the {o} went on for {t} and sent {n} octets.", ""},
	[CLOSE_WAIT_STUCK - CLOSE_FOUR] =
		{"close-wait-stuck", WARNING, CLOSING_PHASE, "9293 3.6",
		 "The {e} has been in CLOSE-WAIT for {t}: its program has not called close().",
		 "Does it read until the end of file? ss -tnp state close-wait names the process."},
	[CONNECT_CLOSE - CLOSE_FOUR] =
		{"connect-close", INFO, CLOSING_PHASE, "9293 3.6",
		 "The connection was opened and closed without any data.",
		 "A health check, a port scan with connect(), or a client that changed its mind."},
	[FIN_WITH_DATA - CLOSE_FOUR] =
		{"fin-with-data", INFO, CLOSING_PHASE, "9293 3.4",
		 "The {e}'s FIN carries {n} octets: it is acknowledged by seq + len + 1.", ""},
	[FIN_RETRANSMITTED - CLOSE_FOUR] =
		{"fin-retransmitted", WARNING, CLOSING_PHASE, "6298 2",
		 "The {e} repeated its FIN: no ACK of it had arrived.",
		 "Was the FIN lost, or the last ACK? In TIME-WAIT it is acknowledged again."},
	[FIN_NOT_CAPTURED - CLOSE_FOUR] = {"fin-not-captured", INFO, CLOSING_PHASE, "9293 3.4",
					   "A FIN of the {e} was acknowledged but not captured.",
					   "The capture lost it: see captured and dropped."},
	[FIN_OUT_OF_ORDER - CLOSE_FOUR] = {"fin-out-of-order", WARNING, CLOSING_PHASE,
					   "9293 3.10.7.4",
					   "The {e}'s FIN came before {n} octets that it follows: "
					   "it waits until they are there.",
					   "Data was lost or overtaken on the way."},
	[DATA_AFTER_FIN - CLOSE_FOUR] = {"data-after-fin", ERROR, CLOSING_PHASE, "9293 3.6",
					 "The {e} sent {n} new octets after its FIN: no TCP may.",
					 "Crafted segments, or two senders with one address."},
	[FIN_MOVED - CLOSE_FOUR] = {"fin-moved", ERROR, CLOSING_PHASE, "9293 3.6",
				    "A second FIN of the {e} has another number than the first.",
				    "Crafted segments, or two senders with one address."},
	[FIN_WITHOUT_ACK - CLOSE_FOUR] = {"fin-without-ack", WARNING, CLOSING_PHASE,
					  "9293 3.10.7.4",
					  "The {e}'s FIN has no ACK flag: it is dropped.",
					  "A FIN scan, or a crafted segment."},
	[FIN_UNKNOWN - CLOSE_FOUR] =
		{"fin-unknown", WARNING, CLOSING_PHASE, "9293 3.5.2",
		 "A FIN of the {e} to a port where no connection was seen{d}.",
		 "A FIN scan, or the end of something that began before the capture."},
	[CLOSE_INCOMPLETE - CLOSE_FOUR] = {"close-incomplete", INFO, CLOSING_PHASE, "9293 3.6",
					   "The capture ends in the middle of the close: {d}.", ""},

	[RST_EXACT - CLOSE_FOUR] =
		{"rst-exact", WARNING, RESET, "5961 3.2",
		 "The {e}'s RST has exactly the number that the {o} expects: accepted{d}.", ""},
	[RST_IN_WINDOW - CLOSE_FOUR] =
		{"rst-in-window", WARNING, RESET, "5961 3.2",
		 "The {e}'s RST is {n} octets off, but in the window: a challenge ACK is due{d}.",
		 "A guessed number: injection, or a RST that was sent before data on its way."},
	[RST_OUT_OF_WINDOW - CLOSE_FOUR] =
		{"rst-out-of-window", WARNING, RESET, "9293 3.5.3",
		 "The {e}'s RST lies outside the {o}'s window: ignored{d}.",
		 "A stray of an older connection, or an injection that guessed wrong."},
	[RST_IGNORED - CLOSE_FOUR] = {"rst-ignored", WARNING, RESET, "9293 3.5.3",
				      "The connection went on after a RST of the {e}{d}.",
				      "Suspect injection: compare TTL, IP ID and timestamps with "
				      "the {e}'s other segments."},
	[ABORTIVE_CLOSE - CLOSE_FOUR] =
		{"abortive-close", WARNING, RESET, "9293 3.10.5",
		 "The {e} aborted the connection: a RST and no FIN{d}.",
		 "SO_LINGER with 0, close() with unread data, or a program that was killed."},
	[RST_UNREAD_DATA - CLOSE_FOUR] =
		{"rst-unread-data", WARNING, RESET, "2525 2.17",
		 "The {e} closed with data unread: what its peer had sent last was thrown away.",
		 "Read until the end of file before close()."},
	[RST_AFTER_CLOSE -
		CLOSE_FOUR] = {"rst-after-close", WARNING, RESET, "1122 4.2.2.13",
			       "The {e} had closed; data that came later was answered with a RST.",
			       "The {o} writes to a connection whose other end no longer reads."},
	[RST_NO_CONNECTION - CLOSE_FOUR] =
		{"rst-no-connection", INFO, RESET, "9293 3.5.2",
		 "The {e} knows no such connection: its RST answers with the number it was sent.",
		 ""},
	[RST_IDLE - CLOSE_FOUR] =
		{"rst-idle", WARNING, RESET, "5382 5",
		 "A RST after {t} of silence{d}: a middlebox that forgot the connection.",
		 "Send keepalives more often than its timeout."},
	[RST_WITH_DATA - CLOSE_FOUR] = {"rst-with-data", WARNING, RESET, "9293 3.5.3",
					"The {e}'s RST carries text: \"{d}\".", ""},
	[RST_DIAGNOSTIC - CLOSE_FOUR] = {"rst-diagnostic", INFO, RESET,
					 "draft-ietf-tcpm-rst-diagnostic-payload",
					 "The {e}'s RST says why: reason {n}, {d}.", ""},
	[RST_BURST - CLOSE_FOUR] =
		{"rst-burst", WARNING, RESET, "5961 3.2",
		 "The {e} sent RSTs with several numbers at once: one of them should fit.",
		 "Typical of injection by a middlebox or a censor."},
	[MPTCP_RST - CLOSE_FOUR] = {"mptcp-rst", INFO, RESET, "8684 3.6",
				    "The {e} closes a Multipath TCP subflow: {d}.", ""},

	[TIME_WAIT_HELD - CLOSE_FOUR] = {"time-wait", INFO, TIME_WAIT_PHASE, "9293 3.6.1",
					 "The {e} holds TIME-WAIT from here on: for 2 MSL, 240 s "
					 "in the RFC, 60 s on Linux.",
					 ""},
	[REUSE_LEGAL - CLOSE_FOUR] = {"reuse-legal", INFO, TIME_WAIT_PHASE, "6191 2",
				      "The {e} uses the ports of #{n} again, legally: {d}.", ""},
	[REUSE_REFUSED - CLOSE_FOUR] = {"reuse-refused", WARNING, TIME_WAIT_PHASE, "9293 3.6.1",
					"The {o} still holds #{n} in TIME-WAIT and refuses the "
					"{e}'s new SYN: its numbers are "
					"not above the old ones.",
					"Use another local port, or timestamps."},
	[REUSE_EARLY - CLOSE_FOUR] =
		{"reuse-early", WARNING, TIME_WAIT_PHASE, "9293 3.6.1",
		 "A new connection on the ports of #{n}, whose close was never captured.",
		 "The capture missed the close, or one end was restarted."},
	[TIME_WAIT_ASSASSINATED - CLOSE_FOUR] = {"time-wait-assassinated", WARNING, TIME_WAIT_PHASE,
						 "1337 1",
						 "A RST ended the {e}'s TIME-WAIT early: an old "
						 "segment had been acknowledged again.",
						 "sysctl net.ipv4.tcp_rfc1337=1 protects it."},
	[OLD_DUPLICATE - CLOSE_FOUR] =
		{"old-duplicate", INFO, TIME_WAIT_PHASE, "9293 3.6.1",
		 "An old segment met the {e} in TIME-WAIT: it was acknowledged again, and dropped.",
		 ""},
};

/* SPDX-License-Identifier: MIT */
#include "analysis/model/catalogue.h"

/* Artefacts, opening, and what touches both while established. */
const struct catalogue_row catalogue_opening[CLOSE_FOUR] = {
	[CAPTURED_TWICE] =
		{"captured-twice", INFO, ARTEFACT, "",
		 "A packet of the {e} was captured twice: the copy is no retransmission.",
		 "Capture on one interface (-i IF, not -i any), or let the switch mirror a single "
		 "port."},
	[CAPTURED_AT_TWO_HOPS] =
		{"captured-at-two-hops", INFO, ARTEFACT, "",
		 "A packet of the {e} was captured again one hop further on: the copy is no "
		 "retransmission.",
		 "Capture on one side of the router, on one of its interfaces only."},
	[CAPTURED_OUT_OF_ORDER] =
		{"captured-out-of-order", INFO, ARTEFACT, "",
		 "The SYN,ACK stands in the capture before the SYN that it answers, {t} apart.",
		 "Several capture queues were merged. Where the times disagree with the order, "
		 "Wireshark's reordercap sorts the file."},
	[CAPTURE_GAP] =
		{"capture-gap", WARNING, ARTEFACT, "",
		 "The capture lacks {n} or more octets of the {e} that the {o} acknowledged.",
		 "Capture with a larger buffer (-B), or nearer to the end that sent them."},
	[ONE_SIDED] = {"one-sided", WARNING, ARTEFACT, "",
		       "Only segments of the {e} were captured: the {o} is known from the {e}'s "
		       "acknowledgements alone.",
		       "Capture where both directions pass (routes may differ each way), and "
		       "filter by host, not by src."},
	[MIDSTREAM] = {"midstream", INFO, ARTEFACT, "",
		       "The first segment captured is no SYN: the handshake is missing, and who "
		       "opened is a guess.",
		       "Start the capture before the connection."},
	[ENDS_OPEN] = {"ends-open", INFO, ARTEFACT, "",
		       "No close was captured: the connection was left open, or the capture missed "
		       "its end.",
		       "Let the capture run until both ends have closed."},
	[CHECKSUM_OFFLOAD] = {"checksum-offload", INFO, ARTEFACT, "",
			      "The {e}'s TCP checksums are partial: its segments were captured "
			      "before the sum was finished. No error.",
			      "ethtool -K IF tx off shows whole checksums."},
	[SUPER_SEGMENT] = {"super-segment", INFO, ARTEFACT, "",
			   "A segment of the {e} has {n} octets, {d}: the kernel or the network "
			   "card joins or splits segments.",
			   "ethtool -K IF tso off gso off gro off shows them as on the wire."},
	[SNAPPED] = {"snapped", INFO, ARTEFACT, "",
		     "A frame was cut by the snap length: lengths are those of the IP header.",
		     "Capture with a larger -s to keep the payload."},
	[CLOCK_BACKWARDS] = {"clock-backwards", WARNING, ARTEFACT, "",
			     "A segment's time is {t} before that of the segment captured just "
			     "before it: durations around it are wrong.",
			     "Was the clock set, or were files or capture queues merged? "
			     "Wireshark's reordercap sorts a file by time."},
	[KERNEL_DROPPED] = {"kernel-dropped", WARNING, ARTEFACT, "",
			    "The kernel dropped packets of this capture while the connection lived "
			    "({n}): what seems missing may have been sent.",
			    "Capture with a larger buffer (-B) and a narrower filter."},
	[FRAGMENTED] =
		{"fragmented", INFO, ARTEFACT, "791 3.2",
		 "A segment of the {e} came in IP fragments; the first carries its header.",
		 "The path has a smaller MTU than the sender assumed: tracepath HOST shows where."},
	[SEQ_WRAPPED] = {"seq-wrapped", INFO, ARTEFACT, "9293 3.4",
			 "The {e}'s sequence numbers passed 2^32 and went on from 0, as they may.",
			 ""},

	[HANDSHAKE_COMPLETE] = {"handshake-complete", INFO, OPENING, "9293 3.5",
				"The three-way handshake is complete: SYN, SYN,ACK, ACK.", ""},
	[HANDSHAKE_INCOMPLETE] =
		{"handshake-incomplete", WARNING, OPENING, "9293 3.5",
		 "No ACK of the SYN,ACK was captured: the {e} is left in SYN-RECEIVED.",
		 "Is the client gone, or does the SYN,ACK not reach it? ss -tn state syn-recv on "
		 "the server: many are a SYN flood."},
	[SYN_RETRANSMITTED] = {"syn-retransmitted", WARNING, OPENING, "6298 5",
			       "The {e} sent its SYN {n} times, {d}.",
			       "Was the SYN lost, or its answer? Capture at the other end."},
	[SYN_UNANSWERED] =
		{"syn-unanswered", ERROR, OPENING, "9293 3.8.3",
		 "The {e}'s SYN was never answered: {n} sent in {t}, not even a RST came back.",
		 "Capture on the server: does the SYN arrive? A firewall, a host that is down and "
		 "a wrong address look the same here."},
	[SYN_NEW_ISN] = {"syn-new-isn", WARNING, OPENING, "9293 3.4.1",
			 "The {e} tries again from the same port with another ISN: connection #{n} "
			 "had no answer.",
			 "The program called connect() again from the same local port, or the SYNs "
			 "are crafted."},
	[REFUSED] = {"refused", ERROR, OPENING, "9293 3.5.2",
		     "The {e} refused the connection: nothing listens on that port, or a firewall "
		     "refuses in its name.",
		     "ss -ltn on the server: does it listen, on this address and this port? If it "
		     "does, look for a firewall."},
	[REFUSED_ICMP] =
		{"refused-icmp", ERROR, OPENING, "9293 3.9.2.2",
		 "An ICMP message answered the {e}'s SYN: {d}.",
		 "Look who sent it: the host itself, a router without a route, or a firewall."},
	[RST_UNACCEPTABLE] = {"rst-unacceptable", WARNING, OPENING, "9293 3.10.7.3",
			      "A RST of the {e} does not acknowledge the SYN: it must be ignored.",
			      "A stray of an older connection, or a forgery."},
	[SYNACK_RETRANSMITTED] =
		{"synack-retransmitted", WARNING, OPENING, "6298 5",
		 "The {e} repeated its SYN,ACK: no ACK of it had been captured.",
		 "Was the SYN,ACK lost, or the ACK of it? Capture at the other end."},
	[THIRD_ACK_NOT_ACCEPTED] =
		{"third-ack-not-accepted", WARNING, OPENING, "",
		 "The {e} repeated its SYN,ACK although the ACK of it was captured: its accept "
		 "queue is full, it waits for data, or the ACK was lost further on.",
		 "ss -ltn on the server: Recv-Q above Send-Q is a full accept queue. "
		 "TCP_DEFER_ACCEPT waits for data."},
	[SYNACK_WRONG_ACK] =
		{"synack-wrong-ack", ERROR, OPENING, "9293 3.10.7.3",
		 "The ack number of the {e}'s SYN,ACK is not one for the SYN: a RST with that "
		 "number is due.",
		 "A late answer to an older SYN, or another host answers for this address."},
	[SECOND_SYNACK] = {"second-synack", ERROR, OPENING, "9293 3.10.7.4",
			   "A second SYN,ACK of the {e} has another ISN: two hosts answer, one "
			   "answer is forged, or the {e} forgot the first.",
			   "Compare the TTLs and the link addresses of both."},
	[THIRD_ACK_WRONG] =
		{"third-ack-wrong", ERROR, OPENING, "9293 3.10.7.4",
		 "The {e}'s ACK is not for the SYN,ACK: a RST with its number is due, and the "
		 "half-open connection stays.",
		 "A guessed or crafted number, or a SYN,ACK that was changed on its way."},
	[SIMULTANEOUS_OPEN] =
		{"simultaneous-open", INFO, OPENING, "9293 3.5",
		 "Both ends opened at once: the SYNs crossed, and each answered with SYN,ACK.", ""},
	[SPLIT_HANDSHAKE] = {"split-handshake", WARNING, OPENING, "9293 3.5",
			     "The {e} answered the SYN with a bare SYN and later an ACK, instead "
			     "of one SYN,ACK.",
			     "A simultaneous open whose first SYN was lost looks the same."},
	[SELF_CONNECT] =
		{"self-connect", INFO, OPENING, "",
		 "The {e}'s SYN goes to its own address and port: a socket connects to itself.",
		 "connect() to a free local port may be given that very port as its own. From "
		 "outside, such a SYN is forged."},
	[HALF_OPEN_DISCOVERED] = {"half-open-discovered", WARNING, OPENING, "9293 3.5.1",
				  "The {o} still held an old connection: it answered the {e}'s SYN "
				  "with old numbers, and the {e} sent a RST to clear it.",
				  "The end that opens had lost its state: it crashed, was "
				  "restarted, or gave up silently."},
	[TFO_REQUESTED] = {"tfo-requested", INFO, OPENING, "7413 4.1.1",
			   "The {e}'s SYN carries the Fast Open option: {d}.", ""},
	[TFO_ACCEPTED] = {"tfo-accepted", INFO, OPENING, "7413 4.2.2",
			  "Fast Open: the {e} accepted the data of the SYN (len {n}).", ""},
	[TFO_IGNORED] = {"tfo-ignored", INFO, OPENING, "7413 4.2.2",
			 "Fast Open: the {e} acknowledged the SYN alone, not its data (len {n}).",
			 "A stale cookie, or Fast Open is off: sysctl net.ipv4.tcp_fastopen on the "
			 "server."},
	[SYN_DATA_WITHOUT_TFO] =
		{"syn-data-without-tfo", WARNING, OPENING, "9293 3.5",
		 "The {e}'s SYN carries data (len {n}) without the Fast Open option.",
		 "Legal, but rare: a scanner, a crafted segment, or a middlebox that removed the "
		 "option."},
	[HALF_OPEN_SCAN] = {"half-open-scan", WARNING, OPENING, "9293 3.5.2",
			    "The {e} answered the SYN,ACK with a RST: a port scan, or connect() "
			    "had been given up.",
			    "Many ports from one source: a scan."},
	[ABORTED_IN_HANDSHAKE] =
		{"aborted-in-handshake", WARNING, OPENING, "9293 3.10.5",
		 "The {e} gave up during the handshake: it sent a {d} and no ACK before it.",
		 "Look at its timeout for connect(). A capture that missed its ACK looks the "
		 "same."},
	[ILLEGAL_FLAGS] = {"illegal-flags", ERROR, OPENING, "9293 3.1",
			   "No ordinary TCP sends such flags: {d}.",
			   "A scanner that learns from the answers, or a crafted segment."},
	[ACK_NUMBER_WITHOUT_FLAG] =
		{"ack-number-without-flag", WARNING, OPENING, "9293 3.1",
		 "A segment of the {e} has an acknowledgement number but no ACK flag.",
		 "A crafted segment, or a stack that does not clear the field."},
	[OPTIONS_NEGOTIATED] = {"options-negotiated", INFO, OPENING, "9293 3.2",
				"Options of the handshake: {d}.", ""},
	[OPTION_UNILATERAL] = {"option-unilateral", WARNING, OPENING, "7323 1.3", "The {e} {d}.",
			       "A middlebox that changes options, or a broken stack."},

	[BLIND_SYN] = {"blind-syn", WARNING, ESTABLISHED_PHASE, "5961 4.2",
		       "A SYN in the middle of the connection is not the {e}'s own: the {e} goes "
		       "on with its old numbers.",
		       "A forgery, or an old duplicate. Compare its TTL with the others."},
	[CHALLENGE_ACK] = {"challenge-ack", INFO, ESTABLISHED_PHASE, "9293 3.10.7.4",
			   "The {e} answered an unacceptable {d} with a challenge ACK.", ""},
	[ACK_OF_UNSENT] = {"ack-of-unsent", ERROR, ESTABLISHED_PHASE, "9293 3.10.7.4",
			   "The {e}'s ack number is {n} above all that the {o} had sent.",
			   "A forged or broken ACK: its receiver answers it and drops it."},
	[ACK_TOO_OLD] = {"ack-too-old", WARNING, ESTABLISHED_PHASE, "5961 5.2",
			 "The {e}'s ack number is {n} below what was acknowledged before: more "
			 "than any window ever was.",
			 "A forged segment with a guessed ack, or a very late duplicate."},
	[KEEPALIVE_PROBE] = {"keepalive-probe", INFO, ESTABLISHED_PHASE, "9293 3.8.4",
			     "The {e} asks with a keepalive probe whether its peer is still there.",
			     ""},
	[KEEPALIVE_TIMEOUT] = {"keepalive-timeout", ERROR, ESTABLISHED_PHASE, "9293 3.8.4",
			       "The {e} gave up: its keepalive probes had no answer ({n} sent).",
			       "Its peer is gone: crashed, unplugged, or behind a NAT that forgot "
			       "the connection."},
	[PAWS_REJECT] =
		{"paws-reject", WARNING, ESTABLISHED_PHASE, "7323 5.3",
		 "A segment of the {e} has an older timestamp than one before it, and the {o} "
		 "acknowledged nothing of it.",
		 "A very late duplicate, or two hosts with different clocks behind one NAT."},
	[BAD_CHECKSUM] =
		{"bad-checksum", WARNING, ESTABLISHED_PHASE, "9293 3.1",
		 "The {e}'s segment has a wrong checksum: the {o} drops it without a word.",
		 "Damaged on its way, or crafted: only who does not verify takes it in."},
	[ZERO_WINDOW_AT_CLOSE] =
		{"zero-window-at-close", WARNING, ESTABLISHED_PHASE, "9293 3.8.6.1",
		 "The {e} closes while the {o}'s window is 0: its FIN may have to wait.",
		 "The program that should read does not: ss -tn on its host shows what waits as "
		 "Recv-Q."},
};

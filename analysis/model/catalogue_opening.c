/* SPDX-License-Identifier: MIT */
#include "analysis/model/catalogue.h"

/* Artefacts, opening, and what touches both while established. */
const struct catalogue_row catalogue_opening[CLOSE_FOUR] = {
	[CAPTURED_TWICE] =
		{"captured-twice", INFO, ARTEFACT, "",
		 "A packet of the {e} was captured twice: the copy is no retransmission.",
		 "Capture on one interface instead of any, or on one side of the mirror port."},
	[CAPTURED_AT_TWO_HOPS] = {"captured-at-two-hops", INFO, ARTEFACT, "",
				  "A packet of the {e} was captured again one hop further on: the "
				  "copy is no retransmission.",
				  "Capture on one side of the router only."},
	[CAPTURED_OUT_OF_ORDER] =
		{"captured-out-of-order", INFO, ARTEFACT, "",
		 "The SYN,ACK was captured {t} before the SYN that it answers.",
		 "Several capture queues were merged: reordercap sorts the file by time."},
	[CAPTURE_GAP] = {"capture-gap", WARNING, ARTEFACT, "",
			 "The capture lacks {n} octets of the {e} that its peer acknowledged.",
			 "Capture with a larger buffer (-B), or closer to the end."},
	[ONE_SIDED] = {"one-sided", WARNING, ARTEFACT, "",
		       "Only what the {e} sent was captured; the {o} is known by its "
		       "acknowledgements alone.",
		       "Capture where both directions pass: routes may differ each way."},
	[MIDSTREAM] = {"midstream", INFO, ARTEFACT, "",
		       "The capture starts after the handshake: who opened is a guess.",
		       "Start the capture before the connection."},
	[ENDS_OPEN] = {"ends-open", INFO, ARTEFACT, "", "The capture ends before the close.",
		       "Let the capture run until both ends have closed."},
	[CHECKSUM_OFFLOAD] = {"checksum-offload", INFO, ARTEFACT, "",
			      "The {e}'s TCP checksums are partial: its network card was to finish "
			      "them. No error.",
			      "ethtool -K IF tx off shows whole checksums."},
	[SUPER_SEGMENT] = {"super-segment", INFO, ARTEFACT, "",
			   "Segments of the {e} are as long as {n} octets, {d}: the card splits or "
			   "joins them.",
			   "ethtool -K IF tso off gso off gro off shows them as on the wire."},
	[SNAPPED] = {"snapped", INFO, ARTEFACT, "",
		     "Frames were cut by the snap length; lengths are those of the IP header.",
		     "Capture with -s 0 to keep the payload."},
	[CLOCK_BACKWARDS] = {"clock-backwards", WARNING, ARTEFACT, "",
			     "The capture's clock went back by {t}: durations around it are wrong.",
			     "Was the clock set, or were files of two hosts merged?"},
	[KERNEL_DROPPED] = {"kernel-dropped", WARNING, ARTEFACT, "",
			    "The kernel dropped {n} packets of this capture: what seems missing "
			    "may have been sent.",
			    "Capture with a larger buffer (-B) and a narrower filter."},
	[FRAGMENTED] =
		{"fragmented", INFO, ARTEFACT, "791 3.2",
		 "A segment of the {e} came in IP fragments; the first carries its header.",
		 "A path with a small MTU, or a filter that drops ICMP \"fragmentation needed\"."},
	[SEQ_WRAPPED] = {"seq-wrapped", INFO, ARTEFACT, "9293 3.4",
			 "The {e}'s sequence numbers passed 2^32 and went on from 0, as they may.",
			 ""},

	[HANDSHAKE_COMPLETE] = {"handshake-complete", INFO, OPENING, "9293 3.5",
				"The three-way handshake is complete: SYN, SYN,ACK, ACK.", ""},
	[HANDSHAKE_INCOMPLETE] =
		{"handshake-incomplete", WARNING, OPENING, "9293 3.5",
		 "The SYN,ACK was never acknowledged: the {e} stays in SYN-RECEIVED.",
		 "Is the client gone, or does the SYN,ACK not reach it? Many of them: a SYN "
		 "flood."},
	[SYN_RETRANSMITTED] = {"syn-retransmitted", WARNING, OPENING, "6298 2",
			       "The {e} sent its SYN {n} times, {d}.",
			       "Was the SYN lost, or its answer? Capture at the other end."},
	[SYN_UNANSWERED] =
		{"syn-unanswered", ERROR, OPENING, "9293 3.8.3",
		 "The {e}'s SYN was never answered: {n} sent in {t}, not even a RST came back.",
		 "A firewall drops it, the host is down, or the address is wrong."},
	[SYN_NEW_ISN] = {"syn-new-isn", WARNING, OPENING, "9293 3.4.1",
			 "The {e} tries again from the same port with another ISN: connection #{n} "
			 "had no answer.",
			 "The program called connect() again with the same local port."},
	[REFUSED] =
		{"refused", ERROR, OPENING, "9293 3.5.2",
		 "The {e} refused the connection: nothing listens on that port.",
		 "Is the service running, on this address and this port? ss -ltn on the server."},
	[REFUSED_ICMP] =
		{"refused-icmp", ERROR, OPENING, "1122 4.2.3.9",
		 "An ICMP message refused the {e}'s SYN: {d}.",
		 "Look who sent it: a router without a route, or a firewall that says so."},
	[RST_UNACCEPTABLE] = {"rst-unacceptable", WARNING, OPENING, "9293 3.10.7.3",
			      "A RST of the {e} does not acknowledge the SYN: it must be ignored.",
			      "A stray of an older connection, or a forgery."},
	[SYNACK_RETRANSMITTED] =
		{"synack-retransmitted", WARNING, OPENING, "6298 2",
		 "The {e} repeated its SYN,ACK: no ACK had come.",
		 "Was the SYN,ACK lost, or the client's ACK before it was captured?"},
	[THIRD_ACK_NOT_ACCEPTED] =
		{"third-ack-not-accepted", WARNING, OPENING, "9293 3.5",
		 "The {e} repeated its SYN,ACK although the ACK was captured: its accept queue is "
		 "full, "
		 "or the ACK was lost behind us.",
		 "ss -ltn on the server: Recv-Q above Send-Q is a full accept queue."},
	[SYNACK_WRONG_ACK] = {"synack-wrong-ack", ERROR, OPENING, "9293 3.10.7.3",
			      "The {e}'s SYN,ACK acknowledges what was never sent; a RST with that "
			      "number is due.",
			      "An old duplicate, or another host answers for this address."},
	[SECOND_SYNACK] = {"second-synack", ERROR, OPENING, "9293 3.10.7.4",
			   "A second SYN,ACK of the {e} has another ISN: two hosts answer, or one "
			   "answer is forged.",
			   "Compare the TTLs and the link addresses of both."},
	[THIRD_ACK_WRONG] =
		{"third-ack-wrong", ERROR, OPENING, "9293 3.10.7.4",
		 "The {e}'s ACK is not for the SYN,ACK: a RST with its number is due, "
		 "and the half-open connection stays.",
		 "A guessed or crafted number, or a SYN,ACK that was changed on its way."},
	[SIMULTANEOUS_OPEN] =
		{"simultaneous-open", INFO, OPENING, "9293 3.5",
		 "Both ends opened at once: the SYNs crossed, and each answered with SYN,ACK.", ""},
	[SPLIT_HANDSHAKE] = {"split-handshake", WARNING, OPENING, "9293 3.5",
			     "The {e} answered the SYN with a bare SYN and later an ACK, instead "
			     "of one SYN,ACK.",
			     "A simultaneous open whose first SYN was lost looks the same."},
	[SELF_CONNECT] =
		{"self-connect", INFO, OPENING, "9293 3.5",
		 "A socket connected to itself: both ends are one address and port.",
		 "connect() to a local ephemeral port that was free was given the same port."},
	[HALF_OPEN_DISCOVERED] =
		{"half-open-discovered", WARNING, OPENING, "9293 3.5.1",
		 "The {o} still held an old connection: it answered the {e}'s SYN with old "
		 "numbers, "
		 "and the {e}'s RST cleared it.",
		 "The {e} lost its state: it crashed, was restarted, or gave up silently."},
	[TFO_REQUESTED] = {"tfo-requested", INFO, OPENING, "7413 4.1",
			   "The {e}'s SYN carries the Fast Open option: {d}.", ""},
	[TFO_ACCEPTED] = {"tfo-accepted", INFO, OPENING, "7413 4.2.2",
			  "Fast Open: the {e} accepted {n} octets in the SYN.", ""},
	[TFO_IGNORED] = {"tfo-ignored", INFO, OPENING, "7413 4.2.2",
			 "Fast Open: the {e} acknowledged the SYN only, not its {n} octets.",
			 "A stale cookie, or Fast Open is off: sysctl net.ipv4.tcp_fastopen on the "
			 "server."},
	[SYN_DATA_WITHOUT_TFO] = {"syn-data-without-tfo", WARNING, OPENING, "9293 3.4",
				  "The {e}'s SYN carries {n} octets without the Fast Open option.",
				  "Legal, but nobody does it: a scanner, or a crafted segment."},
	[HALF_OPEN_SCAN] = {"half-open-scan", WARNING, OPENING, "9293 3.5.2",
			    "The {e} answered the SYN,ACK with a RST: a port scan, or connect() "
			    "had been given up.",
			    "Many ports from one source: a scan."},
	[ABORTED_IN_HANDSHAKE] = {"aborted-in-handshake", WARNING, OPENING, "9293 3.10.5",
				  "The {e} gave up ({d}) before the handshake was complete.",
				  "Look at its timeout for connect()."},
	[ILLEGAL_FLAGS] = {"illegal-flags", ERROR, OPENING, "9293 3.1",
			   "No TCP sends these flags together: {d}.",
			   "A scanner that looks at the answers (Xmas, null, SYN-FIN)."},
	[ACK_NUMBER_WITHOUT_FLAG] =
		{"ack-number-without-flag", WARNING, OPENING, "9293 3.1",
		 "A segment of the {e} has an acknowledgement number but no ACK flag.",
		 "A crafted segment, or a stack that does not clear the field."},
	[OPTIONS_NEGOTIATED] = {"options-negotiated", INFO, OPENING, "9293 3.7.1",
				"Both ends agreed: {d}.", ""},
	[OPTION_UNILATERAL] = {"option-unilateral", WARNING, OPENING, "7323 1.3", "The {e} {d}.",
			       "A middlebox that changes options, or a broken stack."},

	[BLIND_SYN] = {"blind-syn", WARNING, ESTABLISHED_PHASE, "5961 4.2",
		       "A SYN in the middle of the connection that the {e} did not send: it was "
		       "challenged, "
		       "and the {e} goes on.",
		       "A forgery, or an old duplicate. Compare its TTL with the others."},
	[CHALLENGE_ACK] = {"challenge-ack", INFO, ESTABLISHED_PHASE, "5961 7",
			   "The {e} answered an unacceptable {d} with a challenge ACK.", ""},
	[ACK_OF_UNSENT] = {"ack-of-unsent", ERROR, ESTABLISHED_PHASE, "9293 3.10.7.4",
			   "The {e} acknowledges {n} octets that were never sent.",
			   "A forged or broken ACK: it is answered and dropped."},
	[ACK_TOO_OLD] =
		{"ack-too-old", WARNING, ESTABLISHED_PHASE, "5961 5.2",
		 "The {e}'s acknowledgement is {n} octets too old: more than any window ever was.",
		 "A forged segment with a guessed ack, or a very late duplicate."},
	[KEEPALIVE_PROBE] = {"keepalive-probe", INFO, ESTABLISHED_PHASE, "9293 3.8.4",
			     "The {e} asks with a keepalive probe whether its peer is still there.",
			     ""},
	[KEEPALIVE_TIMEOUT] = {"keepalive-timeout", ERROR, ESTABLISHED_PHASE, "9293 3.8.4",
			       "The {e} gave up after {n} keepalive probes without an answer.",
			       "Its peer is gone: crashed, unplugged, or behind a NAT that forgot "
			       "the connection."},
	[PAWS_REJECT] =
		{"paws-reject", WARNING, ESTABLISHED_PHASE, "7323 5.3",
		 "A segment of the {e} has an older timestamp than the last: it was only "
		 "acknowledged.",
		 "A very late duplicate, or two hosts with different clocks behind one NAT."},
	[ZERO_WINDOW_AT_CLOSE] = {"zero-window-at-close", WARNING, ESTABLISHED_PHASE,
				  "9293 3.8.6.1",
				  "The {e} closes while the {o}'s window is 0: its FIN must wait.",
				  "The program behind the {o} does not read."},
};

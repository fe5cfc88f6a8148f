/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_DIAGNOSIS_H
#define SYNFIN_DIAGNOSIS_H

#include <stdbool.h>
#include <stdint.h>

/* What synfin can name; the catalogue has a row for each. */
/* clang-format off */
enum diagnosis_id {
	/* capture artefacts: decided first */
	CAPTURED_TWICE, CAPTURED_AT_TWO_HOPS, CAPTURED_OUT_OF_ORDER, CAPTURE_GAP, ONE_SIDED,
	MIDSTREAM, ENDS_OPEN, CHECKSUM_OFFLOAD, SUPER_SEGMENT, SNAPPED, CLOCK_BACKWARDS,
	KERNEL_DROPPED, FRAGMENTED, SEQ_WRAPPED,
	/* opening */
	HANDSHAKE_COMPLETE, HANDSHAKE_INCOMPLETE, SYN_RETRANSMITTED, SYN_UNANSWERED, SYN_NEW_ISN,
	REFUSED, REFUSED_ICMP, RST_UNACCEPTABLE, SYNACK_RETRANSMITTED, THIRD_ACK_NOT_ACCEPTED,
	SYNACK_WRONG_ACK, SECOND_SYNACK, THIRD_ACK_WRONG, SIMULTANEOUS_OPEN, SPLIT_HANDSHAKE,
	SELF_CONNECT, HALF_OPEN_DISCOVERED, TFO_REQUESTED, TFO_ACCEPTED, TFO_IGNORED,
	SYN_DATA_WITHOUT_TFO, HALF_OPEN_SCAN, ABORTED_IN_HANDSHAKE, ILLEGAL_FLAGS,
	ACK_NUMBER_WITHOUT_FLAG, OPTIONS_NEGOTIATED, OPTION_UNILATERAL,
	/* while established */
	BLIND_SYN, CHALLENGE_ACK, ACK_OF_UNSENT, ACK_TOO_OLD, KEEPALIVE_PROBE, KEEPALIVE_TIMEOUT,
	PAWS_REJECT, BAD_CHECKSUM, ZERO_WINDOW_AT_CLOSE,
	/* closing */
	CLOSE_FOUR, CLOSE_THREE, CLOSE_SIMULTANEOUS, HALF_CLOSE, CLOSE_WAIT_STUCK, CONNECT_CLOSE,
	FIN_WITH_DATA, FIN_RETRANSMITTED, FIN_NOT_CAPTURED, FIN_OUT_OF_ORDER, DATA_AFTER_FIN,
	FIN_MOVED, FIN_WITHOUT_ACK, FIN_UNKNOWN, CLOSE_INCOMPLETE,
	/* reset */
	RST_EXACT, RST_IN_WINDOW, RST_OUT_OF_WINDOW, RST_IGNORED, ABORTIVE_CLOSE, RST_UNREAD_DATA,
	RST_AFTER_CLOSE, RST_NO_CONNECTION, RST_IDLE, RST_WITH_DATA, RST_DIAGNOSTIC, RST_BURST,
	MPTCP_RST,
	/* TIME-WAIT */
	TIME_WAIT_HELD, REUSE_LEGAL, REUSE_UNSAFE, REUSE_REFUSED, REUSE_EARLY, TIME_WAIT_ASSASSINATED,
	OLD_DUPLICATE,
	DIAGNOSES,
};
/* clang-format on */

enum severity { INFO, WARNING, ERROR };
enum phase { ARTEFACT, OPENING, ESTABLISHED_PHASE, CLOSING_PHASE, RESET, TIME_WAIT_PHASE };
enum confidence { SURE, LIKELY };

enum { EVIDENCE = 6, DETAIL_TEXT = 64, DIAGNOSIS_TEXT = 320, DURATION_TEXT = 24, NOBODY = 2 };

/* One finding about a connection, with the segments that prove it. */
struct diagnosis {
	uint8_t id;         /* enum diagnosis_id */
	uint8_t confidence; /* enum confidence */
	uint8_t end;        /* whom the sentence is about: 0, 1 or NOBODY */
	uint8_t count;      /* of segments */
	uint32_t segment[EVIDENCE];
	int64_t number;           /* what {n} stands for, ... */
	int64_t duration;         /* ... {t}, in nanoseconds, ... */
	char detail[DETAIL_TEXT]; /* ... and {d} */
};

/* A row of the catalogue. In `text`, {e} is the end, {o} the other one, {n} {t} {d} as above. */
struct catalogue_row {
	const char *name;
	enum severity severity;
	enum phase phase;
	const char *rfc; /* "9293 3.5.2"; "" where no RFC speaks of it */
	const char *text, *hint;
};

const struct catalogue_row *catalogue_row(enum diagnosis_id id);

/* "info", "warning", "error"; "sure", "likely". */
const char *severity_name(enum severity s);
const char *confidence_name(enum confidence c);

/* "41 ms", without its sign. Returns text. */
const char *duration_print(int64_t ns, char text[static DURATION_TEXT]);

/* The row's sentence, filled in; `role` are the words for end 0 and end 1. Returns text. */
const char *diagnosis_print(const struct diagnosis *d, const char *const role[2],
			    char text[static DIAGNOSIS_TEXT]);

#endif

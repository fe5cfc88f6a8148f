/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_LABS_ANSWER_H
#define SYNFIN_LABS_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

/* What kind of thing a question asks for. */
enum answer_kind {
	ANSWER_NUMBER, /* a sequence number or a count: 1001, 0x3e9, 1,001, x+1, modulo 2^32 */
	ANSWER_TIME,   /* seconds: 3.1, 3.1s, 200ms */
	ANSWER_FLAGS,  /* SA, SYN,ACK, syn+ack, none */
	ANSWER_STATE,  /* SYN-RECEIVED, however it is spelt: SYN_RECV, syn-rcvd ... */
	ANSWER_CHOICE, /* a letter of the list in the question */
	ANSWER_LIST,   /* numbers of segments: 1,2,3 or 1-3 or none */
	ANSWER_KINDS,
};

/* "number": the names in scripts; NULL behind the last. */
extern const char *const answer_kinds[];

enum { ANSWER_TEXT = 64 };

struct answer {
	enum answer_kind kind;
	uint32_t number; /* of NUMBER; the flags; the state; the letter; a bit for each of LIST */
	double seconds;  /* of TIME */
};

/* The two first numbers of a connection, once they are known. */
struct symbols {
	bool known;
	uint32_t x, y;
};

/* Read what somebody typed; false when it is nothing of that kind. */
bool answer_parse(enum answer_kind kind, const char *text, struct symbols s, struct answer *a);

/* Whether they are the same; times may differ by the share `within` of b. */
bool answer_same(const struct answer *a, const struct answer *b, double within);

/* "1001", "SYN,ACK", "3.10 s": returns text. */
const char *answer_print(const struct answer *a, char text[static ANSWER_TEXT]);

#endif

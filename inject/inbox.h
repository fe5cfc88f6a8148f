/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_INBOX_H
#define SYNFIN_INBOX_H

#include "analysis/decode/packet.h"

enum { INBOX_ROOM = 256 };

/* Segments that have come and wait to be heard, with copies of their octets. */
struct inbox {
	struct letter {
		struct packet packet;
		uint8_t *octets; /* options, then payload; ours */
	} letter[INBOX_ROOM];
	unsigned count;
	uint8_t *heard; /* the octets of the one handed out last */
};

/* False when it is full, or memory is short: the segment is lost then, as it may be anywhere. */
bool inbox_put(struct inbox *b, const struct packet *p);

/* The oldest for `dst` from `src`, either of which may be NULL for any; its octets live until the
 * next call. False when there is none. */
bool inbox_take(struct inbox *b, const struct endpoint *dst, const struct endpoint *src,
		struct packet *p);

void inbox_free(struct inbox *b);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_AGREE_ASK_H
#define SYNFIN_AGREE_ASK_H

#include "analysis/model/agree.h"

struct side;

/* What the kernel has answered of an end. */
struct answer {
	int64_t asked, time; /* the question, and the answer: in between, somewhere, it was there */
	int64_t moved;       /* the end had, by us, for the last time */
	uint8_t state;       /* while it waits for the segments of that time */
	uint8_t ours, compared; /* the last two that were compared */
	bool waits;
};

/* The kernel says where an end is, or (side NULL) that it has named all there are. */
void agree_answered(struct agree *a, struct side *s, const struct testimony *t);

/* Compare an answer for which all segments are here at `now`. */
void agree_mind_answer(struct agree *a, struct side *s, int64_t now);

/* What the kernel has answered since `time` of an end of which it never spoke. */
enum presence { NOT_ASKED, ABSENT, PRESENT };
enum presence agree_presence(struct agree *a, const struct side *s, int64_t time);

#endif

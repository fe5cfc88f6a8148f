/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TESTS_AGREE_SCENE_H
#define SYNFIN_TESTS_AGREE_SCENE_H

#include "analysis/model/agree.h"
#include "tests/unit/notation.h"

enum { FOUND = 1000 };

/* Segments, and what the kernels of both ends say, against each other. */
struct agree_scene {
	struct wire wire;
	struct tracker tracker;
	struct agree *agree;
	uint8_t state[2]; /* of each kernel, by its last word */
	bool crafted[2];
	char found[FOUND]; /* a mark, the end, the segment: "=L1 ~R1 =L2" */
};

/* Play a script, a line for each: segments as in notation.h, a millisecond apart; "L SYN-SENT": the
 * kernel's left end goes there (from LISTEN with "R LISTEN>SYN-RECEIVED"); "L !TCP_CSUM": it
 * refuses what came; "L gone 7 6": its totals, acked and received; "new L": it is connected, its
 * port not chosen yet; "wait MS"; "lost N"; a refusal may be "L nameless
 * !TCP_CSUM", of a socket without ends, or "L listener !TCP_CSUM"; "crafted L"; "bad": the next
 * segment's sum is; "sums": all others are good; "soon": the next one comes a microsecond after
 * this; "self": both ends are one; "afar": the ends may be another host's. Marks: = agreed, ~ by
 * design, k kernel only, o ours only, ? unsaid, v same verdict, x another, n same numbers, m
 * others. Returns s->found. */
const char *agree_scene_play(struct agree_scene *s, const char *script);

#endif

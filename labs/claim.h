/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_CLAIM_H
#define SYNFIN_CLAIM_H

#include <lauxlib.h>

#include "analysis/look.h"
#include "labs/evidence.h"
#include "labs/lane.h"
#include "labs/page.h"
#include "labs/say.h"

enum { CLAIM_ID = 8 };

/* A sentence that books and pages have, and the experiment that shows whether it is so. */
struct claim {
	char id[CLAIM_ID];  /* "C25" */
	const char *script; /* labs/claims/C25.lua */
};

/* The i-th, from 0, in order of id; false: there is none. */
bool claim_at(unsigned i, struct claim *c);

/* What it says, and below `sub` what is said of it; nothing: no such heading. */
struct passage claim_passage(const struct claim *c, enum language l, const char *sub);

enum truth { HOLDS, HOLDS_PARTLY, HOLDS_NOT, TRUTHS };

/* What a run has shown: its verdict, which is the packets', beside the documented one, and the
 * frames and calls that prove it. */
struct judgement {
	enum truth found, documented;
	uint8_t frame[MOST_FRAMES / 8]; /* a bit for each */
	struct lane calls;
};

/* What a script may call in play, beside the functions of scenarios. */
extern const luaL_Reg claim_functions[];

/* Judge what was seen. False with a sentence: the evidence does not do, or the script fails. */
bool claim_judge(const struct claim *c, const struct evidence *e, uint64_t seed,
		 struct judgement *f, char why[static WHY_TEXT]);

/* A passage with its numbers worked out from what was seen: allocated; NULL: see `why`. */
char *claim_expand(const struct claim *c, const struct evidence *e, uint64_t seed,
		   struct passage text, char why[static WHY_TEXT]);

/* Draw the proof: only these segments, datagrams and calls. False: memory is short. */
bool claim_draw(const struct evidence *e, struct judgement *f, FILE *out, struct look look);

#endif

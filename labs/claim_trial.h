/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_CLAIM_TRIAL_H
#define SYNFIN_CLAIM_TRIAL_H

#include <sys/types.h>

#include "labs/claim.h"
#include "labs/lab.h"

/* An experiment, and what came of it. */
struct trial {
	const struct claim *claim;
	bool tried; /* else it did not work, and it has been said why */
	enum truth found, documented;
	pid_t player; /* 0: none */
	int out, err; /* what it has to say, files in memory; -1: not yet begun, or said */
	bool over;
};

/* Try them, many at once, each in a process and a namespace of its own, and print each in its turn
 * as soon as it has come. */
void trial_all(const struct lab_order *o, FILE *out, struct trial *t, unsigned count);

/* An exit code of the process that plays: this, the verdict, and four times the documented one. */
enum { TRIED = 0x40 };

/* Play, judge and report one. Returns such a code, or EXIT_FAILED. */
int trial_play(const struct lab_order *o, const struct claim *c);

/* Say how many hold, and in which this kernel differs from the documented one. Returns the exit
 * code: DONE, FALSE one differs, FAILED one could not be tried. */
int trial_sum_up(enum language l, FILE *out, const struct trial *t, unsigned count);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_AGREE_TABLE_H
#define SYNFIN_AGREE_TABLE_H

#include "analysis/model/agree.h"

/* A transition, or none. */
struct step {
	uint8_t from, to; /* enum tcp_state; both UNKNOWN: there is none */
};

/* What a row of the table takes away: a step of ours, of the kernel's, or one of each. */
enum design { NO_DESIGN, TAKES_OURS, TAKES_KERNELS, TAKES_BOTH };

/* Whether these next steps of an end differ by design; *why says how. `late`: where there is none,
 * none will come. */
enum design agree_design(struct step ours, struct step kernels, bool late, const char **why);

/* What the kernel's reason for a drop says in plain words; NULL: nothing is known of it. *arrivals
 * has a bit for each enum arrival that says the same, or SAID_BEFORE, UNSHOWN. */
const char *agree_refusal(const char *reason, uint32_t *arrivals);

/* Why the kernel sent a RST; NULL: nothing is known of that reason. */
const char *agree_reset(const char *reason);

#endif

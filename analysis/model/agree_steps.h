/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_AGREE_STEPS_H
#define SYNFIN_AGREE_STEPS_H

#include "analysis/model/agree_table.h"

enum { STEPS = 12 };

/* A step, when, and by which of our segments. */
struct dated_step {
	struct step step;
	uint32_t n;
	int64_t time;
};

/* Steps of one end that wait for their counterpart. */
struct steps {
	struct dated_step at[STEPS];
	unsigned count;
};

/* Add a step behind the others; when there is no room the first ones go, and with them what they
 * could have been compared with. */
void steps_add(struct steps *s, struct dated_step step);

/* The same, but behind those that are not younger. */
void steps_sort_in(struct steps *s, struct dated_step step);
void steps_take(struct steps *s, unsigned count);

#endif

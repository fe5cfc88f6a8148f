/* SPDX-License-Identifier: MIT */
#include "analysis/model/agree_steps.h"

#include <string.h>

void steps_take(struct steps *s, unsigned count)
{
	s->count -= count;
	memmove(s->at, s->at + count, s->count * sizeof s->at[0]);
}

void steps_add(struct steps *s, struct dated_step step)
{
	if (s->count == STEPS)
		steps_take(s, 1);
	s->at[s->count++] = step;
}

void steps_sort_in(struct steps *s, struct dated_step step)
{
	steps_add(s, step);
	for (unsigned i = s->count - 1; i > 0 && s->at[i - 1].time > step.time; i--) {
		s->at[i] = s->at[i - 1];
		s->at[i - 1] = step;
	}
}

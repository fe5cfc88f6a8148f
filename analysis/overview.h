/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_OVERVIEW_H
#define SYNFIN_OVERVIEW_H

#include "analysis/views/run.h"

/* What `analyze` shows when no view is asked for: the list and, when there is but one connection
 * (and not a long one), its ladder below. */
struct overview {
	struct run *list, *ladder; /* ladder: NULL once it is known not to be wanted */
	FILE *memory;              /* where the ladder waits for the list's end */
	char *text;
	size_t size;
};

/* Where the tracker is to report. The list's run stays the caller's. */
struct sink overview_begin(struct overview *o, struct run *list, struct look look);

/* The list has been ended: print the ladder, if it is wanted, and free everything. */
void overview_end(struct overview *o, FILE *out);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_REPORT_H
#define SYNFIN_REPORT_H

#include "analysis/flow.h"
#include "analysis/savefile.h"

/* What was asked for, and whether it was there. */
struct report {
	uint32_t id, segment; /* 0: all */
	bool drawn;           /* the segment was there */
	bool quiet, verbose;
	bool narrowed; /* by a filter or a port */
	bool enough;   /* as many frames as wanted: what comes after them is of no interest */
	size_t files;
};

/* Say that memory is short. Returns the exit code. */
int report_no_memory(void);

/* Say on standard error, with one sentence for each thing, what was not as it should be. True when
 * all was. */
bool report_print(const struct report *r, const struct flow *f, const struct savefile *s);

#endif

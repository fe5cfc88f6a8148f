/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_FINISHED_H
#define SYNFIN_FINISHED_H

#include "analysis/model/tracker.h"

/* Counts connections that are over, each once, as soon as a segment shows it; passes everything
 * on. */
struct finished {
	struct sink next;
	uint32_t count;
	uint64_t *counted; /* a bit for each id */
	size_t words;
};

/* For flow_init. `f` must stay where it is, and have `next` set. */
struct sink finished_sink(struct finished *f);

void finished_free(struct finished *f);

#endif

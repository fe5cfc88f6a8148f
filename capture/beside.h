/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_BESIDE_H
#define SYNFIN_BESIDE_H

#include "analysis/model/agree.h"
#include "analysis/model/tracker.h"

/* The kernel's word beside ours: events wait, in their order, until the kernel has said what it has
 * to say of them (event.kernel), a few hundredths of a second at most, and are passed on. */
struct beside;

/* NULL when memory is short. `local` as in agree_new; the tracker is asked for connections. */
struct beside *beside_new(bool local, struct tracker *tracker);
void beside_free(struct beside *b);

/* For flow_init: events go by way of b to `next`. */
struct sink beside_sink(struct beside *b, struct sink next);

void beside_said(struct beside *b, const struct testimony *t);

/* All frames and words until `here`, in nanoseconds since 1970, have come: pass on what has waited.
 */
void beside_mind(struct beside *b, int64_t here);

/* Nothing more will be said: pass on all. */
void beside_end(struct beside *b);

/* The comparison itself. */
struct agree *beside_agree(struct beside *b);

#endif

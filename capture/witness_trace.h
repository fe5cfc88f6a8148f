/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_WITNESS_TRACE_H
#define SYNFIN_WITNESS_TRACE_H

#include "analysis/environment.h"
#include "capture/witness_events.h"

/* The tracepoints of all CPUs, merged by time. */
struct trace;

/* NULL when there are none: then `why` is what is in the way, and on a
 * line of its own what to do. */
struct trace *trace_open(char why[static WHY_TEXT]);
void trace_close(struct trace *t);

/* Whether this kernel has that tracepoint, and whether its records give reasons. */
bool trace_has(const struct trace *t, enum trace_event which);
bool trace_has_reasons(const struct trace *t, enum trace_event which);

/* It has EVENT_ARRIVAL, but we may not lock the memory for that. */
bool trace_lacks_room(const struct trace *t);

/* The oldest testimony that is not younger than `until`, CLOCK_REALTIME in ns; false: none. */
bool trace_next(struct trace *t, int64_t until, struct testimony *said);

/* What is said of every segment must not crowd out what is said of states. */
enum trace_ring { RING_WORDS, RING_ARRIVALS, TRACE_RINGS };

/* Records that were made and never reached us. It asks the kernel: not for every segment. */
uint64_t trace_lost(const struct trace *t, enum trace_ring which);

#endif

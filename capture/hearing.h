/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_HEARING_H
#define SYNFIN_HEARING_H

#include "analysis/flow.h"
#include "capture/beside.h"
#include "capture/witness.h"

/* The kernel heard as a witness: its word goes beside ours, to whoever draws. All zero: nobody is
 * heard, and every function does nothing. */
struct hearing {
	struct witness *witness;
	struct beside *beside;
};

/* Before rights are given up. False on failure: then `why` says what is wrong. */
bool hearing_open(struct hearing *h, char why[static WHY_TEXT]);

/* Between the tracker of `flow` and `next`: returns the sink for flow_init. `local` as in
 * agree_new. */
bool hearing_join(struct hearing *h, bool local, struct flow *flow, struct sink *sink);

/* What the witness cannot say, and what would bring it; "" when nothing is lacking. */
const char *hearing_lacks(const struct hearing *h);

/* A sentence for a view that shows nothing of what is heard; NULL: it does. */
const char *hearing_unseen(const struct hearing *h, const struct view *v);

/* -1: nothing to be polled. */
int hearing_fd(const struct hearing *h);

/* Take what was said, and pass on what has waited long enough for it. All frames that had come by
 * `followed`, in nanoseconds since 1970, have been followed. */
void hearing_turn(struct hearing *h, int64_t followed);

/* The capture has dropped so many frames so far, of which the kernel may speak. The filter hides
 * segments. The last frame has been taken; words that are younger than `until` count no more. */
void hearing_missed(struct hearing *h, uint64_t dropped);
void hearing_hides(struct hearing *h);
void hearing_stop(struct hearing *h, int64_t until);

/* What is still on its way; then, once all connections have ended, nothing waits any more. */
void hearing_wait(struct hearing *h);
void hearing_end(struct hearing *h);

/* "kernel agreed on 14 of 14 transitions", on standard error, unless `quiet`. */
void hearing_report(const struct hearing *h, bool quiet);

void hearing_close(struct hearing *h);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_WITNESS_H
#define SYNFIN_WITNESS_H

#include "analysis/environment.h"
#include "analysis/model/testimony.h"

/* What the kernel says of its own TCP sockets, from tracepoints where we may read them, and from
 * sock_diag. Tracepoints speak of all network namespaces of the host, and do not say of which:
 * select by ends. sock_diag speaks of ours. Nothing is left in the kernel when we are gone. */
struct witness;

/* What a source can say. */
struct witness_sources {
	bool states;  /* every transition, at the time it happens */
	bool drops;   /* which segments were refused, and why */
	bool resets;  /* why a RST was sent */
	bool repeats; /* retransmissions */
	bool numbers; /* SND.UNA and SND.NXT when a segment comes */
	bool sockets; /* sock_diag: states when asked, ends of sockets; never needs rights */
	char lacks[WHY_TEXT]; /* what is missing and what would bring it; "" when nothing is */
};

/* Start listening: before rights are given up; after it none are needed. NULL only when there is no
 * source at all: then `why` is a sentence and what to do. */
struct witness *witness_open(char why[static WHY_TEXT]);
void witness_close(struct witness *w);

const struct witness_sources *witness_sources(const struct witness *w);

/* To be polled for POLLIN; then take all that there is. */
int witness_fd(const struct witness *w);

/* The next thing that was said; false: nothing now. What tracepoints say comes in order of
 * time, five to fifteen milliseconds late; what a CPU has kept back longer, and
 * what sock_diag says, comes when it comes. */
bool witness_next(struct witness *w, struct testimony *t);

/* All that was said by then has been told, once witness_next has returned false; but for `lost`,
 * which have not come for half a second. INT64_MAX: all that has come. A few system calls. */
int64_t witness_told(struct witness *w, uint64_t *lost);

/* Ask about the sockets there are (sock_diag): the answers come through witness_next. */
bool witness_ask(struct witness *w);

/* What was said and has not reached us yet: if it stays so, silence proves nothing. */
uint64_t witness_lost(const struct witness *w);

/* The same, of numbers: they have room of their own, and prove nothing by their silence. */
uint64_t witness_lost_numbers(const struct witness *w);

#endif

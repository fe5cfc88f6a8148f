/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_WITNESS_H
#define SYNFIN_WITNESS_H

#include "analysis/environment.h"
#include "analysis/model/testimony.h"

/* What the kernel says of its own TCP sockets, from tracepoints where we may read them, and from
 * sock_diag where we may not. */
struct witness;

/* What a source can say. */
struct witness_sources {
	bool states;   /* every transition, at the time it happens */
	bool drops;    /* which segments were refused, and why */
	bool resets;   /* why a RST was sent */
	bool repeats;  /* retransmissions */
	bool sockets;  /* sock_diag: states when asked, ends of sockets; never needs rights */
	char lacks[WHY_TEXT]; /* what is missing and what would bring it; "" when nothing is */
};

/* Start listening: before rights are given up; after it none are needed. NULL only when there is no
 * source at all: then `why` is a sentence and what to do. */
struct witness *witness_open(char why[static WHY_TEXT]);
void witness_close(struct witness *w);

const struct witness_sources *witness_sources(const struct witness *w);

/* To be polled for POLLIN. */
int witness_fd(const struct witness *w);

/* The next thing that was said, in order of time as far as it has been handed over; false: nothing
 * now. */
bool witness_next(struct witness *w, struct testimony *t);

/* Ask about the sockets there are (sock_diag): the answers come through witness_next. */
bool witness_ask(struct witness *w);

/* What the kernel had no room to tell us. */
uint64_t witness_lost(const struct witness *w);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_WITNESS_MEMORY_H
#define SYNFIN_WITNESS_MEMORY_H

#include "analysis/model/testimony.h"

/* Whose ends they were, by an address in the kernel: of sockets, and of the segments that were just
 * spoken of. The kernel uses such addresses again; who was there last is remembered. */
enum { PLACES_BITS = 13, PLACES = 1 << PLACES_BITS };

struct memory_place {
	uint64_t address; /* 0: nobody */
	int64_t time;
	struct endpoint local, remote;
};

struct witness_memory {
	struct memory_place place[PLACES];
};

/* Remember the ends of t as those of what is at `address`. */
void memory_keep(struct witness_memory *m, uint64_t address, const struct testimony *t);

/* Give t the ends that were kept for `address` since that time; false when there are none. */
bool memory_recall(const struct witness_memory *m, uint64_t address, int64_t since,
		   struct testimony *t);

/* What was at `address` is no more. */
void memory_forget(struct witness_memory *m, uint64_t address);

#endif

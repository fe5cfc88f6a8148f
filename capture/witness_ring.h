/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_WITNESS_RING_H
#define SYNFIN_WITNESS_RING_H

#include "analysis/decode/reader.h"

/* The memory that the kernel shares with us per CPU, perf_event_open(2): its oldest record is
 * copied out, so that the room is the kernel's again at once. */
enum { RING_RECORD = 512 };

struct ring {
	void *map;   /* of mmap(2): a control page, then `size` octets, a power of two */
	size_t size; /* 0: not in use */
	size_t len;  /* of the record at hand; 0: none is */
	int64_t time;
	uint8_t record[RING_RECORD];
	uint64_t samples; /* taken out so far */
};

/* Have the oldest sample at hand; false when there is none. */
bool ring_peek(struct ring *r);

/* The record at hand; it stays where it is until the next ring_peek. */
struct bytes ring_take(struct ring *r);

/* Samples that are still in it. */
uint64_t ring_waiting(const struct ring *r);

#endif

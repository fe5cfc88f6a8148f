/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TESTS_WITNESS_SCENE_H
#define SYNFIN_TESTS_WITNESS_SCENE_H

#include "capture/witness_events.h"

/* Formats of Linux 6.18, and of older ones where they differ: each field's name, offset and size.
 */
struct format {
	unsigned id;
	const char *fields, *symbols;
};

extern const struct format states, resets, resets_6_1, syn_acks, bad_sums;
extern const struct format dropped, dropped_6_1, dropped_old, arrivals, arrivals_6_1, no_format;

bool learn_one(struct trace_events *e, enum trace_event which, const struct format *f);

/* All of 6.18, on the heap. */
struct trace_events *learn(void);

/* Records as 6.18 makes them; our end is 127.0.0.1:1000, the other 127.0.0.2:80. */
struct record {
	uint8_t at[136];
	size_t len;
};

struct record record_of(uint16_t id);
void put(struct record *r, size_t offset, uint64_t value, size_t size);
void put_mapped(struct record *r, size_t offset, uint8_t n); /* 127.0.0.N */
struct record state_record(uint64_t socket, unsigned from, unsigned to, uint16_t sport);
struct record reset_record(uint64_t segment, uint64_t socket, unsigned reason);
struct record dropped_record(uint64_t segment, uint64_t socket, unsigned reason);
struct record bad_sum_record(uint64_t segment);
struct record arrival_record(uint32_t una, uint32_t nxt, uint16_t len);

/* The first `len` octets of it, on the heap, where ASan sees a step beyond their end. */
bool decode(struct trace_events *e, const struct record *r, size_t len, int64_t time,
	    struct testimony *t);

void expect_ends(const char *row, const struct testimony *t, const char *local, const char *remote);

#endif

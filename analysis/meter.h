/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_METER_H
#define SYNFIN_METER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a script may use: octets of memory at a time, and units of work, none of which takes much
 * longer than a nanosecond or two. A clock would make a verdict depend on the machine. */
struct limits {
	size_t memory;
	uint64_t work;
};

struct meter {
	struct limits limits;
	size_t memory; /* in use */
	uint64_t work; /* done */
};

/* Octets of memory are to become `wanted` that were `had`. False when that is too much. */
bool meter_memory(struct meter *m, size_t had, size_t wanted);

/* Work is to be done; false when it is, with that done before, too much: from then on, always. */
bool meter_work(struct meter *m, uint64_t units);

/* `instructions` of the interpreter, or a call of a library function. Either may look at all that
 * is in memory: to compare two strings is one instruction. */
bool meter_instructions(struct meter *m, uint64_t instructions);
bool meter_call(struct meter *m);

/* The work of matching a Lua pattern against `subject` octets: a bound for the worst case. */
uint64_t pattern_work(const char *pattern, size_t len, size_t subject);

#endif

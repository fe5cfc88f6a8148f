/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_LABS_NUMBERS_H
#define SYNFIN_LABS_NUMBERS_H

#include <stdint.h>

/* What differs from run to run, and from student to student. */
struct numbers {
	uint16_t server_port, crafted_port,
		client_port; /* of clients: this one and the next ones */
	uint32_t isn;        /* of the crafted end */
};

struct numbers numbers_of(uint64_t seed);

/* The next number of a sequence, from lo to hi. */
int64_t lab_random(uint64_t *state, int64_t lo, int64_t hi);

#endif

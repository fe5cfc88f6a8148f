/* SPDX-License-Identifier: MIT */
#include "labs/numbers.h"

int64_t lab_random(uint64_t *state, int64_t lo, int64_t hi)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15; /* splitmix64 */
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	z ^= z >> 31;
	return lo + (int64_t)(z % ((uint64_t)(hi - lo) + 1));
}

struct numbers numbers_of(uint64_t seed)
{
	uint64_t random = ~seed;
	struct numbers n;
	n.server_port = (uint16_t)lab_random(&random, 2000, 29999);
	n.crafted_port = (uint16_t)lab_random(&random, 40000, 49999);
	n.client_port = (uint16_t)lab_random(&random, 50000, 59999);
	n.isn = (uint32_t)lab_random(&random, 1000, UINT32_MAX);
	return n;
}

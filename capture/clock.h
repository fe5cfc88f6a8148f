/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_CLOCK_H
#define SYNFIN_CLOCK_H

#include <stdint.h>
#include <time.h>

/* Nanoseconds: of CLOCK_MONOTONIC, or since 1970 of CLOCK_REALTIME. */
static inline int64_t clock_ns(clockid_t which)
{
	struct timespec t;
	clock_gettime(which, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

#endif

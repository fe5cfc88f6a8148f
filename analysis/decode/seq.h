/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SEQ_H
#define SYNFIN_SEQ_H

#include <stdbool.h>
#include <stdint.h>

/* A TCP sequence number (RFC 9293 3.4): arithmetic modulo 2^32. A struct, so that `a < b`, which
 * is wrong at the wrap, does not compile. */
struct seq {
	uint32_t n;
};

/* Octets from b to a; negative when a is older than b. */
static inline int32_t seq_diff(struct seq a, struct seq b)
{
	return (int32_t)(a.n - b.n);
}

static inline struct seq seq_plus(struct seq a, uint32_t octets)
{
	return (struct seq){a.n + octets};
}

static inline bool seq_eq(struct seq a, struct seq b)
{
	return a.n == b.n;
}

static inline bool seq_lt(struct seq a, struct seq b)
{
	return seq_diff(a, b) < 0;
}

static inline bool seq_le(struct seq a, struct seq b)
{
	return seq_diff(a, b) <= 0;
}

/* The later of two. */
static inline struct seq seq_max(struct seq a, struct seq b)
{
	return seq_lt(a, b) ? b : a;
}

/* low < a <= high, RFC 9293's test for an acknowledgement of something new. */
static inline bool seq_in(struct seq a, struct seq low, struct seq high)
{
	return seq_lt(low, a) && seq_le(a, high);
}

#endif

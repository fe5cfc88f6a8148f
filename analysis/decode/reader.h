/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_READER_H
#define SYNFIN_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A cursor over captured octets, and the only code that touches packet memory. It cannot leave
 * its octets: read in the order in which the RFC draws the header, then ask `overrun` once. */
struct reader {
	const uint8_t *at;
	size_t left;
	bool overrun; /* a read went past the end; every read since yields zero */
};

/* A run of octets that belongs to somebody else. */
struct bytes {
	const uint8_t *at;
	size_t len;
};

static inline struct reader reader_of(const uint8_t *at, size_t len)
{
	return (struct reader){at, len, false};
}

/* Step over n octets; returns where they were, or NULL, with overrun set, when fewer are left. */
static inline const uint8_t *read_skip(struct reader *r, size_t n)
{
	if (r->overrun || n > r->left) {
		r->overrun = true;
		return NULL;
	}
	const uint8_t *at = r->at;
	r->at += n;
	r->left -= n;
	return at;
}

static inline uint8_t read_u8(struct reader *r)
{
	const uint8_t *p = read_skip(r, 1);
	return p ? p[0] : 0;
}

static inline uint16_t read_be16(struct reader *r)
{
	const uint8_t *p = read_skip(r, 2);
	return (uint16_t)(p ? p[0] << 8 | p[1] : 0);
}

static inline uint32_t read_be32(struct reader *r)
{
	const uint8_t *p = read_skip(r, 4);
	return p ? (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3] : 0;
}

/* The next n octets, stepped over; an empty run, with overrun set, when fewer are left. */
static inline struct bytes read_bytes(struct reader *r, size_t n)
{
	const uint8_t *p = read_skip(r, n);
	return (struct bytes){p, p ? n : 0};
}

/* A cursor over the next n octets, which r steps over: ask it once for overrun, and the compiler
 * knows that no read of those n can. */
static inline struct reader read_part(struct reader *r, size_t n)
{
	const uint8_t *p = read_skip(r, n);
	return (struct reader){p, p ? n : 0, !p};
}

#endif

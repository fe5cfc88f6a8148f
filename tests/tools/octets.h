/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TESTS_OCTETS_H
#define SYNFIN_TESTS_OCTETS_H

#include <stddef.h>
#include <stdint.h>

/* A number as the network has it. */
static inline uint32_t get32(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Add to it, modulo 2^32. */
static inline void add32(uint8_t *at, uint32_t more)
{
	uint32_t n = get32(at) + more;
	for (int i = 3; i >= 0; i--, n >>= 8)
		at[i] = (uint8_t)n;
}

/* The sum of 16-bit words, as the Internet checksum (RFC 1071) begins. */
static inline uint32_t sum16(const uint8_t *at, size_t len)
{
	uint32_t sum = 0;
	for (size_t i = 0; i < len; i++)
		sum += i % 2 ? at[i] : (uint32_t)at[i] << 8;
	return sum;
}

#endif

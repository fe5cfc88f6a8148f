/* SPDX-License-Identifier: MIT */
#include "analysis/decode/utf8.h"

#include <stdint.h>

/* The range of the second octet depends on the first. */
static const struct {
	uint8_t first, last, low, high;
	size_t octets;
} leads[] = {
	{0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
	{0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4},
	{0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
};

static size_t length_as(size_t row, const uint8_t *s, size_t len)
{
	if (leads[row].octets > len || s[1] < leads[row].low || s[1] > leads[row].high)
		return 0;
	for (size_t i = 2; i < leads[row].octets; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return leads[row].octets;
}

size_t utf8_length(const char *s, size_t len)
{
	const uint8_t *octet = (const uint8_t *)s;
	if (!len || *octet < 0x80)
		return len ? 1 : 0;
	for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
		if (*octet >= leads[i].first && *octet <= leads[i].last)
			return length_as(i, octet, len);
	return 0;
}

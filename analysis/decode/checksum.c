/* SPDX-License-Identifier: MIT */
#include "analysis/decode/checksum.h"

#include <arpa/inet.h>
#include <string.h>

enum { TCP = 6, CHECKSUM_AT = 16 };

/* With the carry of the sum back at its end, as RFC 1071 adds. */
static inline uint64_t add(uint64_t sum, uint64_t word)
{
	sum += word;
	return sum + (sum < word);
}

static uint16_t fold(uint64_t sum)
{
	sum = (sum & UINT32_MAX) + (sum >> 32);
	sum = (sum & UINT32_MAX) + (sum >> 32);
	sum = (sum & UINT16_MAX) + (sum >> 16);
	sum = (sum & UINT16_MAX) + (sum >> 16);
	return (uint16_t)sum;
}

/* The sum does not depend on how wide its words are, nor, until it is read, on their byte order
 * (RFC 1071 1): so they are eight octets of this machine's. */
uint16_t checksum_add(uint16_t sum, struct bytes octets)
{
	uint64_t total = htons(sum), word;
	while (octets.len >= sizeof word) {
		memcpy(&word, octets.at, sizeof word);
		total = add(total, word);
		octets.at += sizeof word;
		octets.len -= sizeof word;
	}
	word = 0;
	if (octets.len)
		memcpy(&word, octets.at, octets.len);
	return ntohs(fold(add(total, word)));
}

enum sum checksum_tcp(struct bytes src, struct bytes dst, struct bytes segment)
{
	uint32_t len = (uint32_t)segment.len;
	const uint8_t rest[] = {(uint8_t)(len >> 24),
				(uint8_t)(len >> 16),
				(uint8_t)(len >> 8),
				(uint8_t)len,
				0,
				TCP};
	struct reader r = reader_of(segment.at, segment.len);
	read_skip(&r, CHECKSUM_AT);
	uint16_t sent = read_be16(&r);
	if (r.overrun)
		return SUM_UNKNOWN;
	uint16_t pseudo = checksum_add(checksum_add(0, src), dst);
	pseudo = checksum_add(pseudo, (struct bytes){rest, sizeof rest});
	if (checksum_add(pseudo, segment) == UINT16_MAX)
		return SUM_GOOD;
	return sent == pseudo ? SUM_PARTIAL : SUM_BAD;
}

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TESTS_EXTRAS_H
#define SYNFIN_TESTS_EXTRAS_H

#include "analysis/decode/packet.h"

/* What one octet chooses of a segment beside its numbers: options, payload, IP ID and TTL. */
static inline void traffic_extras(struct packet *p, uint8_t octet)
{
	static const uint8_t options[][12] = {
		{3, 3, 0},
		{3, 3, 7, 2, 4, 5, 180, 4, 2},
		{3, 3, 14, 34, 10, 1, 2, 3, 4, 5, 6, 7},
		{3, 3, 255, 34, 2},
		{1, 1, 8, 10, 0, 0, 1, 0, 0, 0, 0, 1},
		{1, 1, 8, 10, 0, 0, 0, 9, 0, 0, 0, 1},
		{30, 4, 0x80, 3},
		{2, 4, 0, 9, 8, 1},
	};
	static const uint8_t payload[] = {0x33, 0xaa, 0, 9, 0, 0, 0, 0, 'n', 'o', '\n', 200};
	p->options = (struct bytes){options[octet / 2 % 8], octet & 1 ? 12 : 0};
	p->payload = (struct bytes){payload, p->seg.len % (1 + sizeof payload)};
	p->ip_id = octet & 64 ? 0 : (uint16_t)p->frame / 2;
	p->ttl = octet & 128 ? 64 : 63;
}

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TESTS_TRAFFIC_H
#define SYNFIN_TESTS_TRAFFIC_H

#include <string.h>

#include "tests/fuzz/extras.h"

/* Octets as segments of a few connections: nine for each, see traffic_next. Numbers lie near what
 * both ends have sent so far, so that more than RSTs comes of it. */

enum { TRAFFIC_PAIRS = 4, TRAFFIC_OCTETS = 9 };

struct traffic {
	const uint8_t *at;
	size_t left;
	struct packet packet;
	uint32_t next[TRAFFIC_PAIRS][2];
};

static inline struct traffic traffic_of(const uint8_t *at, size_t len)
{
	struct traffic t = {.at = at, .left = len, .packet.time = 1700000000000000000};
	for (int i = 0; i < TRAFFIC_PAIRS; i++)
		t.next[i][0] = t.next[i][1] = i % 2 ? 0xfffffff0 : 1000;
	return t;
}

/* Pair 3 is a socket that talks to itself. */
static inline struct endpoint traffic_end(unsigned pair, unsigned end)
{
	struct endpoint e = {{{127, 0, 0, 1}, 4}, (uint16_t)(end || pair == 3 ? 80 : 40000 + pair)};
	if (pair == 2) {
		e.address.family = 6;
		memset(e.address.octet, end ? 0xfe : 0xfd, sizeof e.address.octet);
	}
	return e;
}

/* Powers of two, and now and then hours, back and forth. */
static inline int64_t traffic_pause(uint8_t octet)
{
	int64_t pause = (int64_t)1 << octet % 44;
	return octet >= 0xf0 ? -pause : pause;
}

/* The next segment into t->packet; false at the end. Octets: pair and end; flags; how far seq and
 * ack lie from what is expected; payload (two); window; time; options, IP ID and TTL. */
static inline bool traffic_next(struct traffic *t)
{
	const uint8_t *o = t->at;
	if (t->left < TRAFFIC_OCTETS)
		return false;
	unsigned pair = o[0] % TRAFFIC_PAIRS, from = o[0] / TRAFFIC_PAIRS % 2;
	struct packet *p = &t->packet;
	p->src = traffic_end(pair, from);
	p->dst = traffic_end(pair, !from);
	p->time += traffic_pause(o[7]);
	p->frame++;
	p->seg = (struct segment){
		.seq.n = t->next[pair][from] + (uint32_t)(int8_t)o[2],
		.ack.n = t->next[pair][!from] + (uint32_t)(int8_t)o[3],
		.len = (uint32_t)(o[4] >= 0xc0 ? o[4] << 22 : o[4] % 64) + o[5] % 4,
		.wnd = (uint32_t)o[6] << 8 | o[6],
		.flags = (uint16_t)(o[1] | (o[0] >> 7) << 8),
	};
	p->sum = o[6] % 8 ? SUM_GOOD : SUM_BAD;
	p->snapped = p->cut = o[6] % 64 == 9;
	traffic_extras(p, o[8]);
	if ((int8_t)o[2] >= -1 && (int8_t)o[2] <= 1 && !(p->seg.flags & RST))
		t->next[pair][from] = segment_end(&p->seg).n;
	t->at += TRAFFIC_OCTETS;
	t->left -= TRAFFIC_OCTETS;
	return true;
}

#endif

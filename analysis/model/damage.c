/* SPDX-License-Identifier: MIT */
#include "analysis/model/damage.h"

/* A longer one may have been joined, or left to be split: its sum is that of another length. */
enum { NEVER_SPLIT = 536 /* RFC 9293 3.7.1 */ };

bool damage_is_in(struct connection *c, int from, const struct packet *p)
{
	struct tally *mine = &c->tally[from];
	mine->summed |= p->sum == SUM_GOOD || p->sum == SUM_PARTIAL;
	return p->sum == SUM_BAD && mine->summed && p->seg.len <= NEVER_SPLIT;
}

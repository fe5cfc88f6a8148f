/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SPAN_H
#define SYNFIN_SPAN_H

#include "analysis/decode/reader.h"

/* What is left of a frame: the octets at hand, and how many more there were behind them on the
 * wire that the capture lacks. */
struct span {
	struct reader r;
	uint32_t cut;
};

/* Octets as sent, captured or not. */
static inline uint32_t span_sent(const struct span *s)
{
	return (uint32_t)s->r.left + s->cut;
}

/* A length field says where the span ends: octets behind that are padding, those lacking are cut.
 */
static inline void span_end_after(struct span *s, uint32_t sent)
{
	if (sent < s->r.left)
		s->r.left = sent;
	s->cut = sent - (uint32_t)s->r.left;
}

#endif

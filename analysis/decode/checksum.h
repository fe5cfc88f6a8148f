/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_CHECKSUM_H
#define SYNFIN_CHECKSUM_H

#include "analysis/decode/reader.h"

/* What a TCP checksum (RFC 9293 3.1) says. */
enum sum {
	SUM_UNKNOWN, /* not asked for, or not all of the segment is at hand */
	SUM_GOOD,
	SUM_BAD,
	SUM_PARTIAL, /* of the pseudo-header only: the rest is left to the network card (offload) */
};

/* One's complement sum (RFC 1071) of the octets as big-endian words, an odd last one padded with
 * zero, on top of `sum`: not complemented. */
uint16_t checksum_add(uint16_t sum, struct bytes octets);

/* The verdict on a whole TCP segment, header and payload, between two addresses of 4 or of 16
 * octets. Never SUM_UNKNOWN, but where the segment has no whole header. */
enum sum checksum_tcp(struct bytes src, struct bytes dst, struct bytes segment);

#endif

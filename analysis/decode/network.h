/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_NETWORK_H
#define SYNFIN_NETWORK_H

#include "analysis/decode/link.h"

/* What the innermost IP header and its extensions say of the transport header behind them. */
struct datagram {
	struct bytes src, dst; /* 4 or 16 octets of the frame */
	struct span body;      /* what is left to parse: set it before */
	uint16_t id;
	uint8_t ttl, protocol; /* IPv6: hop limit; the last next header */
	uint8_t depth;         /* IP headers inside each other so far */
	bool fragment, big;    /* as in struct packet */
};

/* Follow IP headers, extension headers and tunnels from d->body, which begins with the IP header
 * that type names, to a protocol that is none of these; d->body then begins with its header. What
 * else is in *d is meaningful on PARSE_OK only. */
enum parse_status network_parse(uint16_t type, struct datagram *d);

#endif

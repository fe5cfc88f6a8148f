/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_NETWORK_H
#define SYNFIN_NETWORK_H

#include "analysis/decode/link.h"

/* Protocol numbers (IANA), as far as they are followed. */
enum protocol {
	PROTOCOL_HOP_BY_HOP = 0,
	PROTOCOL_ICMP = 1,
	PROTOCOL_IPV4 = 4,
	PROTOCOL_TCP = 6,
	PROTOCOL_UDP = 17,
	PROTOCOL_IPV6 = 41,
	PROTOCOL_ROUTING = 43,
	PROTOCOL_FRAGMENT = 44,
	PROTOCOL_GRE = 47,
	PROTOCOL_AUTHENTICATION = 51,
	PROTOCOL_ICMPV6 = 58,
	PROTOCOL_DESTINATION = 60,
	PROTOCOL_MOBILITY = 135,
	PROTOCOL_HIP = 139,
	PROTOCOL_SHIM6 = 140,
};

/* What the innermost IP header and its extensions say of the transport header behind them. */
struct datagram {
	struct bytes src, dst; /* 4 or 16 octets of the frame */
	struct span body;      /* what is left to parse: set it before */
	uint16_t id;
	uint8_t ttl, protocol; /* IPv6: hop limit; the last next header */
	uint8_t depth;         /* IP headers inside each other so far */
	bool fragment, big;    /* as in struct packet */
	bool detour;           /* IPv6 extensions may stand for other addresses than these */
	uint32_t ip_len;       /* of the innermost IP packet, its header included */
};

/* Follow IP headers, extension headers and tunnels from d->body, which begins with the IP header
 * that type names, to a protocol that is none of these; d->body then begins with its header. What
 * else is in *d is meaningful on PARSE_OK only. */
enum parse_status network_parse(uint16_t type, struct datagram *d);

#endif

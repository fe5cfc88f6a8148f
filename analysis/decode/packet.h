/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_PACKET_H
#define SYNFIN_PACKET_H

#include "analysis/decode/checksum.h"
#include "analysis/decode/endpoint.h"
#include "analysis/decode/reader.h"
#include "analysis/decode/segment.h"

enum packet_kind { PACKET_TCP, PACKET_UDP, PACKET_ICMP };

/* One frame as the source delivers it. */
struct frame {
	const uint8_t *at;
	uint32_t captured, length; /* octets at hand, octets on the wire */
	int64_t time;              /* nanoseconds since 1970 */
	uint64_t number;           /* in the whole run, from 1 */
	int linktype;              /* a LINKTYPE_ value of the pcap file format */
	bool verify;               /* every TCP checksum, not only those with SYN, FIN or RST */
};

/* One decoded frame. `options`, `payload` point into the frame and live as long as it does. For
 * ICMP, src and dst are those of the message, and `quoted` says whether quoted_src, quoted_dst and
 * seg.seq hold what it quotes of a TCP segment. */
struct packet {
	int64_t time;
	uint64_t frame;
	struct endpoint src, dst;
	struct segment seg;
	uint32_t ip_len;      /* octets of the IP packet as sent, its header included */
	struct bytes options; /* of the TCP header */
	struct bytes payload; /* what was captured of it: may be shorter than seg.len */
	uint16_t urgent, checksum, ip_id;
	uint8_t ttl, icmp_type, icmp_code, kind, sum; /* enum packet_kind; enum sum, if asked for */
	bool quoted, fragment, snapped, cut; /* fragment: first of several; snapped: by the snap
					      * length; cut: so in the options of its TCP header */
	bool big;             /* IP length 0: a jumbogram, or BIG TCP with the frame's own length */
	bool crafted, forged; /* by ourselves; for an end of others. Only who injects knows. */
	struct endpoint quoted_src, quoted_dst;
};

/* What may be unusual about a packet as it was captured, a bit each. */
enum { ODD_SNAPPED = 1, ODD_FRAGMENT = 2, ODD_BIG = 4 };

static inline unsigned packet_oddities(const struct packet *p)
{
	return (p->snapped ? ODD_SNAPPED : 0u) | (p->fragment ? ODD_FRAGMENT : 0u) |
	       (p->big ? ODD_BIG : 0u);
}

/* Why a frame yields no packet. The first group is ordinary, the second is damage. */
enum parse_status {
	PARSE_OK,
	PARSE_NOT_IP,         /* ARP, LLDP, ... */
	PARSE_NOT_TRANSPORT,  /* IP, but neither TCP, UDP nor ICMP */
	PARSE_LATER_FRAGMENT, /* the header was in the first one */
	PARSE_LINKTYPE,       /* a link type that synfin cannot decode */
	PARSE_TRUNCATED,      /* ended before its headers did */
	PARSE_BAD_IP,         /* version, header length or total length cannot be */
	PARSE_BAD_OFFSET,     /* a TCP data offset below five words or past the segment */
	PARSE_BAD_TUNNEL,     /* more headers inside each other than anybody sends */
	PARSE_STATUSES,
};

/* "ended before its headers did": for a sentence that counts them. */
const char *parse_status_text(enum parse_status s);

/* True for those that mean a damaged frame rather than one that is none of our business. */
bool parse_status_is_damage(enum parse_status s);

/* Decode a frame through all its headers; *p is written on PARSE_OK only. Pure: no allocation. */
enum parse_status packet_parse(const struct frame *f, struct packet *p);

/* A packet, or why there is none. */
struct decoded {
	enum parse_status status;
	struct packet packet; /* with PARSE_OK */
};

#endif

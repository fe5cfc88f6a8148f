/* SPDX-License-Identifier: MIT */
#include "analysis/decode/network.h"

enum {
	DEPTH_MAX = 8,      /* IP headers inside each other */
	SENT_MAX = 1 << 30, /* the largest window (RFC 7323 2.3): no segment is longer */

	IPV4_FIXED = 20,
	IPV4_MORE = 0x2000,
	IPV4_OFFSET = 0x1fff,
	IPV6_FIXED = 40,
	IPV6_MORE = 0x0001,
	IPV6_OFFSET = 0xfff8,
	PAD1 = 0,
	JUMBO = 0xc2, /* RFC 2675 */

	GRE_CHECKSUM = 0x8000,
	GRE_ROUTING = 0x4000,
	GRE_KEY = 0x2000,
	GRE_SEQUENCE = 0x1000,
	GRE_VERSION = 0x0007,
	GRE_ETHERNET = 0x6558,

};

/* The length field is zero: the sender's stack left it to hardware, or 16 bits were too few. */
static enum parse_status take_frame_length(struct datagram *d)
{
	d->big = true;
	return span_sent(&d->body) > SENT_MAX ? PARSE_BAD_IP : PARSE_OK;
}

static enum parse_status step_ipv4(struct datagram *d)
{
	struct reader *r = &d->body.r;

	if (d->depth++ == DEPTH_MAX)
		return PARSE_BAD_TUNNEL;
	struct reader h = read_part(r, IPV4_FIXED);
	if (h.overrun)
		return PARSE_TRUNCATED;
	uint8_t first = read_u8(&h);
	read_skip(&h, 1);
	uint16_t total = read_be16(&h);
	d->id = read_be16(&h);
	uint16_t fragment = read_be16(&h);
	d->ttl = read_u8(&h);
	d->protocol = read_u8(&h);
	read_skip(&h, 2);
	d->src = read_bytes(&h, 4);
	d->dst = read_bytes(&h, 4);
	uint8_t header = (first & 0xf) * 4;
	if (first >> 4 != 4 || header < IPV4_FIXED || (total && total < header))
		return PARSE_BAD_IP;
	read_skip(r, header - (size_t)IPV4_FIXED);
	if (r->overrun)
		return PARSE_TRUNCATED;
	if (fragment & IPV4_OFFSET)
		return PARSE_LATER_FRAGMENT;
	d->fragment = fragment & IPV4_MORE;
	d->big = d->detour = false;
	if (total)
		span_end_after(&d->body, (uint32_t)total - header);
	d->ip_len = header + span_sent(&d->body);
	return total ? PARSE_OK : take_frame_length(d);
}

static enum parse_status step_ipv6(struct datagram *d)
{
	if (d->depth++ == DEPTH_MAX)
		return PARSE_BAD_TUNNEL;
	struct reader h = read_part(&d->body.r, IPV6_FIXED);
	if (h.overrun)
		return PARSE_TRUNCATED;
	uint8_t first = read_u8(&h);
	read_skip(&h, 3);
	uint16_t length = read_be16(&h);
	d->protocol = read_u8(&h);
	d->ttl = read_u8(&h);
	d->src = read_bytes(&h, 16);
	d->dst = read_bytes(&h, 16);
	d->id = 0;
	d->fragment = d->big = d->detour = false;
	if (first >> 4 != 6)
		return PARSE_BAD_IP;
	if (length)
		span_end_after(&d->body, length);
	d->ip_len = IPV6_FIXED + span_sent(&d->body);
	return length ? PARSE_OK : take_frame_length(d);
}

/* Next header, length in units of eight octets behind the first eight (RFC 8200 4). A routing
 * header names the last destination (RFC 6275: a destination option may name the source), and that
 * is what TCP's checksum covers. */
static enum parse_status step_extension(struct datagram *d)
{
	struct reader *r = &d->body.r;

	d->protocol = read_u8(r);
	d->detour = true;
	read_skip(r, 6 + 8 * (size_t)read_u8(r));
	return r->overrun ? PARSE_TRUNCATED : PARSE_OK;
}

/* RFC 4302 2.2: length in units of four, less two. */
static enum parse_status step_ah(struct datagram *d)
{
	struct reader *r = &d->body.r;

	d->protocol = read_u8(r);
	read_skip(r, 6 + 4 * (size_t)read_u8(r));
	return r->overrun ? PARSE_TRUNCATED : PARSE_OK;
}

static enum parse_status step_fragment(struct datagram *d)
{
	struct reader *r = &d->body.r;

	d->protocol = read_u8(r);
	read_skip(r, 1);
	uint16_t bits = read_be16(r);
	read_skip(r, 4);
	if (r->overrun)
		return PARSE_TRUNCATED;
	d->fragment = bits & IPV6_MORE;
	return bits & IPV6_OFFSET ? PARSE_LATER_FRAGMENT : PARSE_OK;
}

/* The value of the jumbo payload option, or zero. */
static uint32_t find_jumbo(struct bytes options)
{
	struct reader r = reader_of(options.at, options.len);

	while (r.left) {
		uint8_t type = read_u8(&r);
		if (type == PAD1)
			continue;
		uint8_t len = read_u8(&r);
		if (type == JUMBO && len == 4)
			return read_be32(&r);
		read_skip(&r, len);
		if (r.overrun)
			break;
	}
	return 0;
}

/* A jumbo length counts from behind the fixed header, so this one is in it. */
static enum parse_status step_hop_by_hop(struct datagram *d)
{
	struct reader *r = &d->body.r;
	uint32_t there = span_sent(&d->body);

	d->protocol = read_u8(r);
	struct bytes options = read_bytes(r, 6 + 8 * (size_t)read_u8(r));
	if (r->overrun)
		return PARSE_TRUNCATED;
	uint32_t jumbo = d->big ? find_jumbo(options) : 0;
	if (!jumbo)
		return PARSE_OK;
	if (jumbo < options.len + 2 || jumbo > there)
		return PARSE_BAD_IP;
	span_end_after(&d->body, jumbo - (uint32_t)options.len - 2);
	return PARSE_OK;
}

/* RFC 2784 and 2890: checksum, key and sequence number take a word each, when there. PPTP's version
 * 1 and RFC 1701's source routes are not followed. */
static enum parse_status step_gre(struct datagram *d)
{
	struct reader *r = &d->body.r;
	uint16_t bits = read_be16(r);
	uint16_t type = read_be16(r);
	size_t words = !!(bits & GRE_CHECKSUM) + (size_t) !!(bits & GRE_KEY) +
		       (size_t) !!(bits & GRE_SEQUENCE);

	read_skip(r, 4 * words);
	if (r->overrun)
		return PARSE_TRUNCATED;
	if (bits & (GRE_VERSION | GRE_ROUTING))
		return PARSE_NOT_TRANSPORT;
	enum parse_status status = type == GRE_ETHERNET ? link_parse(LINK_ETHERNET, &d->body, &type)
							: link_follow(&d->body, &type);
	d->protocol = type == TYPE_IPV6 ? PROTOCOL_IPV6 : PROTOCOL_IPV4;
	return status == PARSE_NOT_IP ? PARSE_NOT_TRANSPORT : status;
}

/* Steps over one header and sets d->protocol to what follows; takes at least one octet. */
typedef enum parse_status step_fn(struct datagram *d);

static step_fn *const steps[256] = {
	[PROTOCOL_IPV4] = step_ipv4,
	[PROTOCOL_IPV6] = step_ipv6,
	[PROTOCOL_HOP_BY_HOP] = step_hop_by_hop,
	[PROTOCOL_ROUTING] = step_extension,
	[PROTOCOL_FRAGMENT] = step_fragment,
	[PROTOCOL_DESTINATION] = step_extension,
	[PROTOCOL_AUTHENTICATION] = step_ah,
	[PROTOCOL_MOBILITY] = step_extension,
	[PROTOCOL_HIP] = step_extension,
	[PROTOCOL_SHIM6] = step_extension,
	[PROTOCOL_GRE] = step_gre,
};

enum parse_status network_parse(uint16_t type, struct datagram *d)
{
	d->depth = 0;
	d->protocol = type == TYPE_IPV6 ? PROTOCOL_IPV6 : PROTOCOL_IPV4;
	for (step_fn *step; (step = steps[d->protocol]);) {
		enum parse_status status = step(d);
		if (status != PARSE_OK)
			return status;
	}
	return PARSE_OK;
}

/* SPDX-License-Identifier: MIT */
#include "analysis/decode/packet.h"

#include <string.h>

#include "analysis/decode/network.h"

enum {
	TCP_FIXED = 20,
	TCP_FLAGS = 0x1ff, /* AE is the lowest of what RFC 793 reserved */
	UDP_HEADER = 8,
	ICMP_HEADER = 8,
};

static const struct {
	const char *text;
	bool damage;
} statuses[PARSE_STATUSES] = {
	[PARSE_OK] = {"held a segment", false},
	[PARSE_NOT_IP] = {"carried no IP", false},
	[PARSE_NOT_TRANSPORT] = {"carried neither TCP, UDP nor ICMP", false},
	[PARSE_LATER_FRAGMENT] = {"continued a fragmented packet", false},
	[PARSE_LINKTYPE] = {"came from a link type that synfin cannot decode", false},
	[PARSE_TRUNCATED] = {"ended before its headers did", true},
	[PARSE_BAD_IP] = {"had an impossible version or length in its IP header", true},
	[PARSE_BAD_OFFSET] = {"had an impossible data offset in its TCP header", true},
	[PARSE_BAD_TUNNEL] = {"had more headers inside each other than anybody sends", true},
};

const char *parse_status_text(enum parse_status s)
{
	return statuses[s].text;
}

bool parse_status_is_damage(enum parse_status s)
{
	return statuses[s].damage;
}

/* Two branches, because a copy of known length is one instruction and any other a call. */
static inline void set_endpoint(struct endpoint *e, struct bytes octets, uint16_t port)
{
	*e = (struct endpoint){.address.family = 4, .port = port};
	if (octets.len == 4) {
		memcpy(e->address.octet, octets.at, 4);
	} else {
		memcpy(e->address.octet, octets.at, 16);
		e->address.family = 6;
	}
}

/* What the frame and the IP header say; nothing yet of the rest. Member by member: gcc clears a
 * struct of this size with `rep stos`, which takes longer than the whole parse. */
static inline void packet_begin(struct packet *p, const struct frame *f, const struct datagram *d)
{
	p->time = f->time;
	p->frame = f->number;
	p->options = (struct bytes){NULL, 0};
	p->urgent = p->checksum = 0;
	p->ip_id = d->id;
	p->ttl = d->ttl;
	p->icmp_type = p->icmp_code = 0;
	p->quoted = false;
	p->snapped = d->body.cut > 0;
	p->fragment = d->fragment;
	p->sum = SUM_UNKNOWN;
	p->cut = false;
	p->big = d->big;
	p->crafted = p->forged = false;
	p->ip_len = d->ip_len;
	p->quoted_src = (struct endpoint){.port = 0};
	p->quoted_dst = (struct endpoint){.port = 0};
}

/* Costly for long segments: only where something depends on it. */
static enum sum verify(const struct frame *f, const struct datagram *d, unsigned flags)
{
	const struct span *s = &d->body;
	if (!(f->verify || flags & (SYN | FIN | RST)) || s->cut || d->fragment || d->detour)
		return SUM_UNKNOWN;
	return checksum_tcp(d->src, d->dst, (struct bytes){s->r.at, s->r.left});
}

static enum parse_status parse_tcp(const struct frame *f, const struct datagram *d,
				   struct packet *p)
{
	struct reader r = d->body.r;
	struct reader h = read_part(&r, TCP_FIXED);
	if (h.overrun)
		return PARSE_TRUNCATED;
	uint16_t src_port = read_be16(&h);
	uint16_t dst_port = read_be16(&h);
	struct segment seg = {.seq.n = read_be32(&h), .ack.n = read_be32(&h)};
	uint16_t bits = read_be16(&h);
	uint32_t header = (uint32_t)(bits >> 12) * 4;
	if (header < TCP_FIXED || header > span_sent(&d->body))
		return PARSE_BAD_OFFSET;
	seg.len = span_sent(&d->body) - header;
	seg.flags = bits & TCP_FLAGS;
	seg.wnd = read_be16(&h);

	packet_begin(p, f, d);
	p->kind = PACKET_TCP;
	set_endpoint(&p->src, d->src, src_port);
	set_endpoint(&p->dst, d->dst, dst_port);
	p->seg = seg;
	p->checksum = read_be16(&h);
	p->urgent = read_be16(&h);
	p->sum = (uint8_t)verify(f, d, seg.flags);
	size_t options = header - TCP_FIXED;
	p->cut = options > r.left;
	p->options = read_bytes(&r, p->cut ? r.left : options);
	p->payload = read_bytes(&r, r.left);
	return PARSE_OK;
}

static enum parse_status parse_udp(const struct frame *f, const struct datagram *d,
				   struct packet *p)
{
	struct reader r = d->body.r;
	uint16_t src_port = read_be16(&r);
	uint16_t dst_port = read_be16(&r);
	read_skip(&r, 2); /* its length says no more than IP's does */
	uint16_t checksum = read_be16(&r);

	if (r.overrun)
		return PARSE_TRUNCATED;
	packet_begin(p, f, d);
	p->kind = PACKET_UDP;
	set_endpoint(&p->src, d->src, src_port);
	set_endpoint(&p->dst, d->dst, dst_port);
	p->seg = (struct segment){.len = span_sent(&d->body) - UDP_HEADER};
	p->checksum = checksum;
	p->payload = read_bytes(&r, r.left);
	return PARSE_OK;
}

/* RFC 792: unreachable, quench, redirect, time exceeded, parameter problem; RFC 4443: all below 5.
 */
static bool icmp_quotes(const struct packet *p)
{
	uint32_t errors = p->src.address.family == 4
				  ? 1u << 3 | 1u << 4 | 1u << 5 | 1u << 11 | 1u << 12
				  : 1u << 1 | 1u << 2 | 1u << 3 | 1u << 4;

	return p->icmp_type < 32 && (errors >> p->icmp_type & 1);
}

/* Whatever is wrong with a quotation, the message that holds it is not. */
static void parse_quote(const struct span *quote, struct packet *p)
{
	uint16_t type = p->src.address.family == 4 ? TYPE_IPV4 : TYPE_IPV6;
	struct datagram d = {.body = *quote};

	if (network_parse(type, &d) != PARSE_OK || d.protocol != PROTOCOL_TCP)
		return;
	uint16_t src_port = read_be16(&d.body.r);
	uint16_t dst_port = read_be16(&d.body.r);
	struct seq seq = {read_be32(&d.body.r)};
	if (d.body.r.overrun)
		return;
	p->quoted = true;
	set_endpoint(&p->quoted_src, d.src, src_port);
	set_endpoint(&p->quoted_dst, d.dst, dst_port);
	p->seg.seq = seq;
}

static enum parse_status parse_icmp(const struct frame *f, const struct datagram *d,
				    struct packet *p)
{
	struct span s = d->body;
	uint8_t type = read_u8(&s.r);
	uint8_t code = read_u8(&s.r);
	uint16_t checksum = read_be16(&s.r);
	read_skip(&s.r, 4);

	if (s.r.overrun)
		return PARSE_TRUNCATED;
	packet_begin(p, f, d);
	p->kind = PACKET_ICMP;
	set_endpoint(&p->src, d->src, 0);
	set_endpoint(&p->dst, d->dst, 0);
	p->icmp_type = type;
	p->icmp_code = code;
	p->checksum = checksum;
	p->seg = (struct segment){.len = span_sent(&s)};
	p->payload = (struct bytes){s.r.at, s.r.left};
	if (icmp_quotes(p))
		parse_quote(&s, p);
	return PARSE_OK;
}

typedef enum parse_status transport_fn(const struct frame *f, const struct datagram *d,
				       struct packet *p);

static transport_fn *const transports[256] = {
	[PROTOCOL_TCP] = parse_tcp,
	[PROTOCOL_UDP] = parse_udp,
	[PROTOCOL_ICMP] = parse_icmp,
	[PROTOCOL_ICMPV6] = parse_icmp,
};

enum parse_status packet_parse(const struct frame *f, struct packet *p)
{
	uint32_t cut = f->length > f->captured ? f->length - f->captured : 0;
	struct datagram d;
	uint16_t type;

	d.body = (struct span){reader_of(f->at, f->captured), cut};
	enum parse_status status = link_parse(f->linktype, &d.body, &type);
	if (status == PARSE_OK)
		status = network_parse(type, &d);
	if (status != PARSE_OK)
		return status;
	transport_fn *parse = transports[d.protocol];
	return parse ? parse(f, &d, p) : PARSE_NOT_TRANSPORT;
}

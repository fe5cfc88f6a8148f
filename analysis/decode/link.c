/* SPDX-License-Identifier: MIT */
#include "analysis/decode/link.h"

enum {
	NO_TYPE = 0xffff,    /* reserved by RFC 1701: stands for "nothing that carries IP" */
	LENGTH_MAX = 1500,   /* IEEE 802.3: up to here the field is a length, not a type */
	LLC_SNAP = 0xaaaa,   /* DSAP and SSAP */
	BOTTOM = 0x100,      /* of an MPLS label stack (RFC 3032) */
	PPP_ADDRESS = 0xff,  /* RFC 1662: "all stations", before a control octet */
	PPPOE_SESSION = 0x00 /* the code of RFC 2516's session stage */
};

/* Steps over one header; returns the ethertype of what follows. */
typedef uint16_t strip_fn(struct reader *r);

static uint8_t peek_version(struct reader *r)
{
	struct reader ahead = *r;
	uint8_t version = read_u8(&ahead) >> 4;

	r->overrun = ahead.overrun;
	return version;
}

static uint16_t strip_ethernet(struct reader *r)
{
	read_skip(r, 12);
	return read_be16(r);
}

static uint16_t strip_vlan(struct reader *r)
{
	read_skip(r, 2);
	return read_be16(r);
}

/* RFC 1042, and 802.1H's OUI beside it; any other SAP or OUI carries no IP. */
static uint16_t strip_llc(struct reader *r)
{
	if (read_be16(r) != LLC_SNAP || read_u8(r) != 0x03)
		return NO_TYPE;
	uint32_t oui = (uint32_t)read_be16(r) << 8 | read_u8(r);
	uint16_t type = read_be16(r);
	return oui == 0 || oui == 0xf8 ? type : NO_TYPE;
}

static uint16_t strip_mpls(struct reader *r)
{
	while (!(read_be32(r) & BOTTOM) && !r->overrun)
		;
	switch (peek_version(r)) {
	case 4:
		return TYPE_IPV4;
	case 6:
		return TYPE_IPV6;
	default: /* a pseudowire's control word (RFC 4385), or the frame's end */
		return NO_TYPE;
	}
}

/* With or without address and control, and with the protocol field compressed or not: an odd first
 * octet is all of it (RFC 1661 2 and 6.5). */
static uint16_t strip_ppp(struct reader *r)
{
	uint16_t protocol = read_u8(r);

	if (protocol == PPP_ADDRESS) {
		read_skip(r, 1);
		protocol = read_u8(r);
	}
	if (!(protocol & 1))
		protocol = (uint16_t)(protocol << 8 | read_u8(r));

	static const struct {
		uint16_t protocol, type;
	} table[] = {
		{0x0021, TYPE_IPV4},
		{0x0057, TYPE_IPV6},
		{0x0281, 0x8847}, /* MPLS */
		{0x0283, 0x8848},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (table[i].protocol == protocol)
			return table[i].type;
	return NO_TYPE;
}

static uint16_t strip_pppoe(struct reader *r)
{
	read_skip(r, 1);
	uint8_t code = read_u8(r);
	read_skip(r, 4);
	return code == PPPOE_SESSION ? strip_ppp(r) : NO_TYPE;
}

static uint16_t strip_sll(struct reader *r)
{
	read_skip(r, 14);
	return read_be16(r);
}

static uint16_t strip_sll2(struct reader *r)
{
	uint16_t type = read_be16(r);
	read_skip(r, 18);
	return type;
}

/* The address family in the byte order of the capturing host (LOOP: of the network). */
static uint16_t strip_family(struct reader *r)
{
	uint32_t family = read_be32(r);

	if (!(family & 0xffffff))
		family >>= 24;
	switch (family) {
	case 2:
		return TYPE_IPV4;
	case 10: /* Linux */
	case 24: /* NetBSD, OpenBSD, Npcap */
	case 28: /* FreeBSD */
	case 30: /* Darwin */
		return TYPE_IPV6;
	default:
		return NO_TYPE;
	}
}

/* A link that promises IP: a version that is neither is left for the header's own check. */
static uint16_t strip_nothing(struct reader *r)
{
	return peek_version(r) == 6 ? TYPE_IPV6 : TYPE_IPV4;
}

static uint16_t strip_nothing_ipv4(struct reader *r)
{
	(void)r;
	return TYPE_IPV4;
}

static uint16_t strip_nothing_ipv6(struct reader *r)
{
	(void)r;
	return TYPE_IPV6;
}

struct strip {
	int number;
	strip_fn *strip;
};

static const struct strip links[] = {
	{LINK_ETHERNET, strip_ethernet},
	{113, strip_sll},          /* LINUX_SLL */
	{276, strip_sll2},         /* LINUX_SLL2 */
	{0, strip_family},         /* NULL */
	{108, strip_family},       /* LOOP */
	{101, strip_nothing},      /* RAW */
	{12, strip_nothing},       /* DLT_RAW, as libpcap says it here */
	{14, strip_nothing},       /* DLT_RAW of OpenBSD */
	{228, strip_nothing_ipv4}, /* IPV4 */
	{229, strip_nothing_ipv6}, /* IPV6 */
	{9, strip_ppp},            /* PPP */
	{51, strip_pppoe},         /* PPP_ETHER */
};

static const struct strip tags[] = {
	{0x8100, strip_vlan}, /* 802.1Q */
	{0x88a8, strip_vlan}, /* 802.1ad */
	{0x9100, strip_vlan}, /* QinQ before it had a standard */
	{0x8864, strip_pppoe}, {0x8847, strip_mpls}, {0x8848, strip_mpls},
};

static strip_fn *link_of(int linktype)
{
	for (size_t i = 0; i < sizeof links / sizeof *links; i++)
		if (links[i].number == linktype)
			return links[i].strip;
	return NULL;
}

static strip_fn *tag_of(uint16_t type)
{
	if (type <= LENGTH_MAX)
		return strip_llc;
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (tags[i].number == type)
			return tags[i].strip;
	return NULL;
}

enum parse_status link_parse(int linktype, struct span *s, uint16_t *type)
{
	strip_fn *strip = link_of(linktype);

	if (!strip)
		return PARSE_LINKTYPE;
	*type = strip(&s->r);
	if (s->r.overrun)
		return PARSE_TRUNCATED;
	return link_follow(s, type);
}

/* Ends with the frame at the latest: every strip takes octets. */
enum parse_status link_follow(struct span *s, uint16_t *type)
{
	while (*type != TYPE_IPV4 && *type != TYPE_IPV6) {
		strip_fn *strip = tag_of(*type);

		if (!strip)
			return PARSE_NOT_IP;
		*type = strip(&s->r);
		if (s->r.overrun)
			return PARSE_TRUNCATED;
	}
	return PARSE_OK;
}

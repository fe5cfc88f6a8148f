/* SPDX-License-Identifier: MIT */
#include "inject/craft.h"

#include <libnet.h>
#include <stdlib.h>
#include <string.h>

enum {
	IPV4_HEADER = 20,
	IPV6_HEADER = 40,
	TCP_HEADER = 20,
	MOST_OPTIONS = 40,
	MOST_WINDOW = 65535,
	MOST_FLAGS = 0x1ff,
	USUAL_TTL = 64,
	PROTOCOL = 6,
	DONT_FRAGMENT = 0x4000,
	AE_AT = 12, /* octets of the TCP header */
	CHECKSUM_AT = 16,
};

struct craft {
	libnet_t *net;
	uint8_t *packet; /* what libnet made last; NULL: nothing yet */
};

/* What of a packet is more than its field holds. */
struct limit {
	const char *what;
	size_t is, most;
	const char *cure;
};

struct craft *craft_new(void)
{
	char error[LIBNET_ERRBUF_SIZE];
	struct craft *c = calloc(1, sizeof *c);
	if (!c)
		return NULL;
	c->net = libnet_init(LIBNET_NONE, NULL, error);
	if (c->net)
		return c;
	free(c);
	return NULL;
}

/* libnet's builders append to what the last packet left. */
static void clear(struct craft *c)
{
	libnet_clear_packet(c->net);
	if (c->packet)
		libnet_adv_free_packet(c->net, c->packet);
	c->packet = NULL;
}

void craft_free(struct craft *c)
{
	clear(c);
	libnet_destroy(c->net);
	free(c);
}

static size_t ip_header(const struct packet *p)
{
	return p->src.address.family == 4 ? IPV4_HEADER : IPV6_HEADER;
}

static size_t whole_words(size_t octets)
{
	return (octets + 3) / 4 * 4;
}

static size_t segment_length(const struct packet *p)
{
	return TCP_HEADER + whole_words(p->options.len) + p->payload.len;
}

static bool fits(const struct packet *p, char why[static WHY_TEXT])
{
	const struct limit limits[] = {
		{"the length of the TCP options", p->options.len, MOST_OPTIONS, "Leave some out."},
		{"the length of the IP packet", ip_header(p) + segment_length(p), CRAFT_ROOM,
		 "Send less at once."},
		{"the window", p->seg.wnd, MOST_WINDOW,
		 "A larger one needs the window scale option."},
		{"the number that the flags make", p->seg.flags, MOST_FLAGS,
		 "The highest flag is AE."},
	};
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		const struct limit *l = &limits[i];
		if (l->is <= l->most)
			continue;
		snprintf(why, WHY_TEXT, "%s is %zu, and the most is %zu\n%s", l->what, l->is,
			 l->most, l->cure);
		return false;
	}
	return true;
}

static bool makes_sense(const struct packet *p, char why[static WHY_TEXT])
{
	int family = p->src.address.family;
	if ((family != 4 && family != 6) || family != p->dst.address.family) {
		snprintf(why, WHY_TEXT,
			 "both ends of a packet need an address, and of the same family\n"
			 "Give two IPv4 addresses, or two IPv6 addresses.");
		return false;
	}
	if (p->payload.len != p->seg.len) {
		snprintf(why, WHY_TEXT, "of %u octets of payload, %zu are at hand\nGive them all.",
			 p->seg.len, p->payload.len);
		return false;
	}
	return fits(p, why);
}

/* A sum of 0 lets libnet calculate it. */
static bool build_tcp(libnet_t *net, const struct packet *p)
{
	uint8_t option[MOST_OPTIONS] = {0};
	uint32_t options = (uint32_t)whole_words(p->options.len);
	uint32_t payload = (uint32_t)p->payload.len;
	if (options)
		memcpy(option, p->options.at, p->options.len);
	if (options && libnet_build_tcp_options(option, options, net, 0) < 0)
		return false;
	return libnet_build_tcp(p->src.port, p->dst.port, p->seg.seq.n, p->seg.ack.n,
				(uint8_t)p->seg.flags, (uint16_t)p->seg.wnd, 0, p->urgent,
				(uint16_t)segment_length(p), payload ? p->payload.at : NULL,
				payload, net, 0) >= 0;
}

/* With DONT_FRAGMENT the kernel leaves an identification of 0 what it is. */
static bool build_ipv4(libnet_t *net, const struct packet *p, uint8_t ttl)
{
	uint16_t len = (uint16_t)(IPV4_HEADER + segment_length(p));
	uint32_t src, dst;
	memcpy(&src, p->src.address.octet, sizeof src);
	memcpy(&dst, p->dst.address.octet, sizeof dst);
	return libnet_build_ipv4(len, 0, p->ip_id, DONT_FRAGMENT, ttl, PROTOCOL, 0, src, dst, NULL,
				 0, net, 0) >= 0;
}

static bool build_ipv6(libnet_t *net, const struct packet *p, uint8_t ttl)
{
	struct libnet_in6_addr src, dst;
	memcpy(&src, p->src.address.octet, sizeof src);
	memcpy(&dst, p->dst.address.octet, sizeof dst);
	return libnet_build_ipv6(0, 0, (uint16_t)segment_length(p), PROTOCOL, ttl, src, dst, NULL,
				 0, net, 0) >= 0;
}

static bool build(struct craft *c, const struct packet *p, uint32_t *len)
{
	bool v4 = p->src.address.family == 4;
	uint8_t ttl = p->ttl ? p->ttl : USUAL_TTL;
	return build_tcp(c->net, p) &&
	       (v4 ? build_ipv4(c->net, p, ttl) : build_ipv6(c->net, p, ttl)) &&
	       libnet_pblock_coalesce(c->net, &c->packet, len) >= 0;
}

static uint16_t checksum_of(const uint8_t *tcp)
{
	return (uint16_t)(tcp[CHECKSUM_AT] << 8 | tcp[CHECKSUM_AT + 1]);
}

static void set_checksum(uint8_t *tcp, uint16_t sum)
{
	tcp[CHECKSUM_AT] = (uint8_t)(sum >> 8);
	tcp[CHECKSUM_AT + 1] = (uint8_t)sum;
}

/* libnet's flags are an octet. What the header gains its checksum loses (RFC 1624). */
static void set_ae(uint8_t *tcp)
{
	static const uint8_t gained[] = {1, 0};
	uint16_t sum = (uint16_t)~checksum_of(tcp);
	tcp[AE_AT] |= 1;
	set_checksum(tcp, (uint16_t)~checksum_add(sum, (struct bytes){gained, sizeof gained}));
}

/* The next one that is neither another way to write the right one nor a partial one. It is not 0,
 * the next to 0xffff, which a right one never is: no pseudo-header's octets are all zero. */
static void spoil_checksum(const struct packet *p, uint8_t *tcp)
{
	size_t size = p->src.address.family == 4 ? 4 : 16;
	const struct bytes src = {p->src.address.octet, size}, dst = {p->dst.address.octet, size};
	const struct bytes segment = {tcp, segment_length(p)};
	do
		set_checksum(tcp, (uint16_t)(checksum_of(tcp) + 1));
	while (checksum_tcp(src, dst, segment) != SUM_BAD);
}

bool craft_packet(struct craft *c, const struct packet *p, struct bytes *octets,
		  char why[static WHY_TEXT])
{
	uint32_t len = 0;
	if (!makes_sense(p, why))
		return false;
	clear(c);
	if (!build(c, p, &len)) {
		snprintf(why, WHY_TEXT, "libnet cannot build the packet: %s\n%s",
			 libnet_geterror(c->net), "Close something, and try again.");
		return false;
	}
	uint8_t *tcp = c->packet + ip_header(p);
	if (p->seg.flags & AE)
		set_ae(tcp);
	if (p->sum == SUM_BAD)
		spoil_checksum(p, tcp);
	*octets = (struct bytes){c->packet, len};
	return true;
}

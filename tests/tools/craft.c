/* SPDX-License-Identifier: MIT */
/* Frames for scenario.c: Ethernet, IPv4 (RFC 791), TCP (RFC 9293 3.1), ICMP (RFC 792). */
#include "craft.h"

#include <stdbool.h>
#include <string.h>

#include "octets.h"

enum { TCP_HEADER = 20, ICMP_HEADER = 8, QUOTED = IP_HEADER + 8 };
enum { SNAP = 1 << 18, SECOND = 1000000 };
enum { DONT_FRAGMENT = 0x4000, MORE_FRAGMENTS = 0x2000 };

void craft_file(FILE *out)
{
	static const uint32_t header[] = {0xa1b2c3d4, 4 << 16 | 2, 0, 0, SNAP, 1};
	fwrite(header, sizeof header, 1, out);
}

void craft_record(FILE *out, int64_t now, const struct frame *f, size_t most)
{
	size_t here = most < f->len ? most : f->len;
	uint32_t header[] = {(uint32_t)(now / SECOND), (uint32_t)(now % SECOND), (uint32_t)here,
			     (uint32_t)f->len};
	fwrite(header, sizeof header, 1, out);
	fwrite(f->octet, here, 1, out);
}

void put(uint8_t *at, uint32_t n, size_t octets)
{
	for (size_t i = 0; i < octets; i++)
		at[i] = (uint8_t)(n >> 8 * (octets - 1 - i));
}

static uint8_t *ip_of(struct frame *f)
{
	return f->octet + ETHERNET;
}

static unsigned fold(uint32_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

static void sum_ip(struct frame *f)
{
	put(ip_of(f) + 10, 0, 2);
	put(ip_of(f) + 10, ~fold(sum16(ip_of(f), IP_HEADER)), 2);
}

/* Ethernet and IP around the `len` octets that follow. */
static void put_headers(struct frame *f, bool to_server, size_t len)
{
	uint8_t *ip = ip_of(f);
	f->len = ETHERNET + IP_HEADER + len;
	memset(f->octet, 0, ETHERNET + IP_HEADER);
	f->octet[0] = f->octet[6] = 2;
	f->octet[to_server ? 5 : 11] = 1;
	f->octet[12] = 8;
	ip[0] = 0x45;
	put(ip + 2, (uint32_t)(IP_HEADER + len), 2);
	put(ip + 6, DONT_FRAGMENT, 2);
	ip[8] = 64;
}

static size_t put_tcp(uint8_t *tcp, const struct ends *ends, const struct segment *g)
{
	size_t header = TCP_HEADER + g->options_len;
	put(tcp, ends->port[g->from], 2);
	put(tcp + 2, ends->port[!g->from], 2);
	put(tcp + 4, g->seq, 4);
	put(tcp + 8, g->field[ACK_NUMBER], 4);
	put(tcp + 12, (uint32_t)(header / 4 << 12) | g->flags, 2);
	put(tcp + 14, g->field[WIN], 2);
	put(tcp + 16, 0, 2);
	put(tcp + 18, g->field[URG], 2);
	memcpy(tcp + TCP_HEADER, g->option, g->options_len);
	memcpy(tcp + header, g->payload, g->len);
	return header + g->len;
}

/* A partial sum is that of the pseudo-header alone, not complemented: the interface adds the rest.
 */
static void sum_tcp(struct frame *f, const struct segment *g, size_t len)
{
	uint8_t *tcp = ip_of(f) + IP_HEADER;
	unsigned pseudo = fold(sum16(ip_of(f) + 12, 8) + 6 + (uint32_t)len);
	unsigned sum = ~fold(pseudo + sum16(tcp, len)) & 0xffff;
	if (g->field[PARTIAL_SUM])
		sum = pseudo;
	if (g->field[BAD_SUM])
		sum ^= 0x5555;
	put(tcp + 16, sum, 2);
}

void craft_segment(struct frame *f, const struct ends *ends, const struct segment *g)
{
	uint8_t *ip = ip_of(f);
	size_t len = put_tcp(ip + IP_HEADER, ends, g);
	put_headers(f, g->from == 0, len);
	put(ip + 4, g->field[ID], 2);
	ip[8] = (uint8_t)g->field[TTL];
	ip[9] = 6;
	memcpy(ip + 12, ends->address[g->from], 4);
	memcpy(ip + 16, ends->address[!g->from], 4);
	sum_tcp(f, g, len);
	if (g->field[NO_IP_LEN])
		put(ip + 2, 0, 2);
	sum_ip(f);
}

void craft_icmp(struct frame *f, const uint8_t *router, unsigned type_code,
		const struct frame *quoted)
{
	uint8_t *ip = ip_of(f), *icmp = ip + IP_HEADER;
	memset(icmp, 0, ICMP_HEADER);
	put(icmp, type_code, 2);
	memcpy(icmp + ICMP_HEADER, quoted->octet + ETHERNET, QUOTED);
	put(icmp + 2, ~fold(sum16(icmp, ICMP_HEADER + QUOTED)), 2);
	put_headers(f, false, ICMP_HEADER + QUOTED);
	ip[9] = 1;
	memcpy(ip + 12, router, 4);
	memcpy(ip + 16, icmp + ICMP_HEADER + 12, 4);
	sum_ip(f);
}

void craft_fragment(struct frame *f, size_t at, size_t len)
{
	uint8_t *ip = ip_of(f);
	size_t left = f->len - ETHERNET - IP_HEADER - at;
	size_t here = len ? len : left;
	memmove(ip + IP_HEADER, ip + IP_HEADER + at, here);
	put(ip + 2, (uint32_t)(IP_HEADER + here), 2);
	put(ip + 6, (uint32_t)(here < left ? MORE_FRAGMENTS : 0) | (uint32_t)(at / 8), 2);
	sum_ip(f);
	f->len = ETHERNET + IP_HEADER + here;
}

void craft_next_hop(struct frame *f)
{
	ip_of(f)[8]--;
	sum_ip(f);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/decode/network.h"
#include "tests/unit/rows.h"

enum { TCP = 6, ESP = 50, NONE = 59, FRAGMENT = 1, BIG = 2 };

/* Behind an IPv4 header's protocol and an IPv6 header's hop limit. */
#define A4 " 0000 0a000001 0a000002 "
#define A6 " 20010db8000000000000000000000001 20010db8000000000000000000000002 "
#define EIGHT "0102030405060708 "
#define TUNNEL "4500 0000 0001 0000 40 04" A4
#define TUNNELS TUNNEL TUNNEL TUNNEL TUNNEL
#define ETHERNET "0102030405060708090a0b0c "

/* `cut`: octets that the capture lacks; `left`, `sent`: those for the transport, here and in all.
 */
static const struct good {
	const char *name, *hex;
	uint32_t cut;
	uint8_t protocol;
	uint32_t left, sent;
	int flags;
} good[] = {
	{"IPv4", "4500 001c 0001 4000 40 06" A4 EIGHT, 0, TCP, 8, 8, 0},
	{"IPv4, padded", "4500 0018 0001 4000 40 06" A4 EIGHT, 0, TCP, 4, 4, 0},
	{"IPv4, cut", "4500 0020 0001 4000 40 06" A4 EIGHT, 4, TCP, 8, 12, 0},
	{"IPv4, padded and cut", "4500 0020 0001 4000 40 06" A4 EIGHT, 9, TCP, 8, 12, 0},
	{"IPv4, nothing in it", "4500 0014 0001 4000 40 06" A4, 0, TCP, 0, 0, 0},
	{"IPv4, ten words", "4f00 0044 0001 0000 40 06" A4 EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT, 0,
	 TCP, 8, 8, 0},
	{"IPv4, first fragment", "4500 001c 0001 2000 40 06" A4 EIGHT, 0, TCP, 8, 8, FRAGMENT},
	{"IPv4, no length", "4500 0000 0001 4000 40 06" A4 EIGHT, 70000, TCP, 8, 70008, BIG},
	{"IPv4, ESP", "4500 001c 0001 4000 40 32" A4 EIGHT, 0, ESP, 8, 8, 0},
	{"IPv4, AH", "4500 002c 0001 4000 40 33" A4 "06 02 0000 00000000 00000000 00000000 " EIGHT,
	 0, TCP, 8, 8, 0},
	{"IPv6", "60000000 0008 06 40" A6 EIGHT, 0, TCP, 8, 8, 0},
	{"IPv6, padded", "60000000 0006 06 40" A6 EIGHT, 0, TCP, 6, 6, 0},
	{"IPv6, no length", "60000000 0000 06 40" A6 EIGHT, 70000, TCP, 8, 70008, BIG},
	{"IPv6, nothing next", "60000000 0008 3b 40" A6 EIGHT, 0, NONE, 8, 8, 0},
	{"hop-by-hop", "60000000 0010 00 40" A6 "06 00 0104 00000000 " EIGHT, 0, TCP, 8, 8, 0},
	{"hop-by-hop, routing, destination",
	 "60000000 0028 00 40" A6 "2b 00 0104 00000000 3c 01 04 00 00000000 " EIGHT
	 "06 00 0104 00000000 " EIGHT,
	 0, TCP, 8, 8, 0},
	{"AH in IPv6",
	 "60000000 0020 33 40" A6 "06 04 0000 00000001 00000001 010203040506070809101112 " EIGHT, 0,
	 TCP, 8, 8, 0},
	{"mobility, HIP, shim6",
	 "60000000 0020 87 40" A6
	 "8b 00 0000 00000000 8c 00 0000 00000000 06 00 0000 00000000 " EIGHT,
	 0, TCP, 8, 8, 0},
	{"ESP in IPv6", "60000000 0010 3c 40" A6 "32 00 0104 00000000 " EIGHT, 0, ESP, 8, 8, 0},
	{"IPv6, first fragment", "60000000 0010 2c 40" A6 "06 00 0001 00000007 " EIGHT, 0, TCP, 8,
	 8, FRAGMENT},
	{"IPv6, atomic fragment", "60000000 0010 2c 40" A6 "06 00 0006 00000007 " EIGHT, 0, TCP, 8,
	 8, 0},
	{"jumbogram", "60000000 0000 00 40" A6 "06 00 c204 00011178 " EIGHT, 70000, TCP, 8, 70000,
	 BIG},
	{"jumbogram behind padding",
	 "60000000 0000 00 40" A6 "06 01 00 01 02 0000 00 c204 00000018 0000 " EIGHT, 4, TCP, 8, 8,
	 BIG},
	{"jumbo option beside a length", "60000000 0010 00 40" A6 "06 00 c204 00011170 " EIGHT, 0,
	 TCP, 8, 8, 0},
	{"option beyond its header", "60000000 0000 00 40" A6 "06 00 01ff 00000000 " EIGHT, 0, TCP,
	 8, 8, BIG},
	{"IPv4 in IPv4", "4500 0030 0001 0000 40 04" A4 "4500 001c 0001 0000 40 06" A4 EIGHT, 0,
	 TCP, 8, 8, 0},
	{"IPv6 in IPv4", "4500 0044 0001 0000 40 29" A4 "60000000 0008 06 40" A6 EIGHT, 0, TCP, 8,
	 8, 0},
	{"IPv4 in IPv6", "60000000 001c 04 40" A6 "4500 001c 0001 0000 40 06" A4 EIGHT, 0, TCP, 8,
	 8, 0},
	{"a fragment's tunnel", "4500 0030 0001 2000 40 04" A4 "4500 001c 0001 0000 40 06" A4 EIGHT,
	 0, TCP, 8, 8, 0},
	{"eight deep",
	 TUNNELS "4500 0000 0001 0000 40 04" A4 "4500 0000 0001 0000 40 04" A4
		 "4500 0000 0001 0000 40 04" A4 "4500 001c 0001 0000 40 06" A4 EIGHT,
	 0, TCP, 8, 8, 0},
	{"GRE, IPv4", "4500 0034 0001 0000 40 2f" A4 "0000 0800 4500 001c 0001 0000 40 06" A4 EIGHT,
	 0, TCP, 8, 8, 0},
	{"GRE, checksum, key, sequence, IPv6",
	 "4500 0054 0001 0000 40 2f" A4
	 "b000 86dd 00000000 00000001 00000002 60000000 0008 06 40" A6 EIGHT,
	 0, TCP, 8, 8, 0},
	{"GRE, key only",
	 "4500 0038 0001 0000 40 2f" A4 "2000 0800 00000001 4500 001c 0001 0000 40 06" A4 EIGHT, 0,
	 TCP, 8, 8, 0},
	{"GRE, Ethernet with a tag",
	 "60000000 0032 2f 40" A6 "0000 6558 " ETHERNET
	 "8100 0001 0800 4500 001c 0001 0000 40 06" A4 EIGHT,
	 0, TCP, 8, 8, 0},
};

static const struct {
	const char *name, *hex;
	uint32_t cut;
	enum parse_status status;
} bad[] = {
	{"IPv4, options beyond the frame", "4f00 0044 0001 0000 40 06" A4 EIGHT, 0,
	 PARSE_TRUNCATED},
	{"IPv4, later fragment", "4500 001c 0001 2001 40 06" A4 EIGHT, 0, PARSE_LATER_FRAGMENT},
	{"IPv4, last fragment", "4500 001c 0001 1000 40 06" A4 EIGHT, 0, PARSE_LATER_FRAGMENT},
	{"IPv4, absurd length of the frame", "4500 0000 0001 4000 40 06" A4 EIGHT, 0xfffff000,
	 PARSE_BAD_IP},
	{"IPv4, total length below the header", "4500 0013 0001 4000 40 06" A4 EIGHT, 0,
	 PARSE_BAD_IP},
	{"IPv4, four words", "4400 001c 0001 0000 40 06" A4 EIGHT, 0, PARSE_BAD_IP},
	{"IPv4, version 5", "5500 001c 0001 0000 40 06" A4 EIGHT, 0, PARSE_BAD_IP},
	{"IPv6, version 4", "40000000 0008 06 40 " EIGHT EIGHT EIGHT EIGHT EIGHT, 0, PARSE_BAD_IP},
	{"IPv6, absurd length of the frame", "60000000 0000 06 40" A6 EIGHT, 0x40000000,
	 PARSE_BAD_IP},
	{"extension beyond the payload length",
	 "60000000 0008 3c 40" A6 "06 01 0104 00000000 " EIGHT, 0, PARSE_TRUNCATED},
	{"IPv6, later fragment", "60000000 0010 2c 40" A6 "06 00 0008 00000007 " EIGHT, 0,
	 PARSE_LATER_FRAGMENT},
	{"jumbogram above its frame", "60000000 0000 00 40" A6 "06 00 c204 00011179 " EIGHT, 69992,
	 PARSE_BAD_IP},
	{"jumbogram below its own header", "60000000 0000 00 40" A6 "06 00 c204 00000007 " EIGHT, 0,
	 PARSE_BAD_IP},
	{"nine deep", TUNNELS TUNNELS "4500 001c 0001 0000 40 06" A4 EIGHT, 0, PARSE_BAD_TUNNEL},
	{"GRE, Ethernet, ARP", "60000000 0012 2f 40" A6 "0000 6558 " ETHERNET "0806 ", 0,
	 PARSE_NOT_TRANSPORT},
	{"GRE, CDP", "4500 0034 0001 0000 40 2f" A4 "0000 2000 " EIGHT, 0, PARSE_NOT_TRANSPORT},
	{"GRE, PPTP", "4500 0034 0001 0000 40 2f" A4 "2001 880b 00000000 " EIGHT, 0,
	 PARSE_NOT_TRANSPORT},
	{"GRE, source routes", "4500 0034 0001 0000 40 2f" A4 "4000 0800 00000000 " EIGHT, 0,
	 PARSE_NOT_TRANSPORT},
	{"GRE, Ethernet beyond its end",
	 "4500 0018 0001 0000 40 2f" A4 "0000 6558 " ETHERNET "0800", 0, PARSE_TRUNCATED},
};

static enum parse_status parse(const struct octets *o, uint32_t cut, struct datagram *d)
{
	bool v6 =
		o->at[0] == 0x60 || o->at[0] == 0x40; /* 40: the row that lies about its version */

	d->body = (struct span){reader_of(o->at, o->len), cut};
	return network_parse(v6 ? TYPE_IPV6 : TYPE_IPV4, d);
}

static void check_good(const struct good *row, const struct octets *o)
{
	struct datagram d;

	expect_number(row->name, "status", parse(o, row->cut, &d), PARSE_OK);
	expect_number(row->name, "protocol", d.protocol, row->protocol);
	expect_number(row->name, "left", d.body.r.left, row->left);
	expect_number(row->name, "sent", span_sent(&d.body), row->sent);
	expect_number(row->name, "fragment", d.fragment, (row->flags & FRAGMENT) != 0);
	expect_number(row->name, "big", d.big, (row->flags & BIG) != 0);
	expect_number(row->name, "TTL", d.ttl, 0x40);
}

static void headers_lead_to_the_transport(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct octets o = octets_of(good[i].hex);

		check_good(&good[i], &o);
		free(o.at);
	}
}

static void what_cannot_be_has_its_status(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct octets o = octets_of(bad[i].hex);
		struct datagram d;

		expect_number(bad[i].name, "status", parse(&o, bad[i].cut, &d), bad[i].status);
		free(o.at);
	}
}

/* Never a read beyond, never more left than there is. */
static void check_prefix(const char *name, const struct octets *o)
{
	struct datagram d;

	if (parse(o, 0, &d) == PARSE_OK)
		expect_number(name, "left within the frame",
			      d.body.r.at + d.body.r.left <= o->at + o->len, true);
}

static void every_prefix_is_safe(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct octets whole = octets_of(good[i].hex);

		for (size_t len = 1; len < whole.len; len++) {
			struct octets o = octets_prefix(&whole, len);

			check_prefix(good[i].name, &o);
			free(o.at);
		}
		free(whole.at);
	}
}

static void the_innermost_header_counts(void **state)
{
	(void)state;
	struct octets o = octets_of("4500 0030 0007 0000 01 04 0000 c0000201 c0000202 "
				    "4500 001c 0008 0000 3f 06 0000 0a000001 0a000002 " EIGHT);
	struct datagram d;

	assert_int_equal(parse(&o, 0, &d), PARSE_OK);
	assert_int_equal(d.id, 8);
	assert_int_equal(d.ttl, 0x3f);
	assert_int_equal(d.src.len, 4);
	assert_memory_equal(d.src.at, "\x0a\x00\x00\x01", 4);
	assert_memory_equal(d.dst.at, "\x0a\x00\x00\x02", 4);
	free(o.at);
}

/* Hostile: as many tunnels as fit. The depth must stop it, not the frame's end. */
static void tunnels_are_bounded(void **state)
{
	(void)state;
	struct octets o = octets_of(TUNNELS TUNNELS TUNNELS TUNNELS TUNNELS TUNNELS);
	struct datagram d;

	assert_int_equal(parse(&o, 0, &d), PARSE_BAD_TUNNEL);
	free(o.at);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_lead_to_the_transport),
		cmocka_unit_test(what_cannot_be_has_its_status),
		cmocka_unit_test(every_prefix_is_safe),
		cmocka_unit_test(the_innermost_header_counts),
		cmocka_unit_test(tunnels_are_bounded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

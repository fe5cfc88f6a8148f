/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/decode/packet.h"
#include "tests/unit/rows.h"

enum { SNAPPED = 1, FRAGMENT = 2, BIG = 4, QUOTED = 8 };

#define E4 "0102030405060708090a0b0c0800 "
#define E6 "0102030405060708090a0b0c86dd "
/* Behind an IPv4 header's protocol and an IPv6 header's hop limit. */
#define A4 " 0000 0a000001 0a000002 "
#define A6 " 20010db8000000000000000000000001 20010db8000000000000000000000002 "
#define PORTS "04d2 0050 "
#define TCP PORTS "00000064 0000012c 5018 ffff abcd 0007 "
#define TCP8 PORTS "00000064 0000012c 8010 00ff abcd 0000 " /* twelve octets of options */
#define STAMPS "0101080a 00000001 00000002 "
#define QUOTED_TCP "4500 0028 0009 4000 3f 06 0000 0a000002 0a000001 " PORTS "80000001 "

#define PORTS4 "10.0.0.1:1234", "10.0.0.2:80"
#define PORTS6 "[2001:db8::1]:1234", "[2001:db8::2]:80"
#define HOSTS4 "10.0.0.1:0", "10.0.0.2:0"
#define HOSTS6 "[2001:db8::1]:0", "[2001:db8::2]:0"

static const struct good {
	const char *name, *hex;
	uint32_t cut;
	const char *src, *dst;
	uint16_t control;
	size_t options, payload;
	uint32_t len;
	int flags;
	enum packet_kind kind;
} good[] = {
	{"TCP", E4 "4500 002c 0009 4000 40 06" A4 TCP "61626364", 0, PORTS4, PSH | ACK, 0, 4, 4, 0,
	 PACKET_TCP},
	{"TCP, padded to 60", E4 "4500 0028 0009 4000 40 06" A4 TCP "000000000000", 0, PORTS4,
	 PSH | ACK, 0, 0, 0, 0, PACKET_TCP},
	{"TCP, options", E4 "4500 0036 0009 4000 40 06" A4 TCP8 STAMPS "6162", 0, PORTS4, ACK, 12,
	 2, 2, 0, PACKET_TCP},
	{"TCP, payload cut", E4 "4500 0136 0009 4000 40 06" A4 TCP8 STAMPS "6162", 256, PORTS4, ACK,
	 12, 2, 258, SNAPPED, PACKET_TCP},
	{"TCP, options cut", E4 "4500 0036 0009 4000 40 06" A4 TCP8 "0101080a", 10, PORTS4, ACK, 4,
	 0, 2, SNAPPED, PACKET_TCP},
	{"TCP, cut behind the fixed header", E4 "4500 0036 0009 4000 40 06" A4 TCP8, 14, PORTS4,
	 ACK, 0, 0, 2, SNAPPED, PACKET_TCP},
	{"TCP, only padding cut", E4 "4500 0028 0009 4000 40 06" A4 TCP "0000", 4, PORTS4,
	 PSH | ACK, 0, 0, 0, 0, PACKET_TCP},
	{"TCP, first fragment", E4 "4500 002c 0009 2000 40 06" A4 TCP "61626364", 0, PORTS4,
	 PSH | ACK, 0, 4, 4, FRAGMENT, PACKET_TCP},
	{"TCP, no IP length", E4 "4500 0000 0009 4000 40 06" A4 TCP "61626364", 99996, PORTS4,
	 PSH | ACK, 0, 4, 100000, BIG | SNAPPED, PACKET_TCP},
	{"TCP, every control bit",
	 E4 "4500 0028 0009 4000 40 06" A4 PORTS "00000064 0000012c 51ff ffff abcd 0007", 0, PORTS4,
	 0x1ff, 0, 0, 0, 0, PACKET_TCP},
	{"TCP, AE alone",
	 E4 "4500 0028 0009 4000 40 06" A4 PORTS "00000064 0000012c 5100 ffff abcd 0007", 0, PORTS4,
	 AE, 0, 0, 0, 0, PACKET_TCP},
	{"TCP, reserved bits",
	 E4 "4500 0028 0009 4000 40 06" A4 PORTS "00000064 0000012c 5e02 ffff abcd 0007", 0, PORTS4,
	 SYN, 0, 0, 0, 0, PACKET_TCP},
	{"TCP, IPv6", E6 "60000000 0018 06 40" A6 TCP "61626364", 0, PORTS6, PSH | ACK, 0, 4, 4, 0,
	 PACKET_TCP},
	{"TCP, IPv6, destination options",
	 E6 "60000000 0020 3c 40" A6 "06 00 0104 00000000 " TCP "61626364", 0, PORTS6, PSH | ACK, 0,
	 4, 4, 0, PACKET_TCP},
	{"UDP", E4 "4500 0020 0009 4000 40 11" A4 PORTS "000c abcd 61626364", 0, PORTS4, 0, 0, 4, 4,
	 0, PACKET_UDP},
	{"UDP, cut", E6 "60000000 000c 11 40" A6 PORTS "000c abcd 61", 3, PORTS6, 0, 0, 1, 4,
	 SNAPPED, PACKET_UDP},
	{"ICMP echo", E4 "4500 0020 0009 4000 40 01" A4 "0800 abcd 00010001 61626364", 0, HOSTS4, 0,
	 0, 4, 4, 0, PACKET_ICMP},
	{"ICMP unreachable", E4 "4500 0038 0009 4000 40 01" A4 "0303 abcd 00000000 " QUOTED_TCP, 0,
	 HOSTS4, 0, 0, 28, 28, QUOTED, PACKET_ICMP},
	{"ICMP unreachable, quotation cut",
	 E4 "4500 0038 0009 4000 40 01" A4 "0303 abcd 00000000 4500 0028", 24, HOSTS4, 0, 0, 4, 28,
	 SNAPPED, PACKET_ICMP},
	{"ICMP time exceeded, quotes UDP",
	 E4 "4500 0038 0009 4000 40 01" A4 "0b00 abcd 00000000 4500 001c 0009 4000 3f 11 "
	    "0000 0a000002 0a000001 " PORTS "0008 0000",
	 0, HOSTS4, 0, 0, 28, 28, 0, PACKET_ICMP},
	{"ICMPv6 too big",
	 E6 "60000000 0038 3a 40" A6 "0200 abcd 00000500 60000000 0014 06 3f"
	    "20010db8000000000000000000000002 20010db8000000000000000000000001 " PORTS "80000001",
	 0, HOSTS6, 0, 0, 48, 48, QUOTED, PACKET_ICMP},
	{"ICMPv6 echo", E6 "60000000 0008 3a 40" A6 "8000 abcd 00010001", 0, HOSTS6, 0, 0, 0, 0, 0,
	 PACKET_ICMP},
};

static const struct {
	const char *name, *hex;
	int linktype;
	uint32_t cut;
	enum parse_status status;
} bad[] = {
	{"an empty frame", "", 1, 0, PARSE_TRUNCATED},
	{"ARP", "0102030405060708090a0b0c0806 0001", 1, 0, PARSE_NOT_IP},
	{"ESP", E4 "4500 001c 0009 4000 40 32" A4 "0000000100000001", 1, 0, PARSE_NOT_TRANSPORT},
	{"SCTP", "4500 001c 0009 4000 40 84" A4 "0000000100000001", 101, 0, PARSE_NOT_TRANSPORT},
	{"nothing next", E6 "60000000 0000 3b 40" A6, 1, 0, PARSE_NOT_TRANSPORT},
	{"later fragment", E4 "4500 0028 0009 0005 40 06" A4 TCP, 1, 0, PARSE_LATER_FRAGMENT},
	{"Wi-Fi", E4 "4500 0028 0009 0000 40 06" A4 TCP, 105, 0, PARSE_LINKTYPE},
	{"version 5", E4 "5500 0028 0009 0000 40 06" A4 TCP, 1, 0, PARSE_BAD_IP},
	{"one octet short of fixed",
	 E4 "4500 0028 0009 0000 40 06" A4 PORTS "00000064 0000012c 5018 ffff abcd 00", 1, 1,
	 PARSE_TRUNCATED},
	{"no room for the fixed header", E4 "4500 0027 0009 0000 40 06" A4 TCP, 1, 0,
	 PARSE_TRUNCATED},
	{"offset of four words",
	 E4 "4500 0028 0009 0000 40 06" A4 PORTS "00000064 0000012c 4018 ffff abcd 0007", 1, 0,
	 PARSE_BAD_OFFSET},
	{"offset of none",
	 E4 "4500 0028 0009 0000 40 06" A4 PORTS "00000064 0000012c 0018 ffff abcd 0007", 1, 0,
	 PARSE_BAD_OFFSET},
	{"offset past the segment",
	 E4 "4500 0028 0009 0000 40 06" A4 PORTS "00000064 0000012c 6018 ffff abcd 0007 00000000",
	 1, 0, PARSE_BAD_OFFSET},
	{"UDP, seven octets", E4 "4500 001b 0009 4000 40 11" A4 PORTS "000c ab", 1, 0,
	 PARSE_TRUNCATED},
	{"ICMP, seven octets", E4 "4500 001b 0009 4000 40 01" A4 "0800 abcd 000100", 1, 0,
	 PARSE_TRUNCATED},
};

static struct frame frame_of(const struct octets *o, uint32_t cut, int linktype)
{
	uint32_t captured = (uint32_t)o->len;

	return (struct frame){o->at, captured, captured + cut, 1234567890, 42, linktype, false};
}

static void check_place(const struct good *row, const struct packet *p)
{
	char text[ENDPOINT_TEXT];

	expect_number(row->name, "time", (uint64_t)p->time, 1234567890);
	expect_number(row->name, "frame", p->frame, 42);
	expect_text(row->name, "src", endpoint_print(&p->src, text), row->src);
	expect_text(row->name, "dst", endpoint_print(&p->dst, text), row->dst);
	expect_number(row->name, "TTL", p->ttl, 0x40);
	expect_number(row->name, "IP id", p->ip_id, p->src.address.family == 4 ? 9 : 0);
	expect_number(row->name, "checksum", p->checksum, 0xabcd);
	expect_number(row->name, "snapped", p->snapped, (row->flags & SNAPPED) != 0);
	expect_number(row->name, "fragment", p->fragment, (row->flags & FRAGMENT) != 0);
	expect_number(row->name, "big", p->big, (row->flags & BIG) != 0);
}

static void check_segment(const struct good *row, const struct packet *p)
{
	bool tcp = row->kind == PACKET_TCP;
	bool quoted = row->flags & QUOTED;

	expect_number(row->name, "kind", p->kind, row->kind);
	expect_number(row->name, "control bits", p->seg.flags, row->control);
	expect_number(row->name, "seq", p->seg.seq.n, tcp ? 100 : quoted ? 0x80000001 : 0);
	expect_number(row->name, "ack", p->seg.ack.n, tcp ? 300 : 0);
	expect_number(row->name, "len", p->seg.len, row->len);
	expect_number(row->name, "options", p->options.len, row->options);
	expect_number(row->name, "payload", p->payload.len, row->payload);
	expect_number(row->name, "quoted", p->quoted, quoted);
	expect_number(row->name, "quoted source port", p->quoted_src.port, quoted ? 1234 : 0);
	expect_number(row->name, "quoted family", p->quoted_dst.address.family,
		      quoted ? p->src.address.family : 0);
	expect_number(row->name, "ICMP", p->icmp_type != 0, row->kind == PACKET_ICMP);
}

/* Over garbage, so that a member which is not written shows. */
static void frames_become_packets(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct octets o = octets_of(good[i].hex);
		struct frame f = frame_of(&o, good[i].cut, 1);
		struct packet p;

		memset(&p, 0xa5, sizeof p);
		expect_number(good[i].name, "status", packet_parse(&f, &p), PARSE_OK);
		check_place(&good[i], &p);
		check_segment(&good[i], &p);
		free(o.at);
	}
}

static void other_frames_leave_the_packet_alone(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct octets o = octets_of(bad[i].hex);
		struct frame f = frame_of(&o, bad[i].cut, bad[i].linktype);
		struct packet p, before;

		memset(&p, 0xa5, sizeof p);
		memset(&before, 0xa5, sizeof before);
		expect_number(bad[i].name, "status", packet_parse(&f, &p), bad[i].status);
		expect_number(bad[i].name, "changed",
			      memcmp((void *)&p, (void *)&before, sizeof p) != 0, false);
		free(o.at);
	}
}

static bool within(struct bytes b, const struct frame *f)
{
	return !b.len || (b.at >= f->at && b.at + b.len <= f->at + f->captured);
}

/* A prefix is truncated, or the same packet with less of its options and payload. */
static void check_prefix(const char *name, const struct frame *f, const struct packet *whole)
{
	struct packet p;
	enum parse_status status = packet_parse(f, &p);

	if (status != PARSE_OK) {
		expect_number(name, "status of a prefix", status, PARSE_TRUNCATED);
		return;
	}
	expect_number(name, "len of a prefix", p.seg.len, whole->seg.len);
	expect_number(name, "src of a prefix", endpoint_eq(&p.src, &whole->src), true);
	expect_number(name, "options within", within(p.options, f), true);
	expect_number(name, "payload within", within(p.payload, f), true);
	expect_number(name, "snapped if anything is missing",
		      p.snapped >= (p.payload.len < p.seg.len), true);
}

static void every_prefix_is_safe(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct octets o = octets_of(good[i].hex);
		struct frame f = frame_of(&o, good[i].cut, 1);
		struct packet whole;

		packet_parse(&f, &whole);
		for (size_t len = 0; len < o.len; len++) {
			struct octets part = octets_prefix(&o, len);
			struct frame cut = frame_of(&part, f.length - (uint32_t)len, 1);

			check_prefix(good[i].name, &cut, &whole);
			free(part.at);
		}
		free(o.at);
	}
}

static void the_rest_of_the_header(void **state)
{
	(void)state;
	struct octets o = octets_of(good[0].hex);
	struct frame f = frame_of(&o, 0, 1);
	struct packet p;

	assert_int_equal(packet_parse(&f, &p), PARSE_OK);
	assert_int_equal(p.seg.wnd, 0xffff);
	assert_int_equal(p.urgent, 7);
	assert_memory_equal(p.payload.at, "abcd", 4);
	f.length = 0; /* fewer octets on the wire than captured: absurd, and harmless */
	assert_int_equal(packet_parse(&f, &p), PARSE_OK);
	assert_int_equal(p.seg.len, 4);
	free(o.at);
}

static void every_status_has_a_text(void **state)
{
	(void)state;
	assert_string_equal(parse_status_text(PARSE_TRUNCATED), "ended before its headers did");
	for (int s = 0; s < PARSE_STATUSES; s++) {
		assert_non_null(parse_status_text((enum parse_status)s));
		expect_number(parse_status_text((enum parse_status)s), "damage",
			      parse_status_is_damage((enum parse_status)s), s >= PARSE_TRUNCATED);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_become_packets),
		cmocka_unit_test(other_frames_leave_the_packet_alone),
		cmocka_unit_test(every_prefix_is_safe),
		cmocka_unit_test(the_rest_of_the_header),
		cmocka_unit_test(every_status_has_a_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/decode/packet.h"
#include "inject/craft.h"
#include "tests/unit/rows.h"

enum { SEGMENTS = 300000, LINKTYPE_RAW = 101, ALL_FLAGS = 0x1ff };
enum { LARGEST4 = CRAFT_ROOM - 40, LARGEST6 = CRAFT_ROOM - 60 };

struct fixture {
	struct craft *craft;
	uint8_t octets[CRAFT_ROOM + 100]; /* at random */
};

#define PAYLOAD(n) .seg.len = (n), .payload.len = (n)

/* xorshift64: the same numbers everywhere. */
static uint64_t roll(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static uint64_t below(uint64_t *seed, uint64_t n)
{
	return (roll(seed) >> 11) % n;
}

static struct endpoint random_endpoint(uint64_t *seed, uint8_t family)
{
	struct endpoint e = {{.family = family}, (uint16_t)roll(seed)};
	for (int i = 0; i < (family == 4 ? 4 : 16); i++)
		e.address.octet[i] = (uint8_t)roll(seed);
	return e;
}

/* A row with the ends, and the octets, that it leaves open. */
static struct packet filled(const struct fixture *f, uint8_t family, struct packet p)
{
	const uint8_t other = p.dst.address.family ? p.dst.address.family : family;
	p.src = (struct endpoint){{{127, 0, 0, 1}, family}, 1234};
	p.dst = (struct endpoint){{{127, 0, 0, 2}, other}, 80};
	if (!p.options.at)
		p.options.at = f->octets;
	if (!p.payload.at)
		p.payload.at = f->octets + 99;
	return p;
}

static struct segment random_segment(uint64_t *seed, uint32_t len)
{
	struct seq seq = {(uint32_t)roll(seed)}, ack = {(uint32_t)roll(seed)};
	return (struct segment){seq, ack, len, (uint16_t)roll(seed), roll(seed) & ALL_FLAGS};
}

static struct packet random_packet(const struct fixture *f, uint64_t *seed)
{
	static const enum sum sums[] = {SUM_UNKNOWN, SUM_GOOD, SUM_BAD};
	uint8_t family = below(seed, 2) ? 4 : 6;
	size_t options = below(seed, 2) ? below(seed, 41) : 0;
	size_t most = (family == 4 ? LARGEST4 : LARGEST6) - (options + 3) / 4 * 4;
	size_t len = below(seed, 2000) ? below(seed, 1501) : most - below(seed, 3);
	return (struct packet){
		.src = random_endpoint(seed, family),
		.dst = random_endpoint(seed, family),
		.seg = random_segment(seed, (uint32_t)len),
		.options = {f->octets + below(seed, 999), options},
		.payload = {f->octets + below(seed, sizeof f->octets - len), len},
		.urgent = (uint16_t)roll(seed),
		.ip_id = (uint16_t)roll(seed),
		.ttl = (uint8_t)roll(seed),
		.sum = (uint8_t)sums[below(seed, 3)],
	};
}

static struct bytes craft(const char *row, struct craft *c, const struct packet *p)
{
	char why[WHY_TEXT] = "";
	struct bytes made = {0};
	bool done = craft_packet(c, p, &made, why);
	expect_text(row, "why", why, "");
	expect_number(row, "done", done, true);
	return made;
}

static struct packet parse(const char *row, struct bytes made)
{
	struct packet p = {0};
	uint32_t len = (uint32_t)made.len;
	struct frame f = {made.at, len, len, 0, 1, LINKTYPE_RAW, .verify = true};
	expect_number(row, "status", packet_parse(&f, &p), PARSE_OK);
	return p;
}

static void expect_segment(const char *row, const struct packet *got, const struct packet *want)
{
	expect_number(row, "src", endpoint_eq(&got->src, &want->src), true);
	expect_number(row, "dst", endpoint_eq(&got->dst, &want->dst), true);
	expect_number(row, "seq", got->seg.seq.n, want->seg.seq.n);
	expect_number(row, "ack", got->seg.ack.n, want->seg.ack.n);
	expect_number(row, "len", got->seg.len, want->seg.len);
	expect_number(row, "wnd", got->seg.wnd, want->seg.wnd);
	expect_number(row, "flags", got->seg.flags, want->seg.flags);
	expect_number(row, "urgent", got->urgent, want->urgent);
	expect_number(row, "ttl", got->ttl, want->ttl ? want->ttl : 64);
	expect_number(row, "ip_id", got->ip_id, want->src.address.family == 4 ? want->ip_id : 0);
	expect_number(row, "sum", got->sum, want->sum == SUM_BAD ? SUM_BAD : SUM_GOOD);
	expect_number(row, "spoilt to zero", want->sum == SUM_BAD && got->checksum == 0, false);
	expect_number(row, "oddities", packet_oddities(got), 0);
}

static void expect_round_trip(const char *row, struct craft *c, const struct packet *want)
{
	struct bytes made = craft(row, c, want);
	struct packet got = parse(row, made);
	size_t header = want->src.address.family == 4 ? 20 : 40;
	uint8_t options[60] = {0}; /* padded */
	expect_number(row, "reserved bits", made.at[header + 12] & 0x0e, 0);
	expect_segment(row, &got, want);
	expect_number(row, "ip_len", got.ip_len, made.len);
	memcpy(options, want->options.at, want->options.len);
	expect_number(row, "octets of options", got.options.len, (want->options.len + 3) / 4 * 4);
	expect_number(row, "options differ", memcmp(got.options.at, options, got.options.len) != 0,
		      false);
	expect_number(row, "octets of payload", got.payload.len, want->payload.len);
	expect_number(row, "payload differs",
		      memcmp(got.payload.at, want->payload.at, want->payload.len) != 0, false);
}

static void random_segments_come_back(void **state)
{
	struct fixture *f = *state;
	uint64_t seed = 0x5941a7e;
	char row[64];
	for (int i = 0; i < SEGMENTS; i++) {
		snprintf(row, sizeof row, "segment %d, seed %#llx", i, (unsigned long long)seed);
		struct packet p = random_packet(f, &seed);
		expect_round_trip(row, f->craft, &p);
	}
}

#define OVER(what, is, most, cure) "the " what " is " is ", and the most is " most "\n" cure
#define LONG OVER("length of the IP packet", "65536", "65535", "Send less at once.")
#define WIDE OVER("window", "65536", "65535", "A larger one needs the window scale option.")
#define FLAGS OVER("number that the flags make", "512", "511", "The highest flag is AE.")
#define OPTIONS OVER("length of the TCP options", "41", "40", "Leave some out.")
#define CUT "of 9 octets of payload, 4 are at hand\nGive them all."
#define FAMILY                                                                                     \
	"both ends of a packet need an address, and of the same family\n"                          \
	"Give two IPv4 addresses, or two IPv6 addresses."

static const struct {
	const char *name;
	uint8_t family;
	struct packet p;
	const char *why; /* NULL: it is built, and comes back */
} rows[] = {
	{"nothing set", 4, {0}, NULL},
	{"nothing set, IPv6", 6, {0}, NULL},
	{"the largest", 4, {PAYLOAD(LARGEST4)}, NULL},
	{"one octet too many", 4, {PAYLOAD(LARGEST4 + 1)}, LONG},
	{"the largest, IPv6", 6, {PAYLOAD(LARGEST6)}, NULL},
	{"one octet too many, IPv6", 6, {PAYLOAD(LARGEST6 + 1)}, LONG},
	{"the largest with options", 4, {PAYLOAD(LARGEST4 - 40), .options.len = 40}, NULL},
	{"options that are padded", 4, {PAYLOAD(LARGEST4 - 3), .options.len = 1}, LONG},
	{"one octet of options", 4, {.options.len = 1}, NULL},
	{"40 octets of options", 6, {.options.len = 40}, NULL},
	{"41 octets of options", 4, {.options.len = 41}, OPTIONS},
	{"AE alone", 4, {.seg.flags = AE}, NULL},
	{"every flag", 6, {.seg.flags = ALL_FLAGS}, NULL},
	{"every flag, bad sum", 4, {.seg.flags = ALL_FLAGS, .sum = SUM_BAD}, NULL},
	{"a reserved flag", 4, {.seg.flags = 0x200}, FLAGS},
	{"an odd octet, bad sum", 6, {PAYLOAD(1), .sum = SUM_BAD}, NULL},
	{"partial stands for right", 4, {.sum = SUM_PARTIAL}, NULL},
	{"urgent without URG", 4, {.urgent = 0xffff}, NULL},
	{"ttl 1", 4, {.ttl = 1, .ip_id = 0xffff}, NULL},
	{"ttl 255, IPv6", 6, {.ttl = 255}, NULL},
	{"the last numbers", 4, {.seg = {{UINT32_MAX}, {UINT32_MAX}, .wnd = 65535}}, NULL},
	{"a window that does not fit", 4, {.seg.wnd = 65536}, WIDE},
	{"no family", 0, {.seg.flags = SYN}, FAMILY},
	{"two families", 4, {.dst.address.family = 6}, FAMILY},
	{"two families, the other way", 6, {.dst.address.family = 4}, FAMILY},
	{"payload that was cut", 4, {.seg.len = 9, .payload.len = 4}, CUT},
};

static void a_row_comes_back_or_says_why_not(void **state)
{
	const struct fixture *f = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char why[WHY_TEXT] = "";
		struct bytes made;
		struct packet p = filled(f, rows[i].family, rows[i].p);
		bool done = craft_packet(f->craft, &p, &made, why);
		expect_text(rows[i].name, "why", why, rows[i].why ? rows[i].why : "");
		expect_number(rows[i].name, "done", done, !rows[i].why);
		if (done)
			expect_round_trip(rows[i].name, f->craft, &p);
	}
}

/* The urgent pointer makes each of them right once: also those next to 0, to 0xffff, and to that of
 * the pseudo-header alone. */
static void every_checksum_is_as_wanted(void **state)
{
	static const struct packet wanted[] = {{.sum = SUM_BAD}, {.seg.flags = AE}};
	const struct fixture *f = *state;
	char row[64];
	for (uint32_t i = 0; i < 4 << 16; i++) {
		struct packet p = filled(f, i >> 17 ? 4 : 6, wanted[i >> 16 & 1]);
		p.urgent = (uint16_t)i;
		snprintf(row, sizeof row, "%#x", i);
		struct packet got = parse(row, craft(row, f->craft, &p));
		expect_segment(row, &got, &p);
	}
}

/* From outside of this house's own arithmetic. */
static const struct {
	const char *hex;
	uint8_t family;
	struct packet p;
} wholes[] = {
	{"4500 0031 abcd 4000 40 06 90f6 7f000001 7f000002 "
	 "04d2 0050 00000064 0000012c 6118 ffff 6943 0000 02040500 6162636465",
	 4,
	 {.seg = {{100}, {300}, 5, 0xffff, AE | PSH | ACK},
	  .options = {(const uint8_t *)"\2\4\5", 3},
	  .payload = {(const uint8_t *)"abcde", 5},
	  .ip_id = 0xabcd}},
	{"60000000 0014 06 07 7f000001000000000000000000000000 "
	 "7f000002000000000000000000000000 04d2 0050 00000064 0000012c 5002 1000 9b24 0009",
	 6,
	 {.seg = {{100}, {300}, 0, 0x1000, SYN}, .urgent = 9, .ttl = 7}},
};

static void each_octet_is_where_the_rfc_draws_it(void **state)
{
	const struct fixture *f = *state;
	for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++) {
		struct octets want = octets_of(wholes[i].hex);
		struct packet p = filled(f, wholes[i].family, wholes[i].p);
		struct bytes made = craft(wholes[i].hex, f->craft, &p);
		expect_number(wholes[i].hex, "length", made.len, want.len);
		for (size_t at = 0; at < want.len; at++)
			expect_number(wholes[i].hex, "octet", made.at[at], want.at[at]);
		free(want.at);
	}
}

/* Sanitizers allocate where this does not count, and look for leaks themselves. */
static void memory_does_not_grow(void **state)
{
	const struct fixture *f = *state;
	struct packet p = filled(f, 4, (struct packet){PAYLOAD(1000), .options.len = 12});
	craft("before", f->craft, &p);
	size_t before = mallinfo2().uordblks;
	for (int i = 0; i < 200000; i++)
		craft("again", f->craft, &p);
	expect_number("200,000 packets", "octets more", mallinfo2().uordblks - before, 0);
}

static int set_up(void **state)
{
	uint64_t seed = 1;
	struct fixture *f = calloc(1, sizeof *f);
	for (size_t i = 0; f && i < sizeof f->octets; i++)
		f->octets[i] = (uint8_t)roll(&seed);
	*state = f;
	return f && (f->craft = craft_new()) ? 0 : -1;
}

static int tear_down(void **state)
{
	craft_free(((struct fixture *)*state)->craft);
	free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_comes_back_or_says_why_not),
		cmocka_unit_test(each_octet_is_where_the_rfc_draws_it),
		cmocka_unit_test(random_segments_come_back),
		cmocka_unit_test(every_checksum_is_as_wanted),
		cmocka_unit_test(memory_does_not_grow),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}

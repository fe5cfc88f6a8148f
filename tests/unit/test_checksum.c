/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/decode/packet.h"
#include "tests/unit/rows.h"

/* RFC 1071's own words: two octets at a time, the carries last. */
static uint16_t slowly(uint16_t sum, const uint8_t *at, size_t len)
{
	uint32_t total = sum;
	for (size_t i = 0; i < len; i++)
		total += i % 2 ? at[i] : (uint32_t)at[i] << 8;
	while (total >> 16)
		total = (total & 0xffff) + (total >> 16);
	return (uint16_t)total;
}

static void test_example_of_the_rfc(void **state)
{
	static const uint8_t octets[] = {0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7};
	(void)state;
	assert_int_equal(checksum_add(0, (struct bytes){octets, sizeof octets}), 0xddf2);
}

static void test_every_length_and_place(void **state)
{
	uint8_t octets[80];
	(void)state;
	for (size_t i = 0; i < sizeof octets; i++)
		octets[i] = (uint8_t)(i * i * 7 + 251);
	for (size_t at = 0; at < 9; at++)
		for (size_t len = 0; len + at <= sizeof octets; len++) {
			struct bytes b = {octets + at, len};
			assert_int_equal(checksum_add(0, b), slowly(0, b.at, len));
			assert_int_equal(checksum_add(0xfffe, b), slowly(0xfffe, b.at, len));
		}
	memset(octets, 0xff, sizeof octets);
	assert_int_equal(checksum_add(0xffff, (struct bytes){octets, sizeof octets}), 0xffff);
}

#define A4 "7f000001"
#define A6 "00000000000000000000000000000001"
#define HEAD "9c41 1f91 0a0b0c0d 00000000 5002 ffff "

static const struct {
	const char *name, *address, *segment;
	enum sum sum;
} rows[] = {
	{"a SYN", A4, HEAD "dff5 0000", SUM_GOOD},
	{"an octet of payload", A4, HEAD "7ef4 0000 61", SUM_GOOD},
	{"two", A4, HEAD "7e91 0000 6162", SUM_GOOD},
	{"another urgent pointer", A4, HEAD "dff5 0001", SUM_BAD},
	{"another length", A4, HEAD "dff5 0000 00", SUM_BAD},
	{"none", A4, HEAD "0000 0000", SUM_BAD},
	{"left to the card", A4, HEAD "fe1c 0000", SUM_PARTIAL},
	{"left to the card, with payload", A4, HEAD "fe1e 0000 6162", SUM_PARTIAL},
	{"left to the card, of another length", A4, HEAD "fe1e 0000", SUM_BAD},
	{"IPv6", A6, HEAD "ddf6 0000", SUM_GOOD},
	{"IPv6, wrong", A6, HEAD "ddf7 0000", SUM_BAD},
	{"IPv6, left to the card", A6, HEAD "001c 0000", SUM_PARTIAL},
	{"cut inside the checksum", A4, HEAD "df", SUM_UNKNOWN},
	{"nothing", A4, "", SUM_UNKNOWN},
};

static void test_verdicts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct octets a = octets_of(rows[i].address), s = octets_of(rows[i].segment);
		struct bytes address = {a.at, a.len}, segment = {s.at, s.len};
		expect_number(rows[i].name, "sum", checksum_tcp(address, address, segment),
			      rows[i].sum);
		free(a.at);
		free(s.at);
	}
}

/* Only what is whole can be judged, and only what has SYN, FIN or RST is without being asked. */
static void test_which_packets(void **state)
{
	static const char ip[] = "0800 4500 0029 0000 %s 40 06 0000 7f000001 7f000001 ";
	static const struct {
		const char *name, *fragment, *tcp;
		uint32_t cut;
		bool verify;
		enum sum sum;
	} row[] = {
		{"SYN", "0000", HEAD "7ef4 0000 61", 0, false, SUM_GOOD},
		{"FIN", "0000", "9c41 1f91 0a0b0c0d 00000000 5001 ffff 7ef5 0000 61", 0, false,
		 SUM_GOOD},
		{"RST", "0000", "9c41 1f91 0a0b0c0d 00000000 5004 ffff 7ef2 0000 62", 0, false,
		 SUM_BAD},
		{"ACK", "0000", "9c41 1f91 0a0b0c0d 00000000 5010 ffff 7ee6 0000 61", 0, false,
		 SUM_UNKNOWN},
		{"ACK, asked", "0000", "9c41 1f91 0a0b0c0d 00000000 5010 ffff 7ee6 0000 61", 0,
		 true, SUM_GOOD},
		{"padding behind it", "0000", HEAD "7ef4 0000 61 ff", 0, false, SUM_GOOD},
		{"cut", "0000", HEAD "7ef4 0000", 1, true, SUM_UNKNOWN},
		{"a fragment", "2000", HEAD "7ef4 0000 61", 0, true, SUM_UNKNOWN},
	};
	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char hex[256];
		struct packet p;
		int n = snprintf(hex, sizeof hex, "000000000000 000000000000 ");
		n += snprintf(hex + n, sizeof hex - (size_t)n, ip, row[i].fragment);
		snprintf(hex + n, sizeof hex - (size_t)n, "%s", row[i].tcp);
		struct octets o = octets_of(hex);
		struct frame f = {.at = o.at,
				  .captured = (uint32_t)o.len,
				  .length = (uint32_t)o.len + row[i].cut,
				  .linktype = 1,
				  .verify = row[i].verify};
		expect_number(row[i].name, "status", packet_parse(&f, &p), PARSE_OK);
		expect_number(row[i].name, "sum", p.sum, row[i].sum);
		expect_number(row[i].name, "ip_len", p.ip_len, 41);
		free(o.at);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_example_of_the_rfc),
		cmocka_unit_test(test_every_length_and_place),
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test(test_which_packets),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

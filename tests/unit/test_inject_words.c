/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/decode/segment.h"
#include "inject/words.h"
#include "tests/unit/rows.h"

/* A refusal holds the part of it, and what to do on its last line; none without a refusal. */
static void expect_why(const char *row, const char *why, const char *part)
{
	const char *last = strrchr(why, '\n');
	if (!part)
		return;
	if (!strstr(why, part))
		fail_msg("%s: \"%s\" does not say \"%s\"", row, why, part);
	if (!last || (strncmp(last, "\nRight ", 7) != 0 && strncmp(last, "\nSay ", 5) != 0))
		fail_msg("%s: the last line of \"%s\" does not help", row, why);
}

static const struct {
	const char *word, *printed, *why;
} endpoints[] = {
	{"127.0.0.1:80", "127.0.0.1:80", NULL},
	{"[::1]:80", "[::1]:80", NULL},
	{"[fe80::1]:65535", "[fe80::1]:65535", NULL},
	{"localhost:80", "127.0.0.1:80", NULL},
	{"80", "127.0.0.1:80", NULL},
	{"1", "127.0.0.1:1", NULL},
	{"", NULL, "'' is no port"},
	{"0", NULL, "'0' is no port from 1 to 65535"},
	{"127.0.0.1:0", NULL, "'0' is no port from 1 to 65535"},
	{"65536", NULL, "'65536' is no port"},
	{"127.0.0.1:65536", NULL, "'65536' is no port"},
	{"127.0.0.1:99999999999999999999", NULL, "is no port"},
	{"127.0.0.1:", NULL, "'' is no port"},
	{"127.0.0.1:+80", NULL, "'+80' is no port"},
	{"127.0.0.1: 80", NULL, "' 80' is no port"},
	{"80x", NULL, "'80x' is no port"},
	{"127.0.0.1", NULL, "'127.0.0.1' has no port"},
	{"[::1]", NULL, "has no port"},
	{"[1.2.3.4]:80", NULL, "'[1.2.3.4]' is no IP address"},
	{"localhost", NULL, "'localhost' has no port"},
	{"::1", NULL, "is an IPv6 address: it stands in [ ]"},
	{"::1:80", NULL, "is an IPv6 address: it stands in [ ]"},
	{"[::1:80", NULL, "'[::1' is no IP address"},
	{"[]:80", NULL, "'[]' is no IP address"},
	{":80", NULL, "'' is no IP address"},
	{"1.2.3:80", NULL, "'1.2.3' is no IP address"},
	{"1.2.3.256:80", NULL, "is no IP address"},
	{"example.org:80", NULL, "names are not looked up"},
	{"\033[2J:80", NULL, "'\\x1b[2J' is no IP address"},
};

static void endpoints_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof endpoints / sizeof *endpoints; i++) {
		const char *word = endpoints[i].word;
		struct endpoint e = {.port = 9};
		char why[WHY_TEXT] = "", text[ENDPOINT_TEXT];
		bool good = word_endpoint(word, &e, why);
		expect_number(word, "good", good, endpoints[i].printed != NULL);
		expect_why(word, why, endpoints[i].why);
		if (good)
			expect_text(word, "endpoint", endpoint_print(&e, text),
				    endpoints[i].printed);
		else
			assert_true(e.port == 9 && e.address.family == 0);
	}
}

static const struct {
	const char *word;
	unsigned flags;
	const char *why;
} flags[] = {
	{"S", SYN, NULL},
	{"SA", SYN | ACK, NULL},
	{"as", SYN | ACK, NULL},
	{"FSRPAUECN", 0x1ff, NULL},
	{"wa", CWR | ACK, NULL},
	{"EA", ECE | ACK, NULL},
	{"AE", AE, NULL},
	{"ece", ECE, NULL},
	{"SYN,ACK", SYN | ACK, NULL},
	{"syn+ack", SYN | ACK, NULL},
	{"fin,PSH+Ack,urg,rst,ecE,cwr,ae,syn", 0x1ff, NULL},
	{"NS", AE, NULL},
	{"FIN,PA", FIN | PSH | ACK, NULL},
	{"SS", SYN, NULL},
	{"none", 0, NULL},
	{"None", 0, NULL},
	{"", 0, "'' is no TCP flag"},
	{"SYN,", 0, "'' is no TCP flag"},
	{",SYN", 0, "'' is no TCP flag"},
	{"SYN,,ACK", 0, "'' is no TCP flag"},
	{"SYN ACK", 0, "'SYN ACK' is no TCP flag"},
	{"SX", 0, "'SX' is no TCP flag"},
	{"none,SYN", 0, "'none' is no TCP flag"},
	{"FIN,sym", 0, "'sym' is no TCP flag: did you mean SYN?"},
	{"push", 0, "did you mean PSH?"},
	{"0x12", 0, "'0x12' is no TCP flag"},
	{"S\033", 0, "'S\\x1b' is no TCP flag"},
};

static void flags_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
		const char *word = flags[i].word;
		uint16_t got = 0xffff;
		char why[WHY_TEXT] = "";
		bool good = word_flags(word, &got, why);
		expect_number(word, "good", good, flags[i].why == NULL);
		expect_number(word, "flags", got, good ? flags[i].flags : 0xffff);
		expect_why(word, why, flags[i].why);
	}
}

static const struct {
	const char *word, *hex, *why;
} options[] = {
	{"mss=1460", "020405b4", NULL},
	{"mss=0", "02040000", NULL},
	{"MSS=65535", "0204ffff", NULL},
	{"ws=7", "030307", NULL},
	{"ws=255", "0303ff", NULL},
	{"sackok", "0402", NULL},
	{"ts=1", "080a 00000001 00000000", NULL},
	{"ts=4294967295:258", "080a ffffffff 00000102", NULL},
	{"nop,nop,eol", "010100", NULL},
	{"fo", "2202", NULL},
	{"fo=00112233", "2206 00112233", NULL},
	{"fo=00112233445566778899aabbccddeeFF", "2212 00112233445566778899aabbccddeeff", NULL},
	{"uto=60", "1c04003c", NULL},
	{"hex=fd04f989", "fd04f989", NULL},
	{"mss=1460,sackok,ts=1:0,nop,ws=7", "020405b4 0402 080a 00000001 00000000 01 030307", NULL},
	{"none", "", NULL},
	{"ts=1,ts=1,ts=1,ts=1",
	 "080a0000000100000000 080a0000000100000000 080a0000000100000000 "
	 "080a0000000100000000",
	 NULL},
	{"ts=1,ts=1,ts=1,ts=1,nop", NULL, "takes more octets than"},
	{"hex=00,ts=1,ts=1,ts=1,ts=1", NULL, "takes more octets than"},
	{"", NULL, "'' is no TCP option"},
	{"mss=1460,", NULL, "'' is no TCP option"},
	{"mss", NULL, "'mss' has a value that cannot be, or none"},
	{"mss=", NULL, "mss=1460"},
	{"mss=65536", NULL, "'mss=65536' has a value"},
	{"mss=-1", NULL, "'mss=-1' has a value"},
	{"mss=1460x", NULL, "'mss=1460x' has a value"},
	{"ws=256", NULL, "ws=7"},
	{"uto=32768", NULL, "uto=60"},
	{"ts", NULL, "ts=1000"},
	{"ts=1:", NULL, "ts=1000:0"},
	{"ts=:1", NULL, "ts=1000:0"},
	{"ts=1:2:3", NULL, "ts=1000:0"},
	{"ts=4294967296", NULL, "up to 4294967295"},
	{"nop=1", NULL, "without a value"},
	{"sackok=", NULL, "without a value"},
	{"fo=", NULL, "fo=00112233"},
	{"fo=001122", NULL, "fo=00112233"},
	{"fo=0011223344", NULL, "4, 6 ... 16 octets"},
	{"fo=00112233445566778899aabbccddeeff0011", NULL, "4, 6 ... 16 octets"},
	{"hex=", NULL, "hex=fd04f989"},
	{"hex=f", NULL, "hex=fd04f989"},
	{"hex=fg", NULL, "hex=fd04f989"},
	{"mms=1", NULL, "'mms' is no TCP option: did you mean mss?"},
	{"sack", NULL, "did you mean sackok?"},
	{"wsc=7", NULL, "did you mean ws?"},
	{"quickack", NULL, "'quickack' is no TCP option that has a name here"},
	{"\033]0;=1", NULL, "'\\x1b]0;' is no TCP option"},
};

static void options_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		const char *word = options[i].word;
		struct octets wanted = octets_of(options[i].hex ? options[i].hex : "");
		uint8_t *got = malloc(40);
		size_t len = 99;
		char why[WHY_TEXT] = "";
		assert_non_null(got);
		bool good = word_options(word, got, 40, &len, why);
		expect_number(word, "good", good, options[i].hex != NULL);
		expect_number(word, "octets", len, good ? wanted.len : 99);
		assert_true(!good || !len || memcmp(got, wanted.at, len) == 0);
		expect_why(word, why, options[i].why);
		free(wanted.at);
		free(got);
	}
}

static void room_is_kept(void **state)
{
	(void)state;
	uint8_t *octets = malloc(4);
	size_t len = 0;
	char why[WHY_TEXT];
	assert_non_null(octets);
	assert_true(word_options("mss=1460", octets, 4, &len, why) && len == 4);
	assert_false(word_options("mss=1460,nop", octets, 4, &len, why));
	assert_true(word_octets("a\\x62c\\n", octets, 4, &len, why) && len == 4);
	assert_memory_equal(octets, "abc\n", 4);
	assert_false(word_octets("abcde", octets, 4, &len, why));
	expect_why("five octets", why, "longer than");
	assert_false(word_octets("a", octets, 0, &len, why));
	free(octets);
}

/* However long the word is, the last line is there. */
static void long_words_are_cut(void **state)
{
	(void)state;
	char *word = malloc(5000), why[WHY_TEXT] = "";
	uint8_t octets[40];
	struct endpoint e;
	uint16_t bits;
	size_t len;
	assert_non_null(word);
	memset(word, '\033', 4999);
	word[4999] = 0;
	assert_false(word_endpoint(word, &e, why));
	expect_why("endpoint", why, "\\x1b");
	assert_false(word_flags(word, &bits, why));
	expect_why("flags", why, "\\x1b");
	assert_false(word_options(word, octets, 40, &len, why));
	expect_why("options", why, "\\x1b");
	memset(word, '0', 4999);
	memcpy(word, "mss=", 4);
	assert_false(word_options(word, octets, 40, &len, why));
	memset(word, 'S', 4999);
	assert_false(word_flags(word, &bits, why));
	expect_why("flags", why, "SSS");
	free(word);
}

static const struct {
	const char *word, *hex, *why;
} texts[] = {
	{"", "", NULL},
	{"abc", "616263", NULL},
	{"\\r\\n\\t\\0\\\\", "0d0a09005c", NULL},
	{"\\x41\\xfF\\x00b", "41ff0062", NULL},
	{"\xc3\xa4", "c3a4", NULL},
	{"\\", NULL, "'\\' is no escape"},
	{"a\\q", NULL, "'\\q' is no escape"},
	{"\\x", NULL, "'\\x' is no escape"},
	{"\\x4", NULL, "'\\x4' is no escape"},
	{"\\xg1", NULL, "'\\xg1' is no escape"},
	{"\\x1g", NULL, "'\\x1g' is no escape"},
	{"\\\033", NULL, "'\\\\x1b' is no escape"},
};

static void texts_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct octets wanted = octets_of(texts[i].hex ? texts[i].hex : "");
		uint8_t got[16];
		size_t len = 99;
		char why[WHY_TEXT] = "";
		bool good = word_octets(texts[i].word, got, sizeof got, &len, why);
		expect_number(texts[i].word, "good", good, texts[i].hex != NULL);
		expect_number(texts[i].word, "octets", len, good ? wanted.len : 99);
		assert_true(!good || !len || memcmp(got, wanted.at, len) == 0);
		expect_why(texts[i].word, why, texts[i].why);
		free(wanted.at);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(endpoints_are_read), cmocka_unit_test(flags_are_read),
		cmocka_unit_test(options_are_read),   cmocka_unit_test(room_is_kept),
		cmocka_unit_test(long_words_are_cut), cmocka_unit_test(texts_are_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

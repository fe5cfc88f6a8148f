/* SPDX-License-Identifier: MIT */
#include "analysis/views/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/rows.h"

static void expect_escaped(const char *name, struct octets o, const char *wanted)
{
	struct memory m;
	struct json j;
	char line[64];
	open_memory(&m);
	json_begin(&j, m.file);
	json_octets(&j, "s", (const char *)o.at, o.len);
	json_end(&j);
	snprintf(line, sizeof line, "{\"s\":\"%s\"}\n", wanted);
	expect_text(name, "line", close_memory(&m), line);
	free(m.text);
}

/* RFC 8259 7: what must be escaped, and nothing that need not be. */
static void test_ascii(void **unused)
{
	(void)unused;
	static const char *const named[128] = {
		['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n",  ['\f'] = "\\f",
		['\r'] = "\\r", ['"'] = "\\\"", ['\\'] = "\\\\",
	};
	for (unsigned i = 0; i < 128; i++) {
		char wanted[16], name[16];
		uint8_t octet = (uint8_t)i;
		snprintf(name, sizeof name, "octet 0x%02x", i);
		if (named[i])
			snprintf(wanted, sizeof wanted, "%s", named[i]);
		else
			snprintf(wanted, sizeof wanted, i < 0x20 || i == 0x7f ? "\\u%04x" : "%c",
				 i);
		expect_escaped(name, (struct octets){&octet, 1}, wanted);
	}
	for (unsigned i = 128; i < 256; i++) {
		uint8_t octet = (uint8_t)i;
		expect_escaped("lone octet", (struct octets){&octet, 1}, "\xef\xbf\xbd");
	}
}

#define BAD "\xef\xbf\xbd"

static void test_utf8(void **unused)
{
	(void)unused;
	static const struct {
		const char *hex, *wanted;
	} row[] = {
		{"c3a9", "\xc3\xa9"},
		{"e282ac", "\xe2\x82\xac"},
		{"f09f9982", "\xf0\x9f\x99\x82"},
		{"c080", BAD BAD},
		{"c1bf", BAD BAD},
		{"e09fbf", BAD BAD BAD},
		{"e0a080", "\xe0\xa0\x80"},
		{"eda080", BAD BAD BAD},
		{"ed9fbf", "\xed\x9f\xbf"},
		{"f08fbfbf", BAD BAD BAD BAD},
		{"f0908080", "\xf0\x90\x80\x80"},
		{"f48fbfbf", "\xf4\x8f\xbf\xbf"},
		{"f4908080", BAD BAD BAD BAD},
		{"f5808080", BAD BAD BAD BAD},
		{"c3", BAD},
		{"e282", BAD BAD},
		{"e28241", BAD BAD "A"},
		{"41c32242", "A" BAD "\\\"B"},
		{"80", BAD},
		{"", ""},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct octets o = octets_of(row[i].hex);
		expect_escaped(row[i].hex, o, row[i].wanted);
		free(o.at);
	}
}

static void test_values(void **unused)
{
	(void)unused;
	struct memory m;
	struct json j;
	open_memory(&m);
	json_begin(&j, m.file);
	json_uint(&j, "zero", 0);
	json_uint(&j, "most", UINT64_MAX);
	json_bool(&j, "yes", true);
	json_bool(&j, "no", false);
	json_null(&j, "null");
	json_open(&j, "a", '[');
	json_close(&j, '[');
	json_open(&j, "b", '[');
	json_uint(&j, NULL, 1);
	json_open(&j, NULL, '{');
	json_close(&j, '{');
	json_string(&j, NULL, "x");
	json_close(&j, '[');
	json_open(&j, "o", '{');
	json_uint(&j, "k", 2);
	json_close(&j, '{');
	json_null(&j, "z");
	json_end(&j);
	expect_text("all kinds", "line", close_memory(&m),
		    "{\"zero\":0,\"most\":18446744073709551615,\"yes\":true,\"no\":false,"
		    "\"null\":null,\"a\":[],\"b\":[1,{},\"x\"],\"o\":{\"k\":2},\"z\":null}\n");
	free(m.text);
}

static void test_times(void **unused)
{
	(void)unused;
	static const struct {
		int64_t nanoseconds;
		const char *wanted;
	} row[] = {
		{0, "0.000000"},
		{999, "0.000000"},
		{1000, "0.000001"},
		{999999999, "0.999999"},
		{1000000000, "1.000000"},
		{1700000000000001000, "1700000000.000001"},
		{-1, "0.000000"},
		{-1000, "-0.000001"},
		{-1500000000, "-1.500000"},
		{INT64_MAX, "9223372036.854775"},
		{INT64_MIN, "-9223372036.854775"},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct memory m;
		struct json j;
		char line[64];
		open_memory(&m);
		json_begin(&j, m.file);
		json_time(&j, "t", row[i].nanoseconds);
		json_end(&j);
		snprintf(line, sizeof line, "{\"t\":%s}\n", row[i].wanted);
		expect_text(row[i].wanted, "line", close_memory(&m), line);
		free(m.text);
	}
}

/* A string longer than the buffer, at every offset to its end. */
static void test_long(void **unused)
{
	(void)unused;
	for (size_t len = JSON_ROOM - 10; len < JSON_ROOM + 10; len++) {
		struct memory m;
		struct json j;
		char text[JSON_ROOM + 16];
		memset(text, 'a', len);
		text[len] = 0;
		open_memory(&m);
		json_begin(&j, m.file);
		json_string(&j, "s", text);
		json_end(&j);
		close_memory(&m);
		expect_number("long string", "size", m.size, len + strlen("{'s':''}\n"));
		assert_memory_equal(m.text + 6, text, len);
		free(m.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ascii),  cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_values), cmocka_unit_test(test_times),
		cmocka_unit_test(test_long),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "analysis/script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/rows.h"
#include "tests/unit/script_rows.h"

static void test_values(void **unused)
{
	(void)unused;
	static const char json[] =
		"{\"n\":3,\"big\":4294967295,\"huge\":18446744073709551615,\"r\":0.000034,"
		"\"neg\":-1.5,\"yes\":true,\"no\":false,\"nil\":null,\"s\":\"S sa A | 4 |\","
		"\"o\":{\"in\":{\"deep\":[1,[2,3],{\"x\":\"y\"}]},\"gone\":null},\"empty\":[],"
		"\"none\":{},"
		"\"twice\":null,\"twice\":7}";
	static const struct {
		const char *expression, *wanted;
	} row[] = {
		{"n == 3 and math.type(n) == 'integer'", "true"},
		{"big == 4294967295 and huge > 1.8e19", "true"},
		{"r < 0.000035 and r > 0.000033 and neg == -1.5", "true"},
		{"yes == true and no == false and nil_ == nil", "there is no 'nil_'"},
		{"nil == nil and s == 'S sa A | 4 |'", "true"},
		{"o['in'].deep[2][2] == 3 and o['in'].deep[3].x == 'y'", "true"},
		{"o.gone == nil and #empty == 0 and next(none) == nil", "true"},
		{"twice == 7", "true"},
		{"o.gon == nil", "there is no 'gon' in 'o'"},
		{"o['in'].deep[3].z == nil", "there is no 'z'"},
		{"missing", "there is no 'missing'"},
		{"o.gone < 1", "attempt to compare nil with number"},
		{"yes", "true"},
		{"no", "false"},
		{"o.gone", "false"},
		{"n", "it is a number, neither true nor false"},
		{"o", "it is a table, neither true nor false"},
		{"yes, yes", "true"},
		{";", "it has no value"},
		{"\n\nn.x.y", "line:3: attempt to index a number value (global 'n')"},
		{"error('a\\nb')", "a\nb"},
		{"error({})", "an error that is no text"},
		{"error()", "an error that is no text"},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		expect_script(json, row[i].expression, row[i].wanted);
}

/* RFC 8259 7. */
static void test_escapes(void **unused)
{
	(void)unused;
	static const struct {
		const char *json, *lua;
	} row[] = {
		{"\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\\\/\\b\\f\\n\\r\\t"},
		{"\\u0000\\u001b\\u007F", "\\0\\27\\127"},
		{"\\u00e9\\u20ac\\uD83D\\uDE00", "\\u{e9}\\u{20ac}\\u{1f600}"},
		{"\\ud83d\\ud83d\\ude00", "?\\u{1f600}"},
		{"\\ud83d \\ude00", "? ?"},
		{"\\ud83d\\n", "?\\n"},
		{"\\u12g4", "?12g4"},
		{"\xc3\xa9 {}[],:", "\xc3\xa9 {}[],:"},
		{"", ""},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char json[128], expression[128];
		snprintf(json, sizeof json, "{\"s\":\"%s\",\"\\u0061\":1}", row[i].json);
		snprintf(expression, sizeof expression, "s == '%s' and a == 1", row[i].lua);
		expect_script(json, expression, "true");
	}
}

static void test_no_json(void **unused)
{
	(void)unused;
	static const char *const row[] = {
		"",
		"[1]",
		"{",
		"{\"a",
		"{\"a\\",
		"{\"a\"",
		"{\"a\":",
		"{\"a\":}",
		"{\"a\":]}",
		"{\"a\":[1}",
		"{\"a\":tru",
		"{\"a\":nul}",
		"{1:2}",
		"{\"a\":-}",
		"{\"a\":1.2.3}",
		"{\"a\":[",
		"{\"a\":{",
		"{\"a\":\"",
		"{\"a\":e1}",
		"{\"a\":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]}",
		"{\"a\":11111111111111111111111111111111111111111111111111111111111111111111111}",
	};
	struct script *s = script_of_expression("a == 1");
	char why[WHY_TEXT];
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		if (script_set(s, row[i]))
			fail_msg("%s is taken", row[i]);
	assert_true(script_set(s, "{\"a\":1}")); /* none of them does harm */
	assert_true(script_eval_bool(s, why));
	script_free(s);
}

/* No text that ends early is taken, nor read beyond its end. */
static void test_cut(void **unused)
{
	(void)unused;
	static const char json[] =
		"{\"a\":1,\"b\":[-2.5,true,null,\"\\u00e9\\n\"],\"c\":{\"d\":{}}}";
	struct script *s = script_of_expression("a == 1 and b[1] == -2.5 and c.d ~= nil");
	char text[sizeof json], why[WHY_TEXT];
	for (size_t len = 0; len < sizeof json - 1; len++) {
		memcpy(text, json, len);
		text[len] = 0;
		if (script_set(s, text))
			fail_msg("%s is taken", text);
	}
	assert_true(script_set(s, json));
	assert_true(script_eval_bool(s, why));
	script_free(s);
}

static void test_library(void **unused)
{
	(void)unused;
	static const struct {
		const char *expression, *wanted;
	} row[] = {
		{"('aXb'):lower():upper() == 'AXB' and ('ab'):rep(2, '-') == 'ab-ab'", "true"},
		{"a:match('^(.-):(%d+)$') == '127.0.0.1'", "true"},
		{"a:find('.', 1, true) == 4 and a:gsub('%.', '') == '127001:8081'", "true"},
		{"(function() local n = 0 for _ in a:gmatch('%d+') do n = n + 1 end return n "
		 "end)() == 5",
		 "true"},
		{"(function() local n = 0 for k, v in pairs({1, x = 2}) do n = n + v end return n "
		 "end)() == 3",
		 "true"},
		{"table.concat({1, 2}, ',') == '1,2' and select('#', table.unpack({1, 2})) == 2",
		 "true"},
		{"pcall(error, 'x') == false and select(2, pcall(error, 'x')) == 'x'", "true"},
		{"pcall() == 1", "bad argument #1 to 'pcall' (value expected)"},
		{"tostring(1) == '1' and tonumber('0x10') == 16 and type(a) == 'string'", "true"},
		{"math.floor(2.5) == 2 and math.max(1, 3) == 3 and math.huge > math.maxinteger",
		 "true"},
		{"string.format('%d-%s', 1, a) == '1-127.0.0.1:8081'", "true"},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		expect_script("{\"a\":\"127.0.0.1:8081\"}", row[i].expression, row[i].wanted);
}

static void test_compile(void **unused)
{
	(void)unused;
	static const struct {
		const char *expression, *why;
		size_t at;
	} row[] = {
		{"a = 1", "<eof> expected near '='", 2},
		{"a ==", "unexpected symbol near <eof>", 4},
		{"a b", "<eof> expected near 'b'", 2},
		{"a == 1 then", "<eof> expected near 'then'", 10},
		{"a == 'x", "unfinished string near <eof>", 7},
		{"\n)", "line:2: unexpected symbol near ')'", 1},
		{"\x1bLua", "unexpected symbol near '<\\27>'", 0},
		{"1 end return 2", "<eof> expected near 'end'", 4},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char why[WHY_TEXT];
		size_t at = 999;
		struct script *s = script_new(script_limits);
		assert_non_null(s);
		assert_false(script_compile(s, "local x", row[i].expression, &at, why));
		expect_text(row[i].expression, "why", why, row[i].why);
		expect_number(row[i].expression, "place", at, row[i].at);
		script_free(s);
	}
	assert_null(script_new((struct limits){.memory = 1000, .work = 1000}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),  cmocka_unit_test(test_escapes),
		cmocka_unit_test(test_no_json), cmocka_unit_test(test_library),
		cmocka_unit_test(test_compile), cmocka_unit_test(test_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

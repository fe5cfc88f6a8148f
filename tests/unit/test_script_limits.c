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

#define LOOP(body) "(function() " body " end)()"

/* Each would run for minutes or for ever, or take all memory; a limit cannot be caught. */
static void test_limits(void **unused)
{
	(void)unused;
	static const char late[] = "it takes too long", fat[] = "it takes too much memory";
	static const struct {
		const char *expression, *wanted;
	} row[] = {
		{LOOP("while true do end"), late},
		{LOOP("while true do pcall(function() while true do end end) end"), late},
		{"pcall(pcall, pcall, function() while true do end end) or true", late},
		{LOOP("local function f() return pcall(f) and pcall(f) end return f() or true"),
		 late},
		{"string.rep('x', 1e9)", late},
		{"pcall(string.rep, 'x', 1e9) or true", late},
		{"string.rep('', 1e15) == ''", late},
		{"string.rep('', math.maxinteger) == ''", late},
		{"('a'):rep(3000):find(('a*'):rep(30) .. 'b')", late},
		{"('a'):rep(40):match(('a?'):rep(30) .. ('a'):rep(41))", late},
		{"('a'):rep(40):match(('a-'):rep(30) .. 'b')", late},
		{"('('):rep(3000):gsub(('%b()'):rep(9), '')", late},
		{"('a'):rep(200):gmatch(('[ab]+'):rep(9) .. 'c')", late},
		{"table.concat({}, '', 1, 1e15)", late},
		{"table.unpack({}, 1, 1e7)", late},
		{"#table.move({}, 1, 1e15, 2) == 0", late},
		{"#table.move({}, -1e15, 1, 2) == 0", late},
		{LOOP("local s = ('x'):rep(2e6) local t, u = s .. 1, s .. 1 while true do s = t == "
		      "u end"),
		 late},
		{LOOP("local s = ('x'):rep(2e6) while true do s:upper() end"), late},
		{LOOP("local s = ('x'):rep(2e6) while true do local t = s .. s end"), late},
		{LOOP("local t = {} for i = 1, 2e4 do t[i] = i end "
		      "while true do table.insert(t, 1, table.remove(t)) end"),
		 late},
		{LOOP("local t = {} for i = 1, 2e4 do t[i] = i end for i = 1, 2e4 do t[i] = nil "
		      "end "
		      "while true do next(t) end"),
		 late},
		{LOOP("local s = 'x' while true do s = s .. s end"), fat},
		{LOOP("local s = 'x' while true do local g, r = pcall(function() return s .. s "
		      "end) "
		      "s = g and r or s end"),
		 fat},
		{LOOP("local t = {} while true do t = {t, t, t, t, t, t, t, t} end"), NULL},
		{LOOP("local function f() return 1 + f() end return f()"), NULL},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char why[WHY_TEXT];
		struct script *s = script_of_expression(row[i].expression);
		assert_true(script_set(s, "{}"));
		assert_false(script_eval_bool(s, why));
		if (strcmp(why, late) != 0 || row[i].wanted)
			expect_text(row[i].expression, "why", why,
				    row[i].wanted ? row[i].wanted : fat);
		script_free(s);
	}
}

/* One evaluation that went too far does not harm the next. */
static void test_limits_anew(void **unused)
{
	(void)unused;
	static const char *const row[] = {
		LOOP("while far do end return true"),
		LOOP("while far do pcall(string.rep, 'x', 1e9) end return true"),
		LOOP("local s = 'x' while far do s = s .. s end return true"),
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char why[WHY_TEXT];
		struct script *s = script_of_expression(row[i]);
		for (int n = 0; n < 10; n++) {
			assert_true(script_set(s, n % 2 ? "{\"far\":false}" : "{\"far\":true}"));
			expect_number(row[i], "verdict", script_eval_bool(s, why), n % 2 == 1);
		}
		script_free(s);
	}
}

static void expect_thrice(const char *expression)
{
	char why[WHY_TEXT];
	struct script *s = script_of_expression(expression);
	for (int n = 0; n < 3; n++) {
		assert_true(script_set(s, "{\"o\":{\"x\":1}}"));
		if (!script_eval_bool(s, why))
			fail_msg("%s, time %d: %s", expression, n, why);
	}
	script_free(s);
}

static void test_no_state(void **unused)
{
	(void)unused;
	static const char *const row[] = {
		LOOP("string.x = (string.x or 0) + 1 return string.x == 1"),
		LOOP("math.x = (math.x or 0) + 1 return math.x == 1"),
		LOOP("local old = pcall(function() return y end) y = 1 return not old"),
		LOOP("o.x = 2 - o.x return o.x == 1"),
		LOOP("local was = type type = nil return was ~= nil"),
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		expect_thrice(row[i]);
}

static void test_not_there(void **unused)
{
	(void)unused;
	static const char *const row[] = {
		"dofile",       "loadfile",     "load",      "require", "print", "collectgarbage",
		"setmetatable", "getmetatable", "rawset",    "xpcall",  "io",    "os",
		"debug",        "package",      "coroutine", "utf8",    "_G",    "warn",
		"_VERSION",
	};
	static const char *const member[] = {
		"string.dump", "math.random",     "math.randomseed",
		"table.sort",  "string.packsize", "('').dump",
	};
	char wanted[64], expression[64];
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		snprintf(wanted, sizeof wanted, "there is no '%s'", row[i]);
		expect_script("{}", row[i], wanted);
	}
	for (size_t i = 0; i < sizeof member / sizeof *member; i++) {
		snprintf(expression, sizeof expression, "%s == nil", member[i]);
		expect_script("{}", expression, "true");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_limits_anew),
		cmocka_unit_test(test_no_state),
		cmocka_unit_test(test_not_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

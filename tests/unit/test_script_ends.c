/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/rows.h"
#include "tests/unit/script_host.h"

static const char late[] = "three.lua: it takes too long";
static const char fat[] = "three.lua: it takes too much memory";

/* A limit, and a stop, end the program whatever it does. */
static void test_ends(void **unused)
{
	(void)unused;
	static const char stopped[] = "three.lua:1: expected ACK, got 7";
	static const struct {
		const char *text, *why;
		unsigned calls;
	} row[] = {
		{"while true do end", late, 0},
		{"while true do pcall(function() while true do end end) end", late, 0},
		{"goto a ::a:: ::b:: goto b", late, 0},
		{"local function f() return f() end f()", late, 0},
		{"while true do pcall(refuse) end", late, 0},
		{"string.rep('x', 1e9)", late, 0},
		{"local s = 'x' while true do s = s .. s end", fat, 0},
		{"local s = 'x' while true do pcall(function() s = s .. s end) end", fat, 0},
		{"stop()", stopped, 1},
		{"pcall(function() stop() end) tell 'on'", stopped, 1},
		{"while true do pcall(function() stop() end) end", stopped, 1},
		{"pcall(pcall, pcall, function() pcall(function() stop() end) end) tell 'on'",
		 stopped, 1},
		{"local function f() pcall(f) stop() end f()", stopped, 1},
		{"pcall(string.gsub, 'a', 'a', function() stop() end) tell 'on'", stopped, 1},
		{"pcall(stop) tell 'on'", "three.lua: expected ACK, got 7", 1},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct script *s = script_fresh();
		struct host h = {.calls = 0};
		char why[WHY_TEXT];
		expect_number(row[i].text, "good", script_run_text(s, row[i].text, &h, why), 0);
		expect_text(row[i].text, "why", why, row[i].why);
		expect_number(row[i].text, "calls", h.calls, row[i].calls);
		script_free(s);
	}
}

static void test_deep_recursion(void **unused)
{
	(void)unused;
	static const char *const row[] = {
		"local function f() return 1 + f() end f()",
		"local function f() pcall(f) f() end f()",
		"local function f() return ('a'):gsub('a', f) end f()",
		"local t = {} for i = 1, 1e5 do t = {t} end local function f() f(f) end f()",
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct script *s = script_new((struct limits){64U << 20, 100000000});
		struct host h = {.calls = 0};
		char why[WHY_TEXT];
		assert_non_null(s);
		assert_false(script_run_text(s, row[i], &h, why));
		if (!strstr(why, "stack overflow") && strcmp(why, late) != 0)
			fail_msg("%s: %s", row[i], why);
		script_free(s);
	}
}

static void test_deep_source(void **unused)
{
	(void)unused;
	char why[WHY_TEXT], text[4001] = "";
	struct host h = {.calls = 0};
	struct script *s = script_fresh();
	memset(text, '(', sizeof text - 1);
	assert_false(script_run_text(s, text, &h, why));
	expect_text("4000 brackets", "why", why, "three.lua: C stack overflow");
	script_free(s);
}

static void test_not_there(void **unused)
{
	(void)unused;
	static const char *const row[] = {"io",        "os",           "load",    "require",
					  "dofile",    "loadfile",     "package", "debug",
					  "coroutine", "_G",           "print",   "collectgarbage",
					  "xpcall",    "setmetatable", "rawset",  "loadstring"};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct script *s = script_fresh();
		struct host h = {.calls = 0};
		char why[WHY_TEXT], text[64], wanted[64];
		snprintf(text, sizeof text, "local x = %s", row[i]);
		snprintf(wanted, sizeof wanted, "three.lua:1: there is no '%s'", row[i]);
		assert_false(script_run_text(s, text, &h, why));
		expect_text(row[i], "why", why, wanted);
		script_free(s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_deep_recursion),
		cmocka_unit_test(test_deep_source),
		cmocka_unit_test(test_not_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

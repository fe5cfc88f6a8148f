/* SPDX-License-Identifier: MIT */
#include <lauxlib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/rows.h"
#include "tests/unit/script_host.h"
#include "tests/unit/script_rows.h"

static void open_badly(lua_State *lua, void *to)
{
	(void)to;
	lua_newtable(lua); /* what it leaves on the stack does not matter ... */
	luaL_error(lua, "no host");
}

static void open_untidily(lua_State *lua, void *to)
{
	script_open_host(lua, to);
	lua_pushinteger(lua, 1);
	lua_pushinteger(lua, 2);
}

static void test_programs(void **unused)
{
	(void)unused;
	static const struct {
		const char *text, *told, *why;
	} row[] = {
		{"", "", ""},
		{"-- a comment", "", ""},
		{"tell('a') tell 'b'\ntell(1 + 1)", "a;b;2;", ""},
		{"for i = 1, 3 do tell(i) end return 7", "1;2;3;", ""},
		{"x = 1 tell(x) y = nil tell(pcall(function() return y end) and 'y' or 'no')",
		 "1;no;", ""},
		{"tell(('ab'):upper() .. math.max(1, 2))", "AB2;", ""},
		{"tell(pcall(refuse) and 'yes' or 'caught')", "caught;", ""},
		{"tell(select(2, pcall(refuse)))", "no such flag;", ""},
		{"tell(select(2, pcall(function()\nrefuse() end)))", "three.lua:2: no such flag;",
		 ""},
		{"tell 'a'\n\nrefuse()", "a;", "three.lua:3: no such flag"},
		{"\nsnd{flags='S'}", "", "three.lua:2: there is no 'snd'"},
		{"local t = {}\nt.x.y = 1", "",
		 "three.lua:2: attempt to index a nil value (field 'x')"},
		{"tell 'a'\nlocal = 1", "", "three.lua:2: <name> expected near '='"},
		{"tell 'a'\nif x then\n\n", "",
		 "three.lua:4: 'end' expected (to close 'if' at line 2) near <eof>"},
		{"\n\n)", "", "three.lua:3: unexpected symbol near ')'"},
		{"\x1bLua", "", "three.lua: attempt to load a binary chunk (mode is 't')"},
		{"\n#!", "", "three.lua:2: unexpected symbol near '#'"},
		{"tell({})", "",
		 "three.lua:1: bad argument #1 to 'tell' (string expected, got table)"},
		{"error('no place', 0)", "", "three.lua: no place"},
		{"error({})", "", "three.lua: an error that is no text"},
		{"error()", "", "three.lua: an error that is no text"},
		{"\nassert(false, 'plain')", "", "three.lua:2: plain"},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct script *s = script_fresh();
		struct host h = {.calls = 0};
		char why[WHY_TEXT];
		bool good = script_run_text(s, row[i].text, &h, why);
		expect_text(row[i].text, "told", h.told, row[i].told);
		expect_text(row[i].text, "why", why, row[i].why);
		expect_number(row[i].text, "good", good, !*row[i].why);
		script_free(s);
	}
}

/* Neither what a program left behind nor how it ended does anything to the next. */
static void test_again(void **unused)
{
	(void)unused;
	static const char *const row[] = {
		"x = 1 string.x = 1 tell = nil",
		"while true do end",
		"stop()",
		")",
		"error()",
		"local s = 'x' while true do s = s .. s end",
	};
	struct script *s = script_fresh();
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct host h = {.calls = 0};
		char why[WHY_TEXT];
		script_run_text(s, row[i], &h, why);
		h.told[0] = 0;
		if (!script_run_text(s, "tell(tostring(string.x)) tell(pcall(error) and 1 or 2)",
				     &h, why))
			fail_msg("after %s: %s", row[i], why);
		expect_text(row[i], "told", h.told, "nil;2;");
		assert_false(script_run_text(s, "x()", &h, why));
		expect_text(row[i], "why", why, "three.lua:1: there is no 'x'");
	}
	script_free(s);
}

/* The same script can be asked as an expression before and after. */
static void test_beside_expressions(void **unused)
{
	(void)unused;
	char why[WHY_TEXT];
	struct host h = {.calls = 0};
	size_t at;
	struct script *s = script_of_expression("a == 1");
	assert_true(script_set(s, "{\"a\":1}"));
	assert_true(script_eval_bool(s, why));
	assert_true(script_run_text(s, "tell 'a'", &h, why));
	assert_true(script_compile(s, "", "a == 2", &at, why));
	assert_true(script_set(s, "{\"a\":2}"));
	assert_true(script_eval_bool(s, why));
	script_free(s);
}

static void test_opening(void **unused)
{
	(void)unused;
	char why[WHY_TEXT] = "";
	struct host h = {.calls = 0};
	struct script *s = script_fresh();
	assert_true(script_run(
		s, &(struct script_program){.name = "n", .text = "type(1)", .len = 7}, why));
	assert_false(script_run(
		s, &(struct script_program){.name = "n", .text = "", .open = open_badly}, why));
	expect_text("open fails", "why", why, "n: no host");
	assert_true(script_run(
		s,
		&(struct script_program){
			.name = "n", .text = "tell 'a'", .len = 8, .open = open_untidily, .to = &h},
		why));
	expect_text("open leaves things", "told", h.told, "a;");
	script_free(s);
}

/* Hundreds of milliseconds of waiting cost no more than the calls. */
static void test_waiting_is_free(void **unused)
{
	(void)unused;
	char why[WHY_TEXT] = "";
	struct host h = {.calls = 0};
	struct script *s = script_new((struct limits){.memory = 1U << 20, .work = 10000000});
	assert_non_null(s);
	if (!script_run_text(s, "for i = 1, 3 do doze() end tell 'awake'", &h, why))
		fail_msg("%s", why);
	expect_text("doze", "told", h.told, "awake;");
	script_free(s);
}

static void test_names_and_lengths(void **unused)
{
	(void)unused;
	char why[WHY_TEXT], name[300];
	static const char tail[] = "/scenarios/simultaneous-open.lua";
	struct script *s = script_fresh();
	memset(name, 'd', sizeof name);
	snprintf(name + 200, sizeof name - 200, "%s", tail);
	const struct script_program far = {.name = name, .text = "\nx()", .len = 4};
	assert_false(script_run(s, &far, why));
	expect_text("a long name", "begin", (char[]){why[0], why[1], why[2], why[3], 0}, "...d");
	assert_non_null(strstr(why, "/scenarios/simultaneous-open.lua:2: there is no 'x'"));
	const struct script_program odd = {.name = "%s%n", .text = "error('%d', 0)", .len = 14};
	assert_false(script_run(s, &odd, why));
	expect_text("an odd name", "why", why, "%s%n: %d");
	char *text = malloc(262145);
	assert_non_null(text);
	memset(text, '\n', 262145);
	struct script_program p = {.name = "n", .text = text, .len = 262144};
	assert_true(script_run(s, &p, why));
	p.len++;
	assert_false(script_run(s, &p, why));
	expect_text("a long program", "why", why, "n: it is longer than 256 KiB");
	free(text);
	script_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_programs),           cmocka_unit_test(test_again),
		cmocka_unit_test(test_beside_expressions), cmocka_unit_test(test_opening),
		cmocka_unit_test(test_waiting_is_free),    cmocka_unit_test(test_names_and_lengths),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

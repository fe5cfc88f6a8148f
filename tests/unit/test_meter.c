/* SPDX-License-Identifier: MIT */
#include "analysis/meter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/rows.h"

static void test_memory(void **unused)
{
	(void)unused;
	struct meter m = {.limits = {.memory = 1000, .work = 1000}};
	assert_true(meter_memory(&m, 0, 600));
	assert_false(meter_memory(&m, 0, 401));
	assert_false(meter_memory(&m, 600, 1001));
	assert_false(meter_memory(&m, 0, SIZE_MAX));
	expect_number("refused", "memory", m.memory, 600);
	assert_true(meter_memory(&m, 0, 400));
	assert_true(meter_memory(&m, 600, 0));
	expect_number("freed", "memory", m.memory, 400);
	expect_number("to fill them", "work", m.work, 600 / 16 + 400 / 16);
}

/* The more is in memory, the longer may take what looks at it. */
static void test_work(void **unused)
{
	(void)unused;
	struct meter m = {.limits = {.memory = 1 << 20, .work = 100000}};
	assert_true(meter_instructions(&m, 100) && meter_call(&m));
	expect_number("nothing in memory", "work", m.work, 101);
	m.memory = 1 << 20;
	assert_true(meter_instructions(&m, 100));
	expect_number("100 instructions", "work", m.work, 101 + 100 * 257);
	assert_true(meter_call(&m));
	expect_number("a call", "work", m.work, 101 + 100 * 257 + 16385);
	assert_false(meter_work(&m, 100000));
	assert_false(meter_work(&m, 0));
	assert_false(meter_work(&m, UINT64_MAX));
	assert_true(meter_memory(&m, 1 << 20, 0));
	assert_false(meter_call(&m));
}

static void test_pattern(void **unused)
{
	(void)unused;
	static const struct {
		const char *pattern;
		size_t subject;
		uint64_t ways; /* binomial coefficients */
	} row[] = {
		{"", 9, 10},         {"abc", 9, 10},
		{"%*%+%-%?", 9, 10}, {"a*", 9, 55},
		{"a+", 9, 55},       {"a-", 9, 55},
		{"a?", 9, 55},       {"%b()", 9, 55},
		{"(a)%1", 9, 55},    {"(a)%9", 9, 55},
		{".-%d+", 9, 220},   {"a*b*c*", 9, 715},
		{"%", 9, 10},        {"x*", 0, 1},
		{"%%*", 9, 55},      {"0123456789abcdef", 9, 20},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		expect_number(row[i].pattern, "work",
			      pattern_work(row[i].pattern, strlen(row[i].pattern), row[i].subject),
			      row[i].ways);
	expect_number("a*a*a*a*a*a*a*a*", "work", pattern_work("a*a*a*a*a*a*a*a*", 16, 1 << 23),
		      UINT64_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_work),
		cmocka_unit_test(test_pattern),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

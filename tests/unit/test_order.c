/* SPDX-License-Identifier: MIT */
#include "analysis/views/order.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/rows.h"

enum { TEXT = 256, MANY = 5000 };

static void append(void *to, const char *text)
{
	size_t at = strlen(to);
	snprintf((char *)to + at, TEXT - at, "%s ", text);
}

static char *numbered(uint32_t id)
{
	char *text = malloc(16);
	assert_non_null(text);
	snprintf(text, 16, "%u", id);
	return text;
}

static void test_what_comes_when(void **unused)
{
	(void)unused;
	static const struct {
		const char *name;
		uint32_t id[8]; /* up to 0 */
		const char *so_far, *in_the_end;
	} row[] = {
		{"none", {0}, "", ""},
		{"in order", {1, 2, 3}, "1 2 3 ", "1 2 3 "},
		{"backwards", {3, 2, 1}, "1 2 3 ", "1 2 3 "},
		{"the first is missing", {2, 3}, "", "2 3 "},
		{"one in the middle is missing", {1, 2, 4, 5}, "1 2 ", "1 2 4 5 "},
		{"it comes after all", {1, 2, 4, 5, 3}, "1 2 3 4 5 ", "1 2 3 4 5 "},
		{"the last waits", {5, 1, 3, 2}, "1 2 3 ", "1 2 3 5 "},
		{"more apart than the ring is long", {1, 1000, 65}, "1 ", "1 65 1000 "},
		{"a ring's length apart", {65, 1, 129, 2}, "1 2 ", "1 2 65 129 "},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char text[TEXT] = "";
		struct order o = {.held = NULL};
		struct printer p = {text, append};
		for (const uint32_t *id = row[i].id; *id; id++)
			order_put(&o, *id, numbered(*id), p);
		expect_text(row[i].name, "so far", text, row[i].so_far);
		order_end(&o, p);
		expect_text(row[i].name, "in the end", text, row[i].in_the_end);
	}
}

static void expect_next(void *to, const char *text)
{
	uint32_t *wanted = to;
	expect_number("shuffled", "id", strtoul(text, NULL, 10), ++*wanted);
}

/* 7919 is a prime that does not divide MANY: every id once, far from its turn. */
static void test_many(void **unused)
{
	(void)unused;
	uint32_t printed = 0;
	struct order o = {.held = NULL};
	for (uint32_t i = 0; i < MANY; i++) {
		uint32_t id = (uint32_t)(i * 7919ull % MANY) + 1;
		order_put(&o, id, numbered(id), (struct printer){&printed, expect_next});
	}
	expect_number("shuffled", "printed", printed, MANY);
	order_end(&o, (struct printer){&printed, expect_next});
	expect_number("shuffled", "printed in the end", printed, MANY);
}

/* What is printed at once needs no room, however much of it there is. */
static void test_room(void **unused)
{
	(void)unused;
	uint32_t printed = 0;
	struct order o = {.held = NULL};
	for (uint32_t id = 1; id <= MANY; id++)
		order_put(&o, id, numbered(id), (struct printer){&printed, expect_next});
	expect_number("in order", "room", o.room, 64);
	order_end(&o, (struct printer){&printed, expect_next});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_comes_when),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_room),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

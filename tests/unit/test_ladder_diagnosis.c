/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/ladder_scene.h"

static const struct step refused[] = {
	{.flags = SYN, .seq = 1000},
	{.from_server = true, .flags = RST | ACK, .ack = 1001, .us = 24},
	{.us = -1},
};

static const struct {
	const char *name, *wanted;
	struct scene scene;
	struct look look;
} rows[] = {
	{"what went well: its name and its segments",
	 "\n  . close-four #8 #9 #10 #11\n  . time-wait #11\nclosed by client",
	 {"", scene_example, false},
	 {.width = 80}},
	{"an error says what it means, on as many lines as it needs",
	 "ack x+1 = x + 1 SYN           |\n  !! refused #1 #2: The server refused the connection: ",
	 {"", refused, false},
	 {.width = 80}},
	{"cards are flowed",
	 "\n  !! refused #1 #2: The server refused\n    the connection: nothing",
	 {"", refused, false},
	 {.width = 40}},
};

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *got = scene_ladder_named(&rows[i].scene, rows[i].look);
		if (!strstr(got, rows[i].wanted))
			fail_msg("%s: no\n%s\nin\n%s", rows[i].name, rows[i].wanted, got);
		free(got);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

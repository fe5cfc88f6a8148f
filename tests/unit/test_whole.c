/* SPDX-License-Identifier: MIT */
/* Filters that may hide segments of a connection. */
#include "capture/whole.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/unit/rows.h"

static void test_filters(void **unused)
{
	(void)unused;
	static const struct {
		const char *filter;
		bool whole;
	} row[] = {
		{NULL, true},
		{"", true},
		{" ", true},
		{"port 80", true},
		{"tcp port 80 or port 443", true},
		{"not (host 127.0.0.1 and portrange 80-90)", true},
		{"host ::1 and !port 22", false}, /* not known as a word: no harm */
		{"host ::1 && ! port 22", true},
		{"net 10.0.0.0/8", true},
		{"src port 80", false},
		{"dst host 127.0.0.1", false},
		{"tcp[tcpflags] & tcp-fin == 0", false},
		{"port 80 and tcp[13]==2", false},
		{"greater 100", false},
		{"port http", false},
		{"fade", false},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		expect_number(row[i].filter ? row[i].filter : "none", "whole",
			      whole_connections(row[i].filter), row[i].whole);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_filters)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

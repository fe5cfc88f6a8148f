/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "labs/answer.h"
#include "tests/unit/rows.h"

/* "-": it is nothing of that kind; else what answer_print says. x is 1000, y 4294967290. */
static const struct {
	enum answer_kind kind;
	const char *text, *printed;
} rows[] = {
	{ANSWER_NUMBER, "1001", "1001"},
	{ANSWER_NUMBER, " 1001 ", "1001"},
	{ANSWER_NUMBER, "1,001", "1001"},
	{ANSWER_NUMBER, "4'294'967'295", "4294967295"},
	{ANSWER_NUMBER, "1_001", "1001"},
	{ANSWER_NUMBER, "0x3e9", "1001"},
	{ANSWER_NUMBER, "0X3E9", "1001"},
	{ANSWER_NUMBER, "x", "1000"},
	{ANSWER_NUMBER, "x+1", "1001"},
	{ANSWER_NUMBER, "X + 1", "1001"},
	{ANSWER_NUMBER, "x+1+5-1", "1005"},
	{ANSWER_NUMBER, "y+6", "0"},
	{ANSWER_NUMBER, "y-x", "4294966290"},
	{ANSWER_NUMBER, "4294967296", "0"},
	{ANSWER_NUMBER, "18446744073709551615", "4294967295"},
	{ANSWER_NUMBER, "0xffffffffffffffff", "4294967295"},
	{ANSWER_NUMBER, "18446744073709551616", "-"},
	{ANSWER_NUMBER, "0x10000000000000000", "-"},
	{ANSWER_NUMBER, "99999999999999999999999", "-"},
	{ANSWER_NUMBER, "999,999,999,999,999,999,999,999", "-"},
	{ANSWER_NUMBER, "0x0x1", "-"},
	{ANSWER_NUMBER, "1 001 002", "1001002"},
	{ANSWER_NUMBER, "１，００１", "1001"},
	{ANSWER_NUMBER, "x + 1,001", "2001"},
	{ANSWER_NUMBER, "1,2", "-"},
	{ANSWER_NUMBER, "1,0012", "-"},
	{ANSWER_NUMBER, "1001,002", "-"},
	{ANSWER_NUMBER, "1,001_002", "-"},
	{ANSWER_NUMBER, "1,001,", "-"},
	{ANSWER_NUMBER, ",001", "-"},
	{ANSWER_NUMBER, "1 2", "-"},
	{ANSWER_NUMBER, "1__001", "-"},
	{ANSWER_NUMBER, "1'2", "-"},
	{ANSWER_NUMBER, "0x3,e90", "-"},
	{ANSWER_NUMBER, "１００１", "1001"},
	{ANSWER_NUMBER, "ｘ＋１", "1001"},
	{ANSWER_NUMBER, "\xef\xbc", "-"},
	{ANSWER_NUMBER, "\xef", "-"},
	{ANSWER_NUMBER, "", "-"},
	{ANSWER_NUMBER, " ", "-"},
	{ANSWER_NUMBER, "ten", "-"},
	{ANSWER_NUMBER, "0x", "-"},
	{ANSWER_NUMBER, "x+", "-"},
	{ANSWER_NUMBER, "+1", "-"},
	{ANSWER_NUMBER, "3e9", "-"},
	{ANSWER_NUMBER, "1001 segments", "-"},
	{ANSWER_NUMBER, "z+1", "-"},
	{ANSWER_NUMBER, "1111111111111111111111111111111111111111111111111111111111111111111111",
	 "-"},
	{ANSWER_TIME, "3.1", "3.10 s"},
	{ANSWER_TIME, "3.1s", "3.10 s"},
	{ANSWER_TIME, "~ 3.1 S", "3.10 s"},
	{ANSWER_TIME, "+0.5", "0.50 s"},
	{ANSWER_TIME, "200ms", "0.20 s"},
	{ANSWER_TIME, "200 MS", "0.20 s"},
	{ANSWER_TIME, "-1", "-"},
	{ANSWER_TIME, "1e9", "-"},
	{ANSWER_TIME, "nan", "-"},
	{ANSWER_TIME, "inf", "-"},
	{ANSWER_TIME, "3 minutes", "-"},
	{ANSWER_TIME, "s", "-"},
	{ANSWER_FLAGS, "SYN,ACK", "SYN,ACK"},
	{ANSWER_FLAGS, "ack,syn", "SYN,ACK"},
	{ANSWER_FLAGS, "SA", "SYN,ACK"},
	{ANSWER_FLAGS, "syn+ack", "SYN,ACK"},
	{ANSWER_FLAGS, "SYN ACK", "SYN,ACK"},
	{ANSWER_FLAGS, "SYN，ACK", "SYN,ACK"},
	{ANSWER_FLAGS, "SYN NAK", "-"},
	{ANSWER_FLAGS, "SYN-ACK", "SYN,ACK"},
	{ANSWER_FLAGS, "SYN/ACK", "SYN,ACK"},
	{ANSWER_FLAGS, "SYN | ACK", "SYN,ACK"},
	{ANSWER_FLAGS, "A", "ACK"},
	{ANSWER_FLAGS, "none", "none"},
	{ANSWER_FLAGS, "FPA", "FIN,PSH,ACK"},
	{ANSWER_FLAGS, "SNY", "-"},
	{ANSWER_FLAGS, "", "-"},
	{ANSWER_STATE, "SYN-RECEIVED", "SYN-RECEIVED"},
	{ANSWER_STATE, "syn received", "SYN-RECEIVED"},
	{ANSWER_STATE, "SYN_RECV", "SYN-RECEIVED"},
	{ANSWER_STATE, "SYN_RCVD", "SYN-RECEIVED"},
	{ANSWER_STATE, "ESTAB", "ESTABLISHED"},
	{ANSWER_STATE, "fin_wait1", "FIN-WAIT-1"},
	{ANSWER_STATE, "FIN-WAIT-2", "FIN-WAIT-2"},
	{ANSWER_STATE, "TimeWait", "TIME-WAIT"},
	{ANSWER_STATE, "closing", "CLOSING"},
	{ANSWER_STATE, "closed", "CLOSED"},
	{ANSWER_STATE, "last-ack", "LAST-ACK"},
	{ANSWER_STATE, "opened", "-"},
	{ANSWER_STATE, "", "-"},
	{ANSWER_STATE, "---", "-"},
	{ANSWER_CHOICE, "b", "b"},
	{ANSWER_CHOICE, "B", "b"},
	{ANSWER_CHOICE, "(b)", "b"},
	{ANSWER_CHOICE, " b. ", "b"},
	{ANSWER_CHOICE, "ｂ", "b"},
	{ANSWER_CHOICE, "（ｂ）", "b"},
	{ANSWER_CHOICE, "ab", "-"},
	{ANSWER_CHOICE, "1", "-"},
	{ANSWER_CHOICE, "", "-"},
	{ANSWER_LIST, "1,2,3", "1-3"},
	{ANSWER_LIST, "1 2 3", "1-3"},
	{ANSWER_LIST, "#1, #2", "1,2"},
	{ANSWER_LIST, "1-3,5", "1-3,5"},
	{ANSWER_LIST, "3,1,3", "1,3"},
	{ANSWER_LIST, "31", "31"},
	{ANSWER_LIST, "1, 6-30", "1,6-30"},
	{ANSWER_LIST, "1-31", "1-31"},
	{ANSWER_LIST, "1,2,4,5,7,8,10,11,13,14,16,17,19,20,22,23,25,26,28,29,31",
	 "1,2,4,5,7,8,10,11,13,14,16,17,19,20,22,23,25,26,28,29,31"},
	{ANSWER_LIST, "none", "none"},
	{ANSWER_LIST, "无", "none"},
	{ANSWER_LIST, "1、2，3", "1-3"},
	{ANSWER_LIST, "0", "-"},
	{ANSWER_LIST, "32", "-"},
	{ANSWER_LIST, "3-1", "-"},
	{ANSWER_LIST, "1-", "-"},
	{ANSWER_LIST, "1;2", "-"},
	{ANSWER_LIST, "4294967297", "-"},
	{ANSWER_LIST, "99999999999999999999999", "-"},
	{ANSWER_LIST, "", "-"},
};

static void test_every_spelling(void **unused)
{
	(void)unused;
	const struct symbols s = {true, 1000, 4294967290U};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char printed[ANSWER_TEXT] = "-", row[128];
		struct answer a;
		snprintf(row, sizeof row, "%s '%s'", answer_kinds[rows[i].kind], rows[i].text);
		if (answer_parse(rows[i].kind, rows[i].text, s, &a))
			answer_print(&a, printed);
		expect_text(row, "is", printed, rows[i].printed);
	}
}

/* What is printed can be typed. */
static void test_what_is_printed_is_read(void **unused)
{
	(void)unused;
	const struct symbols s = {true, 1000, 4294967290U};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct answer a, b;
		if (!answer_parse(rows[i].kind, rows[i].printed, s, &a))
			continue;
		char printed[ANSWER_TEXT];
		answer_print(&a, printed);
		assert_true(answer_parse(rows[i].kind, printed, s, &b));
		assert_true(answer_same(&a, &b, 0));
	}
}

static void test_symbols_must_be_known(void **unused)
{
	(void)unused;
	struct answer a;
	const struct symbols unknown = {.known = false};
	assert_false(answer_parse(ANSWER_NUMBER, "x+1", unknown, &a));
	assert_true(answer_parse(ANSWER_NUMBER, "1001", unknown, &a));
}

static void test_when_answers_are_the_same(void **unused)
{
	(void)unused;
	static const struct {
		double a, b, within;
		bool same;
	} times[] = {{3.0, 3.0, 0, true},     {3.7, 3.0, 0.25, true},  {2.3, 3.0, 0.25, true},
		     {3.8, 3.0, 0.25, false}, {2.2, 3.0, 0.25, false}, {0.01, 0, 0.25, false}};
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		const struct answer a = {ANSWER_TIME, 0, times[i].a},
				    b = {ANSWER_TIME, 0, times[i].b};
		expect_number("time", "same", answer_same(&a, &b, times[i].within), times[i].same);
	}
	const struct answer n = {ANSWER_NUMBER, 7, 0}, flags = {ANSWER_FLAGS, 7, 0};
	assert_false(answer_same(&n, &flags, 1));
	assert_true(answer_same(&n, &n, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_spelling),
		cmocka_unit_test(test_what_is_printed_is_read),
		cmocka_unit_test(test_symbols_must_be_known),
		cmocka_unit_test(test_when_answers_are_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

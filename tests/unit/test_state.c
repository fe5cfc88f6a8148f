/* SPDX-License-Identifier: MIT */
/* RFC 9293 Figure 5 and the resets of 3.10.7, once more and as a whole: every state with every
 * cause, arrows and their absence alike. */
#include "analysis/model/state.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/rows.h"

static const enum cause cause[] = {
	PASSIVE_OPEN,   SND_SYN,     SND_ACK,           SND_FIN,        SND_RST,
	RCV_SYN,        RCV_SYN_ACK, RCV_ACK,           RCV_ACK_OF_SYN, RCV_FIN,
	RCV_ACK_OF_FIN, RCV_RST,     RCV_RST_AS_OPENER,
};

enum { COLUMNS = sizeof cause / sizeof *cause };

static const struct {
	enum tcp_state state;
	const char *code, *name,
		*next; /* the code of the next state for each cause; --: no arrow */
} row[] = {
	/*                                    PASSIVE SND           RCV                       */
	/*                                    OPEN SYN ACK FIN RST  SYN S,A ACK A/S FIN A/F RST R/O
	 */
	{UNKNOWN, "??", "UNKNOWN", "--   --  ES  --  CL   --  --  ES  --  --  --  CL  --"},
	{CLOSED, "CL", "CLOSED", "LI   SS  --  --  --   --  --  --  --  --  --  --  --"},
	{LISTEN, "LI", "LISTEN", "--   SS  --  --  --   SR  --  --  --  --  --  --  --"},
	{SYN_SENT, "SS", "SYN-SENT", "--   --  --  --  CL   SR  ES  --  --  --  --  CL  --"},
	{SYN_RECEIVED, "SR", "SYN-RECEIVED",
	 "--   --  --  F1  CL   --  --  --  ES  --  --  LI  CL"},
	{ESTABLISHED, "ES", "ESTABLISHED", "--   --  --  F1  CL   --  --  --  --  CW  --  CL  --"},
	{FIN_WAIT_1, "F1", "FIN-WAIT-1", "--   --  --  --  CL   --  --  --  --  CG  F2  CL  --"},
	{FIN_WAIT_2, "F2", "FIN-WAIT-2", "--   --  --  --  CL   --  --  --  --  TW  --  CL  --"},
	{CLOSE_WAIT, "CW", "CLOSE-WAIT", "--   --  --  LA  CL   --  --  --  --  --  --  CL  --"},
	{CLOSING, "CG", "CLOSING", "--   --  --  --  CL   --  --  --  --  --  TW  CL  --"},
	{LAST_ACK, "LA", "LAST-ACK", "--   --  --  --  CL   --  --  --  --  --  CL  CL  --"},
	{TIME_WAIT, "TW", "TIME-WAIT", "--   --  --  --  CL   --  --  --  --  --  --  CL  --"},
};

enum { ROWS = sizeof row / sizeof *row };

static const char *code_of(enum tcp_state s)
{
	for (unsigned i = 0; i < ROWS; i++)
		if (row[i].state == s)
			return row[i].code;
	return "no state";
}

static void check_row(unsigned i)
{
	const char *at = row[i].next;
	for (unsigned k = 0; k < COLUMNS; k++) {
		char code[3], where[64];
		int used = 0;
		assert_int_equal(sscanf(at, "%2s%n", code, &used), 1);
		at += used;
		const char *wanted = strcmp(code, "--") ? code : row[i].code;
		snprintf(where, sizeof where, "%s, column %u", row[i].name, k + 1);
		expect_text(where, "next", code_of(state_next(row[i].state, cause[k])), wanted);
	}
}

static void test_figure_5(void **unused)
{
	(void)unused;
	assert_int_equal(ROWS, TCP_STATES);
	assert_int_equal(COLUMNS, CAUSES);
	for (unsigned i = 0; i < ROWS; i++)
		check_row(i);
}

static void test_names(void **unused)
{
	(void)unused;
	for (unsigned i = 0; i < ROWS; i++)
		expect_text(row[i].code, "name", state_name(row[i].state), row[i].name);
}

static void test_synchronized(void **unused)
{
	(void)unused;
	for (unsigned i = 0; i < ROWS; i++)
		expect_number(row[i].name, "synchronized", state_is_synchronized(row[i].state),
			      !strstr("?? CL LI SS", row[i].code));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_figure_5),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_synchronized),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

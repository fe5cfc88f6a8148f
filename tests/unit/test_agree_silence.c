/* SPDX-License-Identifier: MIT */
/* Where one side is silent: frames or words are missing, or the kernel has to be asked. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/agree_scene.h"

static void test_missing_segments(void **unused)
{
	(void)unused;
	static const struct agree_row row[] = {
		{"frames were dropped", OPENING "missed 1\nR CLOSE-WAIT\nwait 70\n", OPENED " ?R0"},
		{"... before the connection",
		 "missed 1\nwait 90\n" OPENING "R CLOSE-WAIT\nwait 70\n", OPENED " kR0"},
		{"... and its first ones",
		 "L SYN-SENT\nmissed 1\n" SYN_ACK_ROW "L ESTABLISHED\n" ACK_ROW MADE "wait 70\n",
		 "~R0 =R2 ?L0 =L2"},
		{"ours, too", OPENING "missed 1\n" FIN_1 "wait 70\nwait 70\n", OPENED " ?R4 ?L4"},
		{"totals, too", OPENING "missed 1\n" CLOSING_LINES "R gone 1 2\nwait 70\n",
		 OPENED " " CLOSED_MARKS},
		{"a refusal, too",
		 OPENING "missed 1\n--> <SEQ=101><ACK=301><CTL=PSH,ACK><DATA>\n"
			 "R !TCP_INVALID_SEQUENCE\n",
		 OPENED},
		{"a FIN that is inferred moves an end once",
		 "hides\n" OPENING "L FIN-WAIT-1\nR CLOSE-WAIT\n" ACK_1 "L FIN-WAIT-2\nwait 70\n",
		 OPENED " =R4 ?L0 =L4"},
		{"the filter hides them", "hides\n" OPENING "R CLOSE-WAIT\nwait 70\n",
		 OPENED " ?R0"},
		{"the capture has ended: what is said later",
		 OPENING "stop\nwait 10\nR CLOSE-WAIT\n", OPENED},
		{"... just before, without a segment", OPENING "L FIN-WAIT-1\nstop\n",
		 OPENED " ~L0"},
		{"... its segment was not taken", OPENING "R CLOSE-WAIT\nstop\n", OPENED " ?R0"},
		{"... the word comes behind the last segment",
		 OPENING "L FIN-WAIT-1\n" FIN_1 "stop\nR CLOSE-WAIT\n", OPENED " =L4 =R4"},
		{"... but for the totals of what is closed",
		 OPENING CLOSING_LINES "stop\nwait 10\nR gone 1 1\nwait 70\n",
		 OPENED " " CLOSED_MARKS " nR0"},
		{"... or does not come", OPENING "L FIN-WAIT-1\n" FIN_1 "stop\n",
		 OPENED " =L4 ?R4"},
	};
	agree_scene_check(row, sizeof row / sizeof *row);
}

static void test_answers(void **unused)
{
	(void)unused;
	static const struct agree_row row[] = {
		{"asked, it says the same once",
		 "silent\n" QUIETLY "wait 70\nL is ESTABLISHED\nR is ESTABLISHED\nwait 70\n"
		 "L is ESTABLISHED\nwait 70\n",
		 "sR0 sL0"},
		{"asked, it says another",
		 "silent\n" SYN_ROW SYN_ACK_ROW ACK_ROW "wait 70\nR is SYN-RECEIVED\nwait 70\n",
		 "dR0"},
		{"a step may be in flight: before the question",
		 "silent\n" SYN_ROW "L is CLOSED\nwait 70\n", ""},
		{"... or behind it",
		 "silent\n" QUIETLY "wait 70\nL is FIN-WAIT-1\n" FIN_1 "wait 70\n", ""},
		{"a FIN that waits", "silent\n" QUIETLY "wait 70\nL is FIN-WAIT-1\nwait 70\n",
		 "~L0"},
		{"unasked it is silent", "silent\n" SYN_ROW SYN_ACK_ROW ACK_ROW FIN_1 "wait 70\n",
		 ""},
		{"crafted", "silent\ncrafted L\n" SYN_ROW "wait 70\nL is CLOSED\nwait 70\n", ""},
		{"totals of one that says nothing else",
		 "silent\n" SYN_ROW SYN_ACK_ROW ACK_ROW FIN_1 ACK_1 FIN_2 ACK_2
		 "R gone 1 1\nwait 70\n",
		 "nR0"},
		{"there is no such socket: somebody else crafts",
		 "answers\n" SYN_ROW "wait 70\nall\nwait 70\nwait 70\n", "~R1 ~L1"},
		{"there is one", "answers\n" SYN_ROW "wait 70\nL is SYN-SENT\nall\nwait 70\n",
		 "~R1 oL1"},
		{"the answer is awaited", "answers\n" SYN_ROW "all\nwait 70\nwait 70\n", "~R1 ?L1"},
	};
	agree_scene_check(row, sizeof row / sizeof *row);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_missing_segments),
		cmocka_unit_test(test_answers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

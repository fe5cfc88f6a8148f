/* SPDX-License-Identifier: MIT */
/* What the segments say and what the kernel says, compared: scripts, and what is found. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/agree_scene.h"
#include "tests/unit/rows.h"

static void test_transitions(void **unused)
{
	(void)unused;
	static const struct agree_row row[] = {
		{"opened and closed", OPENING CLOSING_LINES, OPENED " " CLOSED_MARKS},
		{"a word is late",
		 "L SYN-SENT\n" SYN_ROW SYN_ACK_ROW ACK_ROW MADE "L ESTABLISHED\n",
		 "=L1 ~R1 ~R0 =R3 =L2"},
		{"a frame is late: words before it",
		 "L SYN-SENT\nL ESTABLISHED\n" SYN_ROW SYN_ACK_ROW ACK_ROW MADE,
		 "=L1 ~R1 =L2 ~R0 =R3"},
		{"the kernel is silent: ours only, once", SYN_ROW "wait 70\nwait 70\n", "~R1 oL1"},
		{"no segment shows it", OPENING "R CLOSE-WAIT\nwait 70\n", OPENED " kR0"},
		{"ours only, and both go on",
		 OPENING "L FIN-WAIT-1\n" FIN_1 ACK_1 "L FIN-WAIT-2\nR CLOSE-WAIT>LAST-ACK\n" FIN_2,
		 OPENED " =L4 =L5 ~L6 ?R4 =R6"},
		{"words were lost at that time", "lost 0\n" SYN_ROW "wait 1\nlost 1\nwait 70\n",
		 "~R1 ?L1"},
		{"words were lost long before",
		 "lost 1\nwait 5000\nlost 1\n" SYN_ROW "wait 70\nwait 70\n", "~R1 oL1"},
		{"the port is chosen later, and the kernel says no more",
		 "new L\n" SYN_ROW "wait 70\n", "~R1 =L1"},
		{"the port is chosen later",
		 "new L\n" SYN_ROW SYN_ACK_ROW "L ESTABLISHED\n" ACK_ROW MADE,
		 "~R1 =L1 =L2 ~R0 =R3"},
		{"... and taken before",
		 "new L\n" SYN_ROW "wait 70\n" SYN_ACK_ROW "L ESTABLISHED\n" ACK_ROW MADE,
		 "~R1 =L1 =L2 ~R0 =R3"},
		{"nobody listens",
		 "L SYN-SENT\n" SYN_ROW "<-- <SEQ=0><ACK=101><CTL=RST,ACK>\n"
		 "L CLOSED\nwait 70\n",
		 "=L1 ~R1 =L2 ~R2"},
		{"the client is crafted",
		 "crafted L\n" SYN_ROW SYN_ACK_ROW ACK_ROW MADE "wait 70\n", "~R1 ~R0 =R3"},
		{"another host's: its silence says nothing",
		 "afar\nL SYN-SENT\n" SYN_ROW SYN_ACK_ROW "L ESTABLISHED\n" ACK_ROW "wait 70\n",
		 "=L1 =L2"},
		{"a FIN waits behind data",
		 OPENING "L FIN-WAIT-1\nwait 300\n" FIN_1 "R CLOSE-WAIT\n", OPENED " =L4 =R4"},
		{"one that is never sent: a RST comes",
		 OPENING "L FIN-WAIT-1\nwait 300\nL CLOSED\n<-- <SEQ=301><CTL=RST>\nR CLOSED\n",
		 OPENED " ~L0 =L4 =R4"},
		{"the capture begins with a FIN, the word on it comes behind it",
		 FIN_1 "R ESTABLISHED>CLOSE-WAIT\n" ACK_1, "=R1 ~L1 oL2"},
		{"one that is never sent", OPENING "L FIN-WAIT-1\nwait 300\n", OPENED " ~L0"},
	};
	agree_scene_check(row, sizeof row / sizeof *row);
}

static void test_same_ends(void **unused)
{
	(void)unused;
	static const struct agree_row row[] = {
		{"the same ends again",
		 OPENING CLOSING_LINES "L SYN-SENT\n--> <SEQ=900000><CTL=SYN>\n",
		 OPENED " " CLOSED_MARKS " ~R1 =L1"},
		{"the same ends again, their words before the SYN",
		 OPENING CLOSING_LINES "L SYN-SENT\nL ESTABLISHED\n--> <SEQ=900000><CTL=SYN>\n"
				       "<-- <SEQ=500000><ACK=900001><CTL=SYN,ACK>\n",
		 OPENED " " CLOSED_MARKS " =L1 ~R1 =L2"},
		{"the socket is connected anew, and has its old port at first",
		 OPENING CLOSING_LINES "L SYN-SENT\nwait 90\n", OPENED " " CLOSED_MARKS},
		{"a socket of another namespace has the same ends",
		 OPENING "R other CLOSED>SYN-SENT\nR ESTABLISHED>CLOSE-WAIT\nwait 70\n",
		 OPENED " ?R0 ?R0"},
		{"its own SYN comes back",
		 "self\nL SYN-SENT\n--> <SEQ=100><CTL=SYN>\n"
		 "L SYN-RECEIVED\n"
		 "--> <SEQ=100><ACK=101><CTL=SYN,ACK>\nL ESTABLISHED\n"
		 "--> <SEQ=101><ACK=101><CTL=ACK>\n",
		 "~L1 ~L0 ~L0 =L2"},
	};
	agree_scene_check(row, sizeof row / sizeof *row);
}

static void test_corrections(void **unused)
{
	(void)unused;
	static const struct agree_row row[] = {
		{"the third ACK was not taken",
		 "L SYN-SENT\n" SYN_ROW SYN_ACK_ROW "L ESTABLISHED\n" ACK_ROW
		 "wait 70\nwait 930\n" SYN_ACK_ROW ACK_ROW MADE,
		 "=L1 ~R1 =L2 oR3 ~R0 =R5"},
	};
	agree_scene_check(row, sizeof row / sizeof *row);
}

static void test_refusals(void **unused)
{
	(void)unused;
	static const struct agree_row row[] = {
		{"a wrong sum, as the segments say",
		 "sums\n" OPENING "bad\n--> <SEQ=101><ACK=301><CTL=PSH,ACK><DATA>\nR !TCP_CSUM\n",
		 OPENED " vR4"},
		{"before any sum of that end was seen to be right",
		 "L SYN-SENT\nbad\n" SYN_ROW "R !TCP_CSUM\n", "=L1 ~R1 ~R1"},
		{"far outside the window",
		 OPENING "--> <SEQ=1000000><ACK=301><CTL=PSH,ACK><DATA>\nR !TCP_INVALID_SEQUENCE\n",
		 OPENED " vR4"},
		{"refused, and the segments did not show that",
		 OPENING "--> <SEQ=101><ACK=301><CTL=PSH,ACK><DATA>\nR !TCP_INVALID_SEQUENCE\n",
		 OPENED " xR4"},
		{"a reason of which nothing is known",
		 OPENING "--> <SEQ=101><ACK=301><CTL=PSH,ACK><DATA>\nR !TCP_SOMETHING\n",
		 OPENED " uR4"},
		{"nothing had come for it", "L SYN-SENT\n" SYN_ROW "L !TCP_CSUM\n", "=L1 ~R1"},
		{"nobody was there any more",
		 OPENING CLOSING_LINES "--> <SEQ=102><ACK=302><CTL=ACK>\nR !NO_SOCKET\n",
		 OPENED " " CLOSED_MARKS " vR8"},
		{"it waited for a socket that gave way to TIME-WAIT's",
		 OPENING CLOSING_LINES "<-- <SEQ=302><ACK=102><CTL=ACK>\nL !TCP_CLOSE\n",
		 OPENED " " CLOSED_MARKS " ~L8"},
		{"... not if it is there",
		 OPENING "--> <SEQ=101><ACK=301><CTL=PSH,ACK><DATA>\nR !TCP_CLOSE\n",
		 OPENED " xR4"},
		{"a socket that is known by its name only",
		 OPENING "--> <SEQ=1000000><ACK=301><CTL=PSH,ACK><DATA>\n"
			 "R nameless !TCP_INVALID_SEQUENCE\n",
		 OPENED " vR4"},
		{"the name of a closed one is another's",
		 OPENING CLOSING_LINES "R nameless !TCP_FLAGS\n", OPENED " " CLOSED_MARKS},
		{"a listener's is that of the only segment of just then",
		 QUIETLY "R listener !TCP_LISTEN_OVERFLOW\nR LISTEN>SYN-RECEIVED\nR ESTABLISHED\n",
		 "~R1 ~R3 ~R0 =R3 oL1 oL2"},
		{"... not of one that has a socket", OPENING "R listener !TCP_FLAGS\n", OPENED},
		{"... nor of one that is good: another namespace has such a listener, too",
		 "L SYN-SENT\n" SYN_ROW "R listener !TCP_FLAGS\n", "=L1 ~R1"},
		{"... or nobody's", OPENING "wait 10\nR listener !TCP_FLAGS\n", OPENED},
		{"what no segment shows is told, and is no disagreement",
		 OPENING "--> <SEQ=101><ACK=301><CTL=PSH,ACK><DATA>\nR !SOCKET_FILTER\n",
		 OPENED " ~R4"},
		{"... unless it does",
		 OPENING "--> <SEQ=1000000><ACK=301><CTL=PSH,ACK><DATA>\nR !TCP_OVERWINDOW\n",
		 OPENED " vR4"},
		{"a crafted end has no socket that refuses",
		 "crafted L\n" SYN_ROW SYN_ACK_ROW "L !TCP_CSUM\n", "~R1"},
	};
	agree_scene_check(row, sizeof row / sizeof *row);
}

static void test_resets(void **unused)
{
	(void)unused;
	static const struct agree_row row[] = {
		{"why, said after it",
		 OPENING "L CLOSED\n--> <SEQ=101><CTL=RST>\nR CLOSED\nL reset TCP_STATE\n",
		 OPENED " =L4 =R4 rL4"},
		{"... and before it",
		 OPENING "L CLOSED\nL reset TCP_STATE\nsoon\n--> <SEQ=101><CTL=RST>\nR CLOSED\n",
		 OPENED " rL4 =L4 =R4"},
		{"no reason",
		 OPENING "L CLOSED\n--> <SEQ=101><CTL=RST>\nR CLOSED\nL reset NOT_SPECIFIED\n",
		 OPENED " =L4 =R4"},
		{"one that nobody knows",
		 OPENING "L CLOSED\n--> <SEQ=101><CTL=RST>\nR CLOSED\nL reset NEWS\n",
		 OPENED " =L4 =R4 uL4"},
		{"of another RST",
		 OPENING "L CLOSED\n--> <SEQ=101><CTL=RST>\nR CLOSED\nwait 10\nL reset TCP_STATE\n",
		 OPENED " =L4 =R4"},
		{"a listener's",
		 SYN_ROW "R listener reset TCP_FLAGS\nsoon\n<-- <SEQ=0><ACK=101><CTL=RST,ACK>\n",
		 "~R1 rR2 oL1 ~L2 ~R2"},
	};
	agree_scene_check(row, sizeof row / sizeof *row);
}

static void test_totals(void **unused)
{
	(void)unused;
	static const struct agree_row row[] = {
		{"those of both, a FIN that TIME-WAIT took aside",
		 OPENING CLOSING_LINES "L gone 2 0\nR gone 1 1\nwait 70\n",
		 OPENED " " CLOSED_MARKS " nR0 nL0"},
		{"before the last word and the last segment",
		 OPENING "L FIN-WAIT-1\n" FIN_1 "R CLOSE-WAIT\n" ACK_1
			 "L FIN-WAIT-2\nR LAST-ACK\n" FIN_2 "L CLOSED\nR gone 1 1\n" ACK_2
			 "R CLOSED\n",
		 OPENED " " CLOSED_MARKS " nR0"},
		{"an octet more", OPENING CLOSING_LINES "R gone 1 2\nwait 70\n",
		 OPENED " " CLOSED_MARKS " mR0"},
		{"an octet less is no FIN of TIME-WAIT's",
		 OPENING CLOSING_LINES "R gone 1 0\nwait 70\n", OPENED " " CLOSED_MARKS " mR0"},
		{"a RST may refuse data",
		 OPENING "L CLOSED\n--> <SEQ=101><CTL=RST>\nR CLOSED\nR gone 1 1\nwait 70\n",
		 OPENED " =L4 =R4"},
	};
	agree_scene_check(row, sizeof row / sizeof *row);
}

static void test_counts(void **unused)
{
	(void)unused;
	struct agree *a = agree_new(true, NULL, NULL);
	assert_non_null(a);
	const struct agree_counts *c = agree_counts(a);
	assert_int_equal(c->transitions + c->agreed + c->by_design + c->unsaid, 0);
	assert_int_equal(c->refused + c->same + c->ends + c->numbers + c->arrivals + c->alike, 0);
	agree_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_transitions), cmocka_unit_test(test_same_ends),
		cmocka_unit_test(test_corrections), cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_totals),      cmocka_unit_test(test_resets),
		cmocka_unit_test(test_counts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

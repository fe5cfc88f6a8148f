/* SPDX-License-Identifier: MIT */
/* SND.UNA and SND.NXT by the kernel, whenever a segment comes, and by the segments. */
#include "analysis/model/agree_counters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/agree_scene.h"
#include "tests/unit/rows.h"

#define DATA_5 "--> <SEQ=101><ACK=301><CTL=PSH,ACK><DATA=5>\n"
#define ACK_5 "<-- <SEQ=301><ACK=106><CTL=ACK>\n"

struct row {
	const char *name, *script, *found;
};

static void check(const struct row *row, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct agree_scene s;
		expect_text(row[i].name, "found", agree_scene_play(&s, row[i].script),
			    row[i].found);
	}
}

static void test_counters(void **unused)
{
	(void)unused;
	static const struct row row[] = {
		{"as ours", OPENING DATA_5 "R at 301 301 5\n" ACK_5 "L at 101 106 0\n",
		 OPENED " 2/2"},
		{"SND.UNA is another", OPENING DATA_5 "R at 300 301 5\nwait 1\nwait 10\n",
		 OPENED " mR4 0/1"},
		{"SND.NXT is behind ours",
		 OPENING DATA_5 ACK_5 "L at 101 105 0\nL FIN-WAIT-1\n"
				      "--> <SEQ=106><ACK=301><CTL=FIN,ACK>\n",
		 OPENED " mL5 =L6 oR6 0/1"},
		{"... ahead: what it had sent is captured later",
		 OPENING DATA_5 "soon\n" ACK_5 "L at 101 109 0\n"
				"--> <SEQ=106><ACK=301><CTL=PSH,ACK><DATA=3>\n",
		 OPENED " 1/1"},
		{"... behind what it sent after that",
		 OPENING DATA_5 ACK_5 "L at 101 109 0\n"
				      "--> <SEQ=109><ACK=301><CTL=PSH,ACK><DATA=3>\nsoon\n"
				      "--> <SEQ=106><ACK=301><CTL=PSH,ACK><DATA=3>\n",
		 OPENED " 1/1"},
		{"... never: it sends less",
		 OPENING DATA_5 ACK_5 "L at 101 110 0\n"
				      "--> <SEQ=106><ACK=301><CTL=PSH,ACK><DATA=3>\nwait 70\n",
		 OPENED " mL5 0/1"},
		{"the word is before its segment", OPENING "R at 301 301 5\nback\n" DATA_5,
		 OPENED " 1/1"},
		{"it is no later one, whatever that says",
		 OPENING "R at 300 301 5\n" DATA_5 "wait 10\n", OPENED},
		{"another length: whose it is is not known",
		 OPENING DATA_5 "R at 301 301 4\nwait 10\n", OPENED},
		{"in SYN-SENT nothing is told, and what is has no segment",
		 "L SYN-SENT\n" SYN_ROW SYN_ACK_ROW "L at 101 101 0\nwait 10\n", "=L1 ~R1 oL2"},
		{"a FIN, a RST", OPENING "L FIN-WAIT-1\n" FIN_1 "R at 301 301 0\nR CLOSE-WAIT\n",
		 OPENED " =L4 =R4 1/1"},
		{"the numbers of a connection that is older than the capture are not known",
		 DATA_5 ACK_5 "--> <SEQ=106><ACK=301><CTL=PSH,ACK><DATA=3>\n"
			      "R at 7 301 3\nwait 10\n",
		 "~L1 ~R1"},
		{"a crafted end has none",
		 "crafted L\n" SYN_ROW SYN_ACK_ROW ACK_ROW MADE
		 "<-- <SEQ=301><ACK=101><CTL=PSH,ACK><DATA=4>\nL at 7 7 4\nwait 10\n",
		 "~R1 ~R0 =R3"},
		{"to itself",
		 "self\nL SYN-SENT\n--> <SEQ=100><CTL=SYN>\nL SYN-RECEIVED\n"
		 "--> <SEQ=100><ACK=101><CTL=SYN,ACK>\nL ESTABLISHED\n"
		 "--> <SEQ=101><ACK=101><CTL=ACK>\nL at 101 101 0\n"
		 "--> <SEQ=101><ACK=101><CTL=PSH,ACK><DATA=5>\nL at 101 106 5\n",
		 "~L1 ~L0 ~L0 =L2 2/2"},
		{"a word that is too late",
		 OPENING DATA_5 "<-- <SEQ=301><ACK=106><CTL=PSH,ACK><DATA=5>\n"
				"R late at 301 301 5\nwait 10\n",
		 OPENED},
	};
	check(row, sizeof row / sizeof *row);
}

static void test_the_order_of_counters(void **unused)
{
	(void)unused;
	static const struct row row[] = {
		{"two that waited are one to the kernel",
		 OPENING DATA_5 "soon\n--> <SEQ=106><ACK=301><CTL=PSH,ACK><DATA=3>\n"
				"R at 301 301 8\n",
		 OPENED " 1/1"},
		{"two changed places on the way",
		 OPENING DATA_5 "--> <SEQ=106><ACK=301><CTL=PSH,ACK><DATA=3>\n"
				"<-- <SEQ=301><ACK=106><CTL=PSH,ACK><DATA=4>\nsoon\n"
				"<-- <SEQ=305><ACK=109><CTL=PSH,ACK><DATA=2>\n"
				"L at 101 109 2\nwait 10\n",
		 OPENED},
		{"... a millisecond apart they do not",
		 OPENING DATA_5 "--> <SEQ=106><ACK=301><CTL=PSH,ACK><DATA=3>\n"
				"<-- <SEQ=301><ACK=106><CTL=PSH,ACK><DATA=4>\n"
				"<-- <SEQ=305><ACK=109><CTL=PSH,ACK><DATA=2>\n"
				"L at 101 109 2\nwait 10\n",
		 OPENED " mL7 0/1"},
		{"one that was refused unseen does not count, till both agree again",
		 OPENING DATA_5 ACK_5 "L !SOCKET_FILTER\n" ACK_5 "L at 101 106 0\nwait 10\n" ACK_5
				      "L at 106 106 0\n" ACK_5 "L at 7 106 0\nwait 10\n",
		 OPENED " ~L5 mL8 1/2"},
		{"by us it is past ESTABLISHED, the kernel has refused that FIN",
		 OPENING FIN_1 "R !SOCKET_FILTER\nwait 1\n" FIN_1 "R at 301 301 0\n",
		 OPENED " ~R4 oL4 oR4 1/1"},
		{"what the kernel says of its states has not come",
		 SYN_ROW SYN_ACK_ROW ACK_ROW DATA_5 "R at 301 301 5\n", "~R1 oL1 oL2 oR3 1/1"},
		{"the other of two that changed places",
		 OPENING DATA_5 "--> <SEQ=106><ACK=301><CTL=PSH,ACK><DATA=3>\n"
				"<-- <SEQ=301><ACK=106><CTL=PSH,ACK><DATA=4>\nsoon\n"
				"<-- <SEQ=305><ACK=109><CTL=PSH,ACK><DATA=2>\n"
				"L at 101 109 2\nL at 109 109 4\nwait 10\n",
		 OPENED},
	};
	check(row, sizeof row / sizeof *row);
}

/* What the kernel says then may be of one that is forgotten. */
static void test_more_than_are_remembered(void **unused)
{
	(void)unused;
	char script[4096] = OPENING;
	size_t at = strlen(script);
	for (unsigned i = 0; i <= CAME; i++)
		at += (size_t)snprintf(script + at, sizeof script - at,
				       "--> <SEQ=%u><ACK=301><CTL=PSH,ACK><DATA=5>\n", 101 + 5 * i);
	snprintf(script + at, sizeof script - at,
		 "R at 7 301 5\nwait 10\nR at 301 301 5\n"
		 "--> <SEQ=600><ACK=301><CTL=PSH,ACK><DATA=4>\nR at 7 301 4\nwait 10\n");
	const struct row row = {"one more", script, OPENED " mR37 1/2"};
	check(&row, 1);
}

static void test_wrap_around(void **unused)
{
	(void)unused;
	static const struct row row[] = {
		{"both pass zero",
		 "L SYN-SENT\n--> <SEQ=4294967294><CTL=SYN>\n"
		 "<-- <SEQ=4294967295><ACK=4294967295><CTL=SYN,ACK>\nL ESTABLISHED\n"
		 "--> <SEQ=4294967295><ACK=0><CTL=ACK>\n" MADE
		 "--> <SEQ=4294967295><ACK=0><CTL=PSH,ACK><DATA=5>\nR at 0 0 5\n"
		 "<-- <SEQ=0><ACK=4><CTL=ACK>\nL at 4294967295 4 0\n"
		 "<-- <SEQ=0><ACK=4><CTL=PSH,ACK><DATA=5>\nL at 4 4294967295 5\n",
		 OPENED " mL6 2/3"},
	};
	check(row, sizeof row / sizeof *row);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_counters),
		cmocka_unit_test(test_the_order_of_counters),
		cmocka_unit_test(test_more_than_are_remembered),
		cmocka_unit_test(test_wrap_around),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

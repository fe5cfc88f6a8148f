/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/views/ladder.h"
#include "tests/unit/ladder_scene.h"
#include "tests/unit/rows.h"

/* The middle is drawn 41 cells wide in interface.md: one column more than 80. */
static void test_the_example_redraws_itself(void **state)
{
	static const char wanted[] =
		"#1  127.0.0.1:40001 -> 127.0.0.1:8081   x=1000  y=179399304\n"
		"  # time(s)       client |                                         | server\n"
		"                  CLOSED |                                         | LISTEN\n"
		"  1 0.000000    SYN-SENT |-------------- SYN seq=x --------------->| "
		"SYN-RECEIVED\n"
		"  2 0.000034 ESTABLISHED |<-------- SYN,ACK seq=y ack=x+1 ---------|\n"
		"                         |           ack x+1 = x + 1 SYN           |\n"
		"  3 0.010298             |--------- ACK seq=x+1 ack=y+1 ---------->| ESTABLISHED\n"
		"                         |           ack y+1 = y + 1 SYN           |\n"
		"  4 0.030841             |---- PSH,ACK seq=x+1 ack=y+1 len=5 ----->|\n"
		"  5 0.030866             |<--------- ACK seq=y+1 ack=x+6 ----------|\n"
		"                         |         ack x+6 = x+1 + 5 data          |\n"
		"  6 0.051000             |<---- PSH,ACK seq=y+1 ack=x+6 len=5 -----|\n"
		"  7 0.071500             |--------- ACK seq=x+6 ack=y+6 ---------->|\n"
		"                         |         ack y+6 = y+1 + 5 data          |\n"
		"  8 0.091833  FIN-WAIT-1 |------- FIN,ACK seq=x+6 ack=y+6 -------->| CLOSE-WAIT\n"
		"  9 0.132987  FIN-WAIT-2 |<--------- ACK seq=y+6 ack=x+7 ----------|\n"
		"                         |          ack x+7 = x+6 + 1 FIN          |\n"
		" 10 0.192048   TIME-WAIT |<------- FIN,ACK seq=y+6 ack=x+7 --------| LAST-ACK\n"
		" 11 0.212325             |--------- ACK seq=x+7 ack=y+7 ---------->| CLOSED\n"
		"                         |          ack y+7 = y+6 + 1 FIN          |\n"
		"closed by client in 4 segments; 5 bytes each way\n";
	const struct scene s = {"example", scene_example, false};
	char *got = scene_ladder(&s, (struct look){.width = 81});
	(void)state;
	assert_string_equal(got, wanted);
	free(got);
}

static const struct step refused[] = {
	{0, false, SYN, 1000, 0, 0, 0},
	{0, true, RST | ACK, 0, 1001, 0, 20},
	{.us = -1},
};

static const struct step third_ack_lost[] = {
	{0, false, SYN, 1000, 0, 0, 0},          {0, true, SYN | ACK, 5000, 1001, 0, 10},
	{0, false, ACK, 1001, 5001, 0, 20},      {0, true, SYN | ACK, 5000, 1001, 0, 1000020},
	{0, false, ACK, 1001, 5001, 0, 1000030}, {.us = -1},
};

static const struct step fins_cross[] = {
	{0, false, SYN, 1000, 0, 0, 0},          {0, true, SYN | ACK, 5000, 1001, 0, 10},
	{0, false, ACK, 1001, 5001, 0, 20},      {0, false, FIN | ACK, 1001, 5001, 0, 30},
	{0, true, FIN | ACK, 5001, 1001, 0, 31}, {.us = -1},
};

static const struct step syns_cross[] = {
	{0, false, SYN, 1000, 0, 0, 0},
	{0, true, SYN, 5000, 0, 0, 10},
	{0, false, SYN | ACK, 1000, 5001, 0, 20},
	{0, true, SYN | ACK, 5000, 1001, 0, 30},
	{.us = -1},
};

static const struct step fin_not_captured[] = {
	{0, false, SYN, 1000, 0, 0, 0},
	{0, true, SYN | ACK, 5000, 1001, 0, 10},
	{0, false, ACK, 1001, 5001, 0, 20},
	{0, true, ACK, 5001, 1002, 0, 30},
	{.us = -1},
};

static const struct step blind_rst[] = {
	{0, false, SYN, 1000, 0, 0, 0},
	{0, true, SYN | ACK, 5000, 1001, 0, 10},
	{0, false, ACK, 1001, 5001, 0, 20},
	{0, true, RST, 6001, 0, 0, 30},
	{.us = -1},
};

static const struct step mid_stream[] = {
	{0, false, PSH | ACK, 1001, 5001, 9, 0},
	{0, true, ACK, 5001, 1010, 0, 10},
	{.us = -1},
};

static const struct step much_data[] = {
	{0, false, SYN, 1000, 0, 0, 0},
	{0, true, SYN | ACK, 5000, 1001, 0, 10},
	{0, false, PSH | ACK, 1001, 5001, 1000000000, 20},
	{0, false, FIN | PSH | ACK, 1000001001, 5001, 65535, 30},
	{0, true, ACK, 5001, 1000066537, 0, 10000123456},
	{.us = -1},
};

static const struct step side_by_side[] = {
	{0, false, SYN, 1000, 0, 0, 0},
	{1, false, SYN, 7000, 0, 0, 1234},
	{0, true, SYN | ACK, 5000, 1001, 0, 2468},
	{0, false, RST, 1001, 0, 0, 3000},
	{1, true, RST | ACK, 0, 7001, 0, 4000},
	{.us = -1},
};

static const struct step syn_fin_answered[] = {
	{0, false, SYN | FIN, 1000, 0, 0, 0},
	{0, true, SYN | ACK, 5000, 1002, 0, 10},
	{.us = -1},
};

static const struct step syn_fin_with_data[] = {
	{0, false, SYN | FIN, 1000, 0, 7, 0},
	{0, true, SYN | ACK, 5000, 1009, 0, 10},
	{.us = -1},
};

static const struct step syn_taken_without_its_fin[] = {
	{0, false, SYN | FIN, 1000, 0, 7, 0}, {0, true, SYN | ACK, 5000, 1001, 0, 10}, {.us = -1}};

/* What must stand in the ladder of a scene, character for character. */
static const struct row {
	const char *name, *wanted;
	struct scene scene;
	struct look look;
} rows[] = {
	{"80 columns",
	 "\n  1 0.000000    SYN-SENT |-------------- SYN seq=x -------------->| SYN-RECEIVED\n",
	 {"", scene_example, false},
	 {.width = 80}},
	{"lost, amended",
	 "|--------- ACK seq=x+1 ack=y+1 ---------x| (lost)\n",
	 {"", third_ack_lost, false},
	 {.width = 80}},
	{"lost, streamed",
	 "\n  ^ #3 was lost: server SYN-RECEIVED\n",
	 {"", third_ack_lost, false},
	 {.width = 80, .stream = true}},
	{"lost, as a card",
	 "\n  3 0.000020 -x ACK\n    seq=x+1 ack=y+1\n    ack y+1 = y + 1 SYN\n    server (lost)\n",
	 {"", third_ack_lost, false},
	 {.width = 40}},
	{"a FIN with the SYN is no octet of data",
	 "|      ack x+2 = x + 1 SYN + 1 FIN       |\n",
	 {"", syn_fin_answered, false},
	 {.width = 80}},
	{"nor is it with data between them",
	 "|  ack x+9 = x + 1 SYN + 7 data + 1 FIN  |\n",
	 {"", syn_fin_with_data, false},
	 {.width = 80}},
	{"only what is acknowledged is counted",
	 "|          ack x+1 = x + 1 SYN           |\n",
	 {"", syn_taken_without_its_fin, false},
	 {.width = 80}},
	{"again",
	 "|<----- SYN,ACK seq=y ack=x+1 again -----|\n",
	 {"", third_ack_lost, false},
	 {.width = 80}},
	{"crossed",
	 "------>| (crossed)\n  5 0.000031     CLOSING |<-",
	 {"", fins_cross, false},
	 {.width = 80}},
	{"a long state takes a digit of the time",
	 "\n  2 0.00001 SYN-RECEIVED |<---",
	 {"", syns_cross, false},
	 {.width = 80}},
	{"inferred",
	 "\n  ~ FIN of client not captured, but acknowledged\n",
	 {"", fin_not_captured, false},
	 {.width = 80}},
	{"challenged",
	 "\n  4 0.00003 (challenged) |<----------- RST seq=y+1001 ------------|\n",
	 {"", blind_rst, false},
	 {.width = 80}},
	{"mid-stream",
	 "   x~1000  y~5000  roles guessed\n",
	 {"", mid_stream, false},
	 {.width = 80}},
	{"y is told with the SYN,ACK",
	 "|    y=179399304, ack x+1 = x + 1 SYN    |\n",
	 {"", scene_example, false},
	 {.width = 80, .stream = true}},
	{"at 120 absolute",
	 "-|               ack 1006 = 1001 + 5 data\n",
	 {"", scene_example, false},
	 {.width = 120}},
	{"the side of a state",
	 "->| ESTABLISHED   ack 179399305 = 179399304 + 1 SYN\n",
	 {"", scene_example, false},
	 {.width = 120}},
	{"numbers leave an arrow too short for them",
	 "|----- PSH,ACK ----->|\n                         |  seq=x+1 ack=y+1   |\n"
	 "                         |       len=5        |\n",
	 {"", scene_example, false},
	 {.width = 60}},
	{"len leaves first",
	 "|-- PSH,ACK seq=x+1 ack=y+1 -->| ESTABLISHED\n"
	 "                         |        len=1000000000        |\n",
	 {"", much_data, false},
	 {.width = 70}},
	{"a sum is broken before an operator",
	 "|   ack x+6 = x+1    |\n                         |      + 5 data      |\n",
	 {"", scene_example, false},
	 {.width = 60}},
	{"seconds of five digits",
	 "\n  5 10000.12  FIN-WAIT-2 |<-",
	 {"", much_data, false},
	 {.width = 80}},
	{"ids and milliseconds side by side",
	 "\n  #1.2 0.002 ESTABLISHED |<-",
	 {"", side_by_side, false},
	 {.width = 80, .stream = true}},
	{"a header where it goes on",
	 "\n#1  127.0.0.1:40001 -> 127.0.0.1:8081   x=1000  y=5000\n  #1.2",
	 {"", side_by_side, false},
	 {.width = 80, .stream = true}},
	{"whose closing line",
	 "\n#1 reset by client; 0 bytes each way\n#2  127.0.0.1:40002 ",
	 {"", side_by_side, false},
	 {.width = 80, .stream = true}},
	{"alone again, and named all the same",
	 "\n  #2.2 0.002      CLOSED |<-",
	 {"", side_by_side, false},
	 {.width = 80, .stream = true}},
	{"so is its closing line",
	 "\n#2 refused by server; 0 bytes each way\n",
	 {"", side_by_side, false},
	 {.width = 80, .stream = true}},
	{"finished in order, a blank line between",
	 "0 bytes each way\n\n#2  127.0.0.1:40002 -> ",
	 {"", side_by_side, false},
	 {.width = 80}},
	{"delta",
	 "\n  # delta(s)      client |",
	 {"", refused, false},
	 {.width = 80, .time = TIME_DELTA}},
	{"since the row before",
	 "\n  3 0.010264             |-",
	 {"", scene_example, false},
	 {.width = 80, .time = TIME_DELTA}},
	{"time of day",
	 "\n  2 22:13:20.000034 ESTABLISHED |<-",
	 {"", scene_example, false},
	 {.width = 80, .time = TIME_ABS}},
	{"absolute",
	 "   x=1000  y=179399304  seq=abs\n",
	 {"", scene_example, false},
	 {.width = 80, .seq = SEQ_ABS}},
	{"hexadecimal",
	 "   x=0x000003e8  y=0x0ab16a88  seq=hex\n",
	 {"", scene_example, false},
	 {.width = 80, .seq = SEQ_HEX}},
	{"unicode",
	 "│──────── ACK seq=x+1 ack=y+1 ─────────▶│ ESTABLISHED\n",
	 {"", scene_example, false},
	 {.width = 79, .glyphs = GLYPHS_UNICODE}},
	{"cjk",
	 "╎◄-------- SYN,ACK seq=y ack=x+1 --------╎\n",
	 {"", scene_example, false},
	 {.width = 80, .glyphs = GLYPHS_CJK}},
	{"RST in its colour",
	 " \033[38;5;160mRST\033[0m,ACK seq=0 ack=x+1 -",
	 {"", refused, false},
	 {.width = 80, .color = true}},
	{"a state in its colour",
	 "|--------- ACK seq=x+1 ack=y+1 --------->| \033[38;5;36mESTABLISHED\033[0m\n",
	 {"", scene_example, false},
	 {.width = 80, .color = true}},
	{"a long header is broken",
	 "#1  [fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd:fdfd]:40001\n"
	 "    -> [fefe:fefe:fefe:fefe:fefe:fefe:fefe:fefe]:8081\n    x=1000  y=179399304\n",
	 {"", scene_example, true},
	 {.width = 80}},
};

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *got = scene_ladder(&rows[i].scene, rows[i].look);
		if (!strstr(got, rows[i].wanted))
			fail_msg("%s: no\n%s\nin\n%s", rows[i].name, rows[i].wanted, got);
		free(got);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_example_redraws_itself),
		cmocka_unit_test(test_rows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

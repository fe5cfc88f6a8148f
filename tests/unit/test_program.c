/* SPDX-License-Identifier: MIT */
#include "labs/program.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "capture/clock.h"
#include "labs/stream.h"
#include "tests/unit/evidence_scene.h"
#include "tests/unit/rows.h"

/* Two connections; in the second the client says 7, 2 and 3 octets, and some of them twice. */
static struct evidence two_connections(void)
{
	static const struct scene_segment all[] = {
		{4000, false, 0xfffffffb, 0, 2, 0, 100},
		{4000, true, 9000, 0xfffffffc, 18, 0, 101},
		{4000, false, 0xfffffffc, 9001, 24, 7, 102},
		{4000, true, 9001, 3, 24, 9, 103}, /* the other way */
		{4000, false, 0xfffffffc, 9001, 24, 7, 104},
		{4001, false, 3, 9001, 24, 8, 105}, /* of another connection */
		{4000, false, 3, 9001, 24, 2, 106},
		{4000, false, 50, 9001, 24, 6, 107}, /* beyond a gap */
		{4000, false, 5, 9001, 25, 3, 108},
	};
	struct evidence e = {.used = 0};
	scene_handshake(&e, 4000);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		scene_add(&e, &all[i]);
	return e;
}

static const char *lengths(const struct evidence *e, char text[static 64])
{
	struct stream s = stream_begin(e);
	struct bytes piece;
	*text = 0;
	while (stream_next(&s, &piece))
		snprintf(text + strlen(text), 64 - strlen(text), " %zu", piece.len);
	return text;
}

static void test_stream(void **unused)
{
	(void)unused;
	static const struct {
		const char *name;
		struct scene_segment segment[6];
		const char *lengths;
	} streams[] = {
		{"the later one first",
		 {{1, 0, 9, 0, 2, 0, 1}, {1, 0, 17, 5, 24, 3, 2}, {1, 0, 10, 5, 24, 7, 3}},
		 " 7 3"},
		{"what is repeated has more",
		 {{1, 0, 9, 0, 2, 0, 1},
		  {1, 0, 10, 5, 24, 7, 2},
		  {1, 0, 10, 5, 24, 9, 3},
		  {1, 0, 19, 5, 24, 1, 4}},
		 " 7 2 1"},
		{"data in the SYN", {{1, 0, 9, 0, 2, 4, 1}, {1, 0, 14, 5, 24, 2, 2}}, " 4 2"},
		{"a gap that stays",
		 {{1, 0, 9, 0, 2, 0, 1}, {1, 0, 12, 5, 24, 7, 2}, {1, 0, 10, 5, 24, 1, 3}},
		 " 1"},
		{"two reorderings",
		 {{1, 0, 9, 0, 2, 0, 1},
		  {1, 0, 16, 5, 24, 3, 2},
		  {1, 0, 13, 5, 24, 3, 3},
		  {1, 0, 10, 5, 24, 3, 4}},
		 " 3 3 3"},
		{"no SYN", {{1, 0, 10, 5, 24, 7, 1}}, ""},
	};
	struct evidence e = two_connections();
	char text[64];
	assert_string_equal(lengths(&e, text), " 7 2 3");
	evidence_free(&e);
	for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
		for (unsigned k = 0; k < 6 && streams[i].segment[k].port; k++)
			scene_add(&e, &streams[i].segment[k]);
		expect_text(streams[i].name, "lengths", lengths(&e, text), streams[i].lengths);
		evidence_free(&e);
	}
}

static const struct program_row {
	const char *command;
	enum say say;
	const char *text, *complaints;
} rows[] = {
	{" wc -c", SAY_PROGRAM, "12", ""},
	{"echo  1,001\tx+1 ", SAY_PROGRAM, "1,001 x+1", ""},
	{"printf one\\n\\ntwo\\t\\r\\n\\n", SAY_PROGRAM, "two", ""},
	{"printf 5\\n\\0\\n2\\n\\0", SAY_PROGRAM, "2", ""},
	{"echo 1 2 3 4 5 6 7 8 9 a b c d e f g h i", SAY_PROGRAM,
	 "1 2 3 4 5 6 7 8 9 a b c d e f g h i", ""},
	{"awk BEGIN{while(i++<99999)print(i)}", SAY_PROGRAM, "99999", ""},
	{"wc -c /dev/stdin", SAY_PROGRAM, "12 /dev/stdin", ""},
	{"true", SAY_PROGRAM_SILENT, "", ""},
	{"printf \\n\\n", SAY_PROGRAM_SILENT, "", ""},
	{"false", SAY_PROGRAM_FAILED, "exit status 1", ""},
	{"perl -e kill(SEGV,$$)", SAY_PROGRAM_FAILED, "Segmentation fault", ""},
	{"perl -e print{STDERR}(\"oh\");print(7)", SAY_PROGRAM, "7", "oh"},
	{"/nosuch/program", SAY_PROGRAM_FAILED, "exit status 127",
	 "synfin: /nosuch/program: No such file or directory\n"},
	{"/dev", SAY_PROGRAM_FAILED, "exit status 127", "synfin: /dev: Permission denied\n"},
	{" ", SAY_PROGRAM_FAILED, "exit status 127", "synfin: |: no program is named\n"},
	{"", SAY_PROGRAM_FAILED, "exit status 127", "synfin: |: no program is named\n"},
	{"sleep 30", SAY_PROGRAM_SLOW, "", ""},
};

static void test_programs(void **unused)
{
	(void)unused;
	struct evidence e = two_connections();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct program_row *r = &rows[i];
		struct program_end end;
		program_run(&e, r->command, &end);
		expect_text(r->command, "text", end.text, r->text);
		expect_text(r->command, "complaints", end.complaints, r->complaints);
		assert_int_equal(end.say, r->say);
	}
	evidence_free(&e);
}

/* What it has started does not keep us, nor outlive it. */
static void test_children(void **unused)
{
	(void)unused;
	struct evidence none = {.used = 0};
	struct program_end end;
	int64_t since = clock_ns(CLOCK_MONOTONIC);
	program_run(&none, "perl -e print($p=fork(),\"\\n\");sleep(44)if!$p", &end);
	assert_int_equal(end.say, SAY_PROGRAM);
	assert_true(clock_ns(CLOCK_MONOTONIC) - since < INT64_C(5000000000));
	for (int i = 0; i < 500 && kill(atoi(end.text), 0) == 0; i++)
		usleep(10000);
	assert_int_equal(kill(atoi(end.text), 0), -1);
}

/* One read(2) gives one piece, however long it takes until the next. */
static void test_pieces(void **unused)
{
	(void)unused;
	struct evidence e = two_connections();
	struct program_end end;
	for (unsigned count = 1; count < 5; count++) {
		static const char *const octets[] = {"", "7", "9", "12", "12"};
		char command[ANSWER_LINE];
		snprintf(command, sizeof command,
			 "bash -c dd$IFS\"bs=99\"$IFS\"count=%u\"$IFS\"status=none\"|wc$IFS-c",
			 count);
		program_run(&e, command, &end);
		assert_string_equal(end.text, octets[count]);
	}
	evidence_free(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stream),
		cmocka_unit_test(test_programs),
		cmocka_unit_test(test_children),
		cmocka_unit_test(test_pieces),
	};
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

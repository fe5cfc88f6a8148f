/* SPDX-License-Identifier: MIT */
#include "labs/program.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

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

static void test_stream(void **unused)
{
	(void)unused;
	struct evidence e = two_connections(), none = {.used = 0};
	struct bytes piece;
	char lens[64] = "";
	struct stream s = stream_begin(&e);
	while (stream_next(&s, &piece))
		snprintf(lens + strlen(lens), sizeof lens - strlen(lens), " %zu", piece.len);
	assert_string_equal(lens, " 7 2 3");
	s = stream_begin(&none);
	assert_false(stream_next(&s, &piece));
	evidence_free(&e);
}

static const struct program_row {
	const char *command;
	enum say say;
	int status;
	const char *answer;
} rows[] = {
	{" wc -c", SAY_PROGRAM, 0, "12"},
	{"echo  1,001\tx+1 ", SAY_PROGRAM, 0, "1,001 x+1"},
	{"printf one\\n\\ntwo\\t\\r\\n\\n", SAY_PROGRAM, 0, "two"},
	{"true", SAY_PROGRAM_SILENT, 0, ""},
	{"printf \\n\\n", SAY_PROGRAM_SILENT, 0, ""},
	{"false", SAY_PROGRAM_FAILED, 1, "?"},
	{"yes", SAY_PROGRAM_FAILED, 128 + SIGPIPE, "?"},
	{"/nosuch/program", SAY_PROGRAM_FAILED, 127, "?"},
	{"/dev", SAY_PROGRAM_FAILED, 127, "?"},
	{" ", SAY_PROGRAM_FAILED, 127, "?"},
	{"", SAY_PROGRAM_FAILED, 127, "?"},
	{"sleep 30", SAY_PROGRAM_SLOW, 128 + SIGKILL, "?"},
};

static void test_programs(void **unused)
{
	(void)unused;
	struct evidence e = two_connections();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct program_row *r = &rows[i];
		char answer[ANSWER_LINE] = "?";
		int status = -1;
		enum say say = program_answer(&e, r->command, answer, &status);
		print_message("row: %s\n", r->command);
		expect_text(r->command, "answer", answer, r->answer);
		assert_int_equal(say, r->say);
		assert_int_equal(status, r->status);
	}
	evidence_free(&e);
}

/* One read(2) gives one piece, however long it takes until the next. */
static void test_pieces(void **unused)
{
	(void)unused;
	struct evidence e = two_connections();
	char answer[ANSWER_LINE] = "";
	int status = -1;
	for (unsigned count = 1; count < 5; count++) {
		static const char *const octets[] = {"", "7", "9", "12", "12"};
		char command[ANSWER_LINE];
		snprintf(command, sizeof command,
			 "bash -c dd$IFS\"bs=99\"$IFS\"count=%u\"$IFS\"status=none\"|wc$IFS-c",
			 count);
		assert_int_equal(program_answer(&e, command, answer, &status), SAY_PROGRAM);
		assert_string_equal(answer, octets[count]);
	}
	evidence_free(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stream),
		cmocka_unit_test(test_programs),
		cmocka_unit_test(test_pieces),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

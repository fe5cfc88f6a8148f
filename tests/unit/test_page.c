/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "labs/page.h"
#include "tests/unit/rows.h"

static const char page[] = "# Title\n"
			   "\n"
			   "An intro.\n"
			   "#3 is no heading.\n"
			   "## ask one\n"
			   "Which?\n"
			   "### hint\n"
			   "First.\n"
			   "### hint \n"
			   "Second.\n"
			   "### right\n"
			   "\n"
			   "Because.\n"
			   "\n"
			   "### wrong a-name\n"
			   "No.\n"
			   "## ask two\n"
			   "### hint\n"
			   "Other.\n"
			   "## end\n"
			   "Done.";

static void expect_passage(const char *row, struct passage p, const char *wanted)
{
	char *text = p.at ? strndup(p.at, p.len) : strdup("(none)");
	assert_non_null(text);
	expect_text(row, "passage", text, wanted);
	free(text);
}

static void test_passages(void **unused)
{
	(void)unused;
	static const struct {
		const char *heading, *sub;
		unsigned n;
		const char *wanted;
	} rows[] = {
		{"ask one", NULL, 0, "Which?"},      {"ask one", "hint", 0, "First."},
		{"ask one", "hint", 1, "Second."},   {"ask one", "hint", 2, "(none)"},
		{"ask one", "right", 0, "Because."}, {"ask one", "wrong a-name", 0, "No."},
		{"ask one", "wrong a", 0, "(none)"}, {"ask two", NULL, 0, ""},
		{"ask two", "hint", 0, "Other."},    {"ask two", "right", 0, "(none)"},
		{"ask three", NULL, 0, "(none)"},    {"ask", NULL, 0, "(none)"},
		{"end", NULL, 0, "Done."},           {"Title", NULL, 0, "(none)"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		expect_passage(rows[i].heading,
			       page_find(page, rows[i].heading, rows[i].sub, rows[i].n),
			       rows[i].wanted);
	expect_passage("title", page_title(page), "Title");
	expect_passage("intro", page_intro(page), "An intro.\n#3 is no heading.");
	expect_passage("no title", page_title("text\n"), "(none)");
	expect_passage("no intro", page_intro(""), "(none)");
}

static void test_headings(void **unused)
{
	(void)unused;
	static const struct {
		unsigned level;
		const char *words;
	} rows[] = {{1, "Title"},        {2, "ask one"}, {3, "hint"}, {3, "hint"}, {3, "right"},
		    {3, "wrong a-name"}, {2, "ask two"}, {3, "hint"}, {2, "end"}};
	const char *at = page;
	struct heading h;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_true(page_next_heading(&at, &h));
		expect_number(rows[i].words, "level", h.level, rows[i].level);
		expect_passage(rows[i].words, h.words, rows[i].words);
	}
	assert_false(page_next_heading(&at, &h));
	assert_false(page_next_heading(&at, &h));
}

static void test_columns(void **unused)
{
	(void)unused;
	static const struct {
		const char *text;
		int columns;
	} rows[] = {{"", 0},         {"abc", 3},      {"报文段", 6}, {"a报b", 4}, {"，。", 4},
		    {"\xff\xfe", 2}, {"\xe6\x8a", 2}, {"é", 1},      {"（x）", 5}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		expect_number(rows[i].text, "columns",
			      (uint64_t)text_columns(rows[i].text, strlen(rows[i].text)),
			      (uint64_t)rows[i].columns);
}

static void test_filling(void **unused)
{
	(void)unused;
	static const struct {
		const char *name, *text, *wanted;
		int width, indent;
	} rows[] = {
		{"a line", "one two", "one two\n", 20, 0},
		{"indented", "one two", "  one two\n", 20, 2},
		{"broken at a blank", "one two three", "one two\nthree\n", 9, 0},
		{"just fits", "one two", "one two\n", 7, 0},
		{"lines are joined", "one\ntwo", "one two\n", 20, 0},
		{"no blank behind a Chinese stop", "段，\nSYN，\n段\nSYN\n段",
		 "段，SYN，段 SYN 段\n", 40, 0},
		{"blanks stay, but for those at ends", "one  two\n   three ", "one  two three\n",
		 20, 0},
		{"paragraphs stay", "one\n\ntwo", "one\n\ntwo\n", 20, 0},
		{"items stay", "- a: one\n- b: two", "- a: one\n- b: two\n", 20, 0},
		{"an item hangs", "- a: one two\n- b: three\nfour",
		 "- a: one\n     two\n- b: three\n     four\n", 10, 0},
		{"... without a label", "- one two three\n\nfour five",
		 "  - one two\n    three\n\n  four five\n", 11, 2},
		{"... with what looks like one", "- not: two three", "- not: two\n  three\n", 10,
		 0},
		{"verbatim, too wide", "    one   two three\nfour", "one   two\nthree\nfour\n", 9,
		 0},
		{"a table, too wide", "| a | b c |\n| d |", "| a | b\nc |\n| d |\n", 7, 0},
		{"verbatim", "one\n    x   y\ntwo", "one\n    x   y\ntwo\n", 20, 0},
		{"a table", "| a |\n| b |", "| a |\n| b |\n", 20, 0},
		{"a long word", "extraordinary a", "extraordinary\na\n", 5, 0},
		{"Chinese breaks anywhere", "报文段序号", "报文\n段序\n号\n", 4, 0},
		{"no blank between its lines", "报文\n段", "报文段\n", 20, 0},
		{"a stop begins no line", "报文段。号", "报文\n段。\n号\n", 4, 0},
		{"a bracket ends no line", "报（文段", "报\n（文\n段\n", 4, 0},
		{"beside Latin", "报 SYN 文", "报 SYN\n文\n", 6, 0},
		{"nothing", "", "", 20, 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct memory m;
		open_memory(&m);
		struct octets exact = octets_prefix(
			&(struct octets){(uint8_t *)rows[i].text, strlen(rows[i].text)},
			strlen(rows[i].text));
		passage_print(m.file, (struct passage){(char *)exact.at, exact.len},
			      (struct manner_of_text){rows[i].width, rows[i].indent});
		char *text = close_memory(&m);
		expect_text(rows[i].name, "text", text, rows[i].wanted);
		free(text);
		free(exact.at);
	}
}

/* No line is wider than it may be, in any width, whatever breaks where. */
static void test_no_line_is_too_wide(void **unused)
{
	(void)unused;
	static const char text[] =
		"三次握手时，客户端发送 SYN 报文段（序号为 x），服务器回复 "
		"SYN,ACK：确认号等于 x+1。这就是“三次”。 And back to it.\n"
		"- a: 三次握手 and more\n- b: 报文段里的序号\n    x = y, not wrapped";
	for (int width = 20; width < 80; width++) {
		struct memory m;
		open_memory(&m);
		passage_print(m.file, (struct passage){text, strlen(text)},
			      (struct manner_of_text){width, 2});
		char *printed = close_memory(&m);
		for (char *line = strtok(printed, "\n"); line; line = strtok(NULL, "\n"))
			assert_true(text_columns(line, strlen(line)) <= width);
		free(printed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_passages),
		cmocka_unit_test(test_headings),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_filling),
		cmocka_unit_test(test_no_line_is_too_wide),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

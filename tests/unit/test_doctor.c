/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "capture/doctor_terminal.h"
#include "capture/doctor_trial.h"
#include "tests/unit/rows.h"

static void test_styles(void **unused)
{
	(void)unused;
	static const struct {
		const char *locale;
		bool utf8, east_asian, unknown;
		const char *style;
	} row[] = {
		{"C.UTF-8", true, false, false, "unicode"},
		{"C", false, false, false, "ascii"},
		{"POSIX", false, false, false, "ascii"},
		{"qq_QQ.UTF-8", false, false, true, "ascii"},
		{"zhqq", false, true, true, "ascii"},
		{"ja_QQ", false, true, true, "ascii"},
		{"ko_QQ", false, true, true, "ascii"},
	};
	struct environment e = {.columns = 99};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct screen s = screen_of(&e, row[i].locale);
		expect_number(row[i].locale, "utf8", s.utf8, row[i].utf8);
		expect_number(row[i].locale, "east_asian", s.east_asian, row[i].east_asian);
		expect_number(row[i].locale, "unknown", s.unknown, row[i].unknown);
		expect_number(row[i].locale, "columns", (uint64_t)s.columns, 99);
		expect_text(row[i].locale, "locale", s.locale, row[i].locale);
		expect_text(row[i].locale, "style", screen_style(&s), row[i].style);
	}
	struct screen wide = {.utf8 = true, .east_asian = true};
	expect_text("east Asian", "style", screen_style(&wide), "cjk");
}

static void test_colors(void **unused)
{
	(void)unused;
	for (int i = 0; i < 4; i++) {
		struct environment e = {.terminal = i & 1, .no_color = i & 2};
		expect_number("color", i == 1 ? "terminal" : "other", screen_of(&e, "C").color,
			      i == 1);
	}
}

static void test_lines(void **unused)
{
	(void)unused;
	const char *rest = "one\ntwo\n\nfour";
	static const char *const wanted[] = {"one", "two", "", "four"};
	char line[WHY_TEXT];
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		expect_text("lines", wanted[i], finding_line(&rest, line), wanted[i]);
	assert_null(finding_line(&rest, line));
}

static void test_failures(void **unused)
{
	(void)unused;
	struct finding f;
	finding_fails(&f, "no\ndo this", "sudo that");
	expect_number("other", "verdict", f.verdict, WORKS_NOT);
	expect_text("other", "text", f.text, "no\ndo this");
	finding_fails(&f, "no\nsudo that", NULL);
	expect_number("no command", "verdict", f.verdict, WORKS_NOT);
	finding_fails(&f, "no\nsudo that", "sudo that");
	bool root = geteuid() == 0;
	expect_number("rights", "verdict", f.verdict, root ? WORKS_NOT : NEEDS_RIGHTS);
	const char *begins = root ? "no\nEven root has no CAP_NET_RAW here: "
				  : "no\nsudo that\nsudo setcap cap_net_raw+ep /";
	f.text[strlen(begins)] = 0;
	expect_text("rights", "text", f.text, begins);
}

static void work_twice(struct finding *f)
{
	finding_works(&f[0], "%d", 1);
	finding_works(&f[1], "%s", "two");
}

static void work_and_die(struct finding *f)
{
	finding_works(f, "not yet");
	raise(SIGKILL);
}

static void wait_for_ever(struct finding *f)
{
	(void)f;
	for (;;)
		pause();
}

static void find_nothing(struct finding *f)
{
	(void)f;
}

static void test_trials(void **unused)
{
	(void)unused;
	static const char please[] = "Try again; if that does not help, please report it.";
	static const struct {
		const char *name;
		void (*examine)(struct finding *f);
		enum verdict verdict;
		const char *text;
	} row[] = {
		{"works", work_twice, WORKS, "1"},
		{"dies", work_and_die, WORKS_NOT, "it could not be tried: Killed\n"},
		{"hangs", wait_for_ever, WORKS_NOT, "it could not be tried: it took too long\n"},
		{"nothing", find_nothing, WORKS_NOT, "it could not be tried: nothing was found\n"},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct finding f[MOST_FINDINGS];
		char text[WHY_TEXT];
		trial_run(&(struct check){.examine = row[i].examine}, f);
		snprintf(text, sizeof text, "%s%s", row[i].text,
			 row[i].verdict == WORKS ? "" : please);
		expect_number(row[i].name, "verdict", f->verdict, row[i].verdict);
		expect_text(row[i].name, "text", f->text, text);
		expect_number(row[i].name, "last", f[MOST_FINDINGS - 1].verdict, WORKS_NOT);
		if (i == 0)
			expect_text(row[i].name, "second", f[1].text, "two");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_styles), cmocka_unit_test(test_colors),
		cmocka_unit_test(test_lines),  cmocka_unit_test(test_failures),
		cmocka_unit_test(test_trials),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "labs/attempt.h"
#include "tests/unit/evidence_scene.h"
#include "tests/unit/rows.h"

#define WHO "\"exercise\":\"99-test\",\"student\":\"bob\",\"run\":\"0123456789abcdef\""
#define LONG "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

/* Texts of answers.json, and whether they are any; `replies`: how many answers there are. */
static const struct {
	const char *name, *text;
	bool good;
	unsigned replies;
} rows[] = {
	{"least", "{" WHO "}", true, 0},
	{"all",
	 "{\"v\":1," WHO
	 ",\"stored\":true,\"replies\":[{\"id\":\"a\",\"text\":\"1\",\"hints\":2}]}",
	 true, 1},
	{"other version", "{\"v\":2," WHO "}", false, 0},
	{"unknown member", "{\"w\":1," WHO "}", false, 0},
	{"no student", "{\"exercise\":\"99-test\",\"run\":\"0\"}", false, 0},
	{"empty student", "{\"exercise\":\"99-test\",\"run\":\"0\",\"student\":\"\"}", false, 0},
	{"long student", "{\"exercise\":\"99-test\",\"run\":\"0\",\"student\":\"" LONG "\"}", false,
	 0},
	{"long run", "{\"exercise\":\"99-test\",\"run\":\"" LONG "\",\"student\":\"b\"}", false, 0},
	{"long answer", "{" WHO ",\"replies\":[{\"id\":\"a\",\"text\":\"" LONG "\"}]}", false, 0},
	{"student a number", "{\"exercise\":\"99-test\",\"run\":\"0\",\"student\":7}", false, 0},
	{"replies no list", "{" WHO ",\"replies\":{}}", false, 0},
	{"replies of numbers", "{" WHO ",\"replies\":[1,2]}", false, 0},
	{"reply with more", "{" WHO ",\"replies\":[{\"id\":\"a\",\"x\":\"1\"}]}", false, 0},
	{"reply nested", "{" WHO ",\"replies\":[{\"id\":{\"id\":\"a\"}}]}", false, 0},
	{"cut in a string", "{\"exercise\":\"99-te", false, 0},
	{"cut behind a key", "{\"exercise\"", false, 0},
	{"cut in replies", "{" WHO ",\"replies\":[{\"id\":\"a\"", false, 0},
	{"never closed", "{" WHO, false, 0},
	{"an array", "[" WHO "]", false, 0},
	{"nothing", "", false, 0},
	{"words", "hello", false, 0},
	{"binary", "\x01\x02\xff\xfe{", false, 0},
	{"escapes", "{" WHO ",\"replies\":[{\"id\":\"a\",\"text\":\"\\u0000\\ud800\\n\"}]}", true,
	 1},
	{"escape cut", "{" WHO ",\"replies\":[{\"id\":\"a\",\"text\":\"\\u00", false, 0},
	{"hints below zero", "{" WHO ",\"replies\":[{\"id\":\"a\",\"hints\":-1}]}", false, 0},
	{"hints broken", "{" WHO ",\"replies\":[{\"id\":\"a\",\"hints\":1.5}]}", false, 0},
	{"hints without end", "{" WHO ",\"replies\":[{\"id\":\"a\",\"hints\":99999999999999}]}",
	 false, 0},
	{"hints a text", "{" WHO ",\"replies\":[{\"id\":\"a\",\"hints\":\"1\"}]}", false, 0},
	{"a line behind it", "{" WHO "}\n", true, 0},
	{"octets behind it", "{" WHO "}\n{}", false, 0},
	{"commas behind it", "{" WHO "},,", false, 0},
	{"deep", "{\"exercise\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", false, 0},
};

static void test_texts(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct attempt *a = malloc(sizeof *a);
		size_t len = strlen(rows[i].text);
		struct octets exact =
			octets_prefix(&(struct octets){(uint8_t *)rows[i].text, len}, len);
		assert_non_null(a);
		bool good = attempt_parse((char *)exact.at, len, a);
		expect_number(rows[i].name, "good", good, rows[i].good);
		if (good)
			expect_number(rows[i].name, "replies", a->replies.count, rows[i].replies);
		free(exact.at);
		free(a);
	}
}

/* Too many answers are no answers. */
static void test_more_answers_than_questions(void **unused)
{
	(void)unused;
	for (unsigned n = MARKS; n <= MARKS + 1; n++) {
		struct memory m;
		struct attempt a;
		open_memory(&m);
		fputs("{" WHO ",\"replies\":[", m.file);
		for (unsigned i = 0; i < n; i++)
			fprintf(m.file, "%s{\"id\":\"a%u\"}", i ? "," : "", i);
		fputs("]}", m.file);
		char *text = close_memory(&m);
		expect_number("replies", "good", attempt_parse(text, strlen(text), &a), n == MARKS);
		free(text);
	}
}

static void test_what_is_written_is_read(void **unused)
{
	(void)unused;
	struct attempt a, b;
	struct memory m;
	attempt_begin(&a, "99-test", "b\"o\\b \xff 报");
	a.replies.count = 1;
	a.replies.at[0] = (struct reply){"id", "x+1 \"", 2};
	open_memory(&m);
	attempt_write(&a, m.file);
	char *text = close_memory(&m);
	assert_true(attempt_parse(text, strlen(text), &b));
	expect_text("written", "exercise", b.exercise, a.exercise);
	expect_text("written", "run", b.run, a.run);
	expect_text("written", "student", b.student, "b\"o\\b \xef\xbf\xbd 报");
	expect_text("written", "answer", b.replies.at[0].text, "x+1 \"");
	expect_number("written", "hints", b.replies.at[0].hints, 2);
	free(text);
}

static void test_seeds(void **unused)
{
	(void)unused;
	struct attempt a, b;
	attempt_begin(&a, "99-test", "bob");
	b = a;
	assert_true(attempt_seed(&a) == attempt_seed(&b));
	snprintf(b.student, sizeof b.student, "alice");
	assert_true(attempt_seed(&a) != attempt_seed(&b));
	a.stored = b.stored = true; /* that run is everybody's */
	assert_true(attempt_seed(&a) == attempt_seed(&b));
	attempt_begin(&b, "99-test", "bob");
	b.stored = true;
	assert_true(attempt_seed(&a) != attempt_seed(&b));
}

/* ---- a folder */

struct folder {
	char path[64];
};

static void put(const struct folder *f, const char *name, const char *text)
{
	char path[128];
	snprintf(path, sizeof path, "%s/%s", f->path, name);
	unlink(path);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static int make(void **state)
{
	struct folder *f = calloc(1, sizeof *f);
	const char *tmp = getenv("TMPDIR");
	snprintf(f->path, sizeof f->path, "%.40s/synfin-XXXXXX", tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(f->path));
	put(f, "capture.pcap", "no capture");
	put(f, "calls.jsonl", "");
	put(f, "answers.json", "{" WHO "}");
	*state = f;
	return 0;
}

static int destroy(void **state)
{
	static const char *const names[] = {"capture.pcap", "calls.jsonl", "answers.json", "seal"};
	struct folder *f = *state;
	char path[128];
	for (int i = 0; i < 4; i++) {
		snprintf(path, sizeof path, "%s/%s", f->path, names[i]);
		unlink(path);
	}
	rmdir(f->path);
	free(f);
	return 0;
}

static void expect_why(const struct folder *f, const char *wanted)
{
	char why[WHY_TEXT] = "(sealed)";
	attempt_check_seal(f->path, why);
	if (!strstr(why, wanted))
		fail_msg("not '%s', but: %s", wanted, why);
}

static void test_the_seal(void **state)
{
	static const char *const names[] = {"capture.pcap", "calls.jsonl", "answers.json"};
	const struct folder *f = *state;
	char why[WHY_TEXT];
	expect_why(f, "seal: No such file");
	assert_true(attempt_write_seal(f->path, why));
	expect_why(f, "(sealed)");
	for (int i = 0; i < 3; i++) {
		put(f, names[i], "other");
		expect_why(f, "the seal is broken");
		assert_true(attempt_write_seal(f->path, why));
	}
	put(f, "seal", "");
	expect_why(f, "the seal is broken");
	put(f, "seal", "0000000000000000000000000000000000000000000000000000000000000000\n");
	expect_why(f, "the seal is broken");
}

/* None of these is read, or waited for. */
static void test_what_is_no_file(void **state)
{
	const struct folder *f = *state;
	char path[128], why[WHY_TEXT];
	snprintf(path, sizeof path, "%s/capture.pcap", f->path);
	unlink(path);
	assert_int_equal(symlink("/dev/zero", path), 0);
	assert_false(attempt_write_seal(f->path, why));
	assert_non_null(strstr(why, "a link, no file"));
	unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_false(attempt_write_seal(f->path, why));
	assert_non_null(strstr(why, "no ordinary file"));
	put(f, "capture.pcap", "");
	assert_int_equal(truncate(path, INT64_C(1) << 40), 0);
	assert_false(attempt_write_seal(f->path, why));
	assert_non_null(strstr(why, "larger than"));
}

static void expect_grade(const struct folder *f, const char *student, const char *wanted)
{
	char why[WHY_TEXT] = "(marked)";
	struct exercise e = scene_exercise("question{id='a', right=1}");
	struct score *s = calloc(1, sizeof *s);
	assert_non_null(s);
	char seal[WHY_TEXT];
	assert_true(attempt_write_seal(f->path, seal));
	attempt_grade(f->path, &e, student, s, why);
	if (!strstr(why, wanted))
		fail_msg("not '%s', but: %s", wanted, why);
	free(s);
	exercise_free(&e);
}

static void test_what_cannot_be_marked(void **state)
{
	const struct folder *f = *state;
	expect_grade(f, NULL, "capture.pcap");
	expect_grade(f, "alice", "this is the work of bob");
	put(f, "answers.json", "{\"exercise\":\"98-other\",\"student\":\"bob\",\"run\":\"0\"}");
	expect_grade(f, NULL, "these are answers to 98-other, not to 99-test");
	put(f, "answers.json", "{]");
	expect_grade(f, NULL, "these are no answers");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_more_answers_than_questions),
		cmocka_unit_test(test_what_is_written_is_read),
		cmocka_unit_test(test_seeds),
		cmocka_unit_test_setup_teardown(test_the_seal, make, destroy),
		cmocka_unit_test_setup_teardown(test_what_is_no_file, make, destroy),
		cmocka_unit_test_setup_teardown(test_what_cannot_be_marked, make, destroy),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

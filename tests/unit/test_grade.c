/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/evidence_scene.h"
#include "tests/unit/rows.h"

enum { VERDICT_TEXT = WHY_TEXT + 16 };

/* A question of this script, an answer, and what comes of it: the verdict, or the misconception. */
static const struct {
	const char *question, *answer, *wanted;
} rows[] = {
	{"id='n', right=function() return seg[2].ack end", "1001", "right"},
	{"id='n', right=function() return seg[2].ack end", "x+1", "right"},
	{"id='n', right=function() return seg[2].ack end", "0x3E9", "right"},
	{"id='n', right=function() return seg[2].ack end", "1,001", "right"},
	{"id='n', right=function() return seg[2].ack end", "4294968297", "right"},
	{"id='n', right=function() return seg[2].ack end", "1000", "wrong"},
	{"id='n', right=function() return seg[2].ack end", NULL, "none"},
	{"id='n', right=function() return seg[2].ack end", "", "none"},
	{"id='n', right=function() return seg[2].ack end", "rubbish", "wrong"},
	{"id='n', conn=2, right=7", "x+1", "unseen"},
	{"id='n', right=function() return seg[9].ack end", "1", "unseen"},
	{"id='n', right=function() return nosuch end", "1", "unseen"},
	{"id='n', right=function() error('oh') end", "1", "unseen"},
	{"id='n', right=function() return 'text' end", "1", "unseen"},
	{"id='n', right=function() return nil end", "1", "unseen"},
	{"id='n', right=function() return {} end", "1", "unseen"},
	{"id='n', right=1001", "1001", "right"},
	{"id='n', right=-1", "4294967295", "right"},
	{"id='n', right=7, wrong={{'forgot', 6}, {'more', 8}}", "8", "more"},
	{"id='n', right=7, wrong={{'forgot', 6}, {'more', 6}}", "6", "forgot"},
	{"id='n', right=7, wrong={{'same', 7}}", "7", "right"},
	{"id='n', right=7, wrong=function() return {{'late', seg[1].seq}} end", "1000", "late"},
	{"id='n', right=7, wrong=function() error('oh') end", "6", "wrong"},
	{"id='n', right=7, wrong={{'bad', {}}, {'good', 6}}", "6", "good"},
	{"id='n', right=7, wrong={{}, 5, 'x'}", "6", "wrong"},
	{"id='n', right=7, wrong=misread(seg[2], seg[1].seq)", "5000", "forgot-flag"},
	{"id='n', right=behind(seg[4]), wrong=misread(seg[4])", "1002", "always-plus-one"},
	{"id='n', right=behind(seg[4]), wrong=misread(seg[4])", "1005", "last-octet"},
	{"id='n', right=behind(seg[2]), wrong=misread(seg[2], seg[1].seq)", "1000",
	 "wrong-direction"},
	{"id='n', right=behind(seg[2]), wrong=misread(seg[2], seg[1].seq)", "1", "relative-number"},
	{"id='f', kind='flags', right=function() return seg[2].flags end", "SA", "right"},
	{"id='f', kind='flags', right=function() return seg[2].flags end", "A", "wrong"},
	{"id='f', kind='flags', right={}", "none", "right"},
	{"id='s', kind='state', right=function() return seg[1].state.server end", "syn_rcvd",
	 "right"},
	{"id='s', kind='state', right='LISTEN', wrong={{'early', 'ESTABLISHED'}}", "estab",
	 "early"},
	{"id='c', kind='choice', right=function() return #seg == 5 and 'b' or 'a' end", "B",
	 "right"},
	{"id='l', kind='list', right=function() return {1, 2, 3} end", "1-3", "right"},
	{"id='l', kind='list', right={40}", "1", "unseen"},
	{"id='t', kind='time', right=3", "3.7", "right"},
	{"id='t', kind='time', within=0.1, right=3", "3.7", "wrong"},
	{"id='t', kind='time', right=function() return seg[4].t - seg[3].t end", "47ms", "right"},
	{"id='k', right=function() return #calls('client', 'connect') end", "1", "right"},
	{"id='d', right=function() return #datagram end", "0", "right"},
	{"id='o', right=function() return #frame[4].octets end", "45", "right"},
	{"id='w', right=function() return #with('SYN,ACK') end", "1", "right"},
	{"id='i', right=function() return conn[1].isn.y end", "5000", "right"},
	{"id='p', right=function() return server_port end", "0", "wrong"},
	{"id='n', right=function() while true do end end", "1", "error: too long"},
	{"id='n', right=function() return #(('x'):rep(1 << 30)) end", "1", "error: too long"},
	{"id='n', kind='nosuch', right=1", "1", "error: no kind"},
	{"id='N', right=1", "1", "error: an id is"},
	{"right=1", "1", "error: "},
};

static struct evidence evidence_of_handshake(void)
{
	struct evidence e = {.used = 0};
	const struct call c = {2000000, "client", "connect(8080)", "0", true};
	scene_handshake(&e, 50000);
	evidence_add_call(&e, &c);
	evidence_add_cue(&e, "ask", "n", 3000000);
	return e;
}

/* What comes of the row, as it stands there. */
static void judge(const struct evidence *e, size_t i, char text[static VERDICT_TEXT])
{
	static const char *const verdicts[] = {"right", "wrong", "none", "unseen"};
	char script[512], why[WHY_TEXT];
	struct replies replies = {.count = 0};
	struct score *score = calloc(1, sizeof *score);
	snprintf(script, sizeof script, "question{%s}\nplay(function() end)", rows[i].question);
	struct exercise x = scene_exercise(script);
	if (rows[i].answer) {
		struct reply *r = &replies.at[replies.count++];
		snprintf(r->id, sizeof r->id, "%c", rows[i].question[4]);
		snprintf(r->text, sizeof r->text, "%s", rows[i].answer);
	}
	const struct grading g = {.exercise = &x, .evidence = e, .replies = &replies, .seed = 1};
	assert_non_null(score);
	if (!grade(&g, score, why))
		snprintf(text, VERDICT_TEXT, "error: %s", why);
	else
		snprintf(text, VERDICT_TEXT, "%s",
			 *score->mark[0].misconception ? score->mark[0].misconception
						       : verdicts[score->mark[0].verdict]);
	exercise_free(&x);
	free(score);
}

static void test_marks(void **unused)
{
	(void)unused;
	struct evidence e = evidence_of_handshake();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char text[VERDICT_TEXT], row[256];
		judge(&e, i, text);
		snprintf(row, sizeof row, "%s <- %s", rows[i].question,
			 rows[i].answer ? rows[i].answer : "nothing");
		if (strncmp(rows[i].wanted, "error: ", 7) == 0 &&
		    strncmp(text, "error: ", 7) == 0 && strstr(text, rows[i].wanted + 7))
			continue;
		expect_text(row, "mark", text, rows[i].wanted);
	}
	evidence_free(&e);
}

/* The same evidence, answers and seed: the same score; another seed: other numbers. */
static void test_it_is_a_function(void **unused)
{
	(void)unused;
	struct evidence e = evidence_of_handshake();
	struct exercise x = scene_exercise("len = random(1, 1000000)\n"
					   "question{id='a', right=function() return len end}\n"
					   "question{id='b', right=function() return isn end}\n");
	const struct replies none = {.count = 0};
	struct score *s = calloc(3, sizeof *s);
	char why[WHY_TEXT];
	assert_non_null(s);
	for (unsigned i = 0; i < 3; i++) {
		const struct grading g = {
			.exercise = &x, .evidence = &e, .replies = &none, .seed = i / 2};
		assert_true(grade(&g, &s[i], why));
	}
	assert_memory_equal(&s[0], &s[1], sizeof *s);
	assert_string_not_equal(s[0].mark[0].right, s[2].mark[0].right);
	assert_string_not_equal(s[0].mark[1].right, s[2].mark[1].right);
	free(s);
	exercise_free(&x);
	evidence_free(&e);
}

static void test_expressions(void **unused)
{
	(void)unused;
	static const struct {
		const char *text, *wanted;
	} texts[] = {
		{"ack ${seg[2].ack}.", "ack 1001."},
		{"${seg[1].seq} + 1 = ${seg[1].seq + 1}", "1000 + 1 = 1001"},
		{"${seg[9].seq}", "?"},
		{"${nosuch}", "?"},
		{"${syntax error}", "?"},
		{"${error('x')}", "?"},
		{"${len}", "5"},
		{"${", "${"},
		{"$5 {x}", "$5 {x}"},
		{"", ""},
	};
	struct evidence e = evidence_of_handshake();
	struct exercise x = scene_exercise("len = 5");
	const struct replies none = {.count = 0};
	struct score *s = calloc(1, sizeof *s);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		char *text = NULL, why[WHY_TEXT];
		const struct grading g = {
			&x, &e, &none, 1, {texts[i].text, strlen(texts[i].text)}, &text};
		assert_true(s && grade(&g, s, why));
		expect_text(texts[i].text, "text", text, texts[i].wanted);
		free(text);
	}
	free(s);
	exercise_free(&x);
	evidence_free(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_it_is_a_function),
		cmocka_unit_test(test_expressions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

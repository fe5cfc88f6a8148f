/* SPDX-License-Identifier: MIT */
#include "labs/claim_trial.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/rows.h"

static const struct call call = {.time = 1, .who = "client", .call = "send(5)", .gave = "5"};

/* What a script says is found, and what it says is none. */
static void test_verdicts(void **unused)
{
	(void)unused;
	static const struct {
		const char *name, *script, *why;
		enum truth found, documented;
		unsigned calls;
	} row[] = {
		{"true", "documented 'true' verdict(function() return 'true', {} end)", NULL, HOLDS,
		 HOLDS, 0},
		{"it differs", "documented 'partly' verdict(function() return 'false', {} end)",
		 NULL, HOLDS_NOT, HOLDS_PARTLY, 0},
		{"a call proves it",
		 "documented 'partly' verdict(function() return 'partly', {call} end)", NULL,
		 HOLDS_PARTLY, HOLDS_PARTLY, 1},
		{"a call found by its program",
		 "verdict(function() return 'true', {calls('client', 'send')[1]} end)", NULL, HOLDS,
		 HOLDS, 1},
		{"play is not played",
		 "play(function() error('x') end) "
		 "verdict(function() return 'true', {} end)",
		 NULL, HOLDS, HOLDS, 0},
		{"no verdict", "documented 'true'", "the script has no verdict", 0, 0, 0},
		{"no such verdict", "verdict(function() return 'maybe', {} end)", "maybe", 0, 0, 0},
		{"no such documented", "documented 'maybe'", "maybe", 0, 0, 0},
		{"no list", "verdict(function() return 'true' end)", "table expected", 0, 0, 0},
		{"a number is no proof", "verdict(function() return 'true', {3} end)",
		 "table expected", 0, 0, 0},
		{"nothing was seen", "verdict(function() return 'true', {seg[1].ack} end)", "nil",
		 0, 0, 0},
		{"a list in itself",
		 "verdict(function() local l = {} l[1] = l return 'true', l end)", "too much", 0, 0,
		 0},
	};
	struct evidence e = {.used = 0};
	evidence_add_call(&e, &call);
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct claim c = {.id = "C00", .script = row[i].script};
		char why[WHY_TEXT] = "";
		struct judgement *j = calloc(1, sizeof *j);
		bool good = claim_judge(&c, &e, 1, j, why);
		expect_number(row[i].name, "good", good, !row[i].why);
		if (row[i].why && !strstr(why, row[i].why))
			fail_msg("%s: %s", row[i].name, why);
		if (good) {
			expect_number(row[i].name, "found", j->found, row[i].found);
			expect_number(row[i].name, "documented", j->documented, row[i].documented);
			expect_number(row[i].name, "calls", j->calls.rows, row[i].calls);
		}
		free(j);
	}
	evidence_free(&e);
}

static void test_numbers_are_worked_out(void **unused)
{
	(void)unused;
	static const char text[] = "${calls('client', 'send')[1].gave} of ${half(4)}, ${nothing}.";
	struct claim c = {.id = "C00", .script = "function half(n) return n // 2 end"};
	struct evidence e = {.used = 0};
	char why[WHY_TEXT];
	evidence_add_call(&e, &call);
	char *said = claim_expand(&c, &e, 1, (struct passage){text, sizeof text - 1}, why);
	expect_text("a page", "text", said ? said : why, "5 of 2, ?.");
	free(said);
	evidence_free(&e);
}

static void test_summary(void **unused)
{
	(void)unused;
	static const struct claim claim[] = {{"C01", ""}, {"C02", ""}};
	static const struct {
		const char *name;
		bool tried[2];
		enum truth found[2];
		int code;
		const char *says;
	} row[] = {
		{"as documented",
		 {true, true},
		 {HOLDS, HOLDS_NOT},
		 EXIT_DONE,
		 "2 claims: 1 true, 0 partly, 1 false; all as documented for Linux 6.18.\n"},
		{"one differs",
		 {true, true},
		 {HOLDS_PARTLY, HOLDS_NOT},
		 EXIT_FALSE,
		 "2 claims: 0 true, 1 partly, 1 false; this kernel differs from Linux 6.18 in: "
		 "C01\n"},
		{"one could not be tried",
		 {true, false},
		 {HOLDS, HOLDS},
		 EXIT_FAILED,
		 "1 claim: 1 true, 0 partly, 0 false; all as documented for Linux 6.18.\n"
		 "could not be tried: C02\n"},
		{"none could",
		 {false, false},
		 {HOLDS, HOLDS},
		 EXIT_FAILED,
		 "0 claims: 0 true, 0 partly, 0 false.\ncould not be tried: C01 C02\n"},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char said[512] = "";
		FILE *out = fmemopen(said, sizeof said, "w");
		struct trial t[2] = {
			{.claim = &claim[0], .documented = HOLDS},
			{.claim = &claim[1], .documented = HOLDS_NOT},
		};
		for (int k = 0; k < 2; k++) {
			t[k].tried = row[i].tried[k];
			t[k].found = row[i].found[k];
		}
		int code = trial_sum_up(ENGLISH, out, t, 2);
		expect_number(row[i].name, "code", (uint64_t)code, (uint64_t)row[i].code);
		fclose(out);
		expect_text(row[i].name, "says", said, row[i].says);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test(test_numbers_are_worked_out),
		cmocka_unit_test(test_summary),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

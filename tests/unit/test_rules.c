/* SPDX-License-Identifier: MIT */
#include "analysis/model/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* A phase is skipped when nothing that its rules watch has happened. */
static void test_phases_watch_what_their_rules_watch(void **unused)
{
	(void)unused;
	for (const struct rulebook *p = rulebooks; p->rules; p++) {
		unsigned all = 0;
		for (const struct rule *r = p->rules; r->look; r++)
			all |= r->watches;
		if (all != p->watches)
			fail_msg("phase %td watches %#x, its rules %#x", p - rulebooks, p->watches,
				 all);
	}
}

static void test_every_diagnosis_has_a_row(void **unused)
{
	(void)unused;
	for (enum diagnosis_id id = 0; id < DIAGNOSES; id++) {
		const struct catalogue_row *row = catalogue_row(id);
		assert_non_null(row->name);
		assert_non_null(row->rfc);
		assert_non_null(row->hint);
		for (enum diagnosis_id other = 0; other < id; other++)
			assert_string_not_equal(row->name, catalogue_row(other)->name);
		assert_int_equal(row->text[strlen(row->text) - 1], '.');
	}
}

static void test_a_sentence_is_filled_in(void **unused)
{
	static const char *const role[] = {"client", "server"};
	struct diagnosis d = {.id = SYN_UNANSWERED, .end = 1, .number = 3, .duration = 7000000000};
	char text[DIAGNOSIS_TEXT];
	(void)unused;
	assert_string_equal(diagnosis_print(&d, role, text),
			    "The server's SYN was never answered: 3 sent in 7.0 s, not even a RST "
			    "came back.");
	d = (struct diagnosis){.id = SYN_RETRANSMITTED, .number = 2, .detail = "after 1.0 s"};
	assert_string_equal(diagnosis_print(&d, role, text),
			    "The client sent its SYN 2 times, after 1.0 s.");
}

static void test_durations(void **unused)
{
	static const struct {
		int64_t ns;
		const char *text;
	} rows[] = {{0, "0 us"},          {41000, "41 us"},      {1500000, "1.5 ms"},
		    {-41000000, "41 ms"}, {1000000000, "1.0 s"}, {61000000000, "61 s"}};
	char text[DURATION_TEXT];
	(void)unused;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(duration_print(rows[i].ns, text), rows[i].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_phases_watch_what_their_rules_watch),
		cmocka_unit_test(test_every_diagnosis_has_a_row),
		cmocka_unit_test(test_a_sentence_is_filled_in),
		cmocka_unit_test(test_durations),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

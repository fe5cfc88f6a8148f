/* SPDX-License-Identifier: MIT */
#include "analysis/printable.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/rows.h"

static void test_words(void **unused)
{
	(void)unused;
	static const struct {
		const char *name, *word, *shown;
	} row[] = {
		{"plain", "a b.pcap", "a b.pcap"},
		{"empty", "", "''"},
		{"first and last of C0", "\x01|\x1f", "\\x01|\\x1f"},
		{"a line of its own", "a\nsynfin: b", "a\\x0asynfin: b"},
		{"a sequence", "\x1b[2J", "\\x1b[2J"},
		{"DEL", "\x7f", "\\x7f"},
		{"UTF-8 stays", "caf\xc3\xa9 \xe4\xb8\xad", "caf\xc3\xa9 \xe4\xb8\xad"},
		{"octets of C1 in another character", "\xe4\xb8\x9b", "\xe4\xb8\x9b"},
		{"C1 in UTF-8", "\xc2\x80\xc2\x9f", "\\xc2\\x80\\xc2\\x9f"},
		{"C1 by itself",
		 "a\x9b"
		 "31m",
		 "a\\x9b31m"},
		{"no UTF-8", "\xff\xfe\xe4\xb8|", "\\xff\\xfe\\xe4\\xb8|"},
		{"overlong, a surrogate", "\xc0\x9b\xed\xa0\x80", "\\xc0\\x9b\\xed\\xa0\\x80"},
		{"what follows C1", "\xc2\xa0", "\xc2\xa0"},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char text[PRINTABLE_TEXT];
		expect_text(row[i].name, "shown", printable(row[i].word, text), row[i].shown);
	}
}

static void test_long_words_are_cut(void **unused)
{
	(void)unused;
	char word[4 * PRINTABLE_TEXT], text[PRINTABLE_TEXT];
	memset(word, '\x1b', sizeof word);
	word[sizeof word - 1] = 0;
	memset(word, 'a', PRINTABLE_TEXT - 2);
	word[PRINTABLE_TEXT] = 0;
	memcpy(word + PRINTABLE_TEXT - 2, "\xc3\xa9", 2);
	expect_number("no half character", "length", strlen(printable(word, text)),
		      PRINTABLE_TEXT - 2);
	memset(word, '\x1b', sizeof word - 1);
	expect_number("only controls", "length", strlen(printable(word, text)), PRINTABLE_TEXT - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_long_words_are_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

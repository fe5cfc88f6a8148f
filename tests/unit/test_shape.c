/* SPDX-License-Identifier: MIT */
#include "analysis/model/shape.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/rows.h"

/* Client's letters upper case, server's lower: S, A, F, R; K, k are SYN,ACK; N, n is a RST of no
 * effect; . is data. */
static void add(struct shape *s, char letter, bool established)
{
	static const char client[] = "SKAFRN.", server[] = "skafrn";
	const char *at = strchr(client, letter);
	unsigned kind = at ? (unsigned)(at - client) : (unsigned)(strchr(server, letter) - server);
	shape_add(s, (enum shape_kind)kind, !at, established);
}

/* The handshake is over with the first letter after a '|'. */
static struct shape shape_of(const char *letters)
{
	struct shape s = {.tokens = 0};
	bool established = false;
	for (; *letters; letters++) {
		established |= *letters == '|';
		if (*letters != '|')
			add(&s, *letters, established);
	}
	return s;
}

static void test_print(void **unused)
{
	(void)unused;
	static const struct {
		const char *name, *letters, *text;
	} row[] = {
		{"nothing", "", ""},
		{"a SYN", "S", "S"},
		{"SYNs without an answer", "SSS", "S*3"},
		{"refused", "Sr", "S | r"},
		{"open, no data", "Sk|A", "S sa A | 0"},
		{"open", "Sk|A..", "S sa A | 2"},
		{"closed in four", "Sk|A....FafA", "S sa A | 4 | F a f A"},
		{"closed in three", "Sk|A....FfA", "S sa A | 4 | F f A"},
		{"server first", "Sk|AfAFa", "S sa A | 0 | f A F a"},
		{"half-close", "Sk|A.Fa...AfA", "S sa A | 1 | F a 3 A f A"},
		{"reset", "Sk|A.R", "S sa A | 1 | R"},
		{"lost third ACK", "Sk|Ak.", "S sa A | 2"},
		{"lost SYN,ACK", "SkSk|A", "S sa S sa A | 0"},
		{"simultaneous open", "SsK|k", "S s SA sa | 0"},
		{"mid-stream", ".....FfA", "| 5 | F f A"},
		{"FIN alone", "F", "| F"},
		{"more than fits", "SsSsSsSsSsSsSsSsS", "S s S s S s S s S s S s S s .."},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char text[SHAPE_TEXT];
		struct shape s = shape_of(row[i].letters);
		expect_text(row[i].name, "shape", shape_print(&s, text), row[i].text);
	}
}

/* Data after the first ACK of a handshake is counted, however much of it there is. */
static void test_counts(void **unused)
{
	(void)unused;
	char text[SHAPE_TEXT];
	struct shape s = shape_of("Sk|A");
	for (unsigned i = 0; i < 100000; i++)
		add(&s, '.', true);
	for (unsigned i = 0; i < 70000; i++)
		add(&s, 'F', true);
	expect_text("100000 segments", "shape", shape_print(&s, text),
		    "S sa A | 100000 | F*65535 F*4465");
}

static void test_room(void **unused)
{
	(void)unused;
	char text[SHAPE_TEXT];
	struct shape s = {.tokens = 0};
	for (unsigned i = 0; i < SHAPE_TOKENS + 4; i++)
		for (unsigned k = 0; k < 1000; k++)
			add(&s, i % 2 ? 'k' : 'K', false);
	assert_true(strlen(shape_print(&s, text)) < SHAPE_TEXT);
	assert_true(s.cut);
}

static void test_swap(void **unused)
{
	(void)unused;
	char text[SHAPE_TEXT];
	struct shape s = shape_of("kS|a..Fa.f");
	shape_swap(&s);
	expect_text("roles exchanged", "shape", shape_print(&s, text), "SA s A | 2 | f A 1 F");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_print),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_room),
		cmocka_unit_test(test_swap),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

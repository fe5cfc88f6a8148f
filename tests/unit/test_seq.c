/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/decode/packet.h"
#include "tests/unit/rows.h"

#define HALF 0x80000000u

static const struct {
	const char *name;
	uint32_t a, b;
	int32_t diff;
} pairs[] = {
	{"same", 5, 5, 0},
	{"later", 7, 5, 2},
	{"older", 5, 7, -2},
	{"later over the wrap", 3, 0xfffffffe, 5},
	{"older over the wrap", 0xfffffffe, 3, -5},
	{"zero after the last number", 0, 0xffffffff, 1},
	{"just below half the space", HALF - 1, 0, INT32_MAX},
	{"just above half the space", HALF + 1, 0, -INT32_MAX},
};

static void order_is_modular(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		struct seq a = {pairs[i].a}, b = {pairs[i].b};
		int32_t diff = pairs[i].diff;
		const char *name = pairs[i].name;

		expect_number(name, "diff", (uint32_t)seq_diff(a, b), (uint32_t)diff);
		expect_number(name, "eq", seq_eq(a, b), diff == 0);
		expect_number(name, "lt", seq_lt(a, b), diff < 0);
		expect_number(name, "le", seq_le(a, b), diff <= 0);
		expect_number(name, "max", seq_max(a, b).n, diff < 0 ? b.n : a.n);
		expect_number(name, "plus", seq_plus(b, (uint32_t)diff).n, a.n);
	}
}

static const struct {
	const char *name;
	uint32_t a, low, high;
	bool in;
} ranges[] = {
	{"the low end is out", 10, 10, 20, false},
	{"first inside", 11, 10, 20, true},
	{"the high end is in", 20, 10, 20, true},
	{"one beyond", 21, 10, 20, false},
	{"below", 9, 10, 20, false},
	{"nothing is in an empty range", 10, 10, 10, false},
	{"before the wrap", 0xffffffff, 0xfffffff0, 4, true},
	{"at the wrap", 0, 0xfffffff0, 4, true},
	{"beyond the wrap", 4, 0xfffffff0, 4, true},
	{"too far beyond the wrap", 5, 0xfffffff0, 4, false},
};

static void ranges_are_open_below(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		expect_number(ranges[i].name, "in",
			      seq_in((struct seq){ranges[i].a}, (struct seq){ranges[i].low},
				     (struct seq){ranges[i].high}),
			      ranges[i].in);
}

static const struct {
	const char *name;
	uint32_t seq, len;
	uint16_t flags;
	uint32_t space, end;
} segments[] = {
	{"a bare ACK takes nothing", 100, 0, ACK, 0, 100},
	{"SYN takes one", 100, 0, SYN, 1, 101},
	{"FIN takes one", 100, 0, FIN | ACK, 1, 101},
	{"SYN and FIN take two", 100, 0, SYN | FIN, 2, 102},
	{"payload and FIN", 100, 5, FIN | PSH | ACK, 6, 106},
	{"RST takes nothing", 100, 0, RST, 0, 100},
	{"FIN at the wrap", 0xffffffff, 0, FIN | ACK, 1, 0},
	{"payload over the wrap", 0xfffffffe, 5, ACK, 5, 3},
};

static void syn_and_fin_take_sequence_space(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof segments / sizeof *segments; i++) {
		struct segment s = {.seq = {segments[i].seq},
				    .len = segments[i].len,
				    .flags = segments[i].flags};

		expect_number(segments[i].name, "space", segment_space(&s), segments[i].space);
		expect_number(segments[i].name, "end", segment_end(&s).n, segments[i].end);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(order_is_modular),
		cmocka_unit_test(ranges_are_open_below),
		cmocka_unit_test(syn_and_fin_take_sequence_space),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

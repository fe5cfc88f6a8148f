/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/decode/reader.h"
#include "tests/unit/rows.h"

static void numbers_are_big_endian(void **state)
{
	(void)state;
	struct octets o = octets_of("01 0203 04050607 ff");
	struct reader r = reader_of(o.at, o.len);

	assert_int_equal(read_u8(&r), 0x01);
	assert_int_equal(read_be16(&r), 0x0203);
	assert_int_equal(read_be32(&r), 0x04050607);
	assert_int_equal(r.left, 1);
	assert_false(r.overrun);
	free(o.at);
}

static void high_bits_are_not_signs(void **state)
{
	(void)state;
	struct octets o = octets_of("ff fffe fffffffd");
	struct reader r = reader_of(o.at, o.len);

	assert_true(read_u8(&r) == 0xff);
	assert_true(read_be16(&r) == 0xfffe);
	assert_true(read_be32(&r) == 0xfffffffd);
	free(o.at);
}

static uint64_t get_u8(struct reader *r)
{
	return read_u8(r);
}

static uint64_t get_be16(struct reader *r)
{
	return read_be16(r);
}

static uint64_t get_be32(struct reader *r)
{
	return read_be32(r);
}

static uint64_t get_bytes(struct reader *r)
{
	return read_bytes(r, 3).len;
}

static uint64_t get_part(struct reader *r)
{
	return read_part(r, 3).left;
}

static uint64_t get_skip(struct reader *r)
{
	return read_skip(r, 3) != NULL;
}

static const struct {
	const char *name;
	size_t needs;
	uint64_t (*get)(struct reader *r);
} reads[] = {
	{"read_u8", 1, get_u8},       {"read_be16", 2, get_be16}, {"read_be32", 4, get_be32},
	{"read_bytes", 3, get_bytes}, {"read_part", 3, get_part}, {"read_skip", 3, get_skip},
};

/* Each with every number of octets up to one more than it needs. */
static void a_read_takes_all_it_needs_or_nothing(void **state)
{
	(void)state;
	struct octets all = octets_of("0101010101");

	for (size_t i = 0; i < sizeof reads / sizeof *reads; i++)
		for (size_t len = 0; len <= reads[i].needs + 1; len++) {
			struct octets o = octets_prefix(&all, len);
			struct reader r = reader_of(o.at, o.len);
			bool enough = len >= reads[i].needs;
			uint64_t got = reads[i].get(&r);

			expect_number(reads[i].name, "got something", got != 0, enough);
			expect_number(reads[i].name, "overrun", r.overrun, !enough);
			expect_number(reads[i].name, "left", r.left,
				      enough ? len - reads[i].needs : len);
			free(o.at);
		}
	free(all.at);
}

static void after_an_overrun_nothing_is_read(void **state)
{
	(void)state;
	struct octets o = octets_of("01020304");

	for (size_t i = 0; i < sizeof reads / sizeof *reads; i++) {
		struct reader r = reader_of(o.at, o.len);

		read_skip(&r, 5);
		expect_number(reads[i].name, "read", reads[i].get(&r), 0);
		expect_number(reads[i].name, "overrun", r.overrun, true);
	}
	free(o.at);
}

static void an_absurd_length_does_not_wrap(void **state)
{
	(void)state;
	struct octets o = octets_of("01020304");
	struct reader r = reader_of(o.at, o.len);

	assert_null(read_skip(&r, SIZE_MAX));
	assert_true(r.overrun);
	free(o.at);
}

static void nothing_can_be_read_of_nothing(void **state)
{
	(void)state;
	struct reader r = reader_of(NULL, 0);

	assert_int_equal(read_u8(&r), 0);
	assert_true(r.overrun);
}

static void a_part_ends_where_it_should(void **state)
{
	(void)state;
	struct octets o = octets_of("01020304");
	struct reader r = reader_of(o.at, o.len);
	struct reader part = read_part(&r, 2);

	assert_int_equal(read_be16(&part), 0x0102);
	assert_int_equal(read_u8(&part), 0);
	assert_true(part.overrun);
	assert_false(r.overrun);
	assert_int_equal(read_be16(&r), 0x0304);
	free(o.at);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_big_endian),
		cmocka_unit_test(high_bits_are_not_signs),
		cmocka_unit_test(a_read_takes_all_it_needs_or_nothing),
		cmocka_unit_test(after_an_overrun_nothing_is_read),
		cmocka_unit_test(an_absurd_length_does_not_wrap),
		cmocka_unit_test(nothing_can_be_read_of_nothing),
		cmocka_unit_test(a_part_ends_where_it_should),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

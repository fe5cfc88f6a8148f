/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/decode/options.h"
#include "tests/unit/rows.h"

enum {
	MSS = 0x001,
	SCALE = 0x002,
	PERMITTED = 0x004,
	STAMPS = 0x008,
	FAST_OPEN = 0x010,
	MPTCP = 0x020,
	TIMEOUT = 0x040,
	ACCECN = 0x080,
	EXPERIMENT = 0x100,
	MALFORMED = 0x200,
};

/* All flags of a parsed list in one number, to be compared at once. */
static unsigned flags_of(const struct tcp_options *o)
{
	const bool flags[] = {o->has_mss,          o->has_scale,     o->sack_permitted,
			      o->has_timestamps,   o->has_fast_open, o->has_mptcp,
			      o->has_user_timeout, o->has_accecn,    o->fast_open_experimental,
			      o->malformed};
	unsigned all = 0;

	for (unsigned i = 0; i < sizeof flags; i++)
		all |= (unsigned)flags[i] << i;
	return all;
}

static const struct {
	const char *name, *hex;
	unsigned flags;
	uint8_t sacks, unknown;
	size_t cookie;
} rows[] = {
	{"none", "", 0, 0, 0, 0},
	{"padding", "01010100", 0, 0, 0, 0},
	{"nothing counts behind the end", "00 0204 05b4", 0, 0, 0, 0},
	{"MSS", "020405b4", MSS, 0, 0, 0},
	{"MSS, three octets", "020305", MALFORMED, 0, 0, 0},
	{"MSS, five octets", "020505b400", MALFORMED, 0, 0, 0},
	{"MSS beyond the end", "020405", MALFORMED, 0, 0, 0},
	{"scale", "030307", SCALE, 0, 0, 0},
	{"SACK permitted", "0402", PERMITTED, 0, 0, 0},
	{"SACK permitted, too long", "040300", MALFORMED, 0, 0, 0},
	{"one SACK block", "050a 00000001 00000002", 0, 1, 0, 0},
	{"four SACK blocks",
	 "0522 00000001 00000002 00000003 00000004 00000005 00000006 00000007 00000008", 0, 4, 0,
	 0},
	{"half a SACK block", "0506 00000001", MALFORMED, 0, 0, 0},
	{"no SACK block", "0502", MALFORMED, 0, 0, 0},
	{"timestamps", "0101 080a 00000001 00000002", STAMPS, 0, 0, 0},
	{"timestamps, too short", "0809 00000001 000002", MALFORMED, 0, 0, 0},
	{"Linux's SYN", "020405b4 0402 080a 00000001 00000000 01 030307",
	 MSS | SCALE | PERMITTED | STAMPS, 0, 0, 0},
	{"what stood before stays", "020405b4 030307 0801", MSS | SCALE | MALFORMED, 0, 0, 0},
	{"a length of none", "020405b4 0900", MSS | MALFORMED, 0, 0, 0},
	{"a length of one", "020405b4 0901", MSS | MALFORMED, 0, 0, 0},
	{"a kind without length", "020405b4 08", MSS | MALFORMED, 0, 0, 0},
	{"unknown kinds", "1303ff 0902 ff04ffff 030307", SCALE, 0, 3, 0},
	{"unknown kind beyond the end", "1312ff", MALFORMED, 0, 0, 0},
	{"user timeout", "1c048102", TIMEOUT, 0, 0, 0},
	{"user timeout, too short", "1c0381", MALFORMED, 0, 0, 0},
	{"MP_CAPABLE", "1e0c0001 0000000000000000", MPTCP, 0, 0, 0},
	{"MPTCP without a subtype", "1e02", MALFORMED, 0, 0, 0},
	{"Fast Open request", "2202", FAST_OPEN, 0, 0, 0},
	{"Fast Open cookie", "220a 0102030405060708", FAST_OPEN, 0, 0, 8},
	{"Fast Open, longest cookie", "2212 01020304050607080102030405060708", FAST_OPEN, 0, 0, 16},
	{"Fast Open, odd cookie", "2209 01020304050607", MALFORMED, 0, 0, 0},
	{"Fast Open, cookie too long", "2214 010203040506070801020304050607080102", MALFORMED, 0, 0,
	 0},
	{"experimental request", "fe04f989", FAST_OPEN | EXPERIMENT, 0, 0, 0},
	{"experimental cookie", "fd0cf989 0102030405060708", FAST_OPEN | EXPERIMENT, 0, 0, 8},
	{"AccECN, order 0", "ac0b 000001 000002 000003", ACCECN, 0, 0, 0},
	{"AccECN, order 1, empty", "ae02", ACCECN, 0, 0, 0},
	{"AccECN, half a counter", "ac04 0000", MALFORMED, 0, 0, 0},
	{"AccECN, experimental", "fe04acce", ACCECN, 0, 0, 0},
	{"AccECN, experimental, order 0", "fe07acc0 000001", ACCECN, 0, 0, 0},
	{"AccECN, experimental, order 1", "fd07acc1 000001", ACCECN, 0, 0, 0},
	{"another experiment", "fe041234 030307", SCALE, 0, 1, 0},
	{"an experiment without a name", "fe02 fd0301 030307", SCALE, 0, 2, 0},
};
enum { ROWS = sizeof rows / sizeof *rows };

static struct tcp_options parse(const struct octets *o)
{
	return tcp_options_parse((struct bytes){o->at, o->len});
}

static void lists_are_taken_apart(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS; i++) {
		struct octets o = octets_of(rows[i].hex);
		struct tcp_options t = parse(&o);

		expect_number(rows[i].name, "flags", flags_of(&t), rows[i].flags);
		expect_number(rows[i].name, "sacks", t.sacks, rows[i].sacks);
		expect_number(rows[i].name, "unknown", t.unknown, rows[i].unknown);
		expect_number(rows[i].name, "cookie", t.cookie.len, rows[i].cookie);
		free(o.at);
	}
}

/* Each flag of a prefix is one of the whole list, unless it is "malformed". */
static void every_prefix_is_safe(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS; i++) {
		struct octets whole = octets_of(rows[i].hex);

		for (size_t len = 0; len < whole.len; len++) {
			struct octets o = octets_prefix(&whole, len);
			struct tcp_options t = parse(&o);

			expect_number(rows[i].name, "flags that the whole has not",
				      flags_of(&t) & ~(rows[i].flags | MALFORMED), 0);
			free(o.at);
		}
		free(whole.at);
	}
}

static const struct {
	const char *name, *hex;
	uint32_t mss, scale, ts_val, ts_ecr, timeout, subtype, reason;
} values[] = {
	{"MSS", "0204ff01", 0xff01, 0, 0, 0, 0, 0, 0},
	{"scale above 14", "0303ff", 0, 255, 0, 0, 0, 0, 0},
	{"timestamps", "080a fffffffe 80000001", 0, 0, 0xfffffffe, 0x80000001, 0, 0, 0},
	{"user timeout", "1c048102", 0, 0, 0, 0, 0x8102, 0, 0},
	{"MP_JOIN", "1e0c1002 0000000000000000", 0, 0, 0, 0, 0, 1, 0},
	{"MP_TCPRST", "1e048003", 0, 0, 0, 0, 0, 8, 3},
	{"MP_FASTCLOSE has no reason", "1e0c7003 0000000000000000", 0, 0, 0, 0, 0, 7, 0},
	{"the last of two counts", "02040001 02040002", 2, 0, 0, 0, 0, 0, 0},
};

static void values_are_as_sent(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		struct octets o = octets_of(values[i].hex);
		struct tcp_options t = parse(&o);
		const char *name = values[i].name;

		expect_number(name, "MSS", t.mss, values[i].mss);
		expect_number(name, "scale", t.scale, values[i].scale);
		expect_number(name, "TSval", t.ts_val, values[i].ts_val);
		expect_number(name, "TSecr", t.ts_ecr, values[i].ts_ecr);
		expect_number(name, "user timeout", t.user_timeout, values[i].timeout);
		expect_number(name, "subtype", t.mptcp_subtype, values[i].subtype);
		expect_number(name, "reason", t.mptcp_reason, values[i].reason);
		free(o.at);
	}
}

static void runs_inside_options(void **state)
{
	(void)state;
	struct octets o = octets_of("2206 0a0b0c0d 0512 00000001 80000002 00000003 ffffffff");
	struct tcp_options t = parse(&o);

	assert_ptr_equal(t.cookie.at, o.at + 2);
	assert_int_equal(t.cookie.len, 4);
	assert_int_equal(t.sacks, 2);
	assert_true(t.sack[0].left == 1 && t.sack[0].right == 0x80000002);
	assert_true(t.sack[1].left == 3 && t.sack[1].right == 0xffffffff);
	free(o.at);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_are_taken_apart),
		cmocka_unit_test(every_prefix_is_safe),
		cmocka_unit_test(values_are_as_sent),
		cmocka_unit_test(runs_inside_options),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

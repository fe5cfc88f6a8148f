/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/views/ladder.h"
#include "tests/unit/ladder_scene.h"
#include "tests/unit/rows.h"

static char *aside(struct look look, struct packet p, uint32_t about)
{
	char *text = NULL;
	size_t size;
	static const struct connection none;
	struct connection c = none;
	struct drawing d = {.out = open_memstream(&text, &size), .look = look};
	assert_non_null(d.out);
	c.id = about;
	view_ladder.aside(&d, &p, about ? &c : NULL);
	fclose(d.out);
	return text;
}

static void test_asides(void **state)
{
	static const struct address v4 = {{10, 0, 0, 1}, 4}, v6 = {{[15] = 1}, 6};
	const struct packet icmp = {
		.kind = PACKET_ICMP, .src.address = v4, .icmp_type = 3, .icmp_code = 3};
	const struct packet big = {.kind = PACKET_ICMP, .src.address = v6, .icmp_type = 2};
	const struct packet udp = {
		.kind = PACKET_UDP, .src = {v4, 53}, .dst = {v4, 40000}, .seg.len = 12};
	const struct {
		const char *name, *wanted;
		struct packet p;
		uint32_t about;
		bool stream;
	} table[] = {
		{"of a connection", "! ICMP 3/3 port unreachable from 10.0.0.1 about #3\n", icmp, 3,
		 true},
		{"of none", "! ICMP 3/3 port unreachable from 10.0.0.1\n", icmp, 0, true},
		{"ICMPv6", "! ICMPv6 2/0 packet too big from ::1\n", big, 0, true},
		{"UDP", ". UDP 10.0.0.1:53 -> 10.0.0.1:40000 len=12\n", udp, 0, true},
		{"no stream", "", icmp, 3, false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct look look = {.width = 80, .stream = table[i].stream};
		char *got = aside(look, table[i].p, table[i].about);
		expect_text(table[i].name, "line", got, table[i].wanted);
		free(got);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_asides),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

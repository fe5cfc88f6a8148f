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

static void test_every_name(void **state)
{
	static const struct {
		uint8_t family, type, code;
		const char *wanted;
	} table[] = {
		{4, 0, 0, "0/0 echo reply"},
		{4, 3, 0, "3/0 network unreachable"},
		{4, 3, 1, "3/1 host unreachable"},
		{4, 3, 2, "3/2 protocol unreachable"},
		{4, 3, 3, "3/3 port unreachable"},
		{4, 3, 4, "3/4 fragmentation needed"},
		{4, 3, 13, "3/13 administratively prohibited"},
		{4, 3, 9, "3/9 unreachable"},
		{4, 4, 0, "4/0 source quench"},
		{4, 5, 1, "5/1 redirect"},
		{4, 8, 0, "8/0 echo request"},
		{4, 11, 1, "11/1 time exceeded"},
		{4, 12, 2, "12/2 parameter problem"},
		{4, 128, 0, "128/0"},
		{6, 1, 0, "1/0 no route"},
		{6, 1, 1, "1/1 administratively prohibited"},
		{6, 1, 3, "1/3 address unreachable"},
		{6, 1, 4, "1/4 port unreachable"},
		{6, 1, 5, "1/5 unreachable"},
		{6, 2, 0, "2/0 packet too big"},
		{6, 3, 1, "3/1 time exceeded"},
		{6, 4, 0, "4/0 parameter problem"},
		{6, 128, 0, "128/0 echo request"},
		{6, 129, 0, "129/0 echo reply"},
		{6, 135, 0, "135/0 neighbour solicitation"},
		{6, 136, 0, "136/0 neighbour advertisement"},
		{6, 0, 0, "0/0"},
		{6, 255, 255, "255/255"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct packet p = {.kind = PACKET_ICMP,
				   .src.address.family = table[i].family,
				   .icmp_type = table[i].type,
				   .icmp_code = table[i].code};
		char wanted[80];
		snprintf(wanted, sizeof wanted, "! ICMP%s %s from %s\n",
			 table[i].family == 6 ? "v6" : "", table[i].wanted,
			 table[i].family == 6 ? "::" : "0.0.0.0");
		char *got = aside((struct look){.width = 80, .stream = true}, p, 0);
		expect_text(table[i].wanted, "line", got, wanted);
		free(got);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_asides),
		cmocka_unit_test(test_every_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

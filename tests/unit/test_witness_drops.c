/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/rows.h"
#include "tests/unit/witness_scene.h"

enum { MS = 1000000 };

/* Each row: what was said before, and then at which time a segment is dropped, which, by whom. */
static const struct {
	const char *name;
	struct {
		char what; /* S state, s state without a port, R reset, B bad sum, D dropped */
		uint64_t segment, socket;
	} before[2];
	int64_t later;
	uint64_t segment, socket;
	unsigned reason;
	bool said;
	const char *local, *remote;
} drops[] = {
	{"known socket",
	 {{'S', 0, 5}},
	 9000LL * MS,
	 1,
	 5,
	 42,
	 true,
	 "127.0.0.1:1000",
	 "127.0.0.2:80"},
	{"another socket", {{'S', 0, 5}}, 0, 1, 6, 42, true, "-", "-"},
	{"no port yet", {{'s', 0, 5}}, 0, 1, 5, 42, true, "-", "-"},
	{"the last word counts",
	 {{'S', 0, 5}, {'s', 0, 5}},
	 0,
	 1,
	 5,
	 42,
	 true,
	 "127.0.0.1:1000",
	 "127.0.0.2:80"},
	{"bad sum", {{'B', 1, 0}}, 0, 1, 0, 10, true, "127.0.0.1:1000", "127.0.0.2:80"},
	{"of another segment", {{'B', 1, 0}}, 0, 2, 0, 10, true, "-", "-"},
	{"long ago", {{'B', 1, 0}}, 2LL * MS, 1, 0, 10, true, "-", "-"},
	{"dropped already", {{'B', 1, 0}, {'D', 1, 0}}, 0, 1, 0, 10, true, "-", "-"},
	{"answered with RST", {{'R', 1, 0}}, 0, 1, 0, 3, true, "127.0.0.1:1000", "127.0.0.2:80"},
	{"somebody's UDP", {{0, 0, 0}}, 0, 1, 0, 3, false, "-", "-"},
	{"a reason that is not TCP's", {{0, 0, 0}}, 0, 1, 0, 99, false, "-", "-"},
	{"... but the socket is",
	 {{'S', 0, 5}},
	 0,
	 1,
	 5,
	 99,
	 true,
	 "127.0.0.1:1000",
	 "127.0.0.2:80"},
};

static void say(struct trace_events *e, char what, uint64_t segment, uint64_t socket)
{
	struct testimony t;
	struct record r = what == 'S'   ? state_record(socket, 1, 4, 1000)
			  : what == 's' ? state_record(socket, 7, 2, 0)
			  : what == 'R' ? reset_record(segment, socket, 1)
			  : what == 'B' ? bad_sum_record(segment)
					: dropped_record(segment, socket, 10);
	if (what)
		assert_int_equal(decode(e, &r, r.len, 0, &t), what != 'B');
}

static void drops_find_their_ends(void **state)
{
	struct testimony t;
	(void)state;
	for (size_t i = 0; i < sizeof drops / sizeof *drops; i++) {
		struct trace_events *e = learn();
		const char *name = drops[i].name;
		for (size_t k = 0; k < 2; k++)
			say(e, drops[i].before[k].what, drops[i].before[k].segment,
			    drops[i].before[k].socket);
		struct record r =
			dropped_record(drops[i].segment, drops[i].socket, drops[i].reason);
		expect_number(name, "said", decode(e, &r, r.len, drops[i].later, &t),
			      drops[i].said);
		expect_ends(name, &t, drops[i].local, drops[i].remote);
		expect_number(name, "socket", t.socket, drops[i].socket);
		free(e);
	}
}

static void every_prefix_is_safe(void **state)
{
	struct testimony t;
	const struct record all[] = {state_record(5, 1, 4, 1000), reset_record(1, 2, 14),
				     bad_sum_record(1), dropped_record(1, 2, 10)};
	struct trace_events *e = learn();
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		for (size_t len = 0; len < all[i].len; len++)
			decode(e, &all[i], len, 7, &t);
	free(e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(drops_find_their_ends),
		cmocka_unit_test(every_prefix_is_safe),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

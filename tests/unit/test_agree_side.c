/* SPDX-License-Identifier: MIT */
/* The ends: which of them are awake. */
#include "analysis/model/agree_side.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct round {
	struct sides *sides;
	unsigned visits;
	uint16_t stays, goes; /* ports of who waits on, of who is dropped */
};

static bool visit(struct side *side, void *to)
{
	struct round *r = to;
	uint16_t port = side->local.port;
	r->visits++;
	if (port == r->goes)
		sides_drop(r->sides, side);
	return port == r->stays || port == r->goes;
}

static struct side *end_at(struct sides *s, uint16_t port)
{
	const struct endpoint local = {.port = port}, remote = {.port = 80};
	return sides_find(s, &local, &remote, true);
}

static unsigned visits(struct sides *s, uint16_t stays, uint16_t goes)
{
	struct round r = {.sides = s, .stays = stays, .goes = goes};
	sides_each_awake(s, visit, &r);
	return r.visits;
}

static void test_awake(void **unused)
{
	(void)unused;
	struct sides s;
	assert_true(sides_init(&s));
	for (uint16_t port = 1; port <= 5; port++)
		end_at(&s, port);
	assert_int_equal(visits(&s, 0, 0), 0);
	for (uint16_t port = 1; port <= 3; port++)
		sides_wake(&s, end_at(&s, port));
	sides_wake(&s, end_at(&s, 2));
	assert_int_equal(visits(&s, 2, 0), 3);
	assert_int_equal(visits(&s, 2, 0), 1);
	sides_wake(&s, end_at(&s, 4));
	sides_wake(&s, end_at(&s, 5));
	sides_drop(&s, end_at(&s, 5));
	assert_int_equal(visits(&s, 2, 4), 2);
	assert_int_equal(visits(&s, 0, 0), 1);
	assert_int_equal(visits(&s, 0, 0), 0);
	sides_wake(&s, end_at(&s, 3));
	sides_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_awake)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

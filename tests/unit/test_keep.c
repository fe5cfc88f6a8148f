/* SPDX-License-Identifier: MIT */
#include "analysis/views/keep.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/rows.h"

enum { MANY = 500, EACH = 40 };

static struct event segment(uint32_t n, enum tcp_state client, enum tcp_state server)
{
	return (struct event){
		.kind = EVENT_SEGMENT, .n = n, .after = {(uint8_t)client, (uint8_t)server}};
}

/* Segment n shows that `corrects` was lost: the server was in `state` all the time. */
static struct event correction(uint32_t n, uint32_t corrects, enum tcp_state state)
{
	return (struct event){.kind = EVENT_CORRECTION,
			      .n = n,
			      .end = 1,
			      .corrects = corrects,
			      .correction = LOST,
			      .after = {UNKNOWN, (uint8_t)state}};
}

static void test_each_has_its_own(void **unused)
{
	(void)unused;
	struct keep k = {.page = NULL};
	size_t count;
	assert_null(keep_events(&k, 1, &count));
	expect_number("empty", "events", count, 0);
	for (uint32_t n = 1; n <= EACH; n++)
		for (uint32_t id = 1; id <= MANY; id++) {
			struct event e = segment(n, UNKNOWN, UNKNOWN);
			e.frame = id * 1000 + n;
			keep_event(&k, id * 64, &e); /* all fall into the same place at first */
		}
	/* Every third is dropped; the others are still found. */
	for (uint32_t id = 3; id <= MANY; id += 3)
		keep_drop(&k, id * 64);
	for (uint32_t id = 1; id <= MANY; id++) {
		const struct event *e = keep_events(&k, id * 64, &count);
		expect_number("kept", "events", count, id % 3 ? EACH : 0);
		for (size_t i = 0; i < count; i++)
			expect_number("kept", "frame", e[i].frame, (uint64_t)id * 1000 + i + 1);
	}
	expect_number("kept", "pages", k.count, MANY - MANY / 3);
	keep_free(&k);
	expect_number("freed", "room", k.room, 0);
}

static void test_dropping(void **unused)
{
	(void)unused;
	struct keep k = {.page = NULL};
	struct event e = segment(1, SYN_SENT, LISTEN);
	size_t count;
	keep_drop(&k, 7); /* what was never kept */
	keep_event(&k, 7, &e);
	keep_drop(&k, 8);
	keep_events(&k, 7, &count);
	expect_number("another was dropped", "events", count, 1);
	keep_drop(&k, 7);
	keep_events(&k, 7, &count);
	expect_number("dropped", "events", count, 0);
	keep_event(&k, 7, &e);
	keep_events(&k, 7, &count);
	expect_number("kept again", "events", count, 1);
	/* Room does not grow with what has been, only with what is. */
	for (uint32_t id = 1; id <= MANY; id++) {
		keep_event(&k, 1000 + id, &e);
		keep_drop(&k, 1000 + id);
	}
	expect_number("one at a time", "room", k.room, 64);
	keep_free(&k);
}

/* A third ACK that was lost, as segment 5 shows: 3 is marked, 3 and 4 change, 5 begins where they
 * end, 2 and 6 are left alone, and the client always is. */
static void test_put_right(void **unused)
{
	(void)unused;
	static const struct {
		uint32_t n;
		enum tcp_state before, after;
		unsigned correction;
	} row[] = {
		{2, UNKNOWN, SYN_RECEIVED, NO_CORRECTION},
		{3, SYN_RECEIVED, SYN_RECEIVED, LOST},
		{4, SYN_RECEIVED, SYN_RECEIVED, NO_CORRECTION},
		{5, SYN_RECEIVED, CLOSE_WAIT, NO_CORRECTION},
		{6, CLOSE_WAIT, CLOSE_WAIT, NO_CORRECTION},
	};
	struct keep k = {.page = NULL};
	size_t count;
	for (uint32_t n = 2; n <= 5; n++) {
		struct event e = segment(n, ESTABLISHED,
					 n == 2   ? SYN_RECEIVED
					 : n == 5 ? CLOSE_WAIT
						  : ESTABLISHED);
		e.before[0] = ESTABLISHED;
		e.before[1] = n == 2 ? UNKNOWN : n == 3 ? SYN_RECEIVED : ESTABLISHED;
		keep_event(&k, 1, &e);
	}
	struct event c = correction(5, 3, SYN_RECEIVED), last = segment(6, ESTABLISHED, CLOSE_WAIT);
	keep_event(&k, 1, &c);
	last.before[0] = ESTABLISHED;
	last.before[1] = CLOSE_WAIT;
	keep_event(&k, 1, &last);
	const struct event *e = keep_events(&k, 1, &count);
	expect_number("put right", "events", count, sizeof row / sizeof *row);
	for (size_t i = 0; i < count; i++) {
		char name[] = "segment 0";
		name[8] = (char)('0' + row[i].n);
		expect_number(name, "n", e[i].n, row[i].n);
		expect_number(name, "before", e[i].before[1], row[i].before);
		expect_number(name, "after", e[i].after[1], row[i].after);
		expect_number(name, "correction", e[i].correction, row[i].correction);
		expect_number(name, "client before", e[i].before[0], ESTABLISHED);
		expect_number(name, "client after", e[i].after[0], ESTABLISHED);
	}
	keep_free(&k);
}

/* Segment 2 acknowledges what was not captured, and so does 3; 4 is of the other end. */
static void test_a_gap_excuses(void **unused)
{
	(void)unused;
	static const uint8_t end[] = {0, 1, 1, 0},
			     wanted[] = {UNACCEPTABLE, ARRIVED, ARRIVED, UNACCEPTABLE};
	struct keep k = {0};
	size_t count;
	for (uint32_t n = 1; n <= 4; n++) {
		struct event e = segment(n, ESTABLISHED, ESTABLISHED);
		e.end = end[n - 1];
		e.seg.flags = ACK;
		e.arrival = UNACCEPTABLE;
		keep_event(&k, 1, &e);
	}
	struct event gap = {.kind = EVENT_DIAGNOSIS,
			    .n = 4,
			    .diagnosis = {.id = CAPTURE_GAP, .end = 0, .count = 1, .segment = {2}}};
	keep_event(&k, 1, &gap);
	const struct event *e = keep_events(&k, 1, &count);
	expect_number("kept", "events", count, 5);
	for (size_t i = 0; i < 4; i++) {
		char name[] = "segment 0";
		name[8] = (char)('1' + i);
		expect_number(name, "arrival", e[i].arrival, wanted[i]);
	}
	keep_free(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_has_its_own),
		cmocka_unit_test(test_dropping),
		cmocka_unit_test(test_put_right),
		cmocka_unit_test(test_a_gap_excuses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

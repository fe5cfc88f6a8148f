/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "inject/inbox.h"
#include "inject/ours.h"
#include "tests/unit/rows.h"

static struct endpoint end_of(unsigned port)
{
	return (struct endpoint){{{127, 0, 0, 1}, 4}, (uint16_t)port};
}

static struct packet packet_of(unsigned n)
{
	return (struct packet){
		.src = end_of(40000), .dst = end_of(80), .seg = {{n}, {300}, 5, 1000, PSH | ACK}};
}

/* What may differ from what was sent: then it is somebody else's. */
static const struct {
	const char *name;
	bool ours;
	uint16_t src, dst;
	struct segment seg;
} others[] = {
	{"the same", true, 40000, 80, {{1}, {300}, 5, 1000, PSH | ACK}},
	{"another source", false, 40001, 80, {{1}, {300}, 5, 1000, PSH | ACK}},
	{"another destination", false, 40000, 81, {{1}, {300}, 5, 1000, PSH | ACK}},
	{"the other way", false, 80, 40000, {{1}, {300}, 5, 1000, PSH | ACK}},
	{"another number", false, 40000, 80, {{2}, {300}, 5, 1000, PSH | ACK}},
	{"another ack", false, 40000, 80, {{1}, {301}, 5, 1000, PSH | ACK}},
	{"another length", false, 40000, 80, {{1}, {300}, 6, 1000, PSH | ACK}},
	{"another window", false, 40000, 80, {{1}, {300}, 5, 1001, PSH | ACK}},
	{"other flags", false, 40000, 80, {{1}, {300}, 5, 1000, ACK}},
};

static void only_the_same_is_ours(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		struct ours *o = calloc(1, sizeof *o);
		struct packet sent = packet_of(1), p = sent;
		assert_non_null(o);
		p.src = end_of(others[i].src);
		p.dst = end_of(others[i].dst);
		p.seg = others[i].seg;
		p.time = 99; /* of the capture: it says nothing */
		ours_sent(o, &sent);
		expect_number(others[i].name, "ours", ours_take(o, &p), others[i].ours);
		expect_number(others[i].name, "twice", ours_take(o, &p), false);
		expect_number(others[i].name, "left", o->count, !others[i].ours);
		free(o);
	}
}

static void as_often_as_it_was_sent(void **state)
{
	(void)state;
	struct ours *o = calloc(1, sizeof *o);
	struct packet a = packet_of(1), b = packet_of(2);
	assert_non_null(o);
	ours_sent(o, &a);
	ours_sent(o, &b);
	ours_sent(o, &a);
	assert_true(ours_take(o, &a) && ours_take(o, &a));
	assert_false(ours_take(o, &a));
	assert_true(ours_take(o, &b) && !o->count);
	free(o);
}

static void the_oldest_is_forgotten(void **state)
{
	(void)state;
	struct ours *o = calloc(1, sizeof *o);
	assert_non_null(o);
	for (unsigned i = 0; i <= OURS_PENDING; i++) {
		struct packet p = packet_of(i);
		ours_sent(o, &p);
	}
	for (unsigned i = 0; i <= OURS_PENDING; i++) {
		struct packet p = packet_of(i);
		expect_number("forgotten", "taken", ours_take(o, &p), i > 0);
	}
	free(o);
}

static void a_reset_by_others_breaks_it(void **state)
{
	(void)state;
	struct ours *o = calloc(1, sizeof *o);
	struct packet p = packet_of(1);
	struct endpoint e = end_of(40000);
	assert_non_null(o);
	p.seg.flags = RST;
	assert_false(ours_is_broken(o, &p));
	assert_true(ours_add_end(o, &e));
	assert_true(ours_is_broken(o, &p));
	p.seg.flags = FIN | ACK;
	assert_false(ours_is_broken(o, &p));
	p.seg.flags = RST | ACK;
	p.dst = e;
	p.src = end_of(80);
	assert_false(ours_is_broken(o, &p));
	for (unsigned i = 1; i < OURS_ENDS; i++)
		assert_true(ours_add_end(o, &e));
	assert_false(ours_add_end(o, &e));
	free(o);
}

/* Letters with octets of their own: those given may be gone. */
static void letters_wait_in_order(void **state)
{
	(void)state;
	struct inbox *b = calloc(1, sizeof *b);
	struct packet p = packet_of(0);
	assert_non_null(b);
	for (unsigned i = 0; i < 3; i++) {
		struct octets o = octets_of("020405b4 6869"), n = octets_prefix(&o, 5);
		p = packet_of(i);
		p.options = (struct bytes){o.at, 4};
		p.payload = (struct bytes){n.at + 4, i ? 1 : 0};
		assert_true(inbox_put(b, &p));
		free(o.at);
		free(n.at);
	}
	for (unsigned i = 0; i < 3; i++) {
		assert_true(inbox_take(b, NULL, NULL, &p));
		expect_number("letter", "seq", p.seg.seq.n, i);
		assert_int_equal(p.options.len, 4);
		assert_memory_equal(p.options.at, "\x02\x04\x05\xb4", 4);
		assert_true(i ? p.payload.len == 1 && *p.payload.at == 'h' : !p.payload.len);
	}
	assert_false(inbox_take(b, NULL, NULL, &p));
	inbox_free(b);
	free(b);
}

static const struct {
	const char *name;
	uint16_t dst, src; /* 0: any */
	unsigned first, left;
} takes[] = {
	{"any", 0, 0, 0, 4},
	{"to the first", 80, 0, 0, 2},
	{"to the second", 81, 0, 1, 2},
	{"from the second", 0, 41, 2, 2},
	{"from the second to the second", 81, 41, 3, 1},
	{"for nobody", 82, 0, 0, 0},
	{"from nobody", 80, 42, 0, 0},
};

/* Four letters: to 80 and 81 by turns, the first two from 40, the others from 41. */
static void fill(struct inbox *b)
{
	for (unsigned i = 0; i < 4; i++) {
		struct packet p = packet_of(i);
		p.dst = end_of(80 + i % 2);
		p.src = end_of(40 + i / 2);
		assert_true(inbox_put(b, &p));
	}
}

static void letters_are_taken_by_whom_they_are_for(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof takes / sizeof *takes; i++) {
		struct inbox *b = calloc(1, sizeof *b);
		struct packet p;
		struct endpoint dst = end_of(takes[i].dst), src = end_of(takes[i].src);
		unsigned taken = 0;
		assert_non_null(b);
		fill(b);
		for (; inbox_take(b, dst.port ? &dst : NULL, src.port ? &src : NULL, &p); taken++)
			if (!taken)
				expect_number(takes[i].name, "first", p.seg.seq.n, takes[i].first);
		expect_number(takes[i].name, "taken", taken, takes[i].left);
		expect_number(takes[i].name, "left", b->count, 4 - taken);
		inbox_free(b);
		free(b);
	}
}

static void a_full_inbox_loses_the_newest(void **state)
{
	(void)state;
	struct inbox *b = calloc(1, sizeof *b);
	struct packet p;
	assert_non_null(b);
	for (unsigned i = 0; i < INBOX_ROOM; i++) {
		p = packet_of(i);
		assert_true(inbox_put(b, &p));
	}
	assert_false(inbox_put(b, &p));
	assert_true(inbox_take(b, NULL, NULL, &p) && p.seg.seq.n == 0);
	p = packet_of(INBOX_ROOM);
	assert_true(inbox_put(b, &p));
	for (unsigned i = 1; i <= INBOX_ROOM; i++)
		assert_true(inbox_take(b, NULL, NULL, &p) && p.seg.seq.n == i);
	inbox_free(b);
	free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_same_is_ours),
		cmocka_unit_test(as_often_as_it_was_sent),
		cmocka_unit_test(the_oldest_is_forgotten),
		cmocka_unit_test(a_reset_by_others_breaks_it),
		cmocka_unit_test(letters_wait_in_order),
		cmocka_unit_test(letters_are_taken_by_whom_they_are_for),
		cmocka_unit_test(a_full_inbox_loses_the_newest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

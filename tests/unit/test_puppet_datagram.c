/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "capture/puppet_datagram.h"
#include "tests/unit/rows.h"

enum { PATIENCE_MS = 10000 };

static const struct endpoint loopback[] = {
	{.address = {.octet = {127, 0, 0, 1}, .family = 4}},
	{.address = {.octet = {[15] = 1}, .family = 6}},
};

static struct bytes octets(const char *text)
{
	return (struct bytes){(const uint8_t *)text, strlen(text)};
}

static void until(struct puppet p, short events)
{
	struct pollfd f = {.fd = p.fd, .events = events};
	assert_int_equal(poll(&f, 1, PATIENCE_MS), 1);
}

static void expect_heard(const char *row, struct puppet p, size_t size, const char *wanted)
{
	char room[64] = "";
	until(p, POLLIN);
	ssize_t got = puppet_hear(p, room, size);
	expect_number(row, "octets", (uint64_t)got, strlen(wanted));
	expect_text(row, "heard", room, wanted);
}

enum kind { UDP, STREAM, DATAGRAM };

/* What one end says in pieces, and what the other hears with a buffer of `size`. A piece behind
 * which stands '+' is said with MSG_MORE. */
static const struct {
	const char *name;
	enum kind kind;
	const char *said[3];
	size_t size;
	const char *heard[3];
} rows[] = {
	{"datagrams keep their bounds", UDP, {"one", "two"}, 60, {"one", "two"}},
	{"the rest of a datagram is lost", UDP, {"0123456789", "next"}, 4, {"0123", "next"}},
	{"an empty datagram is one", UDP, {"", "next"}, 60, {"", "next"}},
	{"more makes one of two", UDP, {"one+", "two"}, 60, {"onetwo"}},
	{"a stream has no bounds", STREAM, {"one", "two"}, 60, {"onetwo"}},
	{"nothing of a stream is lost", STREAM, {"onetwo"}, 4, {"onet", "wo"}},
	{"datagrams without a network", DATAGRAM, {"one", "two"}, 2, {"on", "tw"}},
};

static void open_ends(enum kind kind, const struct endpoint *at, struct puppet end[static 2])
{
	struct endpoint to;
	if (kind != UDP) {
		assert_int_equal(puppet_open_pair(end, kind == STREAM), 0);
		return;
	}
	for (int i = 0; i < 2; i++)
		assert_int_equal(puppet_open_udp(&end[i], at), 0);
	assert_int_equal(puppet_local(end[1], &to), 0);
	assert_int_equal(puppet_connect(end[0], &to), 0);
}

static void say(const char *row, struct puppet p, const char *piece)
{
	struct bytes b = octets(piece);
	bool more = b.len && piece[b.len - 1] == '+';
	b.len -= more;
	ssize_t gave = (more ? puppet_say_more : puppet_say)(p, b);
	expect_number(row, "taken", (uint64_t)gave, b.len);
}

static void pieces_arrive(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2 * sizeof rows / sizeof *rows; i++) {
		const char *name = rows[i / 2].name;
		struct puppet end[2];
		char c;
		open_ends(rows[i / 2].kind, &loopback[i % 2], end);
		for (int n = 0; n < 3 && rows[i / 2].said[n]; n++)
			say(name, end[0], rows[i / 2].said[n]);
		for (int n = 0; n < 3 && rows[i / 2].heard[n]; n++)
			expect_heard(name, end[1], rows[i / 2].size, rows[i / 2].heard[n]);
		assert_int_equal(puppet_hear(end[1], &c, 1), -EAGAIN);
		puppet_close(&end[0]);
		puppet_close(&end[1]);
	}
}

static void who_has_said_it_is_told(void **state)
{
	struct puppet one, other;
	struct endpoint at, from, got;
	char room[8];
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(puppet_open_udp(&one, &loopback[i]), 0);
		assert_int_equal(puppet_open_udp(&other, &loopback[i]), 0);
		assert_true(puppet_local(one, &at) == 0 && puppet_local(other, &from) == 0);
		assert_int_equal(puppet_send_to(other, &at, octets("hi")), 2);
		until(one, POLLIN);
		assert_int_equal(puppet_hear_from(one, room, sizeof room, &got), 2);
		assert_memory_equal(&got, &from, sizeof got);
		assert_int_equal(puppet_hear_from(one, room, sizeof room, &got), -EAGAIN);
		puppet_close(&one);
		assert_int_equal(puppet_open_udp(&one, &from), -EADDRINUSE);
		puppet_close(&other);
	}
}

static void nobody_there_is_told_by_icmp(void **state)
{
	struct puppet one, gone;
	struct endpoint at;
	(void)state;
	assert_int_equal(puppet_open_udp(&gone, &loopback[0]), 0);
	assert_int_equal(puppet_local(gone, &at), 0);
	puppet_close(&gone);
	assert_int_equal(puppet_open_udp(&one, &loopback[0]), 0);
	assert_int_equal(puppet_connect(one, &at), 0);
	assert_int_equal(puppet_say(one, octets("x")), 1);
	until(one, POLLERR);
	assert_int_equal(puppet_say(one, octets("y")), -ECONNREFUSED);
	puppet_close(&one);
}

static void a_pair_has_no_port(void **state)
{
	struct puppet pair[2];
	struct endpoint at;
	char room[8];
	(void)state;
	assert_int_equal(puppet_open_pair(pair, false), 0);
	assert_int_equal(puppet_local(pair[0], &at), -EAFNOSUPPORT);
	assert_int_equal(puppet_say(pair[0], octets("hi")), 2);
	assert_int_equal(puppet_hear_from(pair[1], room, sizeof room, &at), 2);
	assert_int_equal(at.port, 0);
	assert_int_equal(puppet_state(pair[0]), UNKNOWN);
	puppet_close(&pair[0]);
	puppet_close(&pair[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_arrive),
		cmocka_unit_test(who_has_said_it_is_told),
		cmocka_unit_test(nobody_there_is_told_by_icmp),
		cmocka_unit_test(a_pair_has_no_port),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

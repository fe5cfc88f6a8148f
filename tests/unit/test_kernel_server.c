/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/socket.h>

#include <cmocka.h>

#include "capture/clock.h"
#include "capture/kernel_server.h"
#include "capture/puppet.h"
#include "tests/unit/rows.h"

enum { PATIENCE_MS = 10000, MUCH = 16000000, LINGER_MS = 60, CROWD = 70, PLACES = 64 };

static const struct endpoint loopback[] = {
	{.address = {.octet = {127, 0, 0, 1}, .family = 4}},
	{.address = {.octet = {[15] = 1}, .family = 6}},
};

struct scene {
	struct kernel_server *server;
	struct endpoint at;
	unsigned turns;
};

static struct scene scene_open(enum service service, const struct endpoint *at)
{
	struct scene s = {.at = *at};
	char why[WHY_TEXT] = "";
	s.server = kernel_server_open((struct service_wish){service, LINGER_MS}, &s.at, why);
	if (!s.server)
		fail_msg("%s", why);
	return s;
}

struct play {
	enum service service;
	void (*plot)(struct scene *s);
};

/* Over both versions of IP. */
static void play(void **state)
{
	const struct play *p = *state;
	for (size_t i = 0; i < sizeof loopback / sizeof *loopback; i++) {
		struct scene s = scene_open(p->service, &loopback[i]);
		p->plot(&s);
		kernel_server_close(s.server);
	}
}

static int64_t now_ms(void)
{
	return clock_ns(CLOCK_MONOTONIC) / 1000000;
}

/* Turn the server until the client is ready: its events, 0 when there are none in this time. */
static short turn_for(struct scene *s, int fd, short events, int ms)
{
	int64_t end = now_ms() + ms, left;
	while ((left = end - now_ms()) >= 0) {
		struct pollfd p[] = {{.fd = kernel_server_fd(s->server), .events = POLLIN},
				     {.fd = fd, .events = events}};
		poll(p, 2, (int)left);
		if (p[1].revents)
			return p[1].revents;
		s->turns += p[0].revents != 0;
		kernel_server_turn(s->server);
	}
	return 0;
}

static void turn_until(struct scene *s, struct puppet p, short events)
{
	assert_int_not_equal(turn_for(s, p.fd, events, PATIENCE_MS), 0);
}

/* What a client did has reached the server when its call returns. */
static void turn_all(struct scene *s)
{
	struct pollfd p = {.fd = kernel_server_fd(s->server), .events = POLLIN};
	for (unsigned i = 0; i < 10000 && poll(&p, 1, 0) == 1; i++)
		kernel_server_turn(s->server);
}

/* A client with little room, so that the server cannot say much before it is heard. */
static struct puppet call(struct scene *s)
{
	struct endpoint from = s->at;
	struct puppet p;
	from.port = 0;
	assert_int_equal(puppet_open(&p, &from, false), 0);
	assert_int_equal(puppet_option(p, "rcvbuf", 4096) | puppet_option(p, "sndbuf", 65536), 0);
	assert_int_equal(puppet_connect(p, &s->at), -EINPROGRESS);
	turn_until(s, p, POLLOUT);
	assert_int_equal(puppet_error(p), 0);
	return p;
}

static ssize_t hear(struct scene *s, struct puppet p, void *room, size_t size)
{
	turn_until(s, p, POLLIN);
	return puppet_hear(p, room, size);
}

/* Whether the server gave this client a place. */
static bool is_served(struct scene *s, struct puppet p)
{
	char c;
	puppet_say(p, (struct bytes){(const uint8_t *)"x", 1});
	return hear(s, p, &c, 1) == 1;
}

static void names_are_found(void **state)
{
	static const struct {
		const char *name;
		int service; /* -1: none */
	} rows[] = {
		{"echo", SERVICE_ECHO},
		{"sink", SERVICE_SINK},
		{"close-now", SERVICE_CLOSE_NOW},
		{"linger", SERVICE_LINGER},
		{"Echo", -1},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		enum service s = (enum service)99;
		bool found = service_find(rows[i].name, &s);
		expect_number(rows[i].name, "found", found, rows[i].service >= 0);
		expect_number(rows[i].name, "service", s, found ? (unsigned)rows[i].service : 99);
	}
}

/* All that is taken at once, without hearing: the server's buffers fill. */
static size_t say_all(struct scene *s, struct puppet p, const uint8_t *said, size_t from)
{
	ssize_t n = 1;
	for (; n > 0 && from<MUCH; from += n> 0 ? (size_t)n : 0) {
		turn_all(s);
		n = puppet_say(p, (struct bytes){said + from, MUCH - from});
	}
	assert_true(n > 0 || n == -EAGAIN);
	return from;
}

static void hear_echo(struct scene *s)
{
	static uint8_t said[MUCH], heard[MUCH + 1];
	struct puppet p = call(s);
	for (size_t i = 0; i < MUCH; i++)
		said[i] = (uint8_t)(i * 7 + i / 251);
	size_t out = say_all(s, p, said, 0);
	assert_true(out < MUCH);
	assert_int_equal(puppet_option(p, "rcvbuf", MUCH), 0);
	for (size_t in = 0; in < MUCH;) {
		ssize_t n = hear(s, p, heard + in, sizeof heard - in);
		assert_true(n > 0);
		in += (size_t)n;
		out = out < MUCH ? say_all(s, p, said, out) : out;
	}
	assert_memory_equal(said, heard, MUCH);
	puppet_shutdown(p);
	assert_int_equal(hear(s, p, heard, 1), 0);
	puppet_close(&p);
}

static void hear_nothing(struct scene *s)
{
	static uint8_t said[MUCH];
	struct puppet p = call(s);
	for (size_t out = 0; out < MUCH; out = say_all(s, p, said, out))
		turn_until(s, p, POLLOUT);
	turn_all(s);
	assert_int_equal(turn_for(s, p.fd, POLLIN, 0), 0);
	puppet_shutdown(p);
	assert_int_equal(hear(s, p, said, 1), 0);
	puppet_close(&p);
}

/* The server's end is in TIME-WAIT after that; its port can still be had again. */
static void be_closed_at_once(struct scene *s)
{
	char c;
	struct puppet p = call(s);
	assert_int_equal(hear(s, p, &c, 1), 0);
	assert_int_equal(kernel_server_accepted(s->server), 1);
	puppet_close(&p);
	kernel_server_close(s->server);
	*s = scene_open(SERVICE_ECHO, &s->at);
	p = call(s);
	assert_true(is_served(s, p));
	puppet_close(&p);
}

/* The server sleeps meanwhile: a few turns, not thousands. */
static void be_closed_later(struct scene *s)
{
	char c;
	struct puppet first = call(s), second = call(s);
	s->turns = 0;
	int64_t start = now_ms();
	puppet_shutdown(first);
	assert_int_equal(turn_for(s, first.fd, POLLIN, LINGER_MS / 2), 0);
	int64_t later = now_ms();
	puppet_shutdown(second);
	assert_int_equal(hear(s, first, &c, 1), 0);
	assert_true(now_ms() - start >= LINGER_MS);
	assert_int_equal(hear(s, second, &c, 1), 0);
	assert_true(now_ms() - later >= LINGER_MS);
	assert_true(s->turns < 10);
	puppet_close(&first);
	first = call(s);
	assert_true(is_served(s, first) && is_served(s, first));
	puppet_close(&first);
	puppet_close(&second);
}

/* Twice: the places are free again when their clients are gone. */
static void come_in_a_crowd(struct scene *s)
{
	struct puppet p[CROWD];
	for (unsigned round = 1; round <= 2; round++) {
		unsigned served = 0;
		for (size_t i = 0; i < CROWD; i++)
			p[i] = call(s);
		turn_all(s);
		assert_int_equal(kernel_server_accepted(s->server), round * CROWD);
		for (size_t i = 0; i < CROWD; i++)
			served += is_served(s, p[i]);
		assert_int_equal(served, PLACES);
		for (size_t i = 0; i < CROWD; i++)
			puppet_close(&p[i]);
		turn_all(s);
	}
}

/* Resets come while the server hears, while it cannot say all, and while it lingers. Were one not
 * noticed, the places would be used up. */
static void reset_often(struct scene *s)
{
	static const uint8_t much[MUCH];
	for (unsigned i = 0; i < 4 * PLACES; i++) {
		struct puppet p = call(s);
		if (i % 4 == 1)
			say_all(s, p, much, 0);
		if (i % 4 == 2)
			puppet_shutdown(p);
		turn_all(s);
		if (i % 4 == 3)
			puppet_say(p, (struct bytes){much, 1});
		assert_int_equal(puppet_abort(&p), 0);
		turn_all(s);
	}
	struct puppet p = call(s);
	assert_true(is_served(s, p));
	puppet_close(&p);
}

static void failures_are_sentences(void **state)
{
	struct scene s = scene_open(SERVICE_ECHO, &loopback[0]);
	struct endpoint foreign = {.address = {.octet = {192, 0, 2, 1}, .family = 4}, .port = 80};
	struct endpoint *ats[] = {&s.at, &foreign};
	static const char *const parts[] = {
		"in use\nChoose", "192.0.2.1:80: Cannot assign requested address\nChoose"};
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		char why[WHY_TEXT] = "";
		assert_null(kernel_server_open((struct service_wish){0}, ats[i], why));
		assert_non_null(strstr(why, parts[i]));
	}
	kernel_server_close(s.server);
}

int main(void)
{
	struct play plays[] = {
		{SERVICE_ECHO, hear_echo},
		{SERVICE_SINK, hear_nothing},
		{SERVICE_CLOSE_NOW, be_closed_at_once},
		{SERVICE_LINGER, be_closed_later},
		{SERVICE_ECHO, come_in_a_crowd},
		{SERVICE_LINGER, reset_often},
	};
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_found),
		cmocka_unit_test(failures_are_sentences),
		{"echo comes back whole", play, NULL, NULL, &plays[0]},
		{"sink says nothing", play, NULL, NULL, &plays[1]},
		{"close-now closes", play, NULL, NULL, &plays[2]},
		{"linger waits", play, NULL, NULL, &plays[3]},
		{"a crowd has 64 places", play, NULL, NULL, &plays[4]},
		{"resets are survived", play, NULL, NULL, &plays[5]},
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

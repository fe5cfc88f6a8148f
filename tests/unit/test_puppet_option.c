/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/socket.h>

#include <cmocka.h>

#include "capture/puppet_datagram.h"
#include "tests/unit/rows.h"

static const struct endpoint loopback[] = {
	{.address = {.octet = {127, 0, 0, 1}, .family = 4}},
	{.address = {.octet = {[15] = 1}, .family = 6}},
};

static const struct {
	const char *name;
	int level, number, value, got;
} rows[] = {{"cork", IPPROTO_TCP, TCP_CORK, 1, 1},
	    {"defer-accept", IPPROTO_TCP, TCP_DEFER_ACCEPT, 1, 1},
	    {"fastopen", IPPROTO_TCP, TCP_FASTOPEN, 5, 5},
	    {"fastopen-connect", IPPROTO_TCP, TCP_FASTOPEN_CONNECT, 1, 1},
	    {"keepalive", SOL_SOCKET, SO_KEEPALIVE, 1, 1},
	    {"keepcnt", IPPROTO_TCP, TCP_KEEPCNT, 3, 3},
	    {"keepidle", IPPROTO_TCP, TCP_KEEPIDLE, 4, 4},
	    {"keepintvl", IPPROTO_TCP, TCP_KEEPINTVL, 5, 5},
	    {"linger", SOL_SOCKET, SO_LINGER, 0, 1},
	    {"mss", IPPROTO_TCP, TCP_MAXSEG, 700, 700},
	    {"nodelay", IPPROTO_TCP, TCP_NODELAY, 1, 1},
	    {"quickack", IPPROTO_TCP, TCP_QUICKACK, 0, 0},
	    {"rcvbuf", SOL_SOCKET, SO_RCVBUF, 8000, 16000},
	    {"reuseaddr", SOL_SOCKET, SO_REUSEADDR, 1, 1},
	    {"sndbuf", SOL_SOCKET, SO_SNDBUF, 9000, 18000},
	    {"udp-cork", IPPROTO_UDP, UDP_CORK, 1, 1},
	    {"user-timeout", IPPROTO_TCP, TCP_USER_TIMEOUT, 1234, 1234}};
enum { ROWS = sizeof rows / sizeof *rows };

static int option_of(struct puppet p, size_t row)
{
	int got[2] = {0}; /* of struct linger, whether it is on */
	socklen_t len = sizeof got;
	assert_int_equal(getsockopt(p.fd, rows[row].level, rows[row].number, got, &len), 0);
	return got[0];
}

static int open_for(int level, struct puppet *p, const struct endpoint *at)
{
	return level == IPPROTO_UDP ? puppet_open_udp(p, at) : puppet_open(p, at, false);
}

static void options_have_names(void **state)
{
	struct puppet p;
	(void)state;
	for (size_t i = 0; i < ROWS; i++) {
		assert_int_equal(open_for(rows[i].level, &p, &loopback[i % 2]), 0);
		expect_text("names", "option", puppet_option_name(i), rows[i].name);
		expect_number(rows[i].name, "was set", option_of(p, i) == rows[i].got, false);
		assert_int_equal(puppet_option(p, rows[i].name, rows[i].value), 0);
		expect_number(rows[i].name, "is set", option_of(p, i) == rows[i].got, true);
		puppet_close(&p);
	}
	assert_null(puppet_option_name(ROWS));
	assert_int_equal(puppet_option(p, "linger", 5), -EINVAL);
	assert_int_equal(puppet_option(p, "no-delay", 1), -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_have_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

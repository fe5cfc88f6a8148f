/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

#include "capture/sandbox.h"
#include "inject/shield.h"
#include "tests/unit/rows.h"

enum { SILENCE_MS = 300, NO_ANSWER = -1 };

static const struct {
	const char *name;
	struct address at;
} ends[] = {
	{"IPv4", {{127, 0, 0, 1}, 4}},
	{"IPv4, another of lo's", {{127, 9, 8, 7}, 4}},
	{"IPv6", {{[15] = 1}, 6}},
};

enum { ENDS = sizeof ends / sizeof *ends };

static socklen_t place_of(const struct endpoint *e, struct sockaddr_storage *out)
{
	if (e->address.family == 4) {
		struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(e->port)};
		memcpy(&v4.sin_addr, e->address.octet, 4);
		memcpy(out, &v4, sizeof v4);
		return sizeof v4;
	}
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(e->port)};
	memcpy(&v6.sin6_addr, e->address.octet, 16);
	memcpy(out, &v6, sizeof v6);
	return sizeof v6;
}

/* A kernel socket that sends with that TTL. */
static int client(const struct endpoint *to, int ttl)
{
	bool v4 = to->address.family == 4;
	int fd = socket(v4 ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	assert_true(fd >= 0);
	assert_int_equal(setsockopt(fd, v4 ? IPPROTO_IP : IPPROTO_IPV6,
				    v4 ? IP_TTL : IPV6_UNICAST_HOPS, &ttl, sizeof ttl),
			 0);
	return fd;
}

/* 0: connected; an errno; or NO_ANSWER within SILENCE_MS. */
static int answer(const struct endpoint *to, int ttl)
{
	struct sockaddr_storage place;
	socklen_t len = place_of(to, &place);
	int fd = client(to, ttl), result = NO_ANSWER;
	if (connect(fd, (struct sockaddr *)&place, len) != 0)
		assert_int_equal(errno, EINPROGRESS);
	struct pollfd p = {.fd = fd, .events = POLLOUT};
	len = sizeof result;
	if (poll(&p, 1, SILENCE_MS) > 0)
		assert_int_equal(getsockopt(fd, SOL_SOCKET, SO_ERROR, &result, &len), 0);
	close(fd);
	return result;
}

typedef bool raise_fn(struct shield *s, struct endpoint *at, char why[static WHY_TEXT]);

static struct shield up(const char *row, raise_fn *raise, struct endpoint *at)
{
	struct shield s;
	char why[WHY_TEXT] = "";
	bool done = raise(&s, at, why);
	expect_text(row, "why", why, "");
	expect_number(row, "up", done, true);
	return s;
}

static void no_syn_is_answered_behind_a_shield(void **state)
{
	(void)state;
	for (size_t i = 0; i < ENDS; i++) {
		struct endpoint at = {ends[i].at, 0};
		struct shield s = up(ends[i].name, shield_raise, &at);
		expect_number(ends[i].name, "port was picked", at.port != 0, true);
		expect_number(ends[i].name, "answer", (uint64_t)answer(&at, 64),
			      (uint64_t)NO_ANSWER);
		shield_lower(&s);
		expect_number(ends[i].name, "answer without it", (uint64_t)answer(&at, 64),
			      ECONNREFUSED);
	}
}

static void nor_one_with_the_highest_ttl(void **state)
{
	(void)state;
	for (size_t i = 0; i < ENDS; i++) {
		struct endpoint at = {ends[i].at, 0};
		struct shield s = up(ends[i].name, shield_raise, &at);
		expect_number(ends[i].name, "answer", (uint64_t)answer(&at, 255),
			      (uint64_t)NO_ANSWER);
		shield_lower(&s);
	}
}

static void one_that_is_pretended_lets_the_kernel_refuse(void **state)
{
	(void)state;
	for (size_t i = 0; i < ENDS; i++) {
		struct endpoint at = {ends[i].at, 0};
		struct shield s = up(ends[i].name, shield_pretend, &at);
		expect_number(ends[i].name, "port was picked", at.port != 0, true);
		expect_number(ends[i].name, "answer", (uint64_t)answer(&at, 64), ECONNREFUSED);
		shield_lower(&s);
	}
}

static void expect_in_use(const char *row, raise_fn *raise, struct endpoint at)
{
	struct shield s;
	char text[ENDPOINT_TEXT], why[WHY_TEXT] = "", wanted[WHY_TEXT];
	snprintf(wanted, sizeof wanted,
		 "%s is in use by another program\n"
		 "Choose another port, or see whose it is: ss -tanp",
		 endpoint_print(&at, text));
	expect_number(row, "up", raise(&s, &at, why), false);
	expect_text(row, "why", why, wanted);
	expect_number(row, "fd", (uint64_t)s.fd, (uint64_t)-1);
	shield_lower(&s);
}

static void a_port_has_one_shield(void **state)
{
	(void)state;
	for (size_t i = 0; i < ENDS; i++) {
		struct endpoint at = {ends[i].at, 0};
		struct shield s = up(ends[i].name, shield_raise, &at);
		expect_in_use(ends[i].name, shield_raise, at);
		expect_in_use(ends[i].name, shield_pretend, at);
		shield_lower(&s);
		s = up(ends[i].name, shield_raise, &at);
		shield_lower(&s);
	}
}

/* SO_REUSEADDR lets both bind: the second to listen is the one that is told. */
static void of_two_that_bind_one_listens(void **state)
{
	(void)state;
	struct endpoint at = {ends[0].at, 0};
	struct shield pretended = up("first", shield_pretend, &at);
	struct shield raised = up("second", shield_raise, &at);
	assert_int_equal(listen(pretended.fd, 1), -1);
	assert_int_equal(errno, EADDRINUSE);
	expect_number("second", "answer", (uint64_t)answer(&at, 64), (uint64_t)NO_ANSWER);
	shield_lower(&raised);
	shield_lower(&pretended);
}

static void a_program_that_listens_keeps_its_port(void **state)
{
	(void)state;
	struct endpoint at = {ends[0].at, 0};
	struct shield s = up("picks a port", shield_raise, &at);
	shield_lower(&s);
	struct sockaddr_storage place;
	socklen_t len = place_of(&at, &place);
	int fd = client(&at, 64), yes = 1;
	assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes), 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&place, len), 0);
	assert_int_equal(listen(fd, 1), 0);
	expect_in_use("another listener", shield_raise, at);
	close(fd);
}

static void both_families_share_a_port_number(void **state)
{
	(void)state;
	struct endpoint at = {{{0}, 6}, 0}, at4;
	struct shield s = up("IPv6", shield_raise, &at), s4;
	at4 = (struct endpoint){ends[0].at, at.port};
	s4 = up("IPv4", shield_raise, &at4);
	assert_int_equal(at4.port, at.port);
	shield_lower(&s4);
	shield_lower(&s);
}

static void what_we_execute_does_not_get_it(void **state)
{
	(void)state;
	struct endpoint at = {ends[0].at, 0};
	struct shield s = up("shield", shield_raise, &at);
	assert_int_equal(fcntl(s.fd, F_GETFD), FD_CLOEXEC);
	shield_lower(&s);
	assert_int_equal(s.fd, -1);
	shield_lower(&s); /* twice is once */
}

static void other_addresses_are_a_sentence(void **state)
{
	static const struct {
		const char *name;
		struct endpoint at;
		const char *why;
	} rows[] = {
		{"IPv4",
		 {{{192, 0, 2, 1}, 4}, 8080},
		 "192.0.2.1:8080 is no address of this host\n"
		 "Use 127.0.0.1, ::1 or another address that this shows: ip address"},
		{"IPv6",
		 {{{0x20, 1, 0xd, 0xb8}, 6}, 8080},
		 "[2001:db8::]:8080 is no address of this host\n"
		 "Use 127.0.0.1, ::1 or another address that this shows: ip address"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct shield s;
		struct endpoint at = rows[i].at;
		char why[WHY_TEXT] = "";
		expect_number(rows[i].name, "up", shield_raise(&s, &at, why), false);
		expect_text(rows[i].name, "why", why, rows[i].why);
		expect_number(rows[i].name, "fd", (uint64_t)s.fd, (uint64_t)-1);
	}
}

static void a_low_port_without_rights_is_a_sentence(void **state)
{
	(void)state;
	struct shield s;
	struct endpoint at = {ends[0].at, 80};
	char why[WHY_TEXT] = "";
	assert_false(shield_raise(&s, &at, why));
	assert_string_equal(why, "127.0.0.1:80 needs rights (root, or CAP_NET_BIND_SERVICE)\n"
				 "Choose a port from 1024 on.");
}

/* Root's, or the sandbox's. */
static bool drop_rights(void)
{
	struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
	const struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0}};
	return syscall(SYS_capset, &head, none) == 0;
}

/* With rights there are two layers, of which the second alone stops the highest TTL. Without, there
 * may be the first alone. */
int main(void)
{
	const struct CMUnitTest with_rights[] = {
		cmocka_unit_test(no_syn_is_answered_behind_a_shield),
		cmocka_unit_test(nor_one_with_the_highest_ttl),
	};
	const struct CMUnitTest without[] = {
		cmocka_unit_test(no_syn_is_answered_behind_a_shield),
		cmocka_unit_test(one_that_is_pretended_lets_the_kernel_refuse),
		cmocka_unit_test(a_port_has_one_shield),
		cmocka_unit_test(of_two_that_bind_one_listens),
		cmocka_unit_test(a_program_that_listens_keeps_its_port),
		cmocka_unit_test(both_families_share_a_port_number),
		cmocka_unit_test(what_we_execute_does_not_get_it),
		cmocka_unit_test(other_addresses_are_a_sentence),
		cmocka_unit_test(a_low_port_without_rights_is_a_sentence),
	};
	char why[WHY_TEXT] = "";
	if (!sandbox_enter(why, sizeof why)) {
		fprintf(stderr, "%s\n", why);
		return 1;
	}
	int failed = cmocka_run_group_tests(with_rights, NULL, NULL);
	if (!drop_rights())
		return 1;
	return failed + cmocka_run_group_tests(without, NULL, NULL);
}

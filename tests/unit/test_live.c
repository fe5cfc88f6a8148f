/* SPDX-License-Identifier: MIT */
#include "capture/live.h"

#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "capture/sandbox.h"
#include "tests/unit/rows.h"

enum { BURST = 100, SMALL = 60 - 14 - 20 - 8, LARGE = 65507, ATTEMPTS = 20, SOON_US = 3000 };

static int enter(void **state)
{
	char why[WHY_TEXT];
	(void)state;
	if (sandbox_enter(why, sizeof why))
		return 0;
	print_error("%s\n", why);
	return 1;
}

static struct sockaddr_in discard(void)
{
	return (struct sockaddr_in){.sin_family = AF_INET,
				    .sin_port = htons(9),
				    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

/* A socket that sends to itself, so that no ICMP answers. */
static int speaker(void)
{
	struct sockaddr_in at = discard();
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
	return fd;
}

static void speak(int fd, size_t octets)
{
	static const uint8_t nothing[LARGE];
	struct sockaddr_in at = discard();
	assert_int_equal(sendto(fd, nothing, octets, 0, (struct sockaddr *)&at, sizeof at), octets);
}

static struct live *listen_on_lo(int snaplen)
{
	char why[WHY_TEXT];
	const struct live_wish w = {
		.interface = "lo", .as_root = "", .prompt = true, .snaplen = snaplen};
	struct live *l = live_open(&w, why);
	if (!l)
		fail_msg("%s", why);
	return l;
}

static bool hear(struct live *l, struct frame *f)
{
	struct pollfd p = {.fd = live_fd(l), .events = POLLIN};
	while (live_next(l, f) != LIVE_FRAME)
		if (poll(&p, 1, 1000) != 1)
			return false;
	return true;
}

static int64_t microseconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

/* The fastest counts: the machine may be busy. Blocks of 10 ms are never that fast. */
static void test_at_once(void **state)
{
	struct live *l = listen_on_lo(0);
	int fd = speaker();
	int64_t best = INT64_MAX;
	struct frame f;
	(void)state;
	for (int i = 0; i < ATTEMPTS; i++) {
		int64_t start = microseconds();
		speak(fd, SMALL);
		assert_true(hear(l, &f));
		int64_t took = microseconds() - start;
		best = took < best ? took : best;
	}
	if (best > SOON_US)
		fail_msg("a frame takes %lld us", (long long)best);
	close(fd);
	live_close(l);
}

static void test_bursts_and_sizes(void **state)
{
	struct live *l = listen_on_lo(0), *cut = listen_on_lo(96);
	int fd = speaker();
	struct frame f;
	(void)state;
	for (int i = 0; i < BURST; i++)
		speak(fd, SMALL);
	for (int i = 0; i < BURST; i++)
		assert_true(hear(l, &f));
	expect_number("burst", "captured", f.captured, 60);
	expect_number("burst", "dropped", live_dropped(l), 0);
	speak(fd, LARGE);
	assert_true(hear(l, &f));
	expect_number("the largest packet", "captured", f.captured, f.length);
	expect_number("the largest packet", "length", f.length, 14 + 20 + 8 + LARGE);
	for (int i = 0; i <= BURST; i++)
		assert_true(hear(cut, &f));
	expect_number("-s 96", "captured", f.captured, 96);
	close(fd);
	live_close(cut);
	live_close(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_at_once),
		cmocka_unit_test(test_bursts_and_sizes),
	};
	return cmocka_run_group_tests(tests, enter, NULL);
}

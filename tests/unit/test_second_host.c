/* SPDX-License-Identifier: MIT */
#include "capture/second_host.h"

#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "capture/puppet.h"
#include "capture/sandbox.h"

enum { PATIENCE_MS = 10000 };

static int enter(void **state)
{
	char why[WHY_TEXT];
	(void)state;
	if (sandbox_enter(why, sizeof why))
		return 0;
	print_error("%s\n", why);
	return 1;
}

static void await(struct puppet p, short events)
{
	struct pollfd f = {.fd = p.fd, .events = events};
	assert_int_equal(poll(&f, 1, PATIENCE_MS), 1);
}

static void it_echoes_until_it_is_closed(void **state)
{
	const struct endpoint near = {second_host_near, 0},
			      far = {second_host_far, SECOND_HOST_PORT};
	struct second_host h;
	struct puppet p;
	char why[WHY_TEXT], room[8] = "";
	(void)state;
	if (!second_host_open(&h, why))
		fail_msg("%s", why);
	assert_int_equal(puppet_open(&p, &near, false), 0);
	puppet_connect(p, &far);
	await(p, POLLOUT);
	assert_int_equal(puppet_say(p, (struct bytes){(const uint8_t *)"hi", 2}), 2);
	await(p, POLLIN);
	assert_int_equal(puppet_hear(p, room, sizeof room), 2);
	assert_string_equal(room, "hi");
	puppet_close(&p);
	pid_t pid = h.pid;
	second_host_close(&h);
	assert_int_equal(kill(pid, 0), -1);
}

/* The process that has the second host; it says who that is. In a namespace of its own: the cable
 * of an earlier one is taken away some time after its process. */
static void hold(int line)
{
	char why[WHY_TEXT];
	struct second_host h;
	if (sandbox_enter(why, sizeof why) && second_host_open(&h, why) &&
	    write(line, &h.pid, sizeof h.pid) > 0)
		pause();
	_exit(1);
}

/* We adopt it, and may wait for it. */
static void it_dies_with_its_owner(void **state)
{
	int line[2];
	pid_t child, host;
	(void)state;
	assert_int_equal(pipe(line), 0);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	child = fork();
	if (child == 0)
		hold(line[1]);
	assert_int_equal(read(line[0], &host, sizeof host), sizeof host);
	assert_int_equal(kill(host, 0), 0);
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_int_equal(waitpid(host, NULL, 0), host); /* else the test takes too long */
	close(line[0]);
	close(line[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_echoes_until_it_is_closed),
		cmocka_unit_test(it_dies_with_its_owner),
	};
	return cmocka_run_group_tests(tests, enter, NULL);
}

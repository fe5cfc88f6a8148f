/* SPDX-License-Identifier: MIT */
#include "capture/actors_step.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>

static const char *state_name(int state)
{
	static const char *const names[] = {
		[TCP_ESTABLISHED] = "ESTABLISHED",
		[TCP_SYN_SENT] = "SYN-SENT",
		[TCP_SYN_RECV] = "SYN-RECEIVED",
		[TCP_FIN_WAIT1] = "FIN-WAIT-1",
		[TCP_FIN_WAIT2] = "FIN-WAIT-2",
		[TCP_TIME_WAIT] = "TIME-WAIT",
		[TCP_CLOSE] = "CLOSED",
		[TCP_CLOSE_WAIT] = "CLOSE-WAIT",
		[TCP_LAST_ACK] = "LAST-ACK",
		[TCP_LISTEN] = "LISTEN",
		[TCP_CLOSING] = "CLOSING",
	};
	size_t i = (size_t)state;

	return i < sizeof names / sizeof *names && names[i] ? names[i] : "an unknown state";
}

/* TCP_INFO has no event to poll for: look every millisecond. */
static bool await(int fd, bool (*holds)(const struct tcp_told *, uint32_t), uint32_t than,
		  struct tcp_told *told)
{
	for (int ms = 0; ms < PATIENCE_MS; ms++) {
		if (!tcp_ask(fd, told))
			return false;
		if (holds(told, than))
			return true;
		poll(NULL, 0, 1);
	}
	errno = ETIMEDOUT;
	return false;
}

static bool in_state(const struct tcp_told *told, uint32_t state)
{
	return told->state == (int)state;
}

static bool all_acked(const struct tcp_told *told, uint32_t unused)
{
	(void)unused;
	return told->unacked == 0;
}

static bool heard(const struct tcp_told *told, uint32_t least)
{
	return told->segs_in >= least;
}

bool step_state(struct stage *st, int fd, int state)
{
	struct tcp_told told = {0};

	if (await(fd, in_state, (uint32_t)state, &told))
		return true;
	return stage_fail(st, "a socket did not reach %s but %s: %s", state_name(state),
			  state_name(told.state), strerror(errno));
}

bool step_acked(struct stage *st, int fd)
{
	struct tcp_told told = {0};

	if (await(fd, all_acked, 0, &told))
		return true;
	return stage_fail(st, "data was not acknowledged in %s: %s", state_name(told.state),
			  strerror(errno));
}

bool step_segs_in(struct stage *st, int fd, uint32_t least)
{
	struct tcp_told told = {0};

	if (await(fd, heard, least, &told))
		return true;
	return stage_fail(st, "%u segments came instead of %u: %s", told.segs_in, least,
			  strerror(errno));
}

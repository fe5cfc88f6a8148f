/* SPDX-License-Identifier: MIT */
#include "capture/actors_step.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOUTHFUL = 4096 };

bool step_say(struct stage *st, int fd, size_t octets)
{
	char words[MOUTHFUL];

	for (size_t i = 0; i < sizeof words; i++)
		words[i] = "hello"[i % 5];
	if (octets <= sizeof words && send(fd, words, octets, MSG_NOSIGNAL) == (ssize_t)octets)
		return true;
	return stage_fail(st, "cannot send %zu octets: %s", octets, strerror(errno));
}

bool step_hear(struct stage *st, int fd, size_t octets)
{
	char words[MOUTHFUL];
	ssize_t n = 1;

	for (; octets > 0 && n > 0; octets -= (size_t)n) {
		if (!step_ready(st, fd, POLLIN, "came to be read"))
			return false;
		n = recv(fd, words, octets < sizeof words ? octets : sizeof words, 0);
		if (n <= 0)
			return stage_fail(st, "%s instead of data",
					  n == 0 ? "an end" : strerror(errno));
	}
	return true;
}

bool step_tell(struct stage *st, int from, int to, size_t n)
{
	return step_say(st, from, n) && step_hear(st, to, n) && step_acked(st, from);
}

bool pair_greet(struct stage *st, const struct pair *p)
{
	return step_tell(st, p->client, p->server, 5) && step_tell(st, p->server, p->client, 5);
}

bool step_fin(struct stage *st, int fd)
{
	return shutdown(fd, SHUT_WR) == 0 || stage_fail(st, "shutdown: %s", strerror(errno));
}

bool step_hear_fin(struct stage *st, int fd)
{
	char octet;

	if (!step_ready(st, fd, POLLIN | POLLRDHUP, "ended"))
		return false;
	return recv(fd, &octet, 1, 0) == 0 || stage_fail(st, "no end of data was read");
}

/* TCP_QUICKACK sends an ACK that is due, though it does not keep the next from being delayed. A
 * lingering program shows the same segments; but with the delay a busy host may take so long that
 * the FIN is sent again. */
bool step_ack_now(struct stage *st, int fd)
{
	return setsockopt(fd, IPPROTO_TCP, TCP_QUICKACK, &(int){1}, sizeof(int)) == 0 ||
	       stage_fail(st, "TCP_QUICKACK: %s", strerror(errno));
}

bool step_hear_reset(struct stage *st, int fd)
{
	char octet;

	if (!step_ready(st, fd, POLLIN | POLLRDHUP, "was reset"))
		return false;
	return (recv(fd, &octet, 1, 0) < 0 && errno == ECONNRESET) ||
	       stage_fail(st, "no reset was read");
}

bool step_reset(struct stage *st, int *fd)
{
	struct linger none = {.l_onoff = 1, .l_linger = 0};

	if (setsockopt(*fd, SOL_SOCKET, SO_LINGER, &none, sizeof none) != 0)
		return stage_fail(st, "SO_LINGER: %s", strerror(errno));
	close(*fd);
	*fd = -1;
	return true;
}

/* The proof of how many segments a close took: what reached the end that began it. */
static bool came_in(struct stage *st, int fd, uint32_t before, uint32_t expected)
{
	struct tcp_told now = {0};

	if (tcp_ask(fd, &now) && now.segs_in - before == expected)
		return true;
	return stage_fail(st, "the FIN was answered with %u segments, not %u", now.segs_in - before,
			  expected);
}

static bool both_closed(struct stage *st, int first, int second)
{
	return step_hear_fin(st, first) && step_state(st, first, TCP_CLOSE) &&
	       step_state(st, second, TCP_CLOSE);
}

bool close_in_four(struct stage *st, int first, int second)
{
	struct tcp_told before = {0};

	/* FIN-WAIT-2 is the proof that the ACK went alone */
	return tcp_ask(first, &before) && step_fin(st, first) && step_hear_fin(st, second) &&
	       step_ack_now(st, second) && step_state(st, first, TCP_FIN_WAIT2) &&
	       step_fin(st, second) && both_closed(st, first, second) &&
	       came_in(st, first, before.segs_in, 2);
}

bool close_in_three(struct stage *st, int first, int second)
{
	struct tcp_told before = {0};

	/* at once, while the ACK of the FIN is still being delayed */
	return tcp_ask(first, &before) && step_fin(st, first) && step_hear_fin(st, second) &&
	       step_fin(st, second) && both_closed(st, first, second) &&
	       came_in(st, first, before.segs_in, 1);
}

/* SPDX-License-Identifier: MIT */
/* How one end of a crowd's connection plays its part, an act at a time, without blocking. */
#include "capture/actors_crowd.h"
#include "capture/actors_step.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

/* o be connected, s say all, h hear all, f send the FIN, e hear to the end, k acknowledge now. */
static const struct manner manners[] = {
	{"four", "oshfe", "hsekf"},
	{"three", "oshfe", "hsef"},
	{"server-first-four", "oshekf", "hsfe"},
	{"server-first-three", "oshef", "hsfe"},
	{"server-speaks", "ohsfe", "shef"},
	{"half-close", "osfe", "heksf"},
	{"at-once", "osfe", "hsef"},
	{"together", "oshfe", "hsfe"},
};

const struct manner *crowd_manner(size_t i)
{
	return &manners[i % (sizeof manners / sizeof *manners)];
}

enum progress { WAITS, DONE, BROKEN };

static enum progress wait_for(struct person *p, short events)
{
	p->events = events;
	return WAITS;
}

static enum progress failed(struct stage *st, const char *what)
{
	stage_fail(st, "%s: %s", what, strerror(errno));
	return BROKEN;
}

static enum progress be_connected(struct stage *st, struct person *p)
{
	struct pollfd now = {.fd = p->fd, .events = POLLOUT};

	if (poll(&now, 1, 0) == 0)
		return wait_for(p, POLLOUT);
	return step_connected(st, p->fd) ? DONE : BROKEN;
}

static enum progress say(struct stage *st, struct person *p)
{
	static const char words[MOUTHFUL] = "hello";
	int more = p->corked && p->part[1] == 'f' ? MSG_MORE : 0;

	while (p->said < p->says) {
		size_t left = p->says - p->said;
		ssize_t n = send(p->fd, words, left < p->mouthful ? left : p->mouthful,
				 MSG_NOSIGNAL | more);

		if (n < 0)
			return errno == EAGAIN ? wait_for(p, POLLOUT) : failed(st, "send");
		p->said += (size_t)n;
	}
	return DONE;
}

/* Up to the number of octets or to the end; the other of these two is a mistake. */
static enum progress hear_up_to(struct stage *st, struct person *p, bool to_the_end)
{
	char words[MOUTHFUL];

	while (to_the_end || p->heard < p->hears) {
		size_t left = to_the_end ? sizeof words : p->hears - p->heard;
		size_t most = p->slow ? SLOW_GULP : sizeof words;
		ssize_t n = recv(p->fd, words, left < most ? left : most, 0);

		if (n < 0)
			return errno == EAGAIN ? wait_for(p, POLLIN) : failed(st, "recv");
		p->heard += (size_t)n;
		if (n == 0)
			break;
		if (p->slow)
			return wait_for(p, 0);
	}
	if (p->heard == p->hears)
		return DONE;
	stage_fail(st, "%zu octets came instead of %zu", p->heard, p->hears);
	return BROKEN;
}

static enum progress hear(struct stage *st, struct person *p)
{
	return hear_up_to(st, p, false);
}

static enum progress hear_the_end(struct stage *st, struct person *p)
{
	return hear_up_to(st, p, true);
}

static enum progress acknowledge(struct stage *st, struct person *p)
{
	return step_ack_now(st, p->fd) ? DONE : BROKEN;
}

static enum progress finish(struct stage *st, struct person *p)
{
	return step_fin(st, p->fd) ? DONE : BROKEN;
}

static enum progress act(struct stage *st, struct person *p)
{
	static const struct {
		char letter;
		enum progress (*act)(struct stage *, struct person *);
	} acts[] = {
		{'o', be_connected}, {'s', say},         {'h', hear},
		{'e', hear_the_end}, {'k', acknowledge}, {'f', finish},
	};

	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
		if (acts[i].letter == *p->part)
			return acts[i].act(st, p);
	stage_fail(st, "no such act");
	return BROKEN;
}

bool person_act(struct stage *st, struct person *p)
{
	enum progress how = DONE;

	while (*p->part && (how = act(st, p)) == DONE)
		p->part++;
	return how != BROKEN;
}

bool person_peer_port(int fd, uint16_t *port)
{
	struct sockaddr_in6 at = {0}; /* an IPv4 port lies in the same place */
	socklen_t len = sizeof at;

	if (getpeername(fd, (struct sockaddr *)&at, &len) != 0)
		return false;
	*port = ntohs(at.sin6_port);
	return true;
}

/* SPDX-License-Identifier: MIT */
#include "capture/kernel_server.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "capture/clock.h"
#include "capture/puppet.h"

enum {
	MOST_CONNECTIONS = 64,
	ROOM = 16384,  /* octets that a connection may owe */
	BACKLOG = 128, /* of the listener */
	AT_ONCE = 16,  /* events, and clients accepted, in one turn */
	NS_PER_MS = 1000000,
	NS_PER_S = 1000000000,
};

/* What was heard and is to be said: octets `from` until `to`. Only when nothing is left of it is
 * more heard. */
struct connection {
	struct puppet end;
	uint32_t events; /* that epoll waits for */
	bool ended;      /* the client has sent its FIN */
	int64_t due;     /* when to close; 0: not yet known */
	size_t from, to;
	uint8_t room[ROOM];
};

struct kernel_server {
	struct service_wish wish;
	struct puppet listener;
	int epoll, timer;
	unsigned accepted;
	struct connection connection[MOST_CONNECTIONS];
};

const char *const service_names[] = {
	[SERVICE_ECHO] = "echo",
	[SERVICE_SINK] = "sink",
	[SERVICE_CLOSE_NOW] = "close-now",
	[SERVICE_LINGER] = "linger",
	NULL,
};

bool service_find(const char *name, enum service *s)
{
	for (int i = 0; service_names[i]; i++)
		if (strcmp(service_names[i], name) == 0) {
			*s = (enum service)i;
			return true;
		}
	return false;
}

/* An event without a connection only wakes: each turn looks at the listener and the clock. */
static bool watch(int epoll, int fd)
{
	struct epoll_event e = {.events = EPOLLIN};
	return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e) == 0;
}

static bool watch_all(struct kernel_server *s, char why[static WHY_TEXT])
{
	s->epoll = epoll_create1(EPOLL_CLOEXEC);
	s->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	if (s->epoll >= 0 && s->timer >= 0 && watch(s->epoll, s->timer) &&
	    watch(s->epoll, s->listener.fd))
		return true;
	snprintf(why, WHY_TEXT,
		 "the server cannot watch its sockets: %s\nToo much may be open in this process: "
		 "raise the limit, ulimit -n.",
		 strerror(errno));
	return false;
}

static bool listen_at(struct puppet *listener, struct endpoint *at, char why[static WHY_TEXT])
{
	int gave = puppet_open(listener, at, true);
	if (gave == 0)
		gave = puppet_listen(*listener, BACKLOG);
	if (gave == 0)
		gave = puppet_local(*listener, at);
	if (gave < 0)
		puppet_explain(gave, at, why);
	return gave == 0;
}

struct kernel_server *kernel_server_open(struct service_wish w, struct endpoint *at,
					 char why[static WHY_TEXT])
{
	struct kernel_server *s = calloc(1, sizeof *s);
	if (!s) {
		snprintf(why, WHY_TEXT, "no memory for a server\nEnd something else first.");
		return NULL;
	}
	s->wish = w;
	s->listener = NO_PUPPET;
	s->epoll = s->timer = -1;
	for (size_t i = 0; i < MOST_CONNECTIONS; i++)
		s->connection[i].end = NO_PUPPET;
	if (listen_at(&s->listener, at, why) && watch_all(s, why))
		return s;
	kernel_server_close(s);
	return NULL;
}

void kernel_server_close(struct kernel_server *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < MOST_CONNECTIONS; i++)
		if (s->connection[i].end.fd >= 0)
			puppet_close(&s->connection[i].end);
	if (s->listener.fd >= 0)
		puppet_close(&s->listener);
	if (s->timer >= 0)
		close(s->timer);
	if (s->epoll >= 0)
		close(s->epoll);
	free(s);
}

int kernel_server_fd(const struct kernel_server *s)
{
	return s->epoll;
}

unsigned kernel_server_accepted(const struct kernel_server *s)
{
	return s->accepted;
}

/* False when the connection is to be dropped. */
static bool hear(struct connection *c, enum service service)
{
	ssize_t n = puppet_hear(c->end, c->room, sizeof c->room);
	c->ended = n == 0;
	c->from = 0;
	c->to = n > 0 && service != SERVICE_SINK ? (size_t)n : 0;
	return n >= 0 || n == -EAGAIN;
}

static bool say(struct connection *c)
{
	ssize_t n = puppet_say(c->end, (struct bytes){c->room + c->from, c->to - c->from});
	c->from += n > 0 ? (size_t)n : 0;
	return n >= 0 || n == -EAGAIN;
}

/* Wait for what can be done next; for a reset always. */
static bool rearm(const struct kernel_server *s, struct connection *c)
{
	struct epoll_event e = {.data.ptr = c};
	if (c->from < c->to)
		e.events = EPOLLOUT;
	else if (!c->ended)
		e.events = EPOLLIN;
	if (e.events == c->events)
		return true;
	c->events = e.events;
	return epoll_ctl(s->epoll, EPOLL_CTL_MOD, c->end.fd, &e) == 0;
}

/* One step with a connection that is ready: hear once, say once. */
static bool serve(const struct kernel_server *s, struct connection *c, uint32_t events)
{
	if (events & (EPOLLERR | EPOLLHUP))
		return false;
	if (c->from == c->to && !c->ended && !hear(c, s->wish.service))
		return false;
	if (c->from < c->to && !say(c))
		return false;
	if (c->ended && c->from == c->to) {
		if (s->wish.service != SERVICE_LINGER)
			return false;
		c->due = clock_ns(CLOCK_MONOTONIC) + (int64_t)s->wish.linger_ms * NS_PER_MS;
	}
	return rearm(s, c);
}

static bool admit(const struct kernel_server *s, struct connection *c, struct puppet end)
{
	struct epoll_event e = {.events = EPOLLIN, .data.ptr = c};
	if (epoll_ctl(s->epoll, EPOLL_CTL_ADD, end.fd, &e) != 0)
		return false;
	c->end = end;
	c->events = e.events;
	c->ended = false;
	c->due = 0;
	c->from = c->to = 0;
	return true;
}

static struct connection *free_place(struct kernel_server *s)
{
	for (size_t i = 0; i < MOST_CONNECTIONS; i++)
		if (s->connection[i].end.fd < 0)
			return &s->connection[i];
	return NULL;
}

static bool accept_one(struct kernel_server *s)
{
	struct puppet end;
	if (puppet_accept(s->listener, &end) < 0)
		return false;
	s->accepted++;
	struct connection *c = s->wish.service == SERVICE_CLOSE_NOW ? NULL : free_place(s);
	if (!c || !admit(s, c, end))
		puppet_close(&end);
	return true;
}

/* Close what is due, and have the timer go off for the next; setting it makes it unready, too. */
static void keep_time(struct kernel_server *s)
{
	int64_t now = clock_ns(CLOCK_MONOTONIC), next = INT64_MAX;
	for (struct connection *c = s->connection; c < s->connection + MOST_CONNECTIONS; c++) {
		if (c->end.fd < 0 || !c->due)
			continue;
		if (c->due <= now)
			puppet_close(&c->end);
		else if (c->due < next)
			next = c->due;
	}
	struct itimerspec t = {0};
	if (next < INT64_MAX) {
		t.it_value.tv_sec = next / NS_PER_S;
		t.it_value.tv_nsec = next % NS_PER_S;
	}
	timerfd_settime(s->timer, TFD_TIMER_ABSTIME, &t, NULL);
}

/* Clients come last: an event is of who had the place when it was reported. */
void kernel_server_turn(struct kernel_server *s)
{
	struct epoll_event ready[AT_ONCE];
	int n = epoll_wait(s->epoll, ready, AT_ONCE, 0);
	for (int i = 0; i < n; i++) {
		struct connection *c = ready[i].data.ptr;
		if (c && !serve(s, c, ready[i].events))
			puppet_close(&c->end);
	}
	keep_time(s);
	for (int i = 0; i < AT_ONCE && accept_one(s); i++)
		;
}

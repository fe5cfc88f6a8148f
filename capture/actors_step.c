/* SPDX-License-Identifier: MIT */
#include "capture/actors_step.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 512 };

bool stage_fail(struct stage *st, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(st->why, sizeof st->why, format, ap);
	va_end(ap);
	return false;
}

static socklen_t loopback(const struct stage *st, uint16_t port, struct sockaddr_storage *out)
{
	struct sockaddr_in four = {
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	struct sockaddr_in6 six = {
		.sin6_family = AF_INET6,
		.sin6_port = htons(port),
		.sin6_addr = IN6ADDR_LOOPBACK_INIT,
	};

	memset(out, 0, sizeof *out);
	if (!st->six) {
		memcpy(out, &four, sizeof four);
		return sizeof four;
	}
	memcpy(out, &six, sizeof six);
	return sizeof six;
}

bool step_bound(struct stage *st, uint16_t port, int *fd)
{
	struct sockaddr_storage at;
	socklen_t len = loopback(st, port, &at);

	/* A chosen port may still be in TIME-WAIT; a port of the kernel's choice is not to be
	 * shared. */
	int reuse = port != 0;

	*fd = socket(at.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (*fd >= 0 && setsockopt(*fd, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse) == 0 &&
	    bind(*fd, (struct sockaddr *)&at, len) == 0)
		return true;
	return stage_fail(st, "cannot bind to port %u: %s", port, strerror(errno));
}

bool step_call(struct stage *st, int fd, int to)
{
	struct sockaddr_storage at;
	socklen_t len = sizeof at;

	if (getsockname(to, (struct sockaddr *)&at, &len) == 0 &&
	    (connect(fd, (struct sockaddr *)&at, len) == 0 || errno == EINPROGRESS))
		return true;
	return stage_fail(st, "connect: %s", strerror(errno));
}

bool step_ready(struct stage *st, int fd, short events, const char *what)
{
	struct pollfd p = {.fd = fd, .events = events};

	if (poll(&p, 1, PATIENCE_MS) == 1)
		return true;
	return stage_fail(st, "nothing %s within %d s", what, PATIENCE_MS / 1000);
}

bool step_connected(struct stage *st, int fd)
{
	int error = 0;
	socklen_t len = sizeof error;

	if (!step_ready(st, fd, POLLOUT, "answered the SYN"))
		return false;
	if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len) == 0 && error == 0)
		return true;
	errno = error;
	return stage_fail(st, "connect: %s", strerror(error));
}

bool pair_listen(struct stage *st, struct pair *p)
{
	if (!step_bound(st, st->server_port, &p->listener))
		return false;
	return listen(p->listener, BACKLOG) == 0 || stage_fail(st, "listen: %s", strerror(errno));
}

bool pair_call(struct stage *st, struct pair *p)
{
	return step_bound(st, st->client_port, &p->client) && step_call(st, p->client, p->listener);
}

bool pair_accept(struct stage *st, struct pair *p)
{
	if (!step_ready(st, p->listener, POLLIN, "came to be accepted"))
		return false;
	p->server = accept4(p->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	return p->server >= 0 || stage_fail(st, "accept: %s", strerror(errno));
}

bool pair_open(struct stage *st, struct pair *p)
{
	return pair_listen(st, p) && pair_call(st, p) && step_connected(st, p->client) &&
	       pair_accept(st, p);
}

static void drop(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void pair_drop(struct pair *p)
{
	drop(&p->client);
	drop(&p->server);
	drop(&p->listener);
}

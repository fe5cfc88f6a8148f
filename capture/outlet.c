/* SPDX-License-Identifier: MIT */
#include "capture/outlet.h"

#include <errno.h>
#include <poll.h>
#include <sys/types.h>
#include <unistd.h>

/* A pipe that is ready takes PIPE_BUF octets without blocking. */
enum { CHUNK = 4096, GRACE_MS = 1000 };

static bool await_reader(struct outlet *o)
{
	struct pollfd fds[] = {{.fd = o->fd, .events = POLLOUT},
			       {.fd = o->signals, .events = POLLIN}};
	if (o->stuck)
		return false;
	while (!o->hurry && (poll(fds, 2, -1) < 0 || !(fds[0].revents | fds[1].revents)))
		;
	if (!fds[0].revents)
		o->stuck = poll(fds, 1, GRACE_MS) <= 0;
	return !o->stuck;
}

static ssize_t outlet_write(void *cookie, const char *text, size_t size)
{
	struct outlet *o = cookie;
	size_t done = 0;
	while (done < size) {
		if (!await_reader(o)) {
			errno = EINTR;
			return 0;
		}
		ssize_t n = write(o->fd, text + done, size - done < CHUNK ? size - done : CHUNK);
		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return 0;
		done += n > 0 ? (size_t)n : 0;
	}
	return (ssize_t)done;
}

FILE *outlet_open(struct outlet *o)
{
	return fopencookie(o, "w", (cookie_io_functions_t){.write = outlet_write});
}

/* SPDX-License-Identifier: MIT */
#include "capture/puppet_datagram.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capture/socket_name.h"

/* To be called before anything else can set errno. */
static int given(ssize_t result)
{
	return result < 0 ? -errno : (int)result;
}

int puppet_open_udp(struct puppet *p, const struct endpoint *at)
{
	union socket_name n;
	socklen_t len = socket_name_of(at, &n);
	int fd = socket(n.any.sa_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int gave = fd < 0 ? -errno : given(bind(fd, &n.any, len));
	if (fd >= 0 && gave < 0)
		close(fd);
	p->fd = gave < 0 ? -1 : fd;
	return gave;
}

int puppet_open_pair(struct puppet pair[static 2], bool stream)
{
	int fd[2] = {-1, -1};
	int type = stream ? SOCK_STREAM : SOCK_DGRAM;
	int gave = given(socketpair(AF_UNIX, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fd));
	for (int i = 0; i < 2; i++)
		pair[i].fd = fd[i];
	return gave;
}

ssize_t puppet_say_more(struct puppet p, struct bytes octets)
{
	return given(send(p.fd, octets.at, octets.len, MSG_MORE | MSG_NOSIGNAL));
}

ssize_t puppet_send_to(struct puppet p, const struct endpoint *to, struct bytes octets)
{
	union socket_name n;
	socklen_t len = socket_name_of(to, &n);
	return given(sendto(p.fd, octets.at, octets.len, MSG_NOSIGNAL, &n.any, len));
}

ssize_t puppet_hear_from(struct puppet p, void *room, size_t size, struct endpoint *from)
{
	union socket_name n = {0};
	socklen_t len = sizeof n;
	ssize_t gave = given(recvfrom(p.fd, room, size, 0, &n.any, &len));
	*from = (struct endpoint){.port = 0};
	if (gave >= 0 && len)
		socket_name_read(&n, from);
	return gave;
}

/* SPDX-License-Identifier: MIT */
#include "inject/shield.h"

#include <errno.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capture/socket_name.h"

enum { HIGHEST_TTL = 255 };

static const struct {
	int error;
	const char *what, *cure;
} reasons[] = {
	{EADDRINUSE, "is in use by another program",
	 "Choose another port, or see whose it is: ss -tanp"},
	{EADDRNOTAVAIL, "is no address of this host",
	 "Use 127.0.0.1, ::1 or another address that this shows: ip address"},
	{EACCES, "needs rights (root, or CAP_NET_BIND_SERVICE)", "Choose a port from 1024 on."},
	{EINVAL, "cannot be used: an address of one link needs an interface's name",
	 "Use ::1, or an address that is good everywhere: ip address"},
	{EAFNOSUPPORT, "needs IPv6, which this host does not have", "Use IPv4."},
};

static bool refuse(const struct endpoint *at, int error, char why[static WHY_TEXT])
{
	char text[ENDPOINT_TEXT];
	endpoint_print(at, text);
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (reasons[i].error == error) {
			snprintf(why, WHY_TEXT, "%s %s\n%s", text, reasons[i].what,
				 reasons[i].cure);
			return false;
		}
	snprintf(why, WHY_TEXT, "%s cannot be kept from the kernel: %s\n%s", text, strerror(error),
		 "Choose another address or port.");
	return false;
}

static bool take(int fd, struct endpoint *at)
{
	union socket_name n;
	int yes = 1;
	socklen_t len = socket_name_of(at, &n);
	if (at->address.family == 6 &&
	    setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes) != 0)
		return false;
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
	    bind(fd, &n.any, len) != 0 || getsockname(fd, &n.any, &len) != 0)
		return false;
	at->port = socket_name_port(&n);
	return true;
}

/* Two layers: the second also stops a peer that sends with the highest TTL, but some kernels ask
 * for CAP_NET_ADMIN. */
static bool harden(int fd, int family)
{
	struct sock_filter nothing = {.code = BPF_RET | BPF_K, .k = 0};
	const struct sock_fprog program = {1, &nothing};
	const int highest = HIGHEST_TTL;
	int level = family == 4 ? IPPROTO_IP : IPPROTO_IPV6;
	int name = family == 4 ? IP_MINTTL : IPV6_MINHOPCOUNT;
	if (setsockopt(fd, level, name, &highest, sizeof highest) != 0)
		return false;
	setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
	return true;
}

static bool give_up(struct shield *s, const struct endpoint *at, char why[static WHY_TEXT])
{
	int error = errno;
	shield_lower(s);
	return refuse(at, error, why);
}

bool shield_pretend(struct shield *s, struct endpoint *at, char why[static WHY_TEXT])
{
	int family = at->address.family == 4 ? AF_INET : AF_INET6;
	s->fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	return (s->fd >= 0 && take(s->fd, at)) || give_up(s, at, why);
}

bool shield_raise(struct shield *s, struct endpoint *at, char why[static WHY_TEXT])
{
	if (!shield_pretend(s, at, why))
		return false;
	return (harden(s->fd, at->address.family) && listen(s->fd, 1) == 0) || give_up(s, at, why);
}

void shield_lower(struct shield *s)
{
	if (s->fd >= 0)
		close(s->fd);
	s->fd = -1;
}

/* SPDX-License-Identifier: MIT */
#include "capture/puppet.h"

#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capture/actors_step.h"
#include "capture/socket_name.h"
#include "capture/witness_kernel.h"

/* To be called before anything else can set errno. */
static int given(ssize_t result)
{
	return result < 0 ? -errno : (int)result;
}

static int reuse_port(int fd)
{
	int on = 1;
	return setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
}

/* A port of the kernel's choice is not to be shared: there, the option comes after the choice. */
static int bind_to(int fd, const struct endpoint *at, bool reuse)
{
	union socket_name n;
	socklen_t len = socket_name_of(at, &n);
	int on = 1;
	if (n.any.sa_family == AF_INET6 &&
	    setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) != 0)
		return -1;
	if (reuse && at->port && reuse_port(fd) != 0)
		return -1;
	if (bind(fd, &n.any, len) != 0)
		return -1;
	return reuse && !at->port ? reuse_port(fd) : 0;
}

int puppet_open(struct puppet *p, const struct endpoint *at, bool reuse)
{
	int family = at->address.family == 4 ? AF_INET : AF_INET6;
	int fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int gave = fd < 0 ? -errno : given(bind_to(fd, at, reuse));
	if (fd >= 0 && gave < 0)
		close(fd);
	p->fd = gave < 0 ? -1 : fd;
	return gave;
}

int puppet_listen(struct puppet p, int backlog)
{
	return given(listen(p.fd, backlog));
}

int puppet_accept(struct puppet listener, struct puppet *p)
{
	p->fd = accept4(listener.fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	return p->fd < 0 ? -errno : 0;
}

int puppet_connect(struct puppet p, const struct endpoint *to)
{
	union socket_name n;
	socklen_t len = socket_name_of(to, &n);
	return given(connect(p.fd, &n.any, len));
}

static const struct {
	int error;
	const char *cure;
} cures[] = {
	{EADDRINUSE, "Choose another port, or 0 for a free one; ss -tanp shows who has it."},
	{EADDRNOTAVAIL, "Choose an address of this host: ip address shows them."},
	{EACCES, "Ports below 1024 need rights: choose a higher one, or 0 for a free one."},
	{EAFNOSUPPORT, "This host does without that version of IP: choose the other."},
	{EMFILE, "Too much is open in this process: raise the limit, ulimit -n."},
	{0, "Choose another address and port."},
};

void puppet_explain(int gave, const struct endpoint *at, char why[static WHY_TEXT])
{
	char text[ENDPOINT_TEXT];
	size_t i = 0;
	while (cures[i].error && cures[i].error != -gave)
		i++;
	snprintf(why, WHY_TEXT, "cannot have %s: %s\n%s", endpoint_print(at, text), strerror(-gave),
		 cures[i].cure);
}

ssize_t puppet_say(struct puppet p, struct bytes octets)
{
	return given(send(p.fd, octets.at, octets.len, MSG_NOSIGNAL));
}

ssize_t puppet_hear(struct puppet p, void *room, size_t size)
{
	return given(recv(p.fd, room, size, 0));
}

ssize_t puppet_fast_open_say(struct puppet p, const struct endpoint *to, struct bytes octets)
{
	union socket_name n;
	socklen_t len = socket_name_of(to, &n);
	return given(sendto(p.fd, octets.at, octets.len, MSG_FASTOPEN | MSG_NOSIGNAL, &n.any, len));
}

int puppet_shutdown(struct puppet p)
{
	return given(shutdown(p.fd, SHUT_WR));
}

int puppet_close(struct puppet *p)
{
	int gave = given(close(p->fd));
	*p = NO_PUPPET;
	return gave;
}

int puppet_abort(struct puppet *p)
{
	int gave = puppet_option(*p, "linger", 0);
	return gave < 0 ? gave : puppet_close(p);
}

static const struct {
	const char *name;
	int level, number;
} options[] = {
	{"cork", IPPROTO_TCP, TCP_CORK},
	{"defer-accept", IPPROTO_TCP, TCP_DEFER_ACCEPT},
	{"fastopen", IPPROTO_TCP, TCP_FASTOPEN},
	{"fastopen-connect", IPPROTO_TCP, TCP_FASTOPEN_CONNECT},
	{"keepalive", SOL_SOCKET, SO_KEEPALIVE},
	{"keepcnt", IPPROTO_TCP, TCP_KEEPCNT},
	{"keepidle", IPPROTO_TCP, TCP_KEEPIDLE},
	{"keepintvl", IPPROTO_TCP, TCP_KEEPINTVL},
	{"linger", SOL_SOCKET, SO_LINGER},
	{"mss", IPPROTO_TCP, TCP_MAXSEG},
	{"nodelay", IPPROTO_TCP, TCP_NODELAY},
	{"quickack", IPPROTO_TCP, TCP_QUICKACK},
	{"rcvbuf", SOL_SOCKET, SO_RCVBUF},
	{"reuseaddr", SOL_SOCKET, SO_REUSEADDR},
	{"sndbuf", SOL_SOCKET, SO_SNDBUF},
	{"udp-cork", IPPROTO_UDP, UDP_CORK},
	{"user-timeout", IPPROTO_TCP, TCP_USER_TIMEOUT},
};
enum { OPTIONS = sizeof options / sizeof *options };

const char *puppet_option_name(size_t index)
{
	return index < OPTIONS ? options[index].name : NULL;
}

/* SO_LINGER is the one option that is not an int. */
int puppet_option(struct puppet p, const char *name, int value)
{
	struct linger l = {.l_onoff = value == 0};
	size_t i = 0;
	while (i < OPTIONS && strcmp(options[i].name, name) != 0)
		i++;
	if (i == OPTIONS)
		return -ENOENT;
	if (options[i].level == SOL_SOCKET && options[i].number == SO_LINGER)
		return value > 0 ? -EINVAL
				 : given(setsockopt(p.fd, SOL_SOCKET, SO_LINGER, &l, sizeof l));
	return given(setsockopt(p.fd, options[i].level, options[i].number, &value, sizeof value));
}

int puppet_error(struct puppet p)
{
	int error = 0;
	socklen_t len = sizeof error;
	int gave = given(getsockopt(p.fd, SOL_SOCKET, SO_ERROR, &error, &len));
	return gave < 0 ? gave : -error;
}

int puppet_local(struct puppet p, struct endpoint *e)
{
	union socket_name n = {0};
	socklen_t len = sizeof n;
	int gave = given(getsockname(p.fd, &n.any, &len));
	if (gave < 0)
		return gave;
	socket_name_read(&n, e);
	return e->address.family ? 0 : -EAFNOSUPPORT;
}

enum tcp_state puppet_state(struct puppet p)
{
	struct tcp_told told;
	return tcp_ask(p.fd, &told) ? kernel_state((unsigned)told.state) : UNKNOWN;
}

/* sock_diag(7). */
struct question {
	struct nlmsghdr head;
	struct inet_diag_req_v2 ask;
};

struct answer {
	struct nlmsghdr head;
	union {
		struct inet_diag_msg end;
		struct nlmsgerr error;
	} u;
};

/* A netlink request is worked off within send(): its answer is there at once. */
static bool ask_kernel(const struct question *q, struct answer *a)
{
	int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
	bool done = fd >= 0 && send(fd, q, sizeof *q, 0) == sizeof *q &&
		    recv(fd, a, sizeof *a, MSG_DONTWAIT) >= (ssize_t)NLMSG_LENGTH(sizeof(int));
	if (fd >= 0)
		close(fd);
	return done;
}

static bool ask_of(const struct endpoint *local, const struct endpoint *remote, struct answer *a)
{
	struct question q = {
		.head = {.nlmsg_len = sizeof q,
			 .nlmsg_type = SOCK_DIAG_BY_FAMILY,
			 .nlmsg_flags = NLM_F_REQUEST},
		.ask = {.sdiag_family = local->address.family == 4 ? AF_INET : AF_INET6,
			.sdiag_protocol = IPPROTO_TCP,
			.idiag_states = UINT32_MAX,
			.id = {.idiag_sport = htons(local->port),
			       .idiag_dport = htons(remote ? remote->port : 0),
			       .idiag_cookie = {INET_DIAG_NOCOOKIE, INET_DIAG_NOCOOKIE}}}};
	memcpy(q.ask.id.idiag_src, local->address.octet, sizeof q.ask.id.idiag_src);
	if (remote)
		memcpy(q.ask.id.idiag_dst, remote->address.octet, sizeof q.ask.id.idiag_dst);
	return ask_kernel(&q, a);
}

/* Without such a connection the kernel falls back on a listener, whose remote port is 0. */
static bool is_about(const struct answer *a, const struct endpoint *remote)
{
	return a->head.nlmsg_type != NLMSG_ERROR &&
	       a->u.end.id.idiag_dport == htons(remote ? remote->port : 0);
}

enum tcp_state puppet_state_of(const struct endpoint *local, const struct endpoint *remote)
{
	struct answer a = {0};
	if (!ask_of(local, remote, &a))
		return UNKNOWN;
	if (a.head.nlmsg_type == NLMSG_ERROR)
		return a.u.error.error == -ENOENT ? CLOSED : UNKNOWN;
	return is_about(&a, remote) ? kernel_state(a.u.end.idiag_state) : CLOSED;
}

long puppet_timer_of(const struct endpoint *local, const struct endpoint *remote)
{
	struct answer a = {0};
	bool told = ask_of(local, remote, &a) && is_about(&a, remote);
	return told && a.u.end.idiag_timer ? (long)a.u.end.idiag_expires : -1;
}

const char *puppet_print(ssize_t gave, char text[static PUPPET_TEXT])
{
	const char *name = gave < 0 ? strerrorname_np((int)-gave) : NULL;
	if (gave < 0)
		snprintf(text, PUPPET_TEXT, "-1 %s (%s)", name ? name : "E?", strerror((int)-gave));
	else
		snprintf(text, PUPPET_TEXT, "%zd", gave);
	return text;
}

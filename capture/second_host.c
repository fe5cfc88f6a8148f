/* SPDX-License-Identifier: MIT */
#include "capture/second_host.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/kernel_server.h"
#include "capture/rights.h"
#include "capture/sandbox.h"
#include "capture/socket_name.h"

const char second_host_interface[] = "eth0";
const struct address second_host_near = {.octet = {192, 0, 2, 1}, .family = 4};
const struct address second_host_far = {.octet = {192, 0, 2, 2}, .family = 4};
static const struct address netmask = {.octet = {255, 255, 255, 0}, .family = 4};

static bool refuse(char why[static WHY_TEXT], const char *what)
{
	snprintf(why, WHY_TEXT,
		 "no second host: %s: %s\nIts cable is a pair of veth: modprobe veth, as root.",
		 what, strerror(errno));
	return false;
}

/* ---- the cable: rtnetlink(7) */

struct request {
	struct nlmsghdr head;
	struct ifinfomsg link;
	char attributes[192];
};

/* An attribute at the end of the request; what is put behind it can be made part of it. */
static struct rtattr *put(struct request *r, unsigned short type, const void *value, size_t len)
{
	struct rtattr *a = (struct rtattr *)((char *)r + NLMSG_ALIGN(r->head.nlmsg_len));
	a->rta_type = type;
	a->rta_len = (unsigned short)RTA_LENGTH(len);
	if (len)
		memcpy(RTA_DATA(a), value, len);
	r->head.nlmsg_len = NLMSG_ALIGN(r->head.nlmsg_len) + (unsigned)RTA_SPACE(len);
	return a;
}

static void close_part(const struct request *r, struct rtattr *a)
{
	a->rta_len = (unsigned short)((const char *)r + r->head.nlmsg_len - (char *)a);
}

/* A netlink request is worked off within send(). */
static bool ask_kernel(const struct request *r)
{
	struct {
		struct nlmsghdr head;
		struct nlmsgerr error;
		char quoted[sizeof *r];
	} answer = {.error.error = -EIO};
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	bool heard = fd >= 0 && send(fd, r, r->head.nlmsg_len, 0) >= 0 &&
		     recv(fd, &answer, sizeof answer, MSG_DONTWAIT) >= 0;
	int error = heard ? -answer.error.error : errno;
	if (fd >= 0)
		close(fd);
	errno = error;
	return heard && !error;
}

/* Both ends have the same name, each in its namespace. */
static bool plug_in(uint32_t pid)
{
	struct request r = {
		.head = {.nlmsg_len = NLMSG_LENGTH(sizeof r.link),
			 .nlmsg_type = RTM_NEWLINK,
			 .nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK}};
	const struct ifinfomsg peer = {.ifi_family = AF_UNSPEC};
	put(&r, IFLA_IFNAME, second_host_interface, strlen(second_host_interface) + 1);
	struct rtattr *info = put(&r, IFLA_LINKINFO, NULL, 0);
	put(&r, IFLA_INFO_KIND, "veth", strlen("veth"));
	struct rtattr *data = put(&r, IFLA_INFO_DATA, NULL, 0);
	struct rtattr *end = put(&r, VETH_INFO_PEER, &peer, sizeof peer);
	put(&r, IFLA_IFNAME, second_host_interface, strlen(second_host_interface) + 1);
	put(&r, IFLA_NET_NS_PID, &pid, sizeof pid);
	close_part(&r, end);
	close_part(&r, data);
	close_part(&r, info);
	return ask_kernel(&r);
}

/* ---- an interface: netdevice(7) */

static bool set_address(int fd, unsigned long request, const struct address *a)
{
	struct ifreq ifr = {.ifr_flags = 0};
	union socket_name n;
	socket_name_of(&(struct endpoint){*a, 0}, &n);
	snprintf(ifr.ifr_name, sizeof ifr.ifr_name, "%s", second_host_interface);
	ifr.ifr_addr = n.any;
	return ioctl(fd, request, &ifr) == 0;
}

static bool raise_interface(const struct address *a)
{
	struct ifreq ifr = {.ifr_flags = IFF_UP | IFF_RUNNING};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	snprintf(ifr.ifr_name, sizeof ifr.ifr_name, "%s", second_host_interface);
	bool good = fd >= 0 && set_address(fd, SIOCSIFADDR, a) &&
		    set_address(fd, SIOCSIFNETMASK, &netmask) && ioctl(fd, SIOCSIFFLAGS, &ifr) == 0;
	int error = errno;
	if (fd >= 0)
		close(fd);
	errno = error;
	return good;
}

/* Interfaces that are made from now on say nothing of IPv6 by themselves. */
static void be_quiet(void)
{
	char why[WHY_TEXT];
	sandbox_sysctl("net/ipv6/conf/default/disable_ipv6", "1", why, sizeof why);
}

/* ---- the other process; both say when they have got somewhere, by a NUL */

static bool tell(int line)
{
	return send(line, "", 1, MSG_NOSIGNAL) == 1;
}

static bool wait_for(int line)
{
	char c;
	return read(line, &c, 1) == 1;
}

static void serve(struct kernel_server *server, int line)
{
	struct pollfd fds[] = {{.fd = line, .events = POLLIN},
			       {.fd = kernel_server_fd(server), .events = POLLIN}};
	while (poll(fds, 2, -1) >= 0 && !fds[0].revents)
		kernel_server_turn(server);
}

static void be_second_host(int line)
{
	char why[WHY_TEXT];
	struct endpoint at = {second_host_far, SECOND_HOST_PORT};
	if (unshare(CLONE_NEWNET) != 0)
		return;
	be_quiet();
	if (!tell(line) || !wait_for(line) || !raise_interface(&second_host_far))
		return;
	struct kernel_server *server =
		kernel_server_open((struct service_wish){.service = SERVICE_ECHO}, &at, why);
	if (server && rights_drop(why) && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && tell(line))
		serve(server, line);
}

static bool come_together(const struct second_host *h, char why[static WHY_TEXT])
{
	if (!wait_for(h->line))
		return refuse(why, "it did not get a network namespace");
	be_quiet();
	if (!plug_in((uint32_t)h->pid))
		return refuse(why, "the cable");
	if (!raise_interface(&second_host_near))
		return refuse(why, "our end of the cable");
	return (tell(h->line) && wait_for(h->line)) || refuse(why, "its end of the cable");
}

bool second_host_open(struct second_host *h, char why[static WHY_TEXT])
{
	int line[2];
	*h = (struct second_host){.line = -1};
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, line) != 0)
		return refuse(why, "socketpair");
	fflush(NULL);
	*h = (struct second_host){.pid = fork(), .line = line[0]};
	if (h->pid == 0) {
		close(line[0]);
		be_second_host(line[1]);
		_exit(0);
	}
	close(line[1]);
	if (h->pid > 0 ? come_together(h, why) : refuse(why, "its process"))
		return true;
	second_host_close(h);
	return false;
}

void second_host_close(struct second_host *h)
{
	close(h->line);
	while (h->pid > 0 && waitpid(h->pid, NULL, 0) < 0 && errno == EINTR)
		;
	*h = (struct second_host){.pid = 0, .line = -1};
}

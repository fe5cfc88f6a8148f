/* SPDX-License-Identifier: MIT */
#include "capture/actors_step.h"

#include <errno.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* A token bucket that holds one segment and takes minutes to fill again, and one that is never
 * empty. */
enum { TRICKLE = 1, FLOOD = 1000000000, SMALL_BUCKET = 128, LARGE_BUCKET = 1000000 };
enum { QUEUE = 65536, ETHERNET_IP_UDP = 14 + 20 + 8 };

struct request {
	struct nlmsghdr h;
	struct tcmsg t;
	char attributes[256];
};

struct reply {
	struct nlmsghdr h;
	struct nlmsgerr e;
	char rest[512];
};

static struct rtattr *put(struct request *r, unsigned short type, const void *value, size_t len)
{
	struct rtattr *a = (struct rtattr *)(void *)((char *)r + NLMSG_ALIGN(r->h.nlmsg_len));

	a->rta_type = type;
	a->rta_len = (unsigned short)RTA_LENGTH(len);
	if (len > 0)
		memcpy(RTA_DATA(a), value, len);
	r->h.nlmsg_len = (uint32_t)(NLMSG_ALIGN(r->h.nlmsg_len) + RTA_ALIGN(a->rta_len));
	return a;
}

static struct request root_of_lo(unsigned short type, unsigned short flags)
{
	return (struct request){
		.h = {.nlmsg_len = NLMSG_LENGTH(sizeof(struct tcmsg)),
		      .nlmsg_type = type,
		      .nlmsg_flags = (unsigned short)(NLM_F_REQUEST | NLM_F_ACK | flags)},
		.t = {.tcm_family = AF_UNSPEC,
		      .tcm_ifindex = (int)if_nametoindex("lo"),
		      .tcm_parent = TC_H_ROOT},
	};
}

static bool ask_kernel(struct stage *st, struct request *r, const char *what)
{
	struct reply answer = {0};
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	bool told = fd >= 0 && send(fd, r, r->h.nlmsg_len, 0) == (ssize_t)r->h.nlmsg_len &&
		    recv(fd, &answer, sizeof answer, 0) >= (ssize_t)NLMSG_LENGTH(sizeof answer.e);

	if (told)
		errno = -answer.e.error;
	if (fd >= 0)
		close(fd);
	return (told && answer.e.error == 0) || stage_fail(st, "%s: %s", what, strerror(errno));
}

static bool set_link(struct stage *st, uint32_t rate, uint32_t bucket)
{
	struct tc_tbf_qopt options = {
		.rate = {.linklayer = TC_LINKLAYER_ETHERNET, .rate = rate},
		.limit = QUEUE,
	};
	struct request r = root_of_lo(RTM_NEWQDISC, NLM_F_CREATE | NLM_F_REPLACE);

	put(&r, TCA_KIND, "tbf", sizeof "tbf");
	struct rtattr *nest = put(&r, TCA_OPTIONS, NULL, 0);
	put(&r, TCA_TBF_PARMS, &options, sizeof options);
	put(&r, TCA_TBF_BURST, &bucket, sizeof bucket);
	nest->rta_len = (unsigned short)((char *)&r + r.h.nlmsg_len - (char *)nest);
	return ask_kernel(st, &r, "cannot hold what is sent on lo (queueing discipline tbf)");
}

/* A datagram to ourselves, as long as the small bucket; no filter for TCP shows it. */
static bool send_datagram(struct stage *st, int fd)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	char octets[SMALL_BUCKET - ETHERNET_IP_UDP] = {0};
	socklen_t len = sizeof to;

	if (bind(fd, (struct sockaddr *)&to, len) != 0 ||
	    getsockname(fd, (struct sockaddr *)&to, &len) != 0 ||
	    sendto(fd, octets, sizeof octets, 0, (struct sockaddr *)&to, len) < 0)
		return stage_fail(st, "a datagram to ourselves: %s", strerror(errno));
	return step_ready(st, fd, POLLIN, "came of a datagram to ourselves");
}

static bool datagram_passes(struct stage *st)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool ok = fd >= 0 && send_datagram(st, fd);

	if (fd >= 0)
		close(fd);
	return ok;
}

/* The bucket starts full, and what finds tokens goes at once: the datagram pours it out. */
bool link_hold(struct stage *st)
{
	return set_link(st, TRICKLE, SMALL_BUCKET) && datagram_passes(st);
}

/* The kernel does not look at its queue for a change of rate, but for one more datagram. */
bool link_release(struct stage *st)
{
	return set_link(st, FLOOD, LARGE_BUCKET) && datagram_passes(st);
}

bool link_restore(struct stage *st)
{
	struct request r = root_of_lo(RTM_DELQDISC, 0);

	return ask_kernel(st, &r, "cannot take the queue off lo");
}

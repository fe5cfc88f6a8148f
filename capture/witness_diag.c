/* SPDX-License-Identifier: MIT */
#include "capture/witness_diag.h"

#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capture/clock.h"
#include "capture/witness_kernel.h"

/* The kernel answers in pieces of 32 KiB at most. */
enum { ROOM = 32768, QUEUE = 1 << 24, FIRST_STATE = 1, LAST_STATE = 12 };

struct diag {
	int fd;
	unsigned asked; /* families whose turn it still is: AF_INET6, then AF_INET */
	bool busy;      /* one of them is being answered */
	bool failed;    /* one of them was not */
	int64_t since;  /* when they were asked about */
	int64_t time;   /* when what is at hand was heard */
	struct reader at_hand;
	uint64_t lost;
	uint8_t room[ROOM];
};

struct question {
	struct nlmsghdr head;
	struct inet_diag_req_v2 body;
};

static bool ask(struct diag *d, uint8_t family)
{
	struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
	struct question q = {
		.head = {.nlmsg_len = sizeof q,
			 .nlmsg_type = SOCK_DIAG_BY_FAMILY,
			 .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP,
			 .nlmsg_seq = 1},
		.body = {.sdiag_family = family,
			 .sdiag_protocol = IPPROTO_TCP,
			 .idiag_ext = 1 << (INET_DIAG_INFO - 1),
			 .idiag_states = (2U << LAST_STATE) - (1U << FIRST_STATE)},
	};
	return sendto(d->fd, &q, sizeof q, 0, (const struct sockaddr *)&kernel, sizeof kernel) ==
	       sizeof q;
}

/* It answers one question at a time. */
static bool ask_next(struct diag *d)
{
	static const uint8_t families[] = {AF_INET, AF_INET6};
	if (d->busy || !d->asked)
		return true;
	d->busy = ask(d, families[--d->asked]);
	if (!d->busy)
		d->asked = 0;
	d->failed |= !d->busy;
	return d->busy;
}

bool diag_ask(struct diag *d)
{
	if (d->busy || d->asked)
		return true;
	d->asked = 2;
	d->failed = false;
	d->since = clock_ns(CLOCK_REALTIME);
	return ask_next(d);
}

struct diag *diag_open(void)
{
	static const int groups[] = {SKNLGRP_INET_TCP_DESTROY, SKNLGRP_INET6_TCP_DESTROY};
	const int queue = QUEUE;
	const struct sockaddr_nl self = {.nl_family = AF_NETLINK};
	struct diag *d = calloc(1, sizeof *d);
	if (!d)
		return NULL;
	d->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_SOCK_DIAG);
	/* Who has no address of his own is not told, be he a member or not. */
	bool ok = d->fd >= 0 && bind(d->fd, (const struct sockaddr *)&self, sizeof self) == 0;
	for (size_t i = 0; ok && i < 2; i++)
		ok = setsockopt(d->fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &groups[i],
				sizeof groups[i]) == 0;
	if (ok) {
		if (setsockopt(d->fd, SOL_SOCKET, SO_RCVBUFFORCE, &queue, sizeof queue) != 0)
			setsockopt(d->fd, SOL_SOCKET, SO_RCVBUF, &queue, sizeof queue);
		return d;
	}
	int error = errno;
	diag_close(d);
	errno = error;
	return NULL;
}

void diag_close(struct diag *d)
{
	if (d && d->fd >= 0)
		close(d->fd);
	free(d);
}

int diag_fd(const struct diag *d)
{
	return d->fd;
}

/* Only the kernel is believed. ENOBUFS: ends of sockets were not told. */
static bool hear(struct diag *d)
{
	struct sockaddr_nl from = {0};
	socklen_t len = sizeof from;
	ssize_t n = recvfrom(d->fd, d->room, sizeof d->room, 0, (struct sockaddr *)&from, &len);
	if (n < 0) {
		d->lost += errno == ENOBUFS;
		return errno == ENOBUFS;
	}
	if (from.nl_pid != 0)
		n = 0;
	d->time = clock_ns(CLOCK_REALTIME);
	d->at_hand = reader_of(d->room, (size_t)n);
	return true;
}

/* The octets are as old as the kernel that wrote them: a shorter tcp_info has no such numbers. */
static void read_info(struct bytes info, struct testimony *t)
{
	struct tcp_info numbers;
	const size_t end = offsetof(struct tcp_info, tcpi_bytes_received) + sizeof t->received;
	if (info.len < end)
		return;
	memcpy(&numbers, info.at, end);
	t->has_numbers = true;
	t->acked = numbers.tcpi_bytes_acked;
	t->received = numbers.tcpi_bytes_received;
}

/* Messages and attributes are followed by what makes them multiples of four. */
static size_t padding(size_t len)
{
	return -len & 3;
}

static void read_attributes(struct reader r, struct testimony *t)
{
	struct nlattr a;
	const uint8_t *at;
	while ((at = read_skip(&r, sizeof a))) {
		memcpy(&a, at, sizeof a);
		struct bytes b =
			read_bytes(&r, a.nla_len < sizeof a ? SIZE_MAX : a.nla_len - sizeof a);
		if ((a.nla_type & NLA_TYPE_MASK) == INET_DIAG_INFO)
			read_info(b, t);
		read_skip(&r, padding(a.nla_len));
	}
}

static struct endpoint end_of(uint8_t family, const void *address, uint16_t port)
{
	return kernel_endpoint((struct bytes){address, family == AF_INET ? 4 : 16}, ntohs(port));
}

static bool read_socket(struct reader r, struct testimony *t)
{
	struct inet_diag_msg m;
	const uint8_t *at = read_skip(&r, sizeof m);
	if (!at)
		return false;
	memcpy(&m, at, sizeof m);
	t->socket = (uint64_t)m.id.idiag_cookie[1] << 32 | m.id.idiag_cookie[0];
	t->local = end_of(m.idiag_family, m.id.idiag_src, m.id.idiag_sport);
	t->remote = end_of(m.idiag_family, m.id.idiag_dst, m.id.idiag_dport);
	t->to = (uint8_t)kernel_state(m.idiag_state);
	read_attributes(r, t);
	return true;
}

/* Whether all have been named. */
static bool end_answer(struct diag *d, const struct nlmsghdr *h)
{
	d->busy = false;
	d->failed |= h->nlmsg_type == NLMSG_ERROR || h->nlmsg_flags & NLM_F_DUMP_INTR;
	if (!d->asked)
		return !d->failed;
	ask_next(d);
	return false;
}

/* What nobody asked for is about a socket's end. */
static bool read_message(struct diag *d, struct testimony *t)
{
	struct nlmsghdr h;
	const uint8_t *at = read_skip(&d->at_hand, sizeof h);
	if (!at) {
		d->at_hand = (struct reader){0};
		return false;
	}
	memcpy(&h, at, sizeof h);
	struct reader body =
		read_part(&d->at_hand, h.nlmsg_len < sizeof h ? SIZE_MAX : h.nlmsg_len - sizeof h);
	read_skip(&d->at_hand, padding(h.nlmsg_len));
	bool ends = h.nlmsg_type == NLMSG_DONE || h.nlmsg_type == NLMSG_ERROR;
	*t = (struct testimony){.time = d->time, .kind = h.nlmsg_seq ? SAID_NUMBERS : SAID_GONE};
	t->asked = h.nlmsg_seq ? d->since : 0;
	if (ends) {
		t->kind = SAID_ALL;
		return end_answer(d, &h);
	}
	return h.nlmsg_type == SOCK_DIAG_BY_FAMILY && read_socket(body, t);
}

bool diag_next(struct diag *d, struct testimony *said)
{
	while (d->at_hand.left || hear(d))
		while (d->at_hand.left)
			if (read_message(d, said))
				return true;
	return false;
}

uint64_t diag_lost(const struct diag *d)
{
	return d->lost;
}

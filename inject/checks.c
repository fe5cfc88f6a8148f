/* SPDX-License-Identifier: MIT */
#include "inject/checks.h"

#include <errno.h>
#include <libnet.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capture/socket_name.h"
#include "inject/shield.h"
#include "inject/wire.h"

enum { ANSWER_MS = 50 };

static const struct address loopback4 = {{127, 0, 0, 1}, 4}, loopback6 = {{[15] = 1}, 6};

/* From a port that is ours to itself, so that nobody else hears it: a RST, which is never answered.
 */
static bool send_one(struct wire *w, struct address own, char why[static WHY_TEXT])
{
	struct shield s;
	struct packet p = {.src.address = own, .seg.flags = RST};
	if (!shield_pretend(&s, &p.src, why))
		return false;
	p.dst = p.src;
	bool sent = wire_send(w, &p, why);
	shield_lower(&s);
	return sent;
}

/* That something works over IPv4, and what is in the way of IPv6, where something is. */
static void tell_families(struct finding *f, const char *what, bool six, const char *why)
{
	int len = (int)strcspn(why, "\n");
	if (six)
		finding_works(f, "%s, IPv4 and IPv6", what);
	else
		finding_works(f, "%s, IPv4 only: %.*s", what, len, why);
}

static void examine_raw(struct finding *f)
{
	char why[WHY_TEXT], as_root[TALK_TEXT];
	finding_as_root("inject session", as_root);
	struct wire *w = wire_open((struct budget){2, 2}, as_root, why);
	if (!w)
		finding_fails(f, why, as_root);
	else if (finding_has_loopback(f) && !send_one(w, loopback4, why))
		finding_fails(f, why, NULL);
	else if (wire_sent(w))
		tell_families(f, libnet_version(), send_one(w, loopback6, why), why);
	wire_close(w);
}

/* A kernel that does not keep its word answers a SYN at once: on loopback, in connect() itself. */
static bool is_silent(const struct endpoint *at)
{
	union socket_name n;
	socklen_t len = socket_name_of(at, &n);
	int fd = socket(n.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	bool waits = fd >= 0 && connect(fd, &n.any, len) != 0 && errno == EINPROGRESS;
	struct pollfd p = {.fd = fd, .events = POLLOUT};
	bool silent = waits && poll(&p, 1, ANSWER_MS) == 0;
	if (fd >= 0)
		close(fd);
	return silent;
}

static bool shields(struct endpoint at, char why[static WHY_TEXT])
{
	struct shield s;
	if (!shield_raise(&s, &at, why))
		return false;
	bool silent = is_silent(&at);
	shield_lower(&s);
	if (!silent)
		snprintf(why, WHY_TEXT,
			 "a SYN to a port with IP_MINTTL=255 was answered\n"
			 "A firewall may answer for the kernel (nft list ruleset); with --netns "
			 "there is none.");
	return silent;
}

static void examine_shield(struct finding *f)
{
	char why[WHY_TEXT];
	if (!finding_has_loopback(f))
		return;
	if (!shields((struct endpoint){loopback4, 0}, why))
		finding_fails(f, why, NULL);
	else
		tell_families(f, "the kernel keeps silent behind it",
			      shields((struct endpoint){loopback6, 0}, why), why);
}

const struct check inject_checks[] = {
	{"Make", examine_raw, .row = {{"raw-sockets", "raw sockets"}}},
	{"Make", examine_shield, .row = {{"shield", "shield"}}},
	{"Make", examine_namespaces, .row = {{"netns", "--netns"}}},
	{"Make", examine_namespaces_as_root, .as_root = true,
	 .row = {{"netns-root", "--netns as root"}}},
	{0},
};

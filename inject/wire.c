/* SPDX-License-Identifier: MIT */
#include "inject/wire.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <libnet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "capture/clock.h"

enum { SECOND = 1000000000 };

struct wire {
	struct craft *craft;
	libnet_t *raw4, *raw6;
	int error6; /* why there is no raw6 */
	struct budget budget;
	uint32_t sent;
	uint32_t slots; /* the most that may go in a second, or in all */
	int64_t *when;  /* the last so many went, in nanoseconds of CLOCK_MONOTONIC: a ring */
};

/* Addresses that begin with so many bits. */
struct prefix {
	struct address address;
	unsigned bits;
};

static bool prefix_has(const struct prefix *p, const struct address *a)
{
	size_t whole = p->bits / 8;
	unsigned mask = 0xff00U >> p->bits % 8 & 0xff;
	if (p->address.family != a->family || memcmp(p->address.octet, a->octet, whole) != 0)
		return false;
	return !mask || ((p->address.octet[whole] ^ a->octet[whole]) & mask) == 0;
}

/* What no host is called, and so not this one either. */
static const char *misfit(const struct address *a)
{
	static const struct {
		struct prefix prefix;
		const char *what;
	} table[] = {
		{{{{0}, 4}, 32}, "stands for no host"},
		{{{{224}, 4}, 4}, "is a multicast address"},
		{{{{255, 255, 255, 255}, 4}, 32}, "is the broadcast address"},
		{{{{0}, 6}, 128}, "stands for no host"},
		{{{{0xff}, 6}, 8}, "is a multicast address"},
		{{{{[10] = 0xff, 0xff}, 6}, 96}, "is an IPv4 address in IPv6's clothes"},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (prefix_has(&table[i].prefix, a))
			return table[i].what;
	return NULL;
}

static unsigned count_bits(const uint8_t *octet, size_t octets)
{
	unsigned bits = 0;
	for (size_t i = 0; i < octets; i++)
		bits += (unsigned)__builtin_popcount(octet[i]);
	return bits;
}

/* All of 127.0.0.0/8 is this host's, because the kernel takes the whole prefix of an IPv4 address
 * on a loopback interface. Elsewhere the prefix is the neighbours'. */
static struct prefix own_ipv4(const struct ifaddrs *i)
{
	struct prefix p = {.address.family = 4, .bits = 32};
	memcpy(p.address.octet, &((struct sockaddr_in *)(void *)i->ifa_addr)->sin_addr, 4);
	if (i->ifa_flags & IFF_LOOPBACK && i->ifa_netmask)
		p.bits = count_bits(
			(void *)&((struct sockaddr_in *)(void *)i->ifa_netmask)->sin_addr, 4);
	return p;
}

static struct prefix own_ipv6(const struct ifaddrs *i)
{
	struct prefix p = {.address.family = 6, .bits = 128};
	memcpy(p.address.octet, &((struct sockaddr_in6 *)(void *)i->ifa_addr)->sin6_addr, 16);
	return p;
}

/* An interface that is down keeps its addresses, but the kernel routes them elsewhere. */
static bool has(const struct ifaddrs *i, const struct address *a)
{
	struct prefix p = {.bits = 0};
	if (!i->ifa_addr || !(i->ifa_flags & IFF_UP))
		return false;
	if (i->ifa_addr->sa_family == AF_INET)
		p = own_ipv4(i);
	else if (i->ifa_addr->sa_family == AF_INET6)
		p = own_ipv6(i);
	return p.bits && prefix_has(&p, a);
}

/* Asked anew each time: an address that has gone belongs to somebody else. */
static bool is_own(const struct address *a)
{
	struct ifaddrs *list = NULL;
	bool found = false;
	if (getifaddrs(&list) != 0)
		return false;
	for (const struct ifaddrs *i = list; i && !found; i = i->ifa_next)
		found = has(i, a);
	freeifaddrs(list);
	return found;
}

bool wire_reaches(const struct address *a, char why[static WHY_TEXT])
{
	char text[ENDPOINT_TEXT];
	const char *what = misfit(a);
	if (!what && is_own(a))
		return true;
	snprintf(why, WHY_TEXT,
		 "%s %s: crafted packets go from this host to this host only, and no option "
		 "changes that\nUse 127.0.0.1, ::1 or another address that this shows: ip address",
		 address_print(a, text), what ? what : "is no address of this host");
	return false;
}

/* libnet loses the reason on its way back. */
static int raw_error(int family)
{
	int fd = socket(family, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);
	int error = fd < 0 ? errno : 0;
	if (fd >= 0)
		close(fd);
	return error;
}

/* libnet leaves its sockets to what we execute. */
static libnet_t *open_raw(int type, int *error)
{
	char text[LIBNET_ERRBUF_SIZE];
	*error = raw_error(type == LIBNET_RAW4 ? AF_INET : AF_INET6);
	libnet_t *l = *error ? NULL : libnet_init(type, NULL, text);
	if (l)
		fcntl(libnet_getfd(l), F_SETFD, FD_CLOEXEC);
	else if (!*error)
		*error = ENOMEM;
	return l;
}

static bool open_sockets(struct wire *w, const char *as_root, char why[static WHY_TEXT])
{
	int error;
	w->raw4 = open_raw(LIBNET_RAW4, &error);
	w->raw6 = open_raw(LIBNET_RAW6, &w->error6);
	if (w->raw4)
		return true;
	if (error == EPERM || error == EACCES)
		snprintf(why, WHY_TEXT,
			 "sending crafted packets needs rights (root, or CAP_NET_RAW)\n"
			 "%s",
			 as_root);
	else
		snprintf(why, WHY_TEXT, "raw sockets cannot be opened: %s\n%s", strerror(error),
			 "synfin needs Linux's raw sockets.");
	return false;
}

/* The ring is no longer than all that may go. */
static struct wire *new_wire(struct budget b)
{
	assert(b.per_second);
	struct wire *w = calloc(1, sizeof *w);
	if (!w)
		return NULL;
	w->budget = b;
	w->slots = b.per_second < b.packets ? b.per_second : b.packets;
	w->when = calloc((size_t)w->slots + 1, sizeof *w->when);
	w->craft = craft_new();
	if (w->when && w->craft)
		return w;
	wire_close(w);
	return NULL;
}

struct wire *wire_open(struct budget b, const char *as_root, char why[static WHY_TEXT])
{
	struct wire *w = new_wire(b);
	if (!w)
		snprintf(why, WHY_TEXT, "out of memory\nClose something, and try again.");
	else if (open_sockets(w, as_root, why))
		return w;
	wire_close(w);
	return NULL;
}

void wire_close(struct wire *w)
{
	if (!w)
		return;
	if (w->raw4)
		libnet_destroy(w->raw4);
	if (w->raw6)
		libnet_destroy(w->raw6);
	if (w->craft)
		craft_free(w->craft);
	free(w->when);
	free(w);
}

/* Until a second has passed since the one that went so many packets ago. Less than a second. */
static void await_turn(const struct wire *w)
{
	if (w->sent < w->slots)
		return;
	int64_t at = w->when[w->sent % w->slots] + SECOND;
	struct timespec t = {.tv_sec = at / SECOND, .tv_nsec = at % SECOND};
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR)
		;
}

/* After it went: its second does not begin before. */
static void count(struct wire *w)
{
	w->when[w->sent++ % w->slots] = clock_ns(CLOCK_MONOTONIC);
}

static bool write_octets(struct wire *w, int family, struct bytes o, char why[static WHY_TEXT])
{
	uint32_t len = (uint32_t)o.len;
	int written = -1;
	errno = 0;
	if (family == 4)
		written = libnet_write_raw_ipv4(w->raw4, o.at, len);
	else if (w->raw6)
		written = libnet_write_raw_ipv6(w->raw6, o.at, len);
	else
		errno = w->error6;
	if (written == (int)len)
		return true;
	snprintf(why, WHY_TEXT, "the kernel sends no crafted IPv%d packet: %s\n%s", family,
		 strerror(errno),
		 family == 6 && !w->raw6 ? "Use IPv4: no raw socket could be opened for IPv6."
					 : "See whether lo is up (ip address), and whether a "
					   "firewall is in the way (nft list ruleset).");
	return false;
}

static bool within_budget(const struct wire *w, char why[static WHY_TEXT])
{
	if (w->sent < w->budget.packets)
		return true;
	snprintf(why, WHY_TEXT, "all %u packets that may be sent have been sent\n%s",
		 w->budget.packets, "Send fewer.");
	return false;
}

/* Whose host it is is asked last: nothing changes between that and the sending. */
bool wire_send(struct wire *w, const struct packet *p, char why[static WHY_TEXT])
{
	struct bytes octets;
	if (!within_budget(w, why) || !craft_packet(w->craft, p, &octets, why))
		return false;
	await_turn(w);
	if (!wire_reaches(&p->dst.address, why) || !wire_reaches(&p->src.address, why) ||
	    !write_octets(w, p->src.address.family, octets, why))
		return false;
	count(w);
	return true;
}

uint32_t wire_sent(const struct wire *w)
{
	return w->sent;
}

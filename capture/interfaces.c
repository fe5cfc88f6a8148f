/* SPDX-License-Identifier: MIT */
#include "capture/interfaces.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "analysis/look.h"
#include "analysis/printable.h"

enum { MOST_NAMES = 64 };

static void explain(const char *name, const struct if_nameindex *all, char why[static WHY_TEXT])
{
	const char *names[MOST_NAMES + 2] = {0};
	char shown[PRINTABLE_TEXT];
	size_t count = 0;
	int at = snprintf(why, WHY_TEXT,
			  "%.64s: no such interface; there are:", printable(name, shown));
	for (; all && all[count].if_name && count < MOST_NAMES; count++)
		names[count] = all[count].if_name;
	names[count] = "any";
	for (size_t i = 0; names[i] && at < WHY_TEXT - 128; i++)
		at += snprintf(why + at, (size_t)(WHY_TEXT - at), " %s",
			       printable(names[i], shown));
	const char *near = did_you_mean(name, strlen(name), names);
	if (near)
		snprintf(why + at, (size_t)(WHY_TEXT - at), "\nDid you mean -i %s?",
			 printable(near, shown));
	else
		snprintf(why + at, (size_t)(WHY_TEXT - at),
			 "\nsynfin capture -D says more about them.");
}

bool interfaces_have(const char *name, char why[static WHY_TEXT])
{
	if (strcmp(name, "any") == 0 || if_nametoindex(name))
		return true;
	struct if_nameindex *all = if_nameindex();
	explain(name, all, why);
	if (all)
		if_freenameindex(all);
	return false;
}

static void print_addresses(FILE *out, const struct ifaddrs *all, const char *name)
{
	char text[NI_MAXHOST];
	for (const struct ifaddrs *a = all; a; a = a->ifa_next) {
		int family = a->ifa_addr ? a->ifa_addr->sa_family : AF_UNSPEC;
		socklen_t size = family == AF_INET    ? sizeof(struct sockaddr_in)
				 : family == AF_INET6 ? sizeof(struct sockaddr_in6)
						      : 0;
		if (size && strcmp(a->ifa_name, name) == 0 &&
		    getnameinfo(a->ifa_addr, size, text, sizeof text, NULL, 0, NI_NUMERICHOST) == 0)
			fprintf(out, " %.*s", (int)strcspn(text, "%"), text);
	}
	putc('\n', out);
}

/* Every interface has one address of family AF_PACKET. */
bool interfaces_list(FILE *out)
{
	struct ifaddrs *all;
	if (getifaddrs(&all) != 0)
		return false;
	for (const struct ifaddrs *a = all; a; a = a->ifa_next) {
		char name[PRINTABLE_TEXT];
		if (!a->ifa_addr || a->ifa_addr->sa_family != AF_PACKET)
			continue;
		fprintf(out, "%-15s %-4s", printable(a->ifa_name, name),
			a->ifa_flags & IFF_UP ? "up" : "down");
		print_addresses(out, all, a->ifa_name);
	}
	fprintf(out, "%-15s %-4s all of them\n", "any", "up");
	freeifaddrs(all);
	return true;
}

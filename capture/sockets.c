/* SPDX-License-Identifier: MIT */
#include "capture/sockets.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>

/* A column of proc_net_tcp(5): words of the address as this machine stores them, a colon, the port.
 */
static bool read_end(const char *text, struct endpoint *e)
{
	size_t words = strcspn(text, ":") / 8;
	unsigned port;
	*e = (struct endpoint){.address.family = words == 1 ? 4 : 6};
	if ((words != 1 && words != 4) || sscanf(text + words * 8, ":%x", &port) != 1)
		return false;
	for (size_t i = 0; i < words; i++) {
		uint32_t word;
		if (sscanf(text + i * 8, "%8" SCNx32, &word) != 1)
			return false;
		memcpy(e->address.octet + i * 4, &word, sizeof word);
	}
	e->port = (uint16_t)port;
	return true;
}

/* ::ffff:127.0.0.1 is 127.0.0.1: a socket of IPv6 that speaks IPv4. */
static void unmap(struct endpoint *e)
{
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
	if (e->address.family != 6 || memcmp(e->address.octet, mapped, sizeof mapped) != 0)
		return;
	struct address four = {.family = 4};
	memcpy(four.octet, e->address.octet + 12, 4);
	e->address = four;
}

static bool is_connected(unsigned state)
{
	return state != TCP_SYN_SENT && state != TCP_TIME_WAIT && state != TCP_CLOSE &&
	       state != TCP_LISTEN && state <= TCP_CLOSING;
}

static bool read_line(const char *line, struct ends *e)
{
	char local[40], remote[40];
	unsigned state;
	if (sscanf(line, "%*s %39s %39s %x", local, remote, &state) != 3 || !is_connected(state))
		return false;
	if (!read_end(local, &e->local) || !read_end(remote, &e->remote))
		return false;
	unmap(&e->local);
	unmap(&e->remote);
	return true;
}

size_t sockets_at(const struct endpoint *at, const struct endpoint *remote, struct ends *found,
		  size_t room)
{
	static const char *const tables[] = {"/proc/net/tcp", "/proc/net/tcp6"};
	char line[512];
	struct ends e;
	size_t count = 0;
	for (int i = 0; i < 2; i++) {
		FILE *f = fopen(tables[i], "re");
		while (f && fgets(line, sizeof line, f)) {
			if (!read_line(line, &e) || !endpoint_eq(&e.local, at) ||
			    (remote && !endpoint_eq(&e.remote, remote)))
				continue;
			if (count++ < room)
				found[count - 1] = e;
		}
		if (f)
			fclose(f);
	}
	return count;
}

/* SPDX-License-Identifier: MIT */
#include "capture/sockets.h"

#include <inttypes.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>

#include "capture/witness_kernel.h"

/* A column of proc_net_tcp(5): words of the address as this machine stores them, a colon, the port.
 */
static bool read_end(const char *text, struct endpoint *e)
{
	uint32_t word[4];
	size_t words = strcspn(text, ":") / 8;
	unsigned port;
	if ((words != 1 && words != 4) || sscanf(text + words * 8, ":%x", &port) != 1)
		return false;
	for (size_t i = 0; i < words; i++)
		if (sscanf(text + i * 8, "%8" SCNx32, &word[i]) != 1)
			return false;
	const struct bytes address = {(const uint8_t *)word, words * sizeof *word};
	*e = kernel_endpoint(address, (uint16_t)port);
	return true;
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
	return read_end(local, &e->local) && read_end(remote, &e->remote);
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

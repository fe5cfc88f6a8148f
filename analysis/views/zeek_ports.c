/* SPDX-License-Identifier: MIT */
#include "analysis/views/zeek_ports.h"

#include <stdlib.h>

/* Zeek's likely_server_ports, those of TCP, in order. */
static const uint16_t ports[] = {
	20,   21,   22,   23,   25,   53,   80,   81,    88,    102,   110,   119,  135,  139,
	143,  194,  389,  443,  445,  465,  502,  563,   585,   587,   614,   631,  636,  853,
	989,  990,  992,  993,  994,  995,  1080, 1433,  1434,  1883,  2049,  2811, 3128, 3265,
	3268, 3269, 3306, 3389, 5061, 5222, 5223, 5269,  5432,  5900,  6379,  6666, 6667, 6668,
	6669, 6697, 8000, 8080, 8883, 8888, 9418, 11751, 16995, 20000, 44818,
};

static int compare(const void *a, const void *b)
{
	return *(const uint16_t *)a - *(const uint16_t *)b;
}

static bool likely(uint16_t port)
{
	return bsearch(&port, ports, sizeof ports / sizeof *ports, sizeof *ports, compare);
}

static bool is_broadcast(const struct address *a)
{
	return a->family == 4 && (a->octet[0] & a->octet[1] & a->octet[2] & a->octet[3]) == 0xff;
}

/* A SYN-ACK may be a scan: where both ports are likely, only other packets are turned, towards the
 * lower one. */
bool zeek_from_server(const struct packet *p)
{
	unsigned flags = p->seg.flags & (SYN | ACK);
	if (flags == SYN || !likely(p->src.port) || is_broadcast(&p->dst.address))
		return false;
	return !likely(p->dst.port) || (!(flags & SYN) && p->src.port < p->dst.port);
}

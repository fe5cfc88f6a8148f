/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SOCKET_NAME_H
#define SYNFIN_SOCKET_NAME_H

#include <netinet/in.h>

#include "analysis/decode/endpoint.h"

/* An endpoint as bind(2) and the like want it, of either family. */
union socket_name {
	struct sockaddr any;
	struct sockaddr_in four;
	struct sockaddr_in6 six;
};

/* Write the endpoint into *n; returns how many octets of it count. */
socklen_t socket_name_of(const struct endpoint *e, union socket_name *n);

/* The port, which stands at the same place in both. */
static inline uint16_t socket_name_port(const union socket_name *n)
{
	return ntohs(n->four.sin_port);
}

/* The reverse; an address of another family than these gives port 0. */
void socket_name_read(const union socket_name *n, struct endpoint *e);

#endif

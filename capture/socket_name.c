/* SPDX-License-Identifier: MIT */
#include "capture/socket_name.h"

socklen_t socket_name_of(const struct endpoint *e, union socket_name *n)
{
	memset(n, 0, sizeof *n);
	if (e->address.family == 4) {
		n->four.sin_family = AF_INET;
		n->four.sin_port = htons(e->port);
		memcpy(&n->four.sin_addr, e->address.octet, sizeof n->four.sin_addr);
		return sizeof n->four;
	}
	n->six.sin6_family = AF_INET6;
	n->six.sin6_port = htons(e->port);
	memcpy(&n->six.sin6_addr, e->address.octet, sizeof n->six.sin6_addr);
	return sizeof n->six;
}

void socket_name_read(const union socket_name *n, struct endpoint *e)
{
	*e = (struct endpoint){.port = 0};
	if (n->any.sa_family != AF_INET && n->any.sa_family != AF_INET6)
		return;
	e->port = socket_name_port(n);
	e->address.family = n->any.sa_family == AF_INET ? 4 : 6;
	if (e->address.family == 4)
		memcpy(e->address.octet, &n->four.sin_addr, sizeof n->four.sin_addr);
	else
		memcpy(e->address.octet, &n->six.sin6_addr, sizeof n->six.sin6_addr);
}

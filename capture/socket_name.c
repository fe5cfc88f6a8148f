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

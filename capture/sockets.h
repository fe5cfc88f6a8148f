/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SOCKETS_H
#define SYNFIN_SOCKETS_H

#include <stddef.h>

#include "analysis/decode/endpoint.h"

/* Both ends of a connection, seen from the first. */
struct ends {
	struct endpoint local, remote;
};

/* The kernel's own connections (in a synchronized state, TIME-WAIT aside) whose local end is `at`
 * and, unless remote is NULL, whose other end is that: the first `room` of them go to *found.
 * Returns how many there are in all. */
size_t sockets_at(const struct endpoint *at, const struct endpoint *remote, struct ends *found,
		  size_t room);

#endif

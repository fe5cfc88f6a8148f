/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SECOND_HOST_H
#define SYNFIN_SECOND_HOST_H

#include <sys/types.h>

#include "analysis/decode/endpoint.h"
#include "analysis/environment.h"

/* Another host at the other end of a cable: a process in a network namespace of its own, which
 * echoes whatever is said to its TCP port 7. */
struct second_host {
	pid_t pid;
	int line; /* it ends when we close this, or die */
};

enum { SECOND_HOST_PORT = 7 };

/* Where the cable is plugged in, here as there; the addresses of both ends, from RFC 5737's for
 * documentation. */
extern const char second_host_interface[];
extern const struct address second_host_near, second_host_far;

/* After sandbox_enter(), before rights are given up: plug it in. The first packet between both
 * needs ARP. False with a sentence, and h->line below 0. */
bool second_host_open(struct second_host *h, char why[static WHY_TEXT]);

void second_host_close(struct second_host *h);

#endif

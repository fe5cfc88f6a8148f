/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SHIELD_H
#define SYNFIN_SHIELD_H

#include "analysis/decode/endpoint.h"
#include "analysis/environment.h"

/* What keeps the kernel's own RST away from a crafted end: a listener on that end's address and
 * port which takes only segments with the highest TTL. The kernel finds it, drops what comes before
 * TCP looks, and the port stays ours. It needs no rights and is gone with its descriptor. */
struct shield {
	int fd;
};

/* Raise a shield over *at; port 0 picks a free one, which *at then has. False on failure: then
 * `why` says what is wrong and, on its last line, what to do. */
bool shield_raise(struct shield *s, struct endpoint *at, char why[static WHY_TEXT]);

/* The same without listening: the port is ours, but what comes for it meets no socket, and the
 * kernel answers with RST. To show why a shield is needed. */
bool shield_pretend(struct shield *s, struct endpoint *at, char why[static WHY_TEXT]);

/* Take it down. */
void shield_lower(struct shield *s);

#endif

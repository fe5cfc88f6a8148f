/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_GUEST_H
#define SYNFIN_GUEST_H

#include "inject/play.h"

enum { REQUEST_ROOM = 8 };

/* A client that is served by a crafted server: what it says comes back, or --data once; a request
 * of HTTP gets a page. */
struct guest {
	bool here, told, said;
	struct play play;
	uint8_t start[REQUEST_ROOM]; /* what it said first: is it a request? */
	unsigned started, lines;     /* lines: empty ones, of which the first ends a request */
	bool in_line;                /* the line it is at has something in it */
};

/* It has said this. */
void guest_reply(struct guest *g, const struct order *o, struct bytes heard);

/* It has closed: so do we, as ordered. */
void guest_part(struct guest *g, const struct order *o);

/* Offer no more than there is room for what is to come back. */
void guest_mind_window(struct guest *g, const struct order *o);

#endif

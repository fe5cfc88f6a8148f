/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ORDER_H
#define SYNFIN_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Who prints a text whose turn has come. */
struct printer {
	void *to;
	void (*print)(void *to, const char *text);
};

/* Texts that become ready in any order and come out in order of id, from 1: each is held until
 * all before it have been put. */
struct order {
	char **held;          /* a ring: the text of id n is held[n % room], or NULL */
	size_t room;          /* a power of two */
	uint32_t first, last; /* ids whose turn comes next, and the highest held */
};

/* Hand over text (allocated; the order frees it) as that of id; it and all that waited for it go
 * to the printer. */
void order_put(struct order *o, uint32_t id, char *text, struct printer p);

/* What still waits for an id that never came is printed; frees everything. */
void order_end(struct order *o, struct printer p);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_BESIDE_SAID_H
#define SYNFIN_BESIDE_SAID_H

#include "analysis/model/testimony.h"

/* Words of the kernel's that wait to be compared, in order of time: a ring. */
enum { MOST_SAID = 65536 };

struct said {
	struct testimony *at;
	unsigned first, count;
};

/* False: no memory. said_free takes what is all zero, too. */
bool said_init(struct said *s);
void said_free(struct said *s);

/* There must be room. A CPU may have kept it back while others spoke. */
void said_add(struct said *s, const struct testimony *t);

/* When the first of them was said; INT64_MAX: there is none. */
int64_t said_time(const struct said *s);

/* The first of them; there must be one. */
struct testimony said_take(struct said *s);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_AGREE_PARTS_H
#define SYNFIN_AGREE_PARTS_H

#include "analysis/model/agree_side.h"

/* What the files of the comparison know of each other. */

/* The first step of a client is said before its port is chosen: it is kept under its socket. */
enum { NEWBORNS = 64 };

struct agree {
	struct sides sides;
	bool local; /* both ends of all connections are this host's */
	struct {
		uint64_t socket;
		struct dated_step step;
	} newborn[NEWBORNS];
	unsigned newborns;
	struct agree_counts counts;
	void (*tell)(void *to, const struct finding *f);
	void *to;
	int64_t now; /* while minding */
};

/* Compare as far as it goes. What is young at `now` may wait for its counterpart, unless it is for
 * good. */
void agree_compare(struct agree *a, struct side *s, int64_t now, bool for_good);

/* Only ends with a socket of the kernel's are compared. */
bool agree_is_kernels(const struct agree *a, const struct side *s);

#endif

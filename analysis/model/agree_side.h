/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_AGREE_SIDE_H
#define SYNFIN_AGREE_SIDE_H

#include "analysis/model/agree_ask.h"
#include "analysis/model/agree_counters.h"
#include "analysis/model/agree_steps.h"

enum { HEARD = 8 };

/* Beside the bits of enum arrival: nothing in the segment was new; no segment of its end had shown
 * a right checksum yet; no segment can show it. */
enum { SAID_BEFORE = 1 << 8, SUMS_UNSEEN = 1 << 9, UNSHOWN = 1 << 10 };

/* One end, by both words. */
struct side {
	struct side *chain, *next; /* next: of those that are awake */
	struct side **awake;       /* where that begins which leads here; NULL: it sleeps */
	struct endpoint local, remote;
	uint32_t conn; /* 0: no segment of it yet */
	uint8_t end;
	uint8_t state, kernel_state;     /* now */
	uint8_t settled, kernel_settled; /* by the steps that have been compared */
	bool crafted, spoken; /* it is no socket of the kernel's; it has said something */
	bool gone, told; /* its socket is, no segment said so; that its first step stands alone */
	uint64_t socket;
	uint32_t acked, received;           /* in all, as testimony.h counts them, while `totals` */
	bool totals, has_last;              /* these, and those of the kernel */
	uint32_t last_acked, last_received; /* by the kernel, while `has_last` */
	int64_t last;
	struct steps ours, kernels;
	struct {
		uint32_t n;
		int64_t time;
		uint32_t verdict; /* a bit for its enum arrival, and SAID_BEFORE */
	} heard[HEARD];           /* the last segments that came for it */
	unsigned heards;
	struct counters counters;
	struct answer answer;
	struct reset {
		uint32_t n; /* the last RST that it sent; 0: none */
		int64_t time, said;
		char reason[REASON_TEXT]; /* of the last one, by the kernel, at `said`; "" */
	} reset;
	const char *doubt; /* why not all of it is known; NULL: it is */
};

struct sides {
	struct side **bucket, *awake;
	size_t buckets, count;
};

bool sides_init(struct sides *s);
void sides_free(struct sides *s);

/* The side with these ends, made if there is none and `make`; NULL: there is none, or no memory. */
struct side *sides_find(struct sides *s, const struct endpoint *local,
			const struct endpoint *remote, bool make);

/* The side of a socket that has spoken; NULL: none. The name of one that is closed is another's. */
struct side *sides_of_socket(struct sides *s, uint64_t socket);

void sides_drop(struct sides *s, struct side *side);

/* Something happens to it: it is awake until it is visited and says that it waits for nothing. */
void sides_wake(struct sides *s, struct side *side);
void sides_each_awake(struct sides *s, bool (*visit)(struct side *side, void *to), void *to);

/* For each of them; it may drop the one it is given. */
void sides_each(struct sides *s, void (*visit)(struct side *side, void *to), void *to);

#endif

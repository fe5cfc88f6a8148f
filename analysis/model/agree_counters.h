/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_AGREE_COUNTERS_H
#define SYNFIN_AGREE_COUNTERS_H

#include "analysis/model/agree.h"

struct side;

/* SND.UNA and SND.NXT of an end by both words, whenever a segment comes for it in ESTABLISHED. The
 * kernel takes them before it takes in the segment. So SND.UNA must be ours before that segment,
 * and SND.NXT the end of something that had left by then. What had left may be captured later: it
 * waits for the device, and even on lo for a turn of the CPU. Each CPU captures for itself: two
 * segments within microseconds of each other may come in one order to the tap and in the other
 * to the socket. Then SND.UNA is that of the other, and says nothing. */

enum { CAME = 32, COUNTERS = 16 };

/* The last segments that have come for an end in ESTABLISHED. */
struct came {
	struct came_one {
		int64_t time;
		uint32_t n;
		struct seq una, acked; /* SND.UNA before and after it */
		uint16_t len;
		bool taken; /* the kernel has spoken of it */
	} at[CAME];
	unsigned count;
	bool lost; /* there was no room for one of which it had not */
};

/* SND.UNA and SND.NXT by the kernel, when a segment came: they wait for that one, and for what the
 * end had sent by then. */
struct counter {
	int64_t time;
	uint32_t n; /* its segment; 0: not found yet */
	struct seq una, nxt;
	struct seq our_una; /* once n is known */
	struct seq our_nxt; /* by what had been captured then */
	uint16_t len;
	bool overtaken; /* one that came just before or after it has this SND.UNA */
	bool reached;   /* SND.NXT has been found: it is ours, or the end of what left then */
};

struct counters {
	struct counter at[COUNTERS];
	unsigned count;
	struct came came;
	bool doubted; /* a segment was refused that had moved SND.UNA by us */
	bool known;   /* una, nxt are: ours, after what was captured at `moved` */
	struct seq una, nxt;
	int64_t moved;
};

/* An event of the side's connection: note what its numbers are now, and were before. */
void counters_note(struct agree *a, struct side *s, const struct connection *c,
		   const struct event *e);

/* Compare what the kernel says, a SAID_ARRIVAL; it may have to wait for segments. */
void counters_hear(struct agree *a, struct side *s, const struct testimony *t);

/* The kernel has refused segment n; `seen`: so had we. */
void counters_refuse(struct side *s, uint32_t n, bool seen);

/* What still waits at `now`, INT64_MAX: for good, is told when that is too long. */
void counters_mind(struct agree *a, struct side *s, int64_t now);

#endif

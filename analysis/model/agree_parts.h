/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_AGREE_PARTS_H
#define SYNFIN_AGREE_PARTS_H

#include "analysis/model/agree_side.h"

/* What the files of the comparison know of each other. */

/* The first step of a client is said before its port is chosen: it is kept under its socket. */
enum { NEWBORNS = 256 };

struct newborn {
	uint64_t socket; /* 0: none */
	struct endpoint remote;
	struct dated_step step;
};

struct agree {
	struct sides sides;
	bool local; /* both ends of all connections are this host's */
	struct newborn newborn[NEWBORNS];
	unsigned newborns;
	struct agree_counts counts;
	void (*tell)(void *to, const struct finding *f);
	void *to;
	int64_t now; /* of the last minding */
	bool silent; /* the kernel tells no steps: it must be asked */
	bool answers;
	int64_t moved;           /* an end had, by us, for the last time */
	int64_t asked, answered; /* the last question; the last one of which all answers are here */
	int64_t wants;           /* a question that is younger than that */
	int64_t took;            /* so long did it take to answer */
	uint64_t lost;
	int64_t looked, lost_since, lost_until; /* words were lost between these two looks */
	uint64_t missed;                        /* frames, until ... */
	int64_t missed_until, until;            /* until: nothing younger counts; 0: all does */
	bool hides;                             /* the filter hides segments */
};

/* Compare as far as it goes. What is young at `now` may wait for its counterpart, unless it is for
 * good. */
void agree_compare(struct agree *a, struct side *s, int64_t now, bool for_good);

/* Compare what the kernel has said of its totals, when both ends have come to rest. */
void agree_totals(struct agree *a, struct side *s);

/* Why a step of that time that has no counterpart proves nothing; NULL: it does. */
const char *agree_doubt(const struct agree *a, const struct side *s, int64_t time);

/* A connection began: whether all of it can be known. */
void agree_begin_doubt(const struct agree *a, struct side *s, int64_t began);

/* Whether a word (`state`: on a step, which may precede its segment) is younger than all frames. */
bool agree_is_late(const struct agree *a, int64_t time, bool state);

/* The kernel refuses a segment that came for the end; it sends a RST from there; we see one. */
void agree_refused(struct agree *a, struct side *s, const struct testimony *t);
void agree_said_reset(struct agree *a, struct side *s, const struct testimony *t);
void agree_note_reset(struct agree *a, struct side *s, const struct event *e);

/* The end for which the segment had come of which a listener speaks; NULL: it is none of ours, or
 * one of several. */
struct side *agree_place(struct agree *a, const struct testimony *t);

/* Only ends with a socket of the kernel's are compared. */
bool agree_is_kernels(const struct agree *a, const struct side *s);

#endif

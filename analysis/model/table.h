/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TABLE_H
#define SYNFIN_TABLE_H

#include "analysis/model/connection.h"

/* How long a silent connection is remembered depends on where it stands. */
/* TOLD: over, and its end has been reported, but strays may still come. */
enum queue { HALF_OPEN, OPEN, OVER, TOLD, QUEUES };

/* A place in the table. */
struct slot {
	uint64_t hash;
	struct slot *chain;       /* the next one in the same bucket, or in the free list */
	struct slot *prev, *next; /* neighbours in its queue */
	int64_t queued;           /* the time of its last segment when it joined that */
	uint8_t queue;            /* enum queue */
	struct connection c;
};

/* The connections alive, found by both endpoints. The seed, drawn for each run, keeps senders from
 * choosing endpoints that fall into one bucket. */
struct table {
	uint64_t seed[2];
	struct slot **bucket;
	size_t buckets, count; /* buckets is a power of two */
	struct slot **slab;
	size_t slabs, in_last; /* slots handed out of the last slab */
	struct slot *free;
	struct {
		struct slot *head, *tail; /* head: longest in it */
		size_t count;
	} queue[QUEUES];
};

/* False when memory is short. */
bool table_init(struct table *t, const uint64_t seed[2]);
void table_free(struct table *t);

/* The connection between the packet's ends, or NULL; *from becomes the end that sent it. */
struct slot *table_find(struct table *t, const struct packet *p, int *from);

/* A place for a new connection between the packet's ends, its `c` not yet set; NULL when memory is
 * short. */
struct slot *table_add(struct table *t, const struct packet *p);

/* Put it into the queue that its state calls for, behind the others. */
void table_requeue(struct table *t, struct slot *s);

/* Its state has changed: the same, if that calls for another queue. */
void table_moved(struct table *t, struct slot *s);

/* Its end has been reported: keep it among the TOLD until it lives again. */
void table_tell(struct table *t, struct slot *s);

/* Forget it; the pointer is dead afterwards. */
void table_remove(struct table *t, struct slot *s);

#endif

/* SPDX-License-Identifier: MIT */
#include "analysis/model/table.h"

#include <stdlib.h>
#include <string.h>

enum {
	SLAB = 256,
	FIRST_BUCKETS = 4096,
	SPARSE = 4, /* buckets per slot: a second slot in a bucket costs a cache miss */
};

/* Fold a 128-bit product: every bit of both factors reaches every bit of the result. */
static uint64_t fold(uint64_t a, uint64_t b)
{
	__extension__ typedef unsigned __int128 product;
	product p = (product)a * b;
	return (uint64_t)p ^ (uint64_t)(p >> 64);
}

static uint64_t hash_endpoint(const struct table *t, const struct endpoint *e)
{
	uint64_t half[2];
	memcpy(half, e->address.octet, sizeof half);
	return fold(half[0] ^ t->seed[0], half[1] ^ t->seed[1] ^ (uint64_t)e->port << 40);
}

/* A sum, so that both directions meet in one bucket. */
static uint64_t hash_ends(const struct table *t, const struct packet *p)
{
	uint64_t sum = hash_endpoint(t, &p->src) + hash_endpoint(t, &p->dst);
	return fold(sum ^ t->seed[1], t->seed[0] | 1);
}

bool table_init(struct table *t, const uint64_t seed[2])
{
	*t = (struct table){.seed = {seed[0], seed[1]}, .buckets = FIRST_BUCKETS};
	t->bucket = calloc(t->buckets, sizeof *t->bucket);
	return t->bucket;
}

void table_free(struct table *t)
{
	for (size_t i = 0; i < t->slabs; i++)
		free(t->slab[i]);
	free(t->slab);
	free(t->bucket);
	*t = (struct table){0};
}

struct slot *table_find(struct table *t, const struct packet *p, int *from)
{
	uint64_t hash = hash_ends(t, p);
	for (struct slot *s = t->bucket[hash & (t->buckets - 1)]; s; s = s->chain) {
		if (s->hash != hash)
			continue;
		for (*from = 0; *from < 2; ++*from)
			if (endpoint_eq(&s->c.endpoint[*from], &p->src) &&
			    endpoint_eq(&s->c.endpoint[1 - *from], &p->dst))
				return s;
	}
	return NULL;
}

static void grow_buckets(struct table *t)
{
	size_t more = t->buckets * 2;
	struct slot **bucket = calloc(more, sizeof *bucket);
	if (!bucket)
		return; /* longer chains, the same answers */
	for (size_t i = 0; i < t->buckets; i++)
		for (struct slot *s = t->bucket[i], *next; s; s = next) {
			next = s->chain;
			s->chain = bucket[s->hash & (more - 1)];
			bucket[s->hash & (more - 1)] = s;
		}
	free(t->bucket);
	t->bucket = bucket;
	t->buckets = more;
}

static bool add_slab(struct table *t)
{
	struct slot **slab = realloc(t->slab, (t->slabs + 1) * sizeof *slab);
	if (!slab)
		return false;
	t->slab = slab;
	t->slab[t->slabs] = malloc(SLAB * sizeof **slab);
	if (!t->slab[t->slabs])
		return false;
	t->slabs++;
	t->in_last = 0;
	return true;
}

static struct slot *take_slot(struct table *t)
{
	struct slot *s = t->free;
	if (s) {
		t->free = s->chain;
		return s;
	}
	if ((t->slabs == 0 || t->in_last == SLAB) && !add_slab(t))
		return NULL;
	return &t->slab[t->slabs - 1][t->in_last++];
}

static void leave_queue(struct table *t, struct slot *s)
{
	*(s->prev ? &s->prev->next : &t->queue[s->queue].head) = s->next;
	*(s->next ? &s->next->prev : &t->queue[s->queue].tail) = s->prev;
	t->queue[s->queue].count--;
}

static void join_queue(struct table *t, struct slot *s, enum queue q, int64_t now)
{
	s->queue = (uint8_t)q;
	s->queued = now;
	s->next = NULL;
	s->prev = t->queue[q].tail;
	*(s->prev ? &s->prev->next : &t->queue[q].head) = s;
	t->queue[q].tail = s;
	t->queue[q].count++;
}

struct slot *table_add(struct table *t, const struct packet *p)
{
	if (t->count >= t->buckets / SPARSE)
		grow_buckets(t);
	struct slot *s = take_slot(t);
	if (!s)
		return NULL;
	s->hash = hash_ends(t, p);
	struct slot **bucket = &t->bucket[s->hash & (t->buckets - 1)];
	s->chain = *bucket;
	*bucket = s;
	join_queue(t, s, HALF_OPEN, p->time);
	t->count++;
	return s;
}

static enum queue queue_of(const struct connection *c)
{
	if (connection_is_over(c))
		return OVER;
	bool both = c->peer[0].now.state >= ESTABLISHED && c->peer[1].now.state >= ESTABLISHED;
	return both || c->mark.handshake ? OPEN : HALF_OPEN;
}

void table_requeue(struct table *t, struct slot *s)
{
	enum queue q = queue_of(&s->c);
	bool told = s->queue == TOLD && q == OVER;
	leave_queue(t, s);
	join_queue(t, s, told ? TOLD : q, s->c.last_time);
}

void table_tell(struct table *t, struct slot *s)
{
	leave_queue(t, s);
	join_queue(t, s, TOLD, s->c.last_time);
}

void table_moved(struct table *t, struct slot *s)
{
	if (queue_of(&s->c) != s->queue)
		table_requeue(t, s);
}

void table_remove(struct table *t, struct slot *s)
{
	struct slot **link = &t->bucket[s->hash & (t->buckets - 1)];
	while (*link != s)
		link = &(*link)->chain;
	*link = s->chain;
	leave_queue(t, s);
	s->chain = t->free;
	t->free = s;
	t->count--;
}

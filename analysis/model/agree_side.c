/* SPDX-License-Identifier: MIT */
#include "analysis/model/agree_side.h"

#include <stdlib.h>

enum { BUCKETS = 4096 };

bool sides_init(struct sides *s)
{
	*s = (struct sides){.bucket = calloc(BUCKETS, sizeof(struct side *)), .buckets = BUCKETS};
	return s->bucket;
}

static void drop_one(struct side *side, void *sides)
{
	sides_drop(sides, side);
}

void sides_free(struct sides *s)
{
	if (s->bucket)
		sides_each(s, drop_one, s);
	free(s->bucket);
}

/* Ends on one host differ in their ports, if in anything. */
static size_t bucket_of(const struct sides *s, const struct endpoint *local,
			const struct endpoint *remote)
{
	uint64_t key = (uint64_t)local->port << 16 ^ remote->port;
	for (int i = 0; i < 16; i++)
		key = key * 31 + local->address.octet[i] + remote->address.octet[i];
	key *= 0x9e3779b97f4a7c15;
	return (size_t)(key >> 40) % s->buckets;
}

struct side *sides_find(struct sides *s, const struct endpoint *local,
			const struct endpoint *remote, bool make)
{
	struct side **at = &s->bucket[bucket_of(s, local, remote)];
	for (struct side *side = *at; side; side = side->chain)
		if (endpoint_eq(&side->local, local) && endpoint_eq(&side->remote, remote))
			return side;
	struct side *side = make ? calloc(1, sizeof *side) : NULL;
	if (!side)
		return NULL;
	side->local = *local;
	side->remote = *remote;
	side->chain = *at;
	*at = side;
	s->count++;
	return side;
}

struct side *sides_of_socket(struct sides *s, uint64_t socket)
{
	for (size_t i = 0; socket && i < s->buckets; i++)
		for (struct side *side = s->bucket[i]; side; side = side->chain)
			if (side->socket == socket && side->kernel_state != CLOSED)
				return side;
	return NULL;
}

void sides_wake(struct sides *s, struct side *side)
{
	if (side->awake)
		return;
	side->next = s->awake;
	if (side->next)
		side->next->awake = &side->next;
	side->awake = &s->awake;
	s->awake = side;
}

static void put_to_sleep(struct side *side)
{
	if (!side->awake)
		return;
	*side->awake = side->next;
	if (side->next)
		side->next->awake = side->awake;
	side->awake = NULL;
}

void sides_each_awake(struct sides *s, bool (*visit)(struct side *side, void *to), void *to)
{
	for (struct side *side = s->awake, *next; side; side = next) {
		next = side->next;
		if (!visit(side, to))
			put_to_sleep(side);
	}
}

void sides_drop(struct sides *s, struct side *side)
{
	put_to_sleep(side);
	struct side **at = &s->bucket[bucket_of(s, &side->local, &side->remote)];
	while (*at != side)
		at = &(*at)->chain;
	*at = side->chain;
	s->count--;
	free(side);
}

void sides_each(struct sides *s, void (*visit)(struct side *side, void *to), void *to)
{
	for (size_t i = 0; i < s->buckets; i++)
		for (struct side *side = s->bucket[i], *next; side; side = next) {
			next = side->chain;
			visit(side, to);
		}
}

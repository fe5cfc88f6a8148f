/* SPDX-License-Identifier: MIT */
#include "capture/witness_memory.h"

/* Fibonacci hashing: such addresses differ in their middle bits. */
static size_t place_of(uint64_t address)
{
	return (size_t)((address * 0x9e3779b97f4a7c15) >> (64 - PLACES_BITS));
}

void memory_keep(struct witness_memory *m, uint64_t address, const struct testimony *t)
{
	if (address)
		m->place[place_of(address)] =
			(struct memory_place){address, t->time, t->local, t->remote};
}

bool memory_recall(const struct witness_memory *m, uint64_t address, int64_t since,
		   struct testimony *t)
{
	const struct memory_place *p = &m->place[place_of(address)];
	if (!address || p->address != address || p->time < since)
		return false;
	t->local = p->local;
	t->remote = p->remote;
	return true;
}

void memory_forget(struct witness_memory *m, uint64_t address)
{
	struct memory_place *p = &m->place[place_of(address)];
	if (p->address == address)
		p->address = 0;
}

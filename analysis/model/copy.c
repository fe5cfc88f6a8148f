/* SPDX-License-Identifier: MIT */
#include "analysis/model/copy.h"

enum { SOON = 1000 /* microseconds */ };

/* All that a copy shares; the TCP checksum stands for options and payload. */
static uint32_t print_of(const struct packet *p)
{
	uint64_t a = (uint64_t)p->seg.seq.n << 32 | p->seg.ack.n;
	uint64_t b = (uint64_t)p->seg.wnd << 48 | (uint64_t)p->checksum << 32 |
		     (uint64_t)p->ip_id << 16 | p->seg.flags;
	uint64_t mixed = a * 0x9e3779b97f4a7c15 ^ (b + p->seg.len) * 0xc2b2ae3d27d4eb4f;
	return (uint32_t)(mixed >> 32);
}

static bool matches(const struct glance *old, const struct glance *now, uint32_t other_last)
{
	return old->n && old->print == now->print && now->micros - old->micros < SOON &&
	       (now->counted || old->n > other_last);
}

static struct glance glance_at(const struct connection *c, const struct packet *p)
{
	return (struct glance){.print = print_of(p),
			       .micros = (uint32_t)((uint64_t)p->time / 1000),
			       .n = c->n,
			       .ttl = p->ttl,
			       .counted = p->ip_id != 0};
}

static void put(struct end_notes *n, struct glance g)
{
	n->glance[n->glances++ % GLANCES] = g;
}

void copy_note(struct connection *c, int from, const struct packet *p)
{
	put(&c->notes.end[from], glance_at(c, p));
}

uint32_t copy_of(struct connection *c, int from, const struct packet *p)
{
	struct end_notes *mine = &c->notes.end[from];
	const struct end_notes *other = &c->notes.end[!from];
	uint32_t other_last = other->glance[(other->glances - 1) % GLANCES].n;
	struct glance now = glance_at(c, p);
	for (unsigned i = 0; i < GLANCES; i++)
		if (matches(&mine->glance[i], &now, other_last))
			return mine->glance[i].n;
	put(mine, now);
	return 0;
}

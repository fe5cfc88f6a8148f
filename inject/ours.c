/* SPDX-License-Identifier: MIT */
#include "inject/ours.h"

#include <string.h>

bool ours_add_end(struct ours *o, const struct endpoint *e)
{
	if (o->ends == OURS_ENDS)
		return false;
	o->end[o->ends++] = *e;
	return true;
}

bool ours_plays(const struct ours *o, const struct endpoint *e)
{
	for (unsigned i = 0; i < o->ends; i++)
		if (endpoint_eq(&o->end[i], e))
			return true;
	return false;
}

static void strike(struct ours *o, unsigned i)
{
	o->count--;
	memmove(&o->sent[i], &o->sent[i + 1], (o->count - i) * sizeof o->sent[0]);
}

void ours_sent(struct ours *o, const struct packet *p)
{
	if (o->count == OURS_PENDING)
		strike(o, 0);
	o->sent[o->count].src = p->src;
	o->sent[o->count].dst = p->dst;
	o->sent[o->count++].seg = p->seg;
}

static bool is_same(const struct segment *a, const struct segment *b)
{
	return seq_eq(a->seq, b->seq) && seq_eq(a->ack, b->ack) && a->len == b->len &&
	       a->wnd == b->wnd && a->flags == b->flags;
}

bool ours_take(struct ours *o, const struct packet *p)
{
	for (unsigned i = 0; i < o->count; i++)
		if (is_same(&o->sent[i].seg, &p->seg) && endpoint_eq(&o->sent[i].src, &p->src) &&
		    endpoint_eq(&o->sent[i].dst, &p->dst)) {
			strike(o, i);
			return true;
		}
	return false;
}

bool ours_is_broken(const struct ours *o, const struct packet *p)
{
	return p->seg.flags & RST && ours_plays(o, &p->src);
}

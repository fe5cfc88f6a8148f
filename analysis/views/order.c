/* SPDX-License-Identifier: MIT */
#include "analysis/views/order.h"

#include <stdlib.h>

static char **place(const struct order *o, uint32_t id)
{
	return &o->held[id & (o->room - 1)];
}

/* Make the ring long enough for ids from first to id. */
static bool make_room(struct order *o, uint32_t id)
{
	struct order more = {.room = o->room ? o->room : 64, .first = o->first, .last = o->last};
	while (more.room <= id - o->first)
		more.room *= 2;
	if (more.room == o->room)
		return true;
	more.held = calloc(more.room, sizeof *more.held);
	if (!more.held)
		return false;
	for (uint32_t i = o->first; o->room && i <= o->last; i++)
		*place(&more, i) = *place(o, i);
	free(o->held);
	*o = more;
	return true;
}

static void print(char **text, struct printer p)
{
	if (*text)
		p.print(p.to, *text);
	free(*text);
	*text = NULL;
}

void order_put(struct order *o, uint32_t id, char *text, struct printer p)
{
	if (!o->first)
		o->first = 1;
	if (!make_room(o, id)) { /* no memory to wait with: out of order is better than lost */
		print(&text, p);
		return;
	}
	*place(o, id) = text;
	if (id > o->last)
		o->last = id;
	while (o->first <= o->last && *place(o, o->first))
		print(place(o, o->first++), p);
}

void order_end(struct order *o, struct printer p)
{
	for (; o->first && o->first <= o->last; o->first++)
		print(place(o, o->first), p);
	free(o->held);
	*o = (struct order){0};
}

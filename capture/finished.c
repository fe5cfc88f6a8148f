/* SPDX-License-Identifier: MIT */
#include "capture/finished.h"

#include <stdlib.h>
#include <string.h>

static bool make_room(struct finished *f, size_t word)
{
	if (word < f->words)
		return true;
	size_t words = word * 2 + 16;
	uint64_t *more = realloc(f->counted, words * sizeof *more);
	if (!more)
		return false;
	memset(more + f->words, 0, (words - f->words) * sizeof *more);
	f->counted = more;
	f->words = words;
	return true;
}

static void count(struct finished *f, uint32_t id)
{
	uint64_t bit = UINT64_C(1) << (id % 64);
	if (!make_room(f, id / 64) || (f->counted[id / 64] & bit))
		return;
	f->counted[id / 64] |= bit;
	f->count++;
}

static void on_event(void *to, const struct connection *c, const struct event *e)
{
	struct finished *f = to;
	f->next.event(f->next.to, c, e);
	if (connection_is_over(c))
		count(f, c->id);
}

static void on_ended(void *to, const struct connection *c)
{
	struct finished *f = to;
	f->next.ended(f->next.to, c);
	count(f, c->id);
}

struct sink finished_sink(struct finished *f)
{
	return (struct sink){f, on_event, on_ended, f->next.names};
}

void finished_free(struct finished *f)
{
	free(f->counted);
}

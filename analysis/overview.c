/* SPDX-License-Identifier: MIT */
#include "analysis/overview.h"

#include <stdlib.h>

enum { LONGEST = 1000 /* segments, in a ladder that nobody asked for */ };

static void drop_ladder(struct overview *o)
{
	run_end(o->ladder, &(struct totals){0});
	o->ladder = NULL;
}

static void on_event(void *to, const struct connection *c, const struct event *e)
{
	struct overview *o = to;
	if (o->ladder && (c->id > 1 || c->n > LONGEST))
		drop_ladder(o);
	if (!o->ladder)
		return;
	struct sink ladder = run_sink(o->ladder);
	ladder.event(ladder.to, c, e);
}

static void on_ended(void *to, const struct connection *c)
{
	struct overview *o = to;
	struct sink list = run_sink(o->list);
	list.ended(list.to, c);
	if (!o->ladder)
		return;
	struct sink ladder = run_sink(o->ladder);
	ladder.ended(ladder.to, c);
}

struct sink overview_begin(struct overview *o, struct run *list, struct look look)
{
	*o = (struct overview){.list = list};
	o->memory = open_memstream(&o->text, &o->size);
	o->ladder = o->memory ? run_new(&view_ladder, o->memory, look) : NULL;
	return (struct sink){o, on_event, on_ended, true};
}

void overview_end(struct overview *o, FILE *out)
{
	bool wanted = o->ladder;
	if (wanted)
		drop_ladder(o);
	if (o->memory)
		fclose(o->memory);
	if (wanted && o->size)
		fprintf(out, "\n%s", o->text);
	free(o->text);
}

/* SPDX-License-Identifier: MIT */
#include "analysis/explain/example.h"

#include <string.h>

#include "analysis/explain/figure.h"
#include "analysis/views/number.h"

static const uint64_t seed[2] = {1, 2};

enum diagnosis_id diagnosis_named(const char *name)
{
	enum diagnosis_id id = 0;
	while (id < DIAGNOSES && strcmp(catalogue_row(id)->name, name) != 0)
		id++;
	return id;
}

static void draw_nothing(struct drawing *d, const struct connection *c, const struct event *e)
{
	(void)d, (void)c, (void)e;
}

static const struct view silent = {.name = "silent", .event = draw_nothing};

static void look_for(void *to, const struct connection *c, const struct event *e)
{
	struct example *x = to;
	const struct diagnosis *d = &e->diagnosis;
	if (e->kind != EVENT_DIAGNOSIS || d->id != x->wanted || x->id)
		return;
	x->id = c->id;
	finding_print(c, d, x->sentence);
}

static void take_others(void *to, const struct connection *c)
{
	struct example *x = to;
	for (unsigned word = 0; x->id == c->id && word < 2; word++)
		x->others[word] = notes_told_word(&c->notes, word);
}

/* What passes by on its way to a view: all but the diagnoses that are not wanted. */
struct sieve {
	struct sink next;
	enum diagnosis_id wanted;
};

static void sieve_event(void *to, const struct connection *c, const struct event *e)
{
	const struct sieve *s = to;
	if (e->kind != EVENT_DIAGNOSIS || e->diagnosis.id == s->wanted)
		s->next.event(s->next.to, c, e);
}

static void sieve_ended(void *to, const struct connection *c)
{
	const struct sieve *s = to;
	s->next.ended(s->next.to, c);
}

/* The figure through a run, which ends with it. */
static bool play(struct example *x, struct run *run, struct sink sink)
{
	struct flow flow;
	if (!run || !flow_init(&flow, run, sink, seed))
		return false;
	run_begin(run, &(struct source){"figure", "EN10MB"});
	bool good = figure_play(x->figure, &flow);
	flow_end(&flow);
	run_end(run, &flow.totals);
	x->connections = flow.tracker.connections;
	return good;
}

struct example example_of(const struct topic *t)
{
	struct example x = {.figure = t->figure,
			    .wanted = diagnosis_named(t->shows ? t->shows : t->name)};
	if (!x.figure)
		return x;
	bool any = x.wanted == DIAGNOSES;
	x.id = any ? 1 : 0;
	x.good = play(&x, run_new(&silent, NULL, (struct look){0}),
		      (struct sink){&x, look_for, take_others, true}) &&
		 x.id;
	return x;
}

bool example_draw(const struct example *e, const struct view *v, FILE *out, struct look look)
{
	struct run *run = run_new(v, out, look);
	if (!run)
		return false;
	struct sieve s = {run_sink(run), e->wanted};
	struct example again = *e;
	run_only(run, e->connections > 1 ? e->id : 0, 0);
	return play(&again, run, (struct sink){&s, sieve_event, sieve_ended, true});
}

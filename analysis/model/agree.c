/* SPDX-License-Identifier: MIT */
#include "analysis/model/agree.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/model/agree_parts.h"

/* How long a side is remembered of which no segment was seen; how often all are looked at; how long
 * after the last word totals are compared. */
static const int64_t forget = 5000000000, minding = 10000000, rest = 60000000;

struct agree *agree_new(bool local, void (*tell)(void *to, const struct finding *f), void *to)
{
	struct agree *a = calloc(1, sizeof *a);
	if (!a)
		return NULL;
	a->local = local;
	a->tell = tell;
	a->to = to;
	if (sides_init(&a->sides))
		return a;
	free(a);
	return NULL;
}

void agree_free(struct agree *a)
{
	sides_free(&a->sides);
	free(a);
}

const struct agree_counts *agree_counts(const struct agree *a)
{
	return &a->counts;
}

/* Only ends with a socket of the kernel's are compared. */
bool agree_is_kernels(const struct agree *a, const struct side *s)
{
	return s->conn && !s->crafted && (s->spoken || a->local);
}

/* ---- our word */

/* The first of the kernel's steps that is of another connection between the same ends: it calls
 * since then, or is called. */
static unsigned steps_of_next(const struct steps *k, int64_t calls, int64_t is_called)
{
	unsigned i = k->count;
	while (i-- > 0) {
		const struct dated_step *d = &k->at[i];
		if ((d->step.to == SYN_SENT && d->time >= calls) ||
		    (d->step.from == LISTEN && d->time >= is_called))
			return i;
	}
	return k->count;
}

/* All that is said of a connection is known, but for what is the next one's already. */
static void conclude(struct agree *a, struct side *s, int64_t calls, int64_t is_called)
{
	const struct steps all = s->kernels;
	unsigned first = steps_of_next(&all, calls, is_called);
	s->kernels.count = first;
	agree_mind_answer(a, s, is_called);
	if (agree_is_kernels(a, s))
		agree_compare(a, s, is_called, true);
	agree_totals(a, s);
	counters_mind(a, s, INT64_MAX);
	s->kernels = all;
	steps_take(&s->kernels, first);
	s->spoken = s->kernels.count;
	s->kernel_state = s->spoken ? all.at[all.count - 1].step.to : UNKNOWN;
	s->kernel_settled = UNKNOWN;
	s->conn = 0;
}

static struct side *side_of(struct agree *a, const struct connection *c, int end, bool make)
{
	struct side *s = sides_find(&a->sides, &c->endpoint[end], &c->endpoint[1 - end], make);
	if (s && s->conn != c->id && make) {
		conclude(a, s, INT64_MIN, c->first_time); /* a SYN follows its SYN-SENT */
		s->conn = c->id;
		s->end = (uint8_t)end;
		s->state = s->settled = UNKNOWN;
		s->ours.count = 0;
		s->heards = 0;
		s->answer = (struct answer){0};
		s->reset = (struct reset){0};
		agree_begin_doubt(a, s, c->first_time);
		s->crafted = s->told = s->gone = s->totals = s->has_last = false;
		s->counters = (struct counters){0};
	}
	return s;
}

/* A step of the end by our word. */
static void add(struct agree *a, struct side *s, struct dated_step d)
{
	a->moved = s->answer.moved = d.time;
	if (!a->silent)
		steps_add(&s->ours, d);
}

static void claim(struct agree *a, struct side *s, const struct event *e)
{
	uint8_t before = e->before[s->end], to = e->after[s->end];
	uint8_t from = before == UNKNOWN ? s->state : before; /* what is inferred has no before */
	if (from == to)
		return;
	add(a, s, (struct dated_step){{from, to}, e->n, e->time});
	s->state = to;
}

static void note_totals(struct side *s, const struct connection *c, int end)
{
	const struct tcb *t = &c->peer[end].now;
	s->totals = t->syn_sent && t->syn_taken && !c->mark.reset_n; /* a RST may refuse data */
	/* The socket that a listener makes begins behind its SYN. */
	s->acked = t->snd.una.n - t->iss.n - !t->opener;
	s->received = t->rcv.nxt.n - t->irs.n - 1;
}

static void note_heard(struct side *s, const struct connection *c, const struct event *e)
{
	unsigned at = s->heards++ % HEARD;
	s->heard[at].n = e->n;
	s->heard[at].time = e->time;
	s->heard[at].verdict = 1U << e->arrival | (e->again ? SAID_BEFORE : 0U) |
			       (c->tally[e->end].summed ? 0U : SUMS_UNSEEN);
}

/* What segment `corrects` did to the end was not so: it was still where the correction says, and
 * segment n brings it where it is now. */
static void take_back(struct agree *a, struct side *s, const struct connection *c,
		      const struct event *e)
{
	struct steps *o = &s->ours;
	uint8_t was = e->after[s->end], now = (uint8_t)c->peer[s->end].now.state;
	while (o->count && o->at[o->count - 1].n >= e->corrects)
		o->count--;
	uint8_t last = a->silent ? s->state : o->count ? o->at[o->count - 1].step.to : s->settled;
	a->counts.put_right += s->told;
	s->told = false;
	s->state = now;
	if (last == now)
		return;
	if (last != was)
		add(a, s, (struct dated_step){{last, was}, e->corrects, e->time});
	if (was != now)
		add(a, s, (struct dated_step){{was, now}, e->n, e->time});
}

void agree_event(struct agree *a, const struct connection *c, const struct event *e)
{
	if (e->kind > EVENT_INFERRED || e->retold)
		return;
	for (int end = 0; end < (c->self ? 1 : 2); end++) {
		struct side *s = side_of(a, c, end, true);
		if (!s)
			continue;
		s->last = e->time;
		sides_wake(&a->sides, s);
		note_totals(s, c, end);
		counters_note(a, s, c, e);
		if (e->kind == EVENT_SEGMENT) {
			s->crafted |= e->crafted && !e->forged && e->end == end;
			if (e->end != end)
				note_heard(s, c, e);
			claim(a, s, e);
			agree_note_reset(a, s, e);
		} else if (e->kind == EVENT_CORRECTION && e->end == end) {
			take_back(a, s, c, e);
		} else if (e->kind == EVENT_INFERRED) {
			claim(a, s, e);
		}
		if (agree_is_kernels(a, s))
			agree_compare(a, s, e->time, false);
	}
}

void agree_ended(struct agree *a, const struct connection *c)
{
	for (int end = 0; end < 2; end++) {
		struct side *s = side_of(a, c, end, false);
		if (!s || s->conn != c->id)
			continue;
		conclude(a, s, c->last_time, c->last_time);
		sides_wake(&a->sides, s);
		if (!s->spoken)
			sides_drop(&a->sides, s);
	}
}

/* Whether time alone can still change something. */
static bool waits(const struct agree *a, const struct side *s)
{
	bool steps = s->ours.count || s->kernels.count;
	return !s->conn || a->now - s->last <= rest || s->answer.waits || s->counters.count ||
	       (steps && agree_is_kernels(a, s));
}

static bool mind(struct side *s, void *to)
{
	struct agree *a = to;
	if (a->now - s->last > rest)
		agree_totals(a, s);
	counters_mind(a, s, a->now);
	agree_mind_answer(a, s, a->now);
	if (agree_is_kernels(a, s)) {
		agree_compare(a, s, a->now, false);
	} else if (!s->conn && a->now - s->last > forget) {
		sides_drop(&a->sides, s);
		return true;
	}
	return waits(a, s);
}

void agree_mind(struct agree *a, int64_t now)
{
	if (now >= a->now && now - a->now < minding)
		return;
	a->now = now;
	sides_each_awake(&a->sides, mind, a);
}

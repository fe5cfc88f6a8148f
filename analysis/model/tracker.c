/* SPDX-License-Identifier: MIT */
#include "analysis/model/tracker.h"

#include "analysis/model/examine.h"

#include <stdlib.h>

enum {
	SWEEP_EVERY = 256,               /* packets */
	MOVES = 16,                      /* of connections within a queue, in a sweep ... */
	MOVES_CROWDED = 2 * SWEEP_EVERY, /* ... and when more may have joined it than may stay */
};

/* As a kernel bounds its SYN queue and its TIME-WAIT sockets, so that a flood in the capture is
 * none in memory. */
static const size_t at_most[QUEUES] = {
	[HALF_OPEN] = 16384, [OPEN] = SIZE_MAX, [OVER] = 2048, [TOLD] = 8192};

/* How long a connection may be silent before it is forgotten, in nanoseconds of capture time. */
static int64_t patience(const struct tracker *t, enum queue q)
{
	static const int seconds[QUEUES] = {
		[HALF_OPEN] = 240, /* longer than the longest pause between two retries of a SYN */
		[OPEN] = 3 * 3600, /* longer than the two hours of a keepalive timer */
		[OVER] = 240,      /* 2 MSL, RFC 9293 3.4.2 */
		[TOLD] = 240,
	};
	if (q == OVER && t->linger)
		return t->linger;
	return (int64_t)1000000000 * seconds[q];
}

bool tracker_init(struct tracker *t, const uint64_t seed[2], struct sink sink)
{
	*t = (struct tracker){.sink = sink};
	return table_init(&t->table, seed);
}

void tracker_linger(struct tracker *t, int64_t linger)
{
	t->linger = linger;
}

static void emit(const struct tracker *t, const struct connection *c, struct events *all)
{
	for (unsigned i = 0; i < all->count; i++) {
		all->at[i].more = i + 1 < all->count;
		t->sink.event(t->sink.to, c, &all->at[i]);
	}
}

/* What its end says of it, then its end. */
static void report(const struct tracker *t, struct connection *c)
{
	struct events out = {.count = 0};
	if (t->sink.names)
		examine_end(c, t->now > c->last_time ? t->now : c->last_time, &out);
	emit(t, c, &out);
	t->sink.ended(t->sink.to, c);
}

static void end(struct tracker *t, struct slot *s)
{
	if (s->queue != TOLD)
		report(t, &s->c);
	table_remove(&t->table, s);
}

static void tell(struct tracker *t, struct slot *s)
{
	report(t, &s->c);
	table_tell(&t->table, s);
}

static struct slot *begin(struct tracker *t, const struct packet *p)
{
	struct slot *s = table_add(&t->table, p);
	if (!s)
		t->out_of_memory = true;
	else
		connection_init(&s->c, ++t->connections, p);
	return s;
}

/* Another connection takes the place of the old one, and knows what was there. */
static struct slot *succeed(struct tracker *t, struct slot *old, const struct packet *p)
{
	struct past past = examine_past(&old->c, &p->src);
	end(t, old);
	struct slot *s = begin(t, p);
	if (s)
		s->c.notes.past = past;
	return s;
}

static void observe(struct tracker *t, struct slot *s, int from, const struct packet *p,
		    bool retold)
{
	struct events out;
	connection_observe(&s->c, from, p, &out);
	if (t->sink.names && !out.ordinary)
		examine_segment(&s->c, p, &out);
	out.at[0].retold = retold;
	emit(t, &s->c, &out);
	const struct event *e = &out.at[0];
	if (e->before[0] != e->after[0] || e->before[1] != e->after[1])
		table_moved(&t->table, s);
}

/* The restart has been answered: it was the first segment of another connection. */
static struct slot *split(struct tracker *t, struct slot *old, int from, const struct packet *p)
{
	struct packet syn = {.time = old->c.restart_time,
			     .frame = old->c.restart_frame,
			     .src = p->dst,
			     .dst = p->src,
			     .seg = old->c.restart,
			     .crafted = old->c.restart_crafted};
	struct tally offered = old->c.tally[1 - from];
	struct offer offer = old->c.notes.restart;
	old->c.peer[1 - from].now.state = CLOSED;
	old->c.tally[1 - from].packets--;
	struct slot *s = succeed(t, old, &syn);
	if (!s)
		return NULL;
	observe(t, s, 0, &syn, true);
	s->c.tally[0].scale = offered.scale;
	s->c.tally[0].has_scale = offered.has_scale;
	s->c.notes.end[0].offer = offer;
	return s;
}

static bool overdue(const struct tracker *t, const struct slot *s, int64_t now)
{
	return now - s->c.last_time > patience(t, (enum queue)s->queue);
}

/* What is over is remembered beyond its report: strays belong to it. */
static bool forgotten(const struct tracker *t, const struct slot *s, int64_t now)
{
	return now - s->c.last_time > patience(t, s->queue == OVER ? TOLD : (enum queue)s->queue);
}

static struct slot *find_or_begin(struct tracker *t, const struct packet *p, int *from)
{
	struct slot *s = table_find(&t->table, p, from);
	if (s && connection_is_restarted(&s->c, *from, p)) {
		s = split(t, s, *from, p);
		*from = 1;
		return s;
	}
	if (s && !forgotten(t, s, p->time) && !connection_is_superseded(&s->c, *from, p))
		return s;
	*from = 0;
	return s ? succeed(t, s, p) : begin(t, p);
}

void tracker_packet(struct tracker *t, const struct packet *p)
{
	int from;
	int64_t before = t->now;
	struct slot *s = find_or_begin(t, p, &from);
	if (s)
		observe(t, s, from, p, false);
	t->now = p->time;
	if (++t->since_sweep >= SWEEP_EVERY) /* one stray date must not forget everybody */
		tracker_sweep(t, before < p->time ? before : p->time);
}

const struct connection *tracker_find(struct tracker *t, const struct packet *p)
{
	int from;
	struct slot *s = table_find(&t->table, p, &from);
	return s ? &s->c : NULL;
}

void tracker_icmp(struct tracker *t, const struct packet *p)
{
	struct packet quoted = {.src = p->quoted_src, .dst = p->quoted_dst};
	struct events out;
	int from;
	struct slot *s = table_find(&t->table, &quoted, &from);
	if (!s || !t->sink.names)
		return;
	examine_icmp(&s->c, from, p, &out);
	emit(t, &s->c, &out);
}

void tracker_dropped(struct tracker *t, uint64_t dropped)
{
	uint64_t more = dropped - t->dropped;
	t->dropped = dropped;
	for (enum queue q = 0; more && q < TOLD; q++)
		for (struct slot *s = t->table.queue[q].head; s; s = s->next)
			s->c.notes.dropped += more;
}

void tracker_silence(struct tracker *t, int64_t now)
{
	for (enum queue q = 0; q < TOLD; q++)
		for (struct slot *s = t->table.queue[q].head; s; s = s->next) {
			struct events out;
			examine_silence(&s->c, now, &out);
			emit(t, &s->c, &out);
		}
}

/* It has spoken since it joined its queue: then its place there says nothing. */
static bool has_spoken(const struct slot *s)
{
	return s->c.last_time > s->queued;
}

static void let_go(struct tracker *t, struct slot *s)
{
	if (s->queue == OVER && t->linger)
		tell(t, s);
	else
		end(t, s);
}

/* The head of a queue has been there longest. If it has not spoken since, nobody behind it has
 * been silent for longer; if it has, it goes to the end and the next one is looked at. */
static void sweep_queue(struct tracker *t, enum queue q, int64_t now)
{
	unsigned moves = 0;
	while (t->table.queue[q].head) {
		struct slot *s = t->table.queue[q].head;
		bool crowded = t->table.queue[q].count > at_most[q];
		if (overdue(t, s, now) || (crowded && !has_spoken(s)))
			let_go(t, s);
		else if (has_spoken(s) && moves++ < (crowded ? MOVES_CROWDED : MOVES))
			table_requeue(&t->table, s);
		else
			return;
	}
}

void tracker_sweep(struct tracker *t, int64_t now)
{
	t->since_sweep = 0;
	for (enum queue q = 0; q < QUEUES; q++)
		sweep_queue(t, q, now);
}

/* What is over in order of ending, then the others in order of id. */
static int by_ending(const void *a, const void *b)
{
	const struct slot *x = *(struct slot *const *)a, *y = *(struct slot *const *)b;
	bool over[] = {x->queue == OVER, y->queue == OVER};
	if (over[0] != over[1])
		return over[1] - over[0];
	if (over[0] && x->c.last_time != y->c.last_time)
		return x->c.last_time < y->c.last_time ? -1 : 1;
	return x->c.id < y->c.id ? -1 : 1;
}

void tracker_end(struct tracker *t)
{
	size_t count = t->table.count, n = 0;
	struct slot **all = calloc(count ? count : 1, sizeof *all);
	for (enum queue q = 0; all && q < QUEUES; q++)
		for (struct slot *s = t->table.queue[q].head; s; s = s->next)
			all[n++] = s;
	if (all)
		qsort(all, n, sizeof *all, by_ending);
	for (size_t i = 0; i < n; i++)
		if (all[i]->queue != TOLD)
			report(t, &all[i]->c);
	free(all);
	table_free(&t->table);
}

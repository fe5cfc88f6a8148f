/* SPDX-License-Identifier: MIT */
#include "capture/beside.h"

#include <stdlib.h>

#include "capture/clock.h"

/* The kernel's word comes 5 to 15 ms after the fact, a frame at most 10 ms: after `courtesy` both
 * are here, and are compared in the order of their times. Beyond MOST of them the first go on as
 * they are. */
enum { MOST = 65536 };

static const int64_t courtesy = 25000000, patience = 100000000;

/* An event, or the end of a connection, that waits. */
struct held {
	struct connection c;
	struct event e;
	int64_t since; /* when it came, of the end of a connection */
	uint8_t waits; /* for so many words of the kernel's */
	bool ended;
};

struct beside {
	struct agree *agree;
	struct sink next;
	struct tracker *tracker;
	struct held **held;         /* a ring: a word may have to go between two of them */
	unsigned first, count, fed; /* fed: so many of them have been compared */
	struct testimony *said;     /* a ring of those that have not */
	unsigned said_first, said_count;
	int64_t now; /* the time of the last thing compared */
};

static struct held *held_at(struct beside *b, unsigned i)
{
	return b->held[(b->first + i) % MOST];
}

static void pass_on(struct beside *b)
{
	struct held *h = held_at(b, 0);
	if (h->ended)
		b->next.ended(b->next.to, &h->c);
	else
		b->next.event(b->next.to, &h->c, &h->e);
	free(h);
	b->first = (b->first + 1) % MOST;
	b->count--;
	b->fed -= b->fed != 0;
}

/* When what is to be fed next happened. A connection ends just before another begins between its
 * ends, or else when that was found; what is no segment happened with the last one. */
static int64_t time_of_next(struct beside *b)
{
	const struct held *h = held_at(b, b->fed);
	if (!h->ended)
		return h->e.kind == EVENT_SEGMENT ? h->e.time : b->now;
	for (unsigned i = b->fed + 1; i < b->count; i++)
		if (!held_at(b, i)->ended && held_at(b, i)->e.kind == EVENT_SEGMENT)
			return held_at(b, i)->e.time;
	return h->since;
}

static void feed(struct beside *b, int64_t until);

/* A new item at place `at`; NULL: no memory, and the view lacks it. */
static struct held *hold(struct beside *b, unsigned at, const struct connection *c)
{
	struct held *h = malloc(sizeof *h);
	if (!h)
		return NULL;
	*h = (struct held){.c = *c};
	for (unsigned i = b->count++; i > at; i--)
		b->held[(b->first + i) % MOST] = b->held[(b->first + i - 1) % MOST];
	b->held[(b->first + at) % MOST] = h;
	return h;
}

/* Room for one more, and for the words that come of feeding. */
static void make_room(struct beside *b)
{
	while (b->count > MOST - 64) {
		if (!b->fed)
			feed(b, time_of_next(b));
		pass_on(b);
	}
}

/* The event whose step the kernel has confirmed, or explained. */
static struct held *find(struct beside *b, const struct finding *f)
{
	for (unsigned i = b->count; i-- > 0;) {
		struct held *h = held_at(b, i);
		if (!h->ended && f->n && h->c.id == f->conn && h->e.n == f->n &&
		    h->e.kind == EVENT_SEGMENT)
			return h;
	}
	return NULL;
}

static const struct connection *connection_of(struct beside *b, const struct finding *f)
{
	for (unsigned i = b->count; i-- > 0;)
		if (held_at(b, i)->c.id == f->conn)
			return &held_at(b, i)->c;
	const struct packet ends = {.src = f->local, .dst = f->remote};
	const struct connection *c = tracker_find(b->tracker, &ends);
	return c && c->id == f->conn ? c : NULL;
}

/* Behind the last item that segment n has part in; else behind all that has been compared. */
static unsigned place_of(struct beside *b, const struct finding *f)
{
	for (unsigned i = b->fed; f->n && i-- > 0;)
		if (!held_at(b, i)->ended && held_at(b, i)->c.id == f->conn &&
		    held_at(b, i)->e.n == f->n)
			return i + 1;
	return b->fed;
}

/* Behind what it is about, so that views get it there. */
static void hold_word(struct beside *b, const struct finding *f)
{
	const struct connection *c = connection_of(b, f);
	struct held *h = c && b->count < MOST ? hold(b, place_of(b, f), c) : NULL;
	if (!h)
		return;
	b->fed++;
	h->e = (struct event){
		.kind = EVENT_WITNESS,
		.end = f->end,
		.n = f->n,
		.time = f->time,
		.word = f->word,
		.more = true,
	};
}

static void on_finding(void *to, const struct finding *f)
{
	struct beside *b = to;
	struct held *h = find(b, f);
	if (h && f->word.agreement <= OURS_ONLY && h->waits)
		h->waits--;
	if (h && f->word.agreement == AGREED)
		h->e.kernel[f->end] = f->word.ours;
	hold_word(b, f);
}

struct beside *beside_new(bool local, struct tracker *tracker)
{
	struct beside *b = calloc(1, sizeof *b);
	if (!b)
		return NULL;
	b->tracker = tracker;
	b->held = calloc(MOST, sizeof(struct held *));
	b->said = calloc(MOST, sizeof *b->said);
	b->agree = agree_new(local, on_finding, b);
	if (b->held && b->said && b->agree)
		return b;
	beside_free(b);
	return NULL;
}

void beside_free(struct beside *b)
{
	while (b->held && b->count)
		free(held_at(b, --b->count));
	if (b->agree)
		agree_free(b->agree);
	free(b->held);
	free(b->said);
	free(b);
}

static void feed_held(struct beside *b)
{
	struct held *h = held_at(b, b->fed++);
	if (h->ended)
		agree_ended(b->agree, &h->c);
	else
		agree_event(b->agree, &h->c, &h->e);
}

static void feed_said(struct beside *b)
{
	const struct testimony t = b->said[b->said_first];
	b->said_first = (b->said_first + 1) % MOST;
	b->said_count--;
	agree_said(b->agree, &t);
}

/* Compare, in the order of time, what happened until then. */
static void feed(struct beside *b, int64_t until)
{
	while (b->fed < b->count || b->said_count) {
		int64_t ours = b->fed < b->count ? time_of_next(b) : INT64_MAX;
		int64_t said = b->said_count ? b->said[b->said_first].time : INT64_MAX;
		int64_t next = said < ours ? said : ours;
		if (next > until)
			return;
		if (b->now < next)
			b->now = next;
		(said < ours ? feed_said : feed_held)(b);
	}
}

static void release(struct beside *b, int64_t now)
{
	while (b->fed && (!held_at(b, 0)->waits || now - held_at(b, 0)->e.time > patience))
		pass_on(b);
}

static void on_event(void *to, const struct connection *c, const struct event *e)
{
	struct beside *b = to;
	make_room(b);
	struct held *h = hold(b, b->count, c);
	if (!h)
		return;
	h->e = *e;
	if (e->kind == EVENT_SEGMENT)
		h->waits = (uint8_t)((e->before[0] != e->after[0]) + (e->before[1] != e->after[1]));
}

static void on_ended(void *to, const struct connection *c)
{
	struct beside *b = to;
	make_room(b);
	struct held *h = hold(b, b->count, c);
	if (!h)
		return;
	h->ended = true;
	h->since = clock_ns(CLOCK_REALTIME);
}

struct sink beside_sink(struct beside *b, struct sink next)
{
	b->next = next;
	return (struct sink){b, on_event, on_ended, next.names};
}

void beside_said(struct beside *b, const struct testimony *t)
{
	if (b->said_count == MOST)
		feed_said(b);
	b->said[(b->said_first + b->said_count++) % MOST] = *t;
}

void beside_mind(struct beside *b, int64_t now)
{
	feed(b, now - courtesy);
	agree_mind(b->agree, now - courtesy);
	release(b, now);
}

void beside_end(struct beside *b)
{
	feed(b, INT64_MAX);
	while (b->count)
		pass_on(b);
}

const struct agree_counts *beside_counts(const struct beside *b)
{
	return agree_counts(b->agree);
}

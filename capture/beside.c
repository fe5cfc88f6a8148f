/* SPDX-License-Identifier: MIT */
#include "capture/beside.h"

#include <stdlib.h>

#include "capture/clock.h"

/* The kernel's word comes 5 to 15 ms after the fact, a frame at most 10 ms. Beyond MOST events the
 * first go on without it. */
enum { MOST = 4096 };

static const int64_t courtesy = 20000000, patience = 80000000;

/* An event, or the end of a connection, that waits. */
struct held {
	struct connection c;
	struct event e;
	int64_t since; /* when it came */
	uint8_t waits; /* for so many words of the kernel's */
	bool ended;
};

struct beside {
	struct agree *agree;
	struct sink next;
	struct tracker *tracker;
	struct held **held; /* a ring: a word may have to go between two of them */
	unsigned first, count;
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
}

/* A new item at place `at`; NULL: no memory, and the view lacks it. */
static struct held *hold(struct beside *b, unsigned at, const struct connection *c)
{
	struct held *h = malloc(sizeof *h);
	if (!h)
		return NULL;
	*h = (struct held){.c = *c, .since = clock_ns(CLOCK_REALTIME)};
	if (b->count == MOST) {
		pass_on(b);
		at -= at != 0;
	}
	for (unsigned i = b->count++; i > at; i--)
		b->held[(b->first + i) % MOST] = b->held[(b->first + i - 1) % MOST];
	b->held[(b->first + at) % MOST] = h;
	return h;
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

/* The last held item that segment n has part in; the last of all when there is none. */
static unsigned place_of(struct beside *b, const struct finding *f)
{
	for (unsigned i = b->count; f->n && i-- > 0;)
		if (!held_at(b, i)->ended && held_at(b, i)->c.id == f->conn &&
		    held_at(b, i)->e.n == f->n)
			return i;
	return b->count - 1;
}

/* Behind what it is about, so that views get it there. */
static void hold_word(struct beside *b, const struct finding *f)
{
	const struct connection *c = connection_of(b, f);
	struct held *h = c ? hold(b, b->count ? place_of(b, f) + 1 : 0, c) : NULL;
	if (!h)
		return;
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
	b->agree = agree_new(local, on_finding, b);
	if (b->held && b->agree)
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
	free(b);
}

/* Each is held until the kernel has had time to speak of it, and longer when it has to. */
static void release(struct beside *b, int64_t now)
{
	while (b->count) {
		const struct held *h = held_at(b, 0);
		if (now - h->since < (h->waits ? patience : courtesy))
			return;
		pass_on(b);
	}
}

static void on_event(void *to, const struct connection *c, const struct event *e)
{
	struct beside *b = to;
	struct held *h = hold(b, b->count, c);
	if (!h)
		return;
	h->e = *e;
	if (e->kind == EVENT_SEGMENT)
		h->waits = (uint8_t)((e->before[0] != e->after[0]) + (e->before[1] != e->after[1]));
	int64_t now = h->since;
	agree_event(b->agree, c, e);
	release(b, now);
}

static void on_ended(void *to, const struct connection *c)
{
	struct beside *b = to;
	agree_ended(b->agree, c);
	struct held *h = hold(b, b->count, c);
	if (h)
		h->ended = true;
}

struct sink beside_sink(struct beside *b, struct sink next)
{
	b->next = next;
	return (struct sink){b, on_event, on_ended, next.names};
}

void beside_said(struct beside *b, const struct testimony *t)
{
	agree_said(b->agree, t);
}

void beside_mind(struct beside *b, int64_t now)
{
	agree_mind(b->agree, now);
	release(b, now);
}

void beside_end(struct beside *b)
{
	while (b->count)
		pass_on(b);
}

const struct agree_counts *beside_counts(const struct beside *b)
{
	return agree_counts(b->agree);
}

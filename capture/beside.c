/* SPDX-License-Identifier: MIT */
#include "capture/beside.h"

#include <stdlib.h>

#include "capture/beside_said.h"
#include "capture/clock.h"

/* Events and words are compared in the order of their times, once all of both are here; one that
 * was held up on its CPU may be overtaken by so much. An event waits for its words so long at most.
 * Beyond MOST of them the first go on as they are. */
enum { MOST = 65536, BUCKETS = 4096 };

static const int64_t courtesy = 20000000, patience = 100000000;

/* An event, or the end of a connection, that waits; or a word behind one. */
struct held {
	struct connection c;
	struct event e;
	int64_t since; /* when it came, of the end of a connection */
	uint8_t waits; /* for so many words of the kernel's */
	bool ended, fed;
	struct held *older, *newer; /* of connections with the same bucket */
	struct held *word, *last_word;
};

struct beside {
	struct agree *agree;
	struct sink next;
	struct tracker *tracker;
	struct held **held;         /* a ring */
	struct held **newest;       /* of each bucket */
	unsigned first, count, fed; /* fed: so many of them have been compared */
	struct said said;           /* not compared yet */
	unsigned words;             /* that are held */
	int64_t now;                /* the time of the last thing compared */
};

static struct held *held_at(struct beside *b, unsigned i)
{
	return b->held[(b->first + i) % MOST];
}

static struct held **bucket_of(struct beside *b, uint32_t id)
{
	return &b->newest[id % BUCKETS];
}

static void pass_words(struct beside *b, struct held *h)
{
	while (h) {
		struct held *next = h->word;
		b->next.event(b->next.to, &h->c, &h->e);
		free(h);
		b->words--;
		h = next;
	}
}

/* The oldest of all is the oldest of its bucket. */
static void pass_on(struct beside *b)
{
	struct held *h = held_at(b, 0);
	if (h->ended)
		b->next.ended(b->next.to, &h->c);
	else
		b->next.event(b->next.to, &h->c, &h->e);
	pass_words(b, h->word);
	if (h->newer)
		h->newer->older = NULL;
	else
		*bucket_of(b, h->c.id) = NULL;
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

/* Room for one more. */
static void make_room(struct beside *b)
{
	while (b->count == MOST) {
		if (!b->fed)
			feed(b, time_of_next(b));
		pass_on(b);
	}
}

/* A new item behind all others; NULL: no memory, and the view lacks it. */
static struct held *hold(struct beside *b, const struct connection *c)
{
	make_room(b);
	struct held *h = malloc(sizeof *h), **newest = bucket_of(b, c->id);
	if (!h)
		return NULL;
	*h = (struct held){.c = *c, .older = *newest};
	if (*newest)
		(*newest)->newer = h;
	*newest = h;
	b->held[(b->first + b->count++) % MOST] = h;
	return h;
}

/* The last item that segment n has part in; `itself`: the segment's own. */
static struct held *item_of(struct beside *b, const struct finding *f, bool itself)
{
	struct held *h = f->n ? *bucket_of(b, f->conn) : NULL;
	while (h && (h->ended || !h->fed || h->c.id != f->conn || h->e.n != f->n ||
		     (itself && h->e.kind != EVENT_SEGMENT)))
		h = h->older;
	return h;
}

static const struct connection *connection_of(struct beside *b, const struct finding *f)
{
	for (struct held *h = *bucket_of(b, f->conn); h; h = h->older)
		if (h->c.id == f->conn)
			return &h->c;
	const struct packet ends = {.src = f->local, .dst = f->remote};
	const struct connection *c = tracker_find(b->tracker, &ends);
	return c && c->id == f->conn ? c : NULL;
}

/* Behind what it is about, so that views get it there; at once when nothing stands before it. */
static void hold_word(struct beside *b, const struct finding *f)
{
	const struct connection *c = connection_of(b, f);
	struct held *at = item_of(b, f, false);
	struct held *h = c && b->words < MOST ? malloc(sizeof *h) : NULL;
	if (!at && b->fed)
		at = held_at(b, b->fed - 1);
	if (!h)
		return;
	*h = (struct held){.c = *c};
	h->e = (struct event){
		.kind = EVENT_WITNESS,
		.end = f->end,
		.n = f->n,
		.time = f->time,
		.word = f->word,
		.more = true,
	};
	b->words++;
	if (!at) {
		pass_words(b, h);
		return;
	}
	*(at->word ? &at->last_word->word : &at->word) = h;
	at->last_word = h;
}

static void on_finding(void *to, const struct finding *f)
{
	struct beside *b = to;
	struct held *h = item_of(b, f, true);
	if (h && f->word.agreement <= OURS_ONLY && h->waits)
		h->waits--;
	if (h && (f->word.agreement == AGREED || f->word.agreement == OURS_ONLY))
		h->e.kernel[f->end] = f->word.kernels;
	hold_word(b, f);
}

struct beside *beside_new(bool local, struct tracker *tracker)
{
	struct beside *b = calloc(1, sizeof *b);
	if (!b)
		return NULL;
	b->tracker = tracker;
	b->held = calloc(MOST, sizeof(struct held *));
	b->newest = calloc(BUCKETS, sizeof(struct held *));
	b->agree = agree_new(local, on_finding, b);
	if (b->held && b->newest && said_init(&b->said) && b->agree)
		return b;
	beside_free(b);
	return NULL;
}

void beside_free(struct beside *b)
{
	while (b->held && b->count)
		for (struct held *h = held_at(b, --b->count), *next; h; h = next) {
			next = h->word;
			free(h);
		}
	if (b->agree)
		agree_free(b->agree);
	free(b->held);
	free(b->newest);
	said_free(&b->said);
	free(b);
}

static void feed_held(struct beside *b)
{
	struct held *h = held_at(b, b->fed++);
	h->fed = true;
	if (h->ended)
		agree_ended(b->agree, &h->c);
	else
		agree_event(b->agree, &h->c, &h->e);
}

static void feed_said(struct beside *b)
{
	const struct testimony t = said_take(&b->said);
	agree_said(b->agree, &t);
}

/* Compare, in the order of time, what happened until then. */
static void feed(struct beside *b, int64_t until)
{
	while (b->fed < b->count || b->said.count) {
		int64_t ours = b->fed < b->count ? time_of_next(b) : INT64_MAX;
		int64_t said = said_time(&b->said);
		int64_t next = said < ours ? said : ours;
		if (next > until)
			return;
		if (b->now < next)
			b->now = next;
		(said < ours ? feed_said : feed_held)(b);
	}
}

static void release(struct beside *b, int64_t here)
{
	while (b->fed && (!held_at(b, 0)->waits || here - held_at(b, 0)->e.time > patience))
		pass_on(b);
}

static void on_event(void *to, const struct connection *c, const struct event *e)
{
	struct beside *b = to;
	struct held *h = hold(b, c);
	if (h)
		h->e = *e;
	if (h && e->kind == EVENT_SEGMENT && agree_is_told(b->agree))
		h->waits = (uint8_t)((e->before[0] != e->after[0]) + (e->before[1] != e->after[1]));
}

static void on_ended(void *to, const struct connection *c)
{
	struct beside *b = to;
	struct held *h = hold(b, c);
	if (h) {
		h->ended = true;
		h->since = clock_ns(CLOCK_REALTIME);
	}
}

struct sink beside_sink(struct beside *b, struct sink next)
{
	b->next = next;
	return (struct sink){b, on_event, on_ended, next.names};
}

void beside_said(struct beside *b, const struct testimony *t)
{
	if (b->said.count == MOST_SAID)
		feed_said(b);
	said_add(&b->said, t);
}

void beside_mind(struct beside *b, int64_t here)
{
	feed(b, here - courtesy);
	agree_mind(b->agree, here - courtesy);
	release(b, here);
}

void beside_end(struct beside *b)
{
	feed(b, INT64_MAX);
	while (b->count)
		pass_on(b);
}

struct agree *beside_agree(struct beside *b)
{
	return b->agree;
}

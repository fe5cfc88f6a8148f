/* SPDX-License-Identifier: MIT */
#include "analysis/views/keep.h"

#include <stdlib.h>

#include "analysis/model/peer.h"

/* Where id is, or would be. room is a power of two and never full. */
static struct page *place(const struct keep *k, uint32_t id)
{
	size_t i = id * 0x9E3779B1U >> 7 & (k->room - 1); /* ids come in runs: scatter them */
	while (k->page[i].id && k->page[i].id != id)
		i = (i + 1) & (k->room - 1);
	return &k->page[i];
}

static bool grow(struct keep *k)
{
	struct keep more = {.room = k->room ? k->room * 2 : 64, .count = k->count};
	more.page = calloc(more.room, sizeof *more.page);
	if (!more.page)
		return false;
	for (size_t i = 0; i < k->room; i++)
		if (k->page[i].id)
			*place(&more, k->page[i].id) = k->page[i];
	free(k->page);
	*k = more;
	return true;
}

static struct page *page_of(struct keep *k, uint32_t id)
{
	if ((k->count + 1) * 2 > k->room && !grow(k))
		return NULL;
	struct page *p = place(k, id);
	if (!p->id) {
		*p = (struct page){.id = id};
		k->count++;
	}
	return p;
}

/* The end was in `c->after` until the segment that gave it away: nothing in between moved it, and
 * what it was sent meanwhile it took as before. */
static void put_right(struct page *p, const struct event *c)
{
	for (size_t i = p->count; i-- > 0 && p->at[i].n >= c->corrects;) {
		struct event *e = &p->at[i];
		if (e->n > c->corrects && e->n <= c->n)
			e->before[c->end] = c->after[c->end];
		if (e->n < c->n)
			e->after[c->end] = c->after[c->end];
		if (e->n > c->corrects && e->n < c->n && e->end != c->end &&
		    c->correction == FORGED)
			e->arrival = ARRIVED;
		if (e->n == c->corrects && e->kind == EVENT_SEGMENT)
			e->correction = c->correction;
	}
}

/* What an end acknowledged from segment n on was no mistake: the capture lacks what it speaks of.
 */
static void believe(struct page *p, const struct event *gap)
{
	for (size_t i = 0; i < p->count; i++) {
		struct event *e = &p->at[i];
		bool acks = e->kind == EVENT_SEGMENT && e->n >= gap->diagnosis.segment[0] &&
			    e->end != gap->diagnosis.end && e->seg.flags & ACK;
		if (acks && e->arrival == UNACCEPTABLE)
			e->arrival = ARRIVED;
	}
}

/* A RST that was ignored was nobody's abort, and ended nothing. */
static void withdraw(struct page *p, uint32_t rst)
{
	size_t kept = 0;
	for (size_t i = 0; i < p->count; i++) {
		const struct diagnosis *d = &p->at[i].diagnosis;
		bool abort = p->at[i].kind == EVENT_DIAGNOSIS &&
			     (d->id == ABORTIVE_CLOSE || d->id == RST_UNREAD_DATA ||
			      d->id == TIME_WAIT_ASSASSINATED) &&
			     d->count && d->segment[d->count - 1] == rst;
		if (!abort)
			p->at[kept++] = p->at[i];
	}
	p->count = kept;
}

void keep_event(struct keep *k, uint32_t id, const struct event *e)
{
	struct page *p = page_of(k, id);
	if (!p)
		return;
	if (e->kind == EVENT_CORRECTION) {
		put_right(p, e);
		return;
	}
	if (e->kind == EVENT_DIAGNOSIS && e->diagnosis.id == CAPTURE_GAP && e->diagnosis.count)
		believe(p, e);
	if (e->kind == EVENT_DIAGNOSIS && e->diagnosis.id == RST_IGNORED && e->diagnosis.count)
		withdraw(p, e->diagnosis.segment[0]);
	if (p->count == p->room) {
		size_t room = p->room ? p->room * 2 : 16;
		struct event *at = realloc(p->at, room * sizeof *at);
		if (!at)
			return;
		p->at = at;
		p->room = room;
	}
	p->at[p->count++] = *e;
}

const struct event *keep_events(const struct keep *k, uint32_t id, size_t *count)
{
	const struct page *p = k->room ? place(k, id) : NULL;
	*count = p ? p->count : 0;
	return p ? p->at : NULL;
}

/* Close the hole, so that no search ends early. */
static void close_hole(struct keep *k, size_t hole)
{
	for (size_t i = (hole + 1) & (k->room - 1); k->page[i].id; i = (i + 1) & (k->room - 1)) {
		struct page moved = k->page[i];
		k->page[i] = (struct page){0};
		*place(k, moved.id) = moved;
	}
}

void keep_drop(struct keep *k, uint32_t id)
{
	struct page *p = k->room ? place(k, id) : NULL;
	if (!p || !p->id)
		return;
	free(p->at);
	*p = (struct page){0};
	k->count--;
	close_hole(k, (size_t)(p - k->page));
}

void keep_free(struct keep *k)
{
	for (size_t i = 0; i < k->room; i++)
		free(k->page[i].at);
	free(k->page);
	*k = (struct keep){0};
}

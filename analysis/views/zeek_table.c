/* SPDX-License-Identifier: MIT */
#include "analysis/views/zeek_table.h"

#include <search.h>
#include <stdlib.h>

enum { LINGER = 5, SESSION = 6 }; /* seconds: tcp_connection_linger, tcp_session_timer */

static int compare(const void *a, const void *b)
{
	const struct zeek_pair *x = a, *y = b;
	int first = endpoint_cmp(&x->end[0], &y->end[0]);
	return first ? first : endpoint_cmp(&x->end[1], &y->end[1]);
}

struct zeek_conn *zeek_table_find(const struct zeek_table *t, const struct packet *p)
{
	bool low = endpoint_cmp(&p->src, &p->dst) <= 0;
	struct zeek_pair pair = {{low ? p->src : p->dst, low ? p->dst : p->src}};
	struct zeek_conn *const *found = tfind(&pair, (void *const *)&t->tree, compare);
	return found ? *found : NULL;
}

static int earliest(const struct zeek_conn *c)
{
	int timer = 0;
	for (int i = 1; i < ZEEK_TIMERS; i++)
		if (c->timer[i] < c->timer[timer])
			timer = i;
	return timer;
}

static int64_t due(const struct zeek_conn *c)
{
	return c->timer[earliest(c)];
}

static void place(struct zeek_table *t, struct zeek_conn *c, size_t at)
{
	t->heap[at] = c;
	c->place = at;
}

void zeek_table_moved(struct zeek_table *t, struct zeek_conn *c)
{
	size_t at = c->place;
	for (; at && due(t->heap[(at - 1) / 2]) > due(c); at = (at - 1) / 2)
		place(t, t->heap[(at - 1) / 2], at);
	for (size_t child; (child = 2 * at + 1) < t->count; at = child) {
		if (child + 1 < t->count && due(t->heap[child + 1]) < due(t->heap[child]))
			child++;
		if (due(t->heap[child]) >= due(c))
			break;
		place(t, t->heap[child], at);
	}
	place(t, c, at);
}

static bool make_room(struct zeek_table *t)
{
	if (t->count < t->room)
		return true;
	size_t room = t->room ? t->room * 2 : 64;
	struct zeek_conn **heap = realloc(t->heap, room * sizeof *heap);
	if (!heap)
		return false;
	t->heap = heap;
	t->room = room;
	return true;
}

struct zeek_conn *zeek_table_add(struct zeek_table *t, const struct packet *p)
{
	struct zeek_conn *c = make_room(t) ? zeek_conn_new(p, t->now) : NULL;
	if (c && !tsearch(c, &t->tree, compare)) {
		zeek_conn_free(c);
		return NULL;
	}
	if (c) {
		c->place = t->count++;
		zeek_table_moved(t, c);
	}
	return c;
}

void zeek_table_remove(struct zeek_table *t, struct zeek_conn *c)
{
	struct zeek_conn *last = t->heap[--t->count];
	tdelete(c, &t->tree, compare);
	if (last == c)
		return;
	last->place = c->place;
	zeek_table_moved(t, last);
}

static bool again(struct zeek_conn *c, int timer, int64_t time)
{
	c->timer[timer] = time;
	return false;
}

/* At least one end has closed, and for a while nothing has come. */
static bool over_expire(struct zeek_conn *c, int timer, int64_t now)
{
	const struct zeek_end *a = &c->end[0], *b = &c->end[1];
	bool inactive = a->state == ZEEK_INACTIVE || b->state == ZEEK_INACTIVE;
	bool reset = a->state == ZEEK_RESET || b->state == ZEEK_RESET;
	if (!c->active)
		return false;
	if (c->last + (int64_t)LINGER * ZEEK_SECOND < now) {
		if ((a->closed && b->closed) || ((a->closed || b->closed) && (reset || inactive)))
			return true;
		if (a->state == ZEEK_INACTIVE && b->state == ZEEK_INACTIVE)
			return true;
	}
	return again(c, timer, now + (int64_t)SESSION * ZEEK_SECOND);
}

static bool over_attempt(struct zeek_conn *c, int timer, int64_t now)
{
	enum zeek_state orig = c->end[c->orig].state;
	(void)timer;
	(void)now;
	return c->active && (orig == ZEEK_SYN_SENT || orig == ZEEK_SYN_ACK_SENT) &&
	       c->end[!c->orig].state == ZEEK_INACTIVE;
}

static bool over_reset(struct zeek_conn *c, int timer, int64_t now)
{
	(void)timer;
	(void)now;
	return c->active;
}

static bool over_close(struct zeek_conn *c, int timer, int64_t now)
{
	(void)c;
	(void)timer;
	(void)now;
	return true;
}

static bool over_silence(struct zeek_conn *c, int timer, int64_t now)
{
	return c->last + c->patience <= now || again(c, timer, c->last + c->patience);
}

struct zeek_conn *zeek_table_over(struct zeek_table *t, int *most)
{
	static bool (*const over[])(struct zeek_conn * c, int timer, int64_t now) = {
		[EXPIRE] = over_expire,     [EXPIRE_HALF] = over_expire, [ATTEMPT] = over_attempt,
		[RESET_DELAY] = over_reset, [CLOSE_DELAY] = over_close,  [SILENCE] = over_silence,
	};
	if (t->count > ZEEK_MOST) {
		struct zeek_conn *c = t->heap[0];
		zeek_table_remove(t, c);
		return c;
	}
	for (; *most && t->count && due(t->heap[0]) <= t->now; --*most) {
		struct zeek_conn *c = t->heap[0];
		int timer = earliest(c);
		c->timer[timer] = INT64_MAX;
		if (over[timer](c, timer, t->now)) {
			zeek_table_remove(t, c);
			--*most;
			return c;
		}
		zeek_table_moved(t, c);
	}
	return NULL;
}

static int earlier(const void *a, const void *b)
{
	const struct zeek_conn *x = *(struct zeek_conn *const *)a;
	const struct zeek_conn *y = *(struct zeek_conn *const *)b;
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return x->frame < y->frame ? -1 : 1;
}

void zeek_table_sort(struct zeek_table *t)
{
	for (size_t i = 0; i < t->count; i++)
		tdelete(t->heap[i], &t->tree, compare);
	if (t->count)
		qsort(t->heap, t->count, sizeof *t->heap, earlier);
}

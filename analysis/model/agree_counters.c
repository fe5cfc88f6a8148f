/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "analysis/model/agree_parts.h"

/* How long after the kernel's word its segment may be captured, and what the end had sent by then;
 * how close to each other segments come that change places. */
static const uint64_t late = 1000000, queued = 60000000, abreast = 200000;

static uint64_t apart(int64_t a, int64_t b)
{
	return a < b ? (uint64_t)b - (uint64_t)a : (uint64_t)a - (uint64_t)b;
}

static bool has_passed(uint64_t span, int64_t since, int64_t now)
{
	return now > since && apart(since, now) > span;
}

static void note_arrival(struct counters *all, const struct event *e, struct seq acked)
{
	struct came *c = &all->came;
	if (c->count == CAME) {
		c->lost |= !c->at[0].taken;
		memmove(c->at, c->at + 1, --c->count * sizeof c->at[0]);
	}
	c->at[c->count++] = (struct came_one){
		.time = e->time,
		.n = e->n,
		.una = all->una,
		.acked = acked,
		.len = (uint16_t)e->seg.len,
	};
}

/* An end in ESTABLISHED by either word; a RST or FIN may be refused. */
static bool is_told(const struct side *s, const struct connection *c, const struct event *e)
{
	bool arrives = e->kind == EVENT_SEGMENT && (c->self || e->end != s->end) && !e->copy;
	return arrives && s->counters.known &&
	       (e->before[s->end] == ESTABLISHED || s->kernel_state == ESTABLISHED);
}

/* The arrivals that the kernel joins because they had to wait: how many from `first` on have so
 * much data together; 0: none. */
static unsigned run_of(const struct came *c, unsigned first, const struct counter *k)
{
	uint16_t sum = 0;
	for (unsigned i = first; i < c->count && !c->at[i].taken && c->at[i].time <= k->time; i++) {
		sum = (uint16_t)(sum + c->at[i].len);
		if (sum == k->len)
			return i + 1 - first;
	}
	return 0;
}

/* The first one that the kernel can have meant; `any`: or else the last one of that length,
 * whatever the numbers. CAME: there is none. */
static unsigned find(const struct came *c, const struct counter *k, bool any)
{
	unsigned found = CAME;
	for (unsigned i = 0; i < c->count; i++)
		if (run_of(c, i, k)) {
			if (seq_eq(c->at[i].una, k->una))
				return i;
			found = any ? i : CAME;
		}
	return found;
}

/* One that came at the same time as number i explains its SND.UNA: the order at the tap was not
 * that at the socket. */
static bool is_overtaken(const struct came *c, unsigned i, struct seq una)
{
	for (unsigned k = 0; k < c->count; k++)
		if (k != i && apart(c->at[k].time, c->at[i].time) < abreast &&
		    (seq_eq(c->at[k].una, una) || seq_eq(c->at[k].acked, una)))
			return true;
	return false;
}

/* False: its segment may come yet. */
static bool match(struct came *c, struct counter *k, bool is_late)
{
	unsigned i = find(c, k, is_late && !c->lost);
	if (i == CAME)
		return is_late;
	k->n = c->at[i].n;
	k->our_una = c->at[i].una;
	k->overtaken = is_overtaken(c, i, k->una);
	c->lost = false;
	for (unsigned end = i + run_of(c, i, k); i < end; i++)
		c->at[i].taken = true;
	return true;
}

static void tell(struct agree *a, const struct side *s, const struct counter *k, bool una)
{
	struct finding f = {
		.conn = s->conn,
		.n = k->n,
		.time = k->time,
		.end = s->end,
		.local = s->local,
		.remote = s->remote,
		.word = {.agreement = OTHER_NUMBERS, .ours = s->state, .kernels = s->kernel_state},
	};
	snprintf(f.word.reason, sizeof f.word.reason, "%s %" PRIu32 ", ours %" PRIu32,
		 una ? "SND.NXT" : "SND.UNA", una ? k->nxt.n : k->una.n,
		 una ? k->our_nxt.n : k->our_una.n);
	a->tell(a->to, &f);
}

/* False: it waits for a segment of either direction. */
static bool settle(struct agree *a, struct side *s, struct counter *k, int64_t now)
{
	if (!k->n && !match(&s->counters.came, k, has_passed(late, k->time, now)))
		return false;
	bool una = seq_eq(k->una, k->our_una), ahead = seq_lt(k->our_nxt, k->nxt);
	if (k->n && una && !k->reached && ahead && !has_passed(queued, k->time, now))
		return false;
	s->counters.doubted &= !(k->n && una);
	if (!k->n || s->doubt || (!una && (k->overtaken || s->counters.doubted)))
		return true; /* not to be compared */
	a->counts.arrivals++;
	a->counts.alike += una && k->reached;
	if (!una || !k->reached)
		tell(a, s, k, una);
	return true;
}

void counters_mind(struct agree *a, struct side *s, int64_t now)
{
	struct counters *all = &s->counters;
	unsigned kept = 0;
	for (unsigned i = 0; i < all->count; i++) {
		struct counter k = all->at[i];
		if (!settle(a, s, &k, now))
			all->at[kept++] = k;
	}
	all->count = kept;
}

/* It was sent before it was captured, and perhaps behind what had been sent after it. */
static void note_departure(struct counters *all, struct seq end)
{
	for (struct counter *k = all->at; k < all->at + all->count; k++)
		k->reached |= seq_eq(k->nxt, end);
}

void counters_note(struct agree *a, struct side *s, const struct connection *c,
		   const struct event *e)
{
	const struct tcb *t = &c->peer[s->end].now;
	struct counters *all = &s->counters;
	if (is_told(s, c, e))
		note_arrival(all, e, t->snd.una);
	all->known = t->syn_sent && t->snd_known;
	all->una = t->snd.una;
	all->nxt = t->snd.nxt;
	all->moved = e->time;
	if (e->kind == EVENT_SEGMENT && e->end == s->end)
		note_departure(all, segment_end(&e->seg));
	counters_mind(a, s, e->time);
}

void counters_hear(struct agree *a, struct side *s, const struct testimony *t)
{
	struct counters *all = &s->counters;
	if (t->time < all->moved)
		return; /* what ours were then is not known any more */
	if (all->count == COUNTERS)
		memmove(all->at, all->at + 1, --all->count * sizeof all->at[0]);
	all->at[all->count++] = (struct counter){
		.time = t->time,
		.una = t->una,
		.nxt = t->nxt,
		.len = t->len,
		.our_nxt = all->nxt,
		.reached = seq_eq(t->nxt, all->nxt),
	};
	counters_mind(a, s, t->time);
}

/* If the kernel has not spoken of its arrival, it will not any more. */
void counters_refuse(struct side *s, uint32_t n, bool seen)
{
	struct came *c = &s->counters.came;
	for (unsigned i = 0; i < c->count; i++)
		c->at[i].taken |= c->at[i].n == n;
	s->counters.doubted |= !seen;
}

/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "analysis/model/agree_parts.h"

/* A refusal comes so soon after its segment, a RST so near the word on it. */
static const int64_t soon = 1000000;

/* The segment that was refused is the last one that had come by then. */
static bool find_refused(const struct side *s, int64_t since, int64_t time, uint32_t *n,
			 uint32_t *verdict)
{
	int64_t latest = since;
	for (unsigned i = 0; i < HEARD && i < s->heards; i++)
		if (s->heard[i].time <= time && s->heard[i].time > latest) {
			latest = s->heard[i].time;
			*n = s->heard[i].n;
			*verdict = s->heard[i].verdict;
		}
	return latest > since;
}

/* A segment may wait for a socket while this gives way to the smaller one of TIME-WAIT. */
static bool gives_way(const struct side *s, const char *reason)
{
	return s->state == TIME_WAIT && strcmp(reason, "TCP_CLOSE") == 0;
}

/* What no segment could have told us is not ours to know. */
static enum agreement judge(const struct side *s, const char *reason, uint32_t verdict)
{
	uint32_t arrivals = 0;
	bool nobody = strcmp(reason, "NO_SOCKET") == 0;
	if (!agree_refusal(reason, &arrivals))
		return UNKNOWN_REASON;
	if (strcmp(reason, "TCP_CSUM") == 0 && verdict & SUMS_UNSEEN)
		return BY_DESIGN;
	if (nobody && (s->state == CLOSED || s->state == LISTEN))
		return SAME_VERDICT; /* as the RST says that follows */
	if (arrivals & verdict)
		return SAME_VERDICT;
	return arrivals & UNSHOWN || gives_way(s, reason) ? BY_DESIGN : OTHER_VERDICT;
}

static bool is_judged(uint8_t agreement)
{
	return agreement == SAME_VERDICT || agreement == OTHER_VERDICT;
}

void agree_refused(struct agree *a, struct side *s, const struct testimony *t)
{
	uint32_t arrivals = 0, verdict = 0;
	struct finding f = {
		.conn = s->conn,
		.time = t->time,
		.end = s->end,
		.local = s->local,
		.remote = s->remote,
		.word = {.ours = s->state,
			 .kernels = s->kernel_state,
			 .why = agree_refusal(t->reason, &arrivals)},
	};
	bool found = find_refused(s, 0, t->time, &f.n, &verdict);
	counters_refuse(s, f.n, arrivals & verdict);
	if (!found)
		return;
	memcpy(f.word.reason, t->reason, sizeof f.word.reason);
	f.word.agreement = (uint8_t)judge(s, t->reason, verdict);
	if (f.word.agreement == OTHER_VERDICT && s->doubt)
		return;
	a->counts.refused += is_judged(f.word.agreement);
	a->counts.same += f.word.agreement == SAME_VERDICT;
	a->tell(a->to, &f);
}

/* Its own RST, and why, once both are known. */
static void explain_reset(struct agree *a, struct side *s)
{
	struct reset *r = &s->reset;
	int64_t apart = r->said < r->time ? r->time - r->said : r->said - r->time;
	if (!r->n || !*r->reason || apart > soon || s->crafted)
		return;
	struct finding f = {
		.conn = s->conn,
		.n = r->n,
		.time = r->said,
		.end = s->end,
		.local = s->local,
		.remote = s->remote,
		.word = {.agreement = GAVE_REASON,
			 .ours = s->state,
			 .kernels = s->kernel_state,
			 .why = agree_reset(r->reason)},
	};
	memcpy(f.word.reason, r->reason, sizeof f.word.reason);
	if (!f.word.why)
		f.word.agreement = UNKNOWN_REASON;
	*r = (struct reset){0};
	a->tell(a->to, &f);
}

void agree_note_reset(struct agree *a, struct side *s, const struct event *e)
{
	if (e->kind != EVENT_SEGMENT || e->end != s->end || !(e->seg.flags & RST))
		return;
	s->reset.n = e->n;
	s->reset.time = e->time;
	explain_reset(a, s);
}

/* NOT_SPECIFIED is no reason. */
void agree_said_reset(struct agree *a, struct side *s, const struct testimony *t)
{
	if (strcmp(t->reason, "NOT_SPECIFIED") == 0)
		return;
	memcpy(s->reset.reason, t->reason, sizeof s->reset.reason);
	s->reset.said = t->time;
	explain_reset(a, s);
}

struct search {
	const struct testimony *t;
	struct side *found;
	unsigned here, fits; /* ends of that listener; with a segment of just then */
};

/* A listener may be bound to all addresses. What has a socket speaks for itself. */
static bool is_listeners(const struct endpoint *local, const struct endpoint *listener)
{
	static const struct address any;
	bool all = memcmp(listener->address.octet, any.octet, sizeof any.octet) == 0;
	return local->port == listener->port && (all || endpoint_eq(local, listener));
}

/* Nor has it refused this segment when we should have said otherwise: it may be a listener of
 * another network namespace. */
static bool fits(const struct side *s, const struct testimony *t, uint32_t verdict)
{
	return t->kind != SAID_DROPPED || judge(s, t->reason, verdict) != OTHER_VERDICT;
}

static void look_at(struct side *s, void *to)
{
	struct search *search = to;
	uint32_t n = 0, verdict = 0;
	if (!s->conn || !is_listeners(&s->local, &search->t->local))
		return;
	search->here++;
	if (s->spoken && s->kernel_state != CLOSED)
		return;
	if (!find_refused(s, search->t->time - soon, search->t->time, &n, &verdict) ||
	    !fits(s, search->t, verdict))
		return;
	search->fits++;
	search->found = s;
}

struct side *agree_place(struct agree *a, const struct testimony *t)
{
	struct search search = {.t = t};
	sides_each(&a->sides, look_at, &search);
	if (search.fits == 1)
		return search.found;
	a->counts.unplaced += search.here != 0;
	return NULL;
}

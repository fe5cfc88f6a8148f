/* SPDX-License-Identifier: MIT */
#include "analysis/model/agree.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/model/agree_parts.h"

/* How long a step may wait for its counterpart: frames come some milliseconds after what the kernel
 * says of them. How long a side is remembered of which no segment was seen. */
static const int64_t settle = 60000000, forget = 5000000000;

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

static void tell(const struct agree *a, const struct side *s, enum agreement kind,
		 const struct dated_step *d, const char *why)
{
	const struct finding f = {
		.conn = s->conn,
		.n = d->n,
		.time = d->time,
		.end = s->end,
		.local = s->local,
		.remote = s->remote,
		.word = {.agreement = (uint8_t)kind,
			 .ours = d->step.to,
			 .kernels = s->kernel_state,
			 .why = why},
	};
	a->tell(a->to, &f);
}

/* ---- comparing */

static struct step next_of(const struct steps *s)
{
	return s->count ? s->at[0].step : (struct step){UNKNOWN, UNKNOWN};
}

/* Take what the table explains, or what agrees. False: the next steps are neither. */
static void take_ours(struct side *s)
{
	s->settled = s->ours.at[0].step.to;
	steps_take(&s->ours, 1);
}

static bool compare_one(struct agree *a, struct side *s, bool late)
{
	const char *why = NULL;
	struct step ours = next_of(&s->ours), kernels = next_of(&s->kernels);
	bool both = s->ours.count && s->kernels.count;
	if (both && ours.to == kernels.to && kernels.from != LISTEN) {
		a->counts.transitions++;
		a->counts.agreed++;
		tell(a, s, AGREED, &s->ours.at[0], NULL);
		take_ours(s);
		steps_take(&s->kernels, 1);
		return true;
	}
	enum design d = agree_design(ours, kernels, late, &why);
	if (d == NO_DESIGN && late && !s->spoken && ours.to == CLOSED) {
		d = TAKES_OURS;
		why = "no socket was there: the kernel itself answered";
	}
	if (d == NO_DESIGN && late && s->gone && !s->kernels.count) {
		d = TAKES_OURS;
		why = "its socket is gone, which no segment had said";
	}
	if (d == NO_DESIGN)
		return false;
	s->gone |= d == TAKES_KERNELS && !s->ours.count && kernels.to == CLOSED;
	a->counts.by_design++;
	tell(a, s, BY_DESIGN, d == TAKES_KERNELS ? &s->kernels.at[0] : &s->ours.at[0], why);
	if (d != TAKES_KERNELS)
		take_ours(s);
	if (d != TAKES_OURS)
		steps_take(&s->kernels, 1);
	return true;
}

static bool is_old(const struct steps *s, int64_t now)
{
	return s->count && now - s->at[0].time > settle;
}

/* What nothing explains is counted; a step of ours stays, for a segment may take it back yet. */
static void give_up(struct agree *a, struct side *s, bool for_good)
{
	bool kernels = s->kernels.count;
	struct steps *steps = kernels ? &s->kernels : &s->ours;
	if (!s->told)
		tell(a, s, kernels ? KERNEL_ONLY : OURS_ONLY, &steps->at[0], NULL);
	s->told = !kernels && !for_good;
	if (s->told)
		return;
	a->counts.transitions++;
	if (kernels)
		steps_take(steps, 1);
	else
		take_ours(s);
}

/* A program closes, and its FIN has to wait: for the data before it, or for a window. */
static bool waits_to_leave(const struct side *s)
{
	enum tcp_state to = (enum tcp_state)next_of(&s->kernels).to;
	return !s->ours.count && (to == FIN_WAIT_1 || to == LAST_ACK);
}

/* Compare as far as it goes. What is younger than `settle` at `now` may wait for its counterpart.
 */
void agree_compare(struct agree *a, struct side *s, int64_t now, bool for_good)
{
	while (s->ours.count || s->kernels.count) {
		bool late = for_good || is_old(&s->ours, now) || is_old(&s->kernels, now);
		if (late && !for_good && waits_to_leave(s))
			return;
		if (compare_one(a, s, late))
			continue;
		if (!late || (s->told && !s->kernels.count && !for_good))
			return;
		give_up(a, s, for_good);
		if (s->told)
			return;
	}
}

/* Only ends with a socket of the kernel's are compared. */
bool agree_is_kernels(const struct agree *a, const struct side *s)
{
	return s->conn && !s->crafted && (s->spoken || a->local);
}

/* ---- our word */

/* What the kernel says of an earlier connection between the same ends; but a socket goes to
 * SYN-SENT just before its SYN is seen. */
static void conclude_earlier(struct agree *a, struct side *s, const struct connection *c)
{
	struct dated_step last = {.time = 0};
	if (s->kernels.count)
		last = s->kernels.at[s->kernels.count - 1];
	bool new = last.step.to == SYN_SENT;
	s->kernels.count -= new;
	if (agree_is_kernels(a, s))
		agree_compare(a, s, c->first_time, true);
	s->kernels.count = 0;
	if (new)
		steps_add(&s->kernels, last);
	s->spoken = new;
	s->kernel_state = new ? SYN_SENT : UNKNOWN;
}

static struct side *side_of(struct agree *a, const struct connection *c, int end, bool make)
{
	struct side *s = sides_find(&a->sides, &c->endpoint[end], &c->endpoint[1 - end], make);
	if (s && s->conn != c->id && make) {
		conclude_earlier(a, s, c);
		s->conn = c->id;
		s->end = (uint8_t)end;
		s->state = s->settled = UNKNOWN;
		s->ours.count = 0;
		s->heards = 0;
		s->crafted = s->told = s->gone = s->totals = false;
	}
	return s;
}

static void claim(struct side *s, const struct event *e, uint8_t from, uint8_t to)
{
	if (from == to)
		return;
	steps_add(&s->ours, (struct dated_step){{from, to}, e->n, e->time});
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

/* What segment `corrects` did to the end was not so. The step of segment n itself, which comes
 * first, stays: it starts from where the end really was. */
static void take_back(struct side *s, const struct event *e)
{
	struct dated_step own = {.n = 0};
	uint8_t was = e->after[s->end];
	while (s->ours.count && s->ours.at[s->ours.count - 1].n >= e->corrects) {
		s->ours.count--;
		if (s->ours.at[s->ours.count].n == e->n)
			own = s->ours.at[s->ours.count];
	}
	uint8_t last = s->ours.count ? s->ours.at[s->ours.count - 1].step.to : s->settled;
	s->told = false;
	if (last != was)
		steps_add(&s->ours, (struct dated_step){{last, was}, e->corrects, e->time});
	if (own.n && own.step.to != was)
		steps_add(&s->ours, (struct dated_step){{was, own.step.to}, own.n, own.time});
	s->state = own.n ? own.step.to : was;
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
		note_totals(s, c, end);
		if (e->kind == EVENT_SEGMENT) {
			s->crafted |= e->crafted && e->end == end;
			if (e->end != end)
				note_heard(s, c, e);
			claim(s, e, e->before[end], e->after[end]);
		} else if (e->kind == EVENT_CORRECTION && e->end == end) {
			take_back(s, e);
		} else if (e->kind == EVENT_INFERRED) {
			claim(s, e, e->before[end], e->after[end]);
		}
		if (agree_is_kernels(a, s))
			agree_compare(a, s, e->time, false);
	}
}

void agree_ended(struct agree *a, const struct connection *c)
{
	for (int end = 0; end < 2; end++) {
		struct side *s = side_of(a, c, end, false);
		if (s && s->conn == c->id && agree_is_kernels(a, s))
			agree_compare(a, s, c->last_time, true);
		if (s && s->conn == c->id)
			sides_drop(&a->sides, s);
	}
}

static void mind(struct side *s, void *to)
{
	struct agree *a = to;
	if (agree_is_kernels(a, s))
		agree_compare(a, s, a->now, false);
	else if (!s->conn && a->now - s->last > forget)
		sides_drop(&a->sides, s);
}

void agree_mind(struct agree *a, int64_t now)
{
	a->now = now;
	sides_each(&a->sides, mind, a);
}

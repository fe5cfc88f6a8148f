/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "analysis/model/agree_parts.h"

/* A client's port is chosen after it has gone to SYN-SENT. */
static void hear_newborn(struct agree *a, const struct testimony *t)
{
	unsigned at = a->newborns++ % NEWBORNS;
	a->newborn[at].socket = t->socket;
	a->newborn[at].step = (struct dated_step){{t->from, t->to}, 0, t->time};
}

static void recall_newborn(struct agree *a, struct side *s, uint64_t socket)
{
	for (int i = 0; socket && i < NEWBORNS; i++)
		if (a->newborn[i].socket == socket) {
			steps_add(&s->kernels, a->newborn[i].step);
			a->newborn[i].socket = 0;
		}
}

static void hear_state(struct agree *a, struct side *s, const struct testimony *t)
{
	recall_newborn(a, s, t->socket);
	s->socket = t->socket;
	s->spoken = true;
	s->last = t->time;
	steps_add(&s->kernels, (struct dated_step){{t->from, t->to}, 0, t->time});
	s->kernel_state = t->to;
	if (agree_is_kernels(a, s))
		agree_compare(a, s, t->time, false);
}

/* The segment that was refused is the last one that had come by then. */
static void hear_refusal(struct agree *a, struct side *s, const struct testimony *t)
{
	uint32_t arrivals = 0, n = 0;
	uint32_t verdict = 0;
	int64_t time = 0;
	for (unsigned i = 0; i < HEARD && i < s->heards; i++)
		if (s->heard[i].time <= t->time && s->heard[i].time > time) {
			time = s->heard[i].time;
			n = s->heard[i].n;
			verdict = s->heard[i].verdict;
		}
	struct finding f = {
		.conn = s->conn,
		.n = n,
		.time = t->time,
		.end = s->end,
		.local = s->local,
		.remote = s->remote,
		.word = {.ours = s->state,
			 .kernels = s->kernel_state,
			 .why = agree_reason(t->reason, &arrivals)},
	};
	if (!n || !f.word.why)
		return;
	memcpy(f.word.reason, t->reason, sizeof f.word.reason);
	bool same = arrivals & verdict;
	f.word.agreement = same ? SAME_VERDICT : OTHER_VERDICT;
	a->counts.refused++;
	a->counts.same += same;
	a->tell(a->to, &f);
}

void agree_said(struct agree *a, const struct testimony *t)
{
	bool known = t->local.port && t->remote.port;
	if (t->kind == SAID_STATE && t->from == t->to)
		return; /* close() after shutdown(): it says again where it is */
	if (t->kind == SAID_STATE && !t->local.port && t->remote.port) {
		hear_newborn(a, t);
		return;
	}
	struct side *s = known ? sides_find(&a->sides, &t->local, &t->remote, t->kind == SAID_STATE)
			       : sides_of_socket(&a->sides, t->socket);
	if (!s)
		return;
	if (t->kind == SAID_STATE)
		hear_state(a, s, t);
	else if (t->kind == SAID_DROPPED && s->conn)
		hear_refusal(a, s, t);
}

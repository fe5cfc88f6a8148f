/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "analysis/model/agree_parts.h"

/* A client's port is chosen after it has gone to SYN-SENT. */
static void hear_newborn(struct agree *a, const struct testimony *t)
{
	a->newborn[a->newborns++ % NEWBORNS] = (struct newborn){
		t->socket,
		t->remote,
		{{t->from, t->to}, 0, t->time},
	};
}

/* Unless it has been taken for this end's already. */
static void recall_newborn(struct agree *a, struct side *s, uint64_t socket)
{
	for (int i = 0; socket && i < NEWBORNS; i++)
		if (a->newborn[i].socket == socket) {
			if (s->kernel_state == UNKNOWN || s->kernel_state == CLOSED)
				steps_sort_in(&s->kernels, a->newborn[i].step);
			a->newborn[i].socket = 0;
		}
}

/* Tracepoints speak of all network namespaces: of two sockets at a time one is not ours. */
static bool is_foreign(const struct side *s, const struct testimony *t)
{
	return s->spoken && s->kernel_state != CLOSED && s->socket && t->socket &&
	       s->socket != t->socket;
}

static void hear_state(struct agree *a, struct side *s, const struct testimony *t)
{
	recall_newborn(a, s, t->socket);
	if (is_foreign(s, t))
		s->doubt = "another socket has the same ends, in another network namespace";
	s->socket = t->socket;
	s->spoken = true;
	s->last = t->time;
	steps_sort_in(&s->kernels, (struct dated_step){{t->from, t->to}, 0, t->time});
	s->kernel_state = s->kernels.at[s->kernels.count - 1].step.to;
	if (agree_is_kernels(a, s))
		agree_compare(a, s, t->time, false);
}

/* A FIN that its TIME-WAIT took is no longer in the kernel's numbers. */
void agree_totals(struct agree *a, struct side *s)
{
	if (!s->has_last || !s->totals || s->doubt || s->crafted ||
	    (!a->silent && s->kernel_state != CLOSED))
		return;
	uint32_t behind = s->received - s->last_received;
	bool waits = s->state == TIME_WAIT || s->state == FIN_WAIT_2;
	bool same = s->acked == s->last_acked && (behind == 0 || (behind == 1 && waits));
	struct finding f = {
		.conn = s->conn,
		.time = s->last,
		.end = s->end,
		.local = s->local,
		.remote = s->remote,
		.word = {.agreement = same ? SAME_NUMBERS : OTHER_NUMBERS,
			 .ours = s->state,
			 .kernels = s->kernel_state},
	};
	snprintf(f.word.reason, sizeof f.word.reason, "acked %u, received %u", s->last_acked,
		 s->last_received);
	s->has_last = false;
	a->counts.ends++;
	a->counts.numbers += same;
	a->tell(a->to, &f);
}

/* When the socket goes, what it has said and heard in all. This may be heard of before its last
 * step and its last segment. */
static void hear_totals(struct side *s, const struct testimony *t)
{
	s->has_last = true;
	s->last_acked = (uint32_t)t->acked;
	s->last_received = (uint32_t)t->received;
	s->last = t->time;
}

/* A client whose port is not known yet: a socket that was connected before has its old one. */
static bool is_newborn(struct agree *a, const struct testimony *t)
{
	if (!t->remote.port || t->to != SYN_SENT)
		return !t->local.port && t->remote.port;
	const struct side *s = sides_find(&a->sides, &t->local, &t->remote, false);
	return !t->local.port || (s && s->spoken && s->kernel_state == CLOSED);
}

/* Behind the last frame. To the totals of an end that is closed no frame can add anything. */
static bool comes_late(const struct agree *a, const struct side *s, const struct testimony *t)
{
	bool over = t->kind == SAID_GONE && (s->state == CLOSED || s->state == TIME_WAIT);
	return !over && t->kind != SAID_NUMBERS && agree_is_late(a, t->time, t->kind == SAID_STATE);
}

void agree_said(struct agree *a, const struct testimony *t)
{
	bool known = t->local.port && t->remote.port;
	if (t->kind == SAID_ALL)
		agree_answered(a, NULL, t);
	if (t->kind == SAID_STATE && t->from == t->to)
		return; /* close() after shutdown(): it says again where it is */
	if (t->kind == SAID_STATE && is_newborn(a, t)) {
		hear_newborn(a, t);
		return;
	}
	bool listener = t->local.port && !t->remote.port;
	if (listener && t->kind != SAID_DROPPED && t->kind != SAID_RESET_SENT)
		return; /* of a listener, perhaps of another namespace, and no end */
	struct side *s =
		listener ? agree_place(a, t)
		: known  ? sides_find(&a->sides, &t->local, &t->remote, t->kind == SAID_STATE)
			 : sides_of_socket(&a->sides, t->socket);
	if (!s || t->kind == SAID_ALL || comes_late(a, s, t) ||
	    (s->crafted && t->kind != SAID_STATE))
		return;
	if (t->kind == SAID_STATE)
		hear_state(a, s, t);
	else if (t->kind == SAID_DROPPED && s->conn)
		agree_refused(a, s, t);
	else if (t->kind == SAID_RESET_SENT && s->conn)
		agree_said_reset(a, s, t);
	else if (t->kind == SAID_AGAIN && s->conn)
		a->counts.again++;
	else if (t->kind == SAID_ARRIVAL && s->conn)
		counters_hear(a, s, t);
	else if (t->kind == SAID_NUMBERS)
		agree_answered(a, s, t);
	else if (t->kind == SAID_GONE && t->has_numbers)
		hear_totals(s, t);
	if (t->kind != SAID_NUMBERS || s->answer.waits)
		sides_wake(&a->sides, s);
}

/* SPDX-License-Identifier: MIT */
#include "analysis/model/agree_parts.h"

/* How far from a step of ours a question must be, and its answer, so that it cannot be in flight;
 * how often ends are asked for that do not move. */
static const int64_t flight = 5000000, interval = 100000000, shortly = 25000000;

void agree_sources(struct agree *a, bool tells, bool answers)
{
	a->silent = !tells;
	a->answers = answers;
}

bool agree_is_told(const struct agree *a)
{
	return !a->silent;
}

/* A long answer must not take all our time. */
bool agree_asks(struct agree *a, int64_t now)
{
	int64_t pause = 10 * a->took > shortly ? 10 * a->took : shortly;
	bool rests = a->moved > a->asked - flight && now - a->moved > 2 * flight;
	bool wants = a->wants > a->asked || (a->silent && (rests || now - a->asked >= interval));
	if (!a->answers || !a->sides.count || !wants || now - a->asked < pause)
		return false;
	a->asked = now;
	a->counts.asked++;
	return true;
}

void agree_answered(struct agree *a, struct side *s, const struct testimony *t)
{
	if (!s) {
		a->answered = t->asked;
		a->took = t->time - t->asked;
		return;
	}
	s->answer.asked = t->asked;
	s->answer.time = t->time;
	s->answer.state = t->to;
	s->answer.waits = a->silent && s->conn && !agree_is_late(a, t->time, false);
}

/* Of a FIN that waits behind data, or for a window, no segment can say anything. */
static const char *explain(uint8_t ours, uint8_t kernels)
{
	static const struct {
		uint8_t ours, kernels;
	} waits[] = {
		{ESTABLISHED, FIN_WAIT_1},
		{CLOSE_WAIT, LAST_ACK},
		{CLOSE_WAIT, CLOSING},
	};
	for (size_t i = 0; i < sizeof waits / sizeof *waits; i++)
		if (ours == waits[i].ours && kernels == waits[i].kernels)
			return "its FIN never left: data stood before it, or a closed window";
	return NULL;
}

static void compare(struct agree *a, struct side *s)
{
	const char *why = explain(s->state, s->answer.state);
	bool same = s->state == s->answer.state;
	struct finding f = {
		.conn = s->conn,
		.time = s->answer.time,
		.end = s->end,
		.local = s->local,
		.remote = s->remote,
		.word = {.agreement = same  ? SAME_STATE
				      : why ? BY_DESIGN
					    : OTHER_STATE,
			 .ours = s->state,
			 .kernels = s->answer.state,
			 .why = why},
	};
	a->counts.by_design += why != NULL;
	a->counts.states += !why;
	a->counts.same_states += same;
	a->tell(a->to, &f);
}

void agree_mind_answer(struct agree *a, struct side *s, int64_t now)
{
	struct answer *r = &s->answer;
	if (!r->waits || now < r->time + flight)
		return;
	r->waits = false;
	bool known = s->doubt || (r->ours == s->state && r->compared == r->state);
	if (known || s->crafted || s->state == UNKNOWN || r->asked < r->moved + flight)
		return;
	r->ours = s->state;
	r->compared = r->state;
	compare(a, s);
}

enum presence agree_presence(struct agree *a, const struct side *s, int64_t time)
{
	if (a->answered > time)
		return s->answer.asked >= a->answered ? PRESENT : ABSENT;
	if (a->wants <= a->asked)
		a->wants = a->asked + 1;
	return NOT_ASKED;
}

/* SPDX-License-Identifier: MIT */
#include "analysis/model/agree_parts.h"

/* How long a step may wait for its counterpart: frames come some milliseconds after what the kernel
 * says of them. How long before a SYN its socket goes to SYN-SENT. */
static const int64_t settle = 60000000, slack = 5000000;

static struct step next_of(const struct steps *s)
{
	return s->count ? s->at[0].step : (struct step){UNKNOWN, UNKNOWN};
}

/* By its own word the end is behind the step in question, by the other where its next step goes on
 * from. */
static struct word word_on(const struct side *s, enum design taken)
{
	struct step ours = next_of(&s->ours), kernels = next_of(&s->kernels);
	uint8_t here = s->ours.count ? ours.from : s->state;
	uint8_t there =
		s->kernels.count && kernels.from != LISTEN ? kernels.from : s->kernel_settled;
	return (struct word){
		.ours = taken == TAKES_KERNELS ? here : ours.to,
		.kernels = taken == TAKES_OURS ? there : kernels.to,
	};
}

/* `taken`: what it is about. */
static void tell(const struct agree *a, const struct side *s, enum agreement kind,
		 enum design taken, const char *why)
{
	const struct dated_step *d = taken == TAKES_KERNELS ? &s->kernels.at[0] : &s->ours.at[0];
	struct finding f = {
		.conn = s->conn,
		.n = d->n,
		.time = d->time,
		.end = s->end,
		.local = s->local,
		.remote = s->remote,
		.word = word_on(s, taken),
	};
	f.word.agreement = (uint8_t)kind;
	f.word.why = why;
	a->tell(a->to, &f);
}

static void take_ours(struct side *s)
{
	s->settled = s->ours.at[0].step.to;
	s->told = false;
	steps_take(&s->ours, 1);
}

static void take_kernels(struct side *s)
{
	s->kernel_settled = s->kernels.at[0].step.to;
	steps_take(&s->kernels, 1);
}

static bool agrees(struct agree *a, struct side *s, struct step ours, struct step kernels)
{
	if (!s->ours.count || !s->kernels.count || ours.to != kernels.to || kernels.from == LISTEN)
		return false;
	a->counts.transitions++;
	a->counts.agreed++;
	a->counts.put_right += s->told;
	tell(a, s, AGREED, TAKES_BOTH, NULL);
	take_ours(s);
	take_kernels(s);
	return true;
}

/* What the table says, and what the side itself does. */
static enum design design_of(const struct side *s, bool late, const char **why)
{
	struct step ours = next_of(&s->ours), kernels = next_of(&s->kernels);
	enum design d = agree_design(ours, kernels, late, why);
	if (d != NO_DESIGN || !late || !s->ours.count)
		return d;
	if (!s->spoken && ours.to == CLOSED)
		*why = "no socket was there: the kernel itself answered";
	else if (s->gone && !s->kernels.count)
		*why = "its socket is gone, which no segment had said";
	return *why ? TAKES_OURS : NO_DESIGN;
}

/* Take what agrees, or what the table explains. False: the next steps are neither. */
static bool compare_one(struct agree *a, struct side *s, bool late)
{
	const char *why = NULL;
	struct step ours = next_of(&s->ours), kernels = next_of(&s->kernels);
	if (agrees(a, s, ours, kernels))
		return true;
	enum design d = design_of(s, late, &why);
	if (d == NO_DESIGN)
		return false;
	s->gone |= d == TAKES_KERNELS && !s->ours.count && kernels.to == CLOSED;
	a->counts.by_design++;
	a->counts.put_right += s->told && d != TAKES_KERNELS;
	tell(a, s, BY_DESIGN, d, why);
	if (d != TAKES_KERNELS)
		take_ours(s);
	if (d != TAKES_OURS)
		take_kernels(s);
	return true;
}

static bool is_old(const struct steps *s, int64_t now)
{
	return s->count && now - s->at[0].time > settle;
}

static void leave_out(struct agree *a, struct side *s, enum design taken, const char *why)
{
	a->counts.unsaid++;
	tell(a, s, UNSAID, taken, why);
	(taken == TAKES_OURS ? take_ours : take_kernels)(s);
}

/* An end of which the kernel never spoke, which it was asked for: it has no such socket. */
static void take_for_crafted(struct agree *a, struct side *s)
{
	a->counts.by_design++;
	tell(a, s, BY_DESIGN, TAKES_OURS,
	     "no socket of the kernel's: another program crafts its segments");
	s->crafted = true;
	s->ours.count = 0;
}

/* What nothing explains. A step of ours stays while nothing of the kernel's comes behind it: a
 * segment may take it back yet. False: there is something to wait for. */
static bool give_up_ours(struct agree *a, struct side *s, bool for_good)
{
	int64_t time = s->ours.at[0].time;
	const char *why = s->told ? NULL : agree_doubt(a, s, time);
	bool asked = a->answers && !s->spoken && !s->told && !why;
	enum presence p = asked ? agree_presence(a, s, time) : PRESENT;
	if (p == NOT_ASKED && !for_good)
		return false;
	if (p == NOT_ASKED)
		why = "the kernel was not asked any more whether it has such a socket";
	if (why || p == ABSENT) {
		why ? leave_out(a, s, TAKES_OURS, why) : take_for_crafted(a, s);
		return true;
	}
	if (!s->told)
		tell(a, s, OURS_ONLY, TAKES_OURS, NULL);
	s->told = true;
	if (!s->kernels.count && !for_good)
		return false;
	a->counts.transitions++;
	take_ours(s);
	return true;
}

static bool give_up_kernels(struct agree *a, struct side *s)
{
	const char *why = agree_doubt(a, s, s->kernels.at[0].time);
	if (why) {
		leave_out(a, s, TAKES_KERNELS, why);
		return true;
	}
	tell(a, s, KERNEL_ONLY, TAKES_KERNELS, NULL);
	a->counts.transitions++;
	take_kernels(s);
	return true;
}

static bool has_later(const struct steps *s, struct step step)
{
	for (unsigned i = 1; i < s->count; i++)
		if (s->at[i].step.to == step.to)
			return true;
	return false;
}

/* The one without which the others go on, if there is such a one. */
static bool give_up(struct agree *a, struct side *s, bool for_good)
{
	if (s->ours.count && (!s->kernels.count || has_later(&s->ours, next_of(&s->kernels))))
		return give_up_ours(a, s, for_good);
	return give_up_kernels(a, s);
}

/* A program closes, and its FIN has to wait: for the data before it, or for a window. */
static bool waits_to_leave(const struct side *s)
{
	enum tcp_state to = (enum tcp_state)next_of(&s->kernels).to;
	return !s->ours.count && (to == FIN_WAIT_1 || to == LAST_ACK);
}

/* The first step of a socket that has said no more since: its port was not chosen yet. */
static bool adopt_newborn(struct agree *a, struct side *s)
{
	struct newborn *best = NULL;
	const struct dated_step *syn = &s->ours.at[0];
	if (s->spoken || !s->ours.count || syn->step.to != SYN_SENT)
		return false;
	for (struct newborn *n = a->newborn; n < a->newborn + NEWBORNS; n++)
		if (n->socket && endpoint_eq(&n->remote, &s->remote) && n->step.time <= syn->time &&
		    n->step.time > syn->time - slack && (!best || n->step.time > best->step.time))
			best = n;
	if (!best)
		return false;
	steps_add(&s->kernels, best->step);
	s->spoken = true;
	s->kernel_state = SYN_SENT;
	best->socket = 0;
	return true;
}

/* Compare as far as it goes. What is younger than `settle` at `now` may wait for its counterpart.
 */
void agree_compare(struct agree *a, struct side *s, int64_t now, bool for_good)
{
	while (s->ours.count || s->kernels.count) {
		bool late = for_good || is_old(&s->ours, now) || is_old(&s->kernels, now);
		if (late && !for_good && waits_to_leave(s))
			return;
		if (compare_one(a, s, late) || (late && adopt_newborn(a, s)))
			continue;
		if (!late || !give_up(a, s, for_good))
			return;
	}
}

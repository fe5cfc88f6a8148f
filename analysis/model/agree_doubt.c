/* SPDX-License-Identifier: MIT */
#include "analysis/model/agree_parts.h"

/* How exactly it is known when words or frames were lost, or the capture ended. */
static const int64_t slack = 5000000;

static const char dropped[] = "frames were dropped, its segment perhaps among them",
		  hidden[] = "the filter may hide its segment",
		  ended[] = "the capture ended about then",
		  lost[] = "the kernel's word on it was lost";

/* Lost between two looks: which of them, nobody knows. Looks that follow each other are one. */
void agree_lost(struct agree *a, uint64_t count, int64_t now)
{
	if (count > a->lost) {
		if (a->looked > a->lost_until)
			a->lost_since = a->looked;
		a->lost_until = now;
	}
	a->lost = count;
	a->looked = now;
}

static void doubt(struct side *s, void *why)
{
	s->doubt = why;
}

/* What a lost segment did to an end is found out later, or never. */
void agree_missed(struct agree *a, uint64_t count, int64_t now)
{
	if (count > a->missed) {
		a->missed_until = now;
		sides_each(&a->sides, doubt, (void *)dropped);
	}
	a->missed = count;
}

void agree_hides(struct agree *a)
{
	a->hides = true;
}

void agree_stop(struct agree *a, int64_t until)
{
	a->until = until;
}

bool agree_is_late(const struct agree *a, int64_t time, bool state)
{
	return a->until && time > a->until + (state ? slack : 0);
}

void agree_begin_doubt(const struct agree *a, struct side *s, int64_t began)
{
	int64_t first = s->kernels.count ? s->kernels.at[0].time : began;
	s->doubt = a->hides ? hidden
		   : a->missed && (first < began ? first : began) < a->missed_until + slack
			   ? dropped
			   : NULL;
}

/* Some were at that time, or the kernel's next step does not go on from its last. */
static bool is_lost(const struct agree *a, const struct side *s, int64_t time)
{
	bool first = !s->ours.count && s->kernel_settled == UNKNOWN; /* goes on from anywhere */
	uint8_t from = s->kernels.count ? s->kernels.at[0].step.from : CLOSED;
	if (!first && from != s->kernel_settled && from != CLOSED && from != LISTEN)
		return true;
	return a->lost && time > a->lost_since - slack && time < a->lost_until + slack;
}

const char *agree_doubt(const struct agree *a, const struct side *s, int64_t time)
{
	if (is_lost(a, s, time))
		return lost;
	return s->doubt ? s->doubt : a->until && time > a->until - slack ? ended : NULL;
}

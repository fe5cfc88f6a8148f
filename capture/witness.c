/* SPDX-License-Identifier: MIT */
#include "capture/witness.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "capture/clock.h"
#include "capture/witness_diag.h"
#include "capture/witness_trace.h"

/* How late another CPU may be with what happened there before, and how often we look. */
enum { LATE_NS = 5000000, LOOK_NS = 10000000 };

/* What was counted, and has not come within that time, is lost. */
static const int64_t keeping = 500000000;

struct witness {
	struct trace *trace; /* or NULL */
	struct diag *diag;   /* or NULL */
	int timer;           /* of our looks at the rings; -1 without any */
	int64_t until;       /* what is younger may still be overtaken */
	bool more;           /* of what was said by then */
	int64_t told;        /* all has come that was said by then, but for `lost` */
	uint64_t lost;
	struct witness_sources sources;
};

static void say_lacks(struct witness_sources *s, const struct trace *t, const char *why)
{
	static const char *const parts[] = {"states",
					    "drops",
					    "reasons of RSTs",
					    "repetitions",
					    "SND.UNA and SND.NXT",
					    "questions about sockets"};
	const bool has[] = {
		s->states, s->drops, s->resets, s->repeats, s->numbers || trace_lacks_room(t),
		s->sockets};
	size_t at = 0;
	int cause = (int)strcspn(why, "\n");
	if (!t) {
		snprintf(s->lacks, WHY_TEXT,
			 "no tracepoints (%.*s): states are asked for, not told; between two "
			 "questions they can change unseen.%.200s",
			 cause, why, why + cause);
		return;
	}
	for (size_t i = 0; i < sizeof has / sizeof *has; i++)
		if (!has[i])
			at += (size_t)snprintf(s->lacks + at, WHY_TEXT - at, "%s%s",
					       at ? ", " : "this kernel does not offer ", parts[i]);
	if (at)
		snprintf(s->lacks + at, WHY_TEXT - at,
			 ".\nA newer one, with CONFIG_INET_TCP_DIAG, does.");
	else if (trace_lacks_room(t))
		snprintf(s->lacks, WHY_TEXT,
			 "no memory may be locked for SND.UNA and SND.NXT.\n"
			 "After ulimit -l unlimited they are told.");
}

static struct witness_sources sources_of(const struct witness *w, const char *why)
{
	struct witness_sources s = {
		.states = trace_has(w->trace, EVENT_STATE),
		.drops = trace_has(w->trace, EVENT_DROPPED),
		.resets = trace_has_reasons(w->trace, EVENT_RESET_SENT),
		.repeats = trace_has(w->trace, EVENT_AGAIN),
		.numbers = trace_has(w->trace, EVENT_ARRIVAL),
		.sockets = w->diag != NULL,
	};
	say_lacks(&s, w->trace, why);
	return s;
}

static bool set_timer(struct witness *w)
{
	const struct itimerspec t = {.it_interval.tv_nsec = LOOK_NS, .it_value.tv_nsec = LOOK_NS};
	w->timer = -1;
	w->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	return w->timer >= 0 && timerfd_settime(w->timer, 0, &t, NULL) == 0;
}

struct witness *witness_open(char why[static WHY_TEXT])
{
	char traces[WHY_TEXT] = "", diag[64] = "";
	struct witness *w = calloc(1, sizeof *w);
	if (!w) {
		snprintf(why, WHY_TEXT, "no memory for the kernel's testimony\nClose something.");
		return NULL;
	}
	w->trace = trace_open(traces);
	w->diag = diag_open();
	if (!w->diag)
		snprintf(diag, sizeof diag, "%s", strerror(errno));
	w->told = clock_ns(CLOCK_REALTIME);
	w->sources = sources_of(w, traces);
	if ((w->trace || w->diag) && set_timer(w))
		return w;
	if (w->trace || w->diag) {
		snprintf(why, WHY_TEXT, "no timer for the kernel's testimony: %s\nClose something.",
			 strerror(errno));
		witness_close(w);
		return NULL;
	}
	int cause = (int)strcspn(traces, "\n");
	snprintf(why, WHY_TEXT,
		 "the kernel says nothing of its sockets: no tracepoints (%.*s), no sock_diag "
		 "(%s)%.200s",
		 cause, traces, diag, traces + cause);
	witness_close(w);
	return NULL;
}

void witness_close(struct witness *w)
{
	if (!w)
		return;
	trace_close(w->trace);
	diag_close(w->diag);
	if (w->timer > 0)
		close(w->timer);
	free(w);
}

const struct witness_sources *witness_sources(const struct witness *w)
{
	return &w->sources;
}

int witness_fd(const struct witness *w)
{
	return w->timer;
}

static void look_again(struct witness *w)
{
	uint64_t ticks;
	w->until = INT64_MAX;
	while (read(w->timer, &ticks, sizeof ticks) > 0)
		;
	if (w->trace)
		w->until = clock_ns(CLOCK_REALTIME) - LATE_NS;
}

static bool next(struct witness *w, struct testimony *t)
{
	return (w->trace && trace_next(w->trace, w->until, t)) ||
	       (w->diag && diag_next(w->diag, t));
}

bool witness_next(struct witness *w, struct testimony *t)
{
	if (w->more && next(w, t))
		return true;
	look_again(w);
	w->more = next(w, t);
	return w->more;
}

int64_t witness_told(struct witness *w, uint64_t *lost)
{
	uint64_t missing = witness_lost(w);
	if (missing < w->lost || w->until - w->told > keeping)
		w->lost = missing;
	if (missing == w->lost)
		w->told = w->until;
	*lost = w->lost;
	return w->told;
}

bool witness_ask(struct witness *w)
{
	return w->diag && diag_ask(w->diag);
}

uint64_t witness_lost(const struct witness *w)
{
	return (w->trace ? trace_lost(w->trace, RING_WORDS) : 0) +
	       (w->diag ? diag_lost(w->diag) : 0);
}

uint64_t witness_lost_numbers(const struct witness *w)
{
	return w->trace ? trace_lost(w->trace, RING_ARRIVALS) : 0;
}

/* SPDX-License-Identifier: MIT */
#include "capture/hearing.h"

#include <inttypes.h>
#include <poll.h>

#include "capture/clock.h"

/* What the kernel says comes up to 15 ms late, and more when a CPU keeps it back. */
enum { LATE_MS = 40, MOST_MS = 700, STEP_MS = 5 };

bool hearing_open(struct hearing *h, char why[static WHY_TEXT])
{
	h->witness = witness_open(why);
	return h->witness;
}

bool hearing_join(struct hearing *h, bool local, struct flow *flow, struct sink *sink)
{
	if (!h->witness)
		return true;
	const struct witness_sources *s = witness_sources(h->witness);
	h->beside = beside_new(local, &flow->tracker);
	if (!h->beside)
		return false;
	agree_sources(beside_agree(h->beside), s->states, s->sockets);
	*sink = beside_sink(h->beside, *sink);
	return true;
}

const char *hearing_lacks(const struct hearing *h)
{
	return h->witness ? witness_sources(h->witness)->lacks : "";
}

const char *hearing_unseen(const struct hearing *h, const struct view *v)
{
	return !h->witness || v->witnessed ? NULL
					   : "witness: this view shows nothing of it but the last "
					     "line; --as ladder, words and jsonl do";
}

int hearing_fd(const struct hearing *h)
{
	return h->witness ? witness_fd(h->witness) : -1;
}

/* Until when all words have come. */
static int64_t take_words(struct hearing *h)
{
	struct testimony t;
	uint64_t lost;
	if (agree_asks(beside_agree(h->beside), clock_ns(CLOCK_REALTIME)))
		witness_ask(h->witness);
	while (witness_next(h->witness, &t))
		beside_said(h->beside, &t);
	int64_t told = witness_told(h->witness, &lost);
	agree_lost(beside_agree(h->beside), lost, told);
	return told;
}

void hearing_turn(struct hearing *h, int64_t followed)
{
	if (!h->beside)
		return;
	int64_t told = take_words(h);
	beside_mind(h->beside, told < followed ? told : followed);
}

void hearing_missed(struct hearing *h, uint64_t dropped)
{
	if (h->beside)
		agree_missed(beside_agree(h->beside), dropped, clock_ns(CLOCK_REALTIME));
}

void hearing_hides(struct hearing *h)
{
	if (h->beside)
		agree_hides(beside_agree(h->beside));
}

void hearing_stop(struct hearing *h, int64_t until)
{
	if (h->beside)
		agree_stop(beside_agree(h->beside), until);
}

void hearing_wait(struct hearing *h)
{
	int64_t began = clock_ns(CLOCK_REALTIME), told = 0;
	if (h->beside)
		witness_ask(h->witness);
	for (int ms = 0; h->beside && ms < MOST_MS && (ms < LATE_MS || told < began);
	     ms += STEP_MS) {
		poll(NULL, 0, STEP_MS);
		int64_t now = clock_ns(CLOCK_REALTIME);
		told = take_words(h);
		beside_mind(h->beside, told < now ? told : now);
	}
}

void hearing_end(struct hearing *h)
{
	if (h->beside)
		beside_end(h->beside);
}

/* What was compared; what was not is not spoken of. */
static unsigned say_counts(const struct agree_counts *c)
{
	const struct {
		uint64_t same, all;
		const char *of, *what;
	} parts[] = {
		{c->agreed, c->transitions, "", "transitions"},
		{c->same_states, c->states, "", "states"},
		{c->same, c->refused, "", "segments that it refused"},
		{c->numbers, c->ends, "the numbers of ", "ends"},
		{c->alike, c->arrivals, "SND.UNA and SND.NXT at ", "segments"},
	};
	unsigned said = 0;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i].all)
			fprintf(stderr, "%s on %s%" PRIu64 " of %" PRIu64 " %s",
				said++ ? ", and" : " agreed", parts[i].of, parts[i].same,
				parts[i].all, parts[i].what);
	if (said && c->again)
		fprintf(stderr, ", and sent %" PRIu64 " segment%s again", c->again,
			c->again == 1 ? "" : "s");
	return said;
}

static void say_left_out(const struct hearing *h, const struct agree_counts *c)
{
	uint64_t lost = witness_lost(h->witness), numbers = witness_lost_numbers(h->witness);
	if (lost)
		fprintf(stderr, "synfin: %" PRIu64 " words of the kernel did not reach us\n", lost);
	if (c->unsaid)
		fprintf(stderr,
			"synfin: %" PRIu64
			" transitions are left out: words or segments are missing "
			"there, so that silence proves nothing\n",
			c->unsaid);
	if (c->put_right)
		fprintf(stderr,
			"synfin: %" PRIu64
			" row%s that showed a difference a later segment, or word, put "
			"right\n",
			c->put_right, c->put_right == 1 ? "" : "s");
	if (c->unplaced)
		fprintf(stderr,
			"synfin: %" PRIu64
			" refusals could not be placed: a listener's, which name no client\n",
			c->unplaced);
	if (numbers)
		fprintf(stderr,
			"synfin: SND.UNA and SND.NXT at %" PRIu64
			" segments did not reach us, and are left out\n",
			numbers);
}

void hearing_report(const struct hearing *h, bool quiet)
{
	if (!h->beside || quiet)
		return;
	const struct agree_counts *c = agree_counts(beside_agree(h->beside));
	fputs("synfin: kernel", stderr);
	if (!witness_sources(h->witness)->states)
		fprintf(stderr, ", asked %" PRIu64 " times,", c->asked);
	fputs(say_counts(c) ? "\n" : " has said nothing that could be compared\n", stderr);
	say_left_out(h, c);
}

void hearing_close(struct hearing *h)
{
	if (h->beside)
		beside_free(h->beside);
	if (h->witness)
		witness_close(h->witness);
	*h = (struct hearing){0};
}

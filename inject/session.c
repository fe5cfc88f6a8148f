/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "capture/clock.h"
#include "inject/acts.h"
#include "inject/play.h"

/* OPEN_MS, from each SYN on: of those after 0, 1 and 3 s the last waits until 6.5 s. */
enum { OPEN_MS = 3500, ANSWER_MS = 400, PAUSE_MS = 30, TALK_MS = 5000, CLOSE_MS = 8000 };

static const uint32_t over = 1U << TIME_WAIT | 1U << CLOSED;

/* How it was closed, from the states that our end has been in. */
static enum close_kind kind_seen(const struct play *p)
{
	if (p->been & state_bit(CLOSING))
		return CLOSE_CROSSING;
	if (p->been & state_bit(FIN_WAIT_2))
		return CLOSE_FOUR_WAY;
	return CLOSE_THREE_WAY;
}

static bool open(struct play *p, const struct endpoint *to)
{
	char name[ENDPOINT_TEXT];
	tcp_connect(&p->tcp, to);
	if (play_until(p, state_bit(ESTABLISHED) | state_bit(CLOSE_WAIT), OPEN_MS))
		return true;
	endpoint_print(to, name);
	if (p->scene->ended)
		return false;
	if (p->tcp.reset)
		return scene_fail(p->scene,
				  "%s refused the connection: nothing listens there\n"
				  "Start a server there, or try --netns, which brings its own.",
				  name);
	return scene_fail(p->scene,
			  "%s does not answer: %u SYNs were sent\n"
			  "Does something drop them there? ss -ltn shows who listens.",
			  name, p->scene->sent);
}

/* Nothing more will come from the other end. */
static bool is_done(const struct play *p)
{
	return p->tcp.reset || p->tcp.tcb.fin_heard || p->tcp.put_off;
}

/* Until what was said is acknowledged and answered, as far as somebody answers. */
static bool talk(struct play *p, const struct order *o)
{
	if (!o->set.data_len || (o->close == CLOSE_CROSSING && !order_has(o, KEY_DATA)))
		return true; /* a server that has closed would answer with RST */
	tcp_say(&p->tcp, (struct bytes){o->set.data, o->set.data_len});
	if (o->close == CLOSE_HALF) {
		p->tcp.manner.push_fin = true;
		tcp_close(&p->tcp);
	}
	if (!play_sends(p))
		return false;
	int64_t last = in_ms(TALK_MS), until = in_ms(ANSWER_MS);
	while (clock_ns(CLOCK_MONOTONIC) < (until < last ? until : last) && !is_done(p)) {
		uint64_t had = p->heard;
		if (play_turn(p, until, NULL) == HEARD_END)
			return false;
		if (p->heard > had)
			until = in_ms(PAUSE_MS);
	}
	return true;
}

/* The two FINs cross only when the other end closes by itself: ours waits for that. */
static bool await_fin(struct play *p)
{
	int64_t until = in_ms(CLOSE_MS);
	while (!is_done(p) && clock_ns(CLOCK_MONOTONIC) < until)
		if (play_turn(p, until, NULL) == HEARD_END)
			return false;
	return p->tcp.put_off || p->tcp.reset ||
	       scene_fail(p->scene, "the server does not close first, so that no FINs can cross\n"
				    "Take one that does: --netns --with close-now.");
}

static bool fail_reset(struct play *p)
{
	return scene_fail(p->scene, "the server has reset the connection before it was closed\n"
				    "The ladder shows where; explain rst-exact says why it may.");
}

static bool finish(struct play *p, const struct order *o)
{
	if (o->close == CLOSE_CROSSING && !await_fin(p))
		return false;
	if (p->tcp.reset)
		return fail_reset(p);
	if (o->close == CLOSE_RST)
		tcp_abort(&p->tcp);
	else
		tcp_close(&p->tcp);
	p->tcp.manner.merges = o->close == CLOSE_THREE_WAY;
	if (o->close == CLOSE_RST)
		return play_sends(p);
	bool closed = play_until(p, over, CLOSE_MS);
	if (p->tcp.reset)
		return fail_reset(p);
	return closed || scene_fail(p->scene,
				    "the server has not closed within %d s: it may still say "
				    "something\n--close rst does not wait.",
				    CLOSE_MS / 1000);
}

/* Only the server's program decides whether its FIN comes with its ACK. */
static int conclude(const struct play *p, const struct order *o)
{
	enum close_kind seen = kind_seen(p);
	bool ours_to_choose = !order_has(o, KEY_CLOSE) || p->told_first || o->close == CLOSE_RST ||
			      o->close == CLOSE_HALF;
	if (ours_to_choose || seen == o->close)
		return EXIT_DONE;
	bool merged = seen == CLOSE_THREE_WAY;
	fprintf(stderr, "synfin: not closed as wished (%s) but as %s: %s\n%s\n",
		close_names[o->close], close_names[seen],
		merged ? "the server closed at once, its ACK rode on its FIN"
		       : "the server's ACK came alone, before its FIN",
		merged ? "--netns --with linger:200 has a server that closes later."
		       : "--netns --with echo has a server that closes at once.");
	return EXIT_FALSE;
}

static int play(struct play *p, const struct order *o, const struct endpoint *to)
{
	if (!open(p, to) || !talk(p, o) || !finish(p, o))
		return EXIT_FAILED;
	return conclude(p, o);
}

int act_session(struct order *o)
{
	return act_play(o, play);
}

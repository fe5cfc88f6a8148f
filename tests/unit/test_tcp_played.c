/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/played.h"

static const struct {
	const char *name, *script, *states[2], *trace;
} talks[] = {
	{"three-way open", "l1 c0 .", {"ESTABLISHED", "ESTABLISHED"}, ">S <SA >A"},
	{"opened twice", "l1 c0 . c0 c1 l0 l1 .", {"ESTABLISHED", "ESTABLISHED"}, ">S <SA >A"},
	{"simultaneous open", "c0 c1 .", {"ESTABLISHED", "ESTABLISHED"}, ">S <S <SA >SA >A <A"},
	{"data both ways",
	 "l1 c0 . d0=5 . d1=7 .",
	 {"ESTABLISHED", "ESTABLISHED"},
	 ">S <SA >A >PA5 <A <PA7 >A"},
	{"more than a segment takes",
	 "l1 c0 . d0=3000 .",
	 {"ESTABLISHED", "ESTABLISHED"},
	 ">S <SA >A >A1460 >A1460 >PA80 <A <A <A"},
	{"more than the window",
	 "w1=2000 l1 c0 . d0=3000 .",
	 {"ESTABLISHED", "ESTABLISHED"},
	 ">S <SA >A >A1460 >A540 <A <A >PA1000 <A"},
	{"said before it stands",
	 "l1 d0=3 d1=4 c0 .",
	 {"ESTABLISHED", "ESTABLISHED"},
	 ">S <SA >A >PA3 <PA4 <A >A"},
	{"refused", "c0 .", {"CLOSED", "CLOSED"}, ">S <RA"},
	{"four segments", "e1 l1 c0 . f0 .", {"TIME-WAIT", "CLOSED"}, ">S <SA >A >FA <A <FA >A"},
	{"four, the server first",
	 "e0 l1 c0 . f1 .",
	 {"CLOSED", "TIME-WAIT"},
	 ">S <SA >A <FA >A >FA <A"},
	{"three segments", "m1 e1 l1 c0 . f0 .", {"TIME-WAIT", "CLOSED"}, ">S <SA >A >FA <FA >A"},
	{"half closed, the other goes on",
	 "l1 c0 . f0 . d1=9 . f1 .",
	 {"TIME-WAIT", "CLOSED"},
	 ">S <SA >A >FA <A <PA9 >A <FA >A"},
	{"the FINs cross",
	 "l1 c0 . f0 f1 .",
	 {"TIME-WAIT", "TIME-WAIT"},
	 ">S <SA >A >FA <FA <A >A"},
	{"put off until they cross",
	 "x0 l1 c0 . f1 . f0 .",
	 {"TIME-WAIT", "TIME-WAIT"},
	 ">S <SA >A <FA >FA >A <A"},
	{"put off at both",
	 "x0 x1 l1 c0 . d1=4 f1 . f0 .",
	 {"TIME-WAIT", "TIME-WAIT"},
	 ">S <SA >A <PA4 <FA >A >FA >A <A"},
	{"FIN with data",
	 "p0 e1 l1 c0 . d0=3 f0 .",
	 {"TIME-WAIT", "CLOSED"},
	 ">S <SA >A >FPA3 <A <FA >A"},
	{"FIN with the last of much",
	 "p0 m1 e1 l1 c0 . d0=2000 f0 .",
	 {"TIME-WAIT", "CLOSED"},
	 ">S <SA >A >A1460 >FPA540 <A <FA >A"},
	{"data before the FIN",
	 "e1 l1 c0 . d0=3 d1=2 f0 .",
	 {"TIME-WAIT", "CLOSED"},
	 ">S <SA >A >PA3 >FA <PA2 <A <A <FA >A >A"},
	{"aborted", "l1 c0 . d0=3 . a0 .", {"CLOSED", "CLOSED"}, ">S <SA >A >PA3 <A >R"},
	{"aborted after the other's FIN",
	 "l1 c0 . f1 . a0 .",
	 {"CLOSED", "CLOSED"},
	 ">S <SA >A <FA >A >R"},
	{"aborted in TIME-WAIT: nobody is told",
	 "e1 l1 c0 . f0 . a0 .",
	 {"CLOSED", "CLOSED"},
	 ">S <SA >A >FA <A <FA >A"},
};

static void talks_go_as_they_should(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3 * sizeof talks / sizeof *talks; i++) {
		struct world *w = world_new(first_numbers[i % 3][0], first_numbers[i % 3][1]);
		const char *name = talks[i / 3].name;
		world_play(w, talks[i / 3].script);
		expect_text(name, "trace", w->trace, talks[i / 3].trace);
		for (unsigned end = 0; end < 2; end++) {
			expect_text(name, "state", world_state(w, end), talks[i / 3].states[end]);
			expect_heard(name, w, end);
			assert_true(w->end[end].tcb.state == LISTEN || tcp_is_quiet(&w->end[end]));
		}
		world_free(w);
	}
}

/* Each is over when time has passed, whichever of its segments is lost. */
static const char *const sturdy[] = {
	"e1 l1 c0 d0=5 d1=3000 f0",   "m1 e1 l1 c0 d0=5 f0",
	"p0 e1 l1 c0 d0=2000 f0",     "p0 p1 e0 l1 c0 d1=2000 d0=100 f1",
	"w1=700 e1 l1 c0 d0=3000 f0", "l1 c0 d0=4 d1=4 f0 f1",
	"x0 x1 l1 c0 d0=4 f0 f1",     "c0 c1 d0=4 d1=2000 f0 f1",
	"c0 c1 e1 d1=4 f0",           "l1 e1 c0 f0",
};

static bool survives(const char *script, unsigned lost, const uint32_t iss[2])
{
	struct world *w = world_new(iss[0], iss[1]);
	char row[64] = "";
	struct text to = text_in(row, sizeof row);
	text_add(&to, script);
	text_add(&to, ", lost: ");
	text_number(&to, lost);
	w->lost = lost;
	world_play(w, script);
	world_run(w, true);
	for (unsigned end = 0; end < 2; end++) {
		if (w->end[end].tcb.state != CLOSED && w->end[end].tcb.state != TIME_WAIT)
			fail_msg("%s: still %s after %s", row, world_state(w, end), w->trace);
		expect_heard(row, w, end);
		assert_true(tcp_is_quiet(&w->end[end]) && tcp_due(&w->end[end]) == INT64_MAX);
		assert_false(w->end[end].silent || w->end[end].reset);
	}
	bool was_lost = w->sent >= lost;
	world_free(w);
	return was_lost;
}

static void any_segment_may_be_lost(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3 * sizeof sturdy / sizeof *sturdy; i++) {
		unsigned lost = 0;
		while (survives(sturdy[i / 3], lost, first_numbers[i % 3]))
			lost++;
		assert_true(lost > 6);
	}
}

static const struct {
	const char *name, *script, *trace;
} unheard[] = {
	{"a SYN", "c0", ">S@0 >S@1 >S@3 >S@7 silent@15"},
	{"a SYN,ACK", "l0 c1 !=2 .", ">SA@1 >SA@3 >SA@7 silent@15"},
	{"data", "l1 c0 . d0=2000", ">A1460@0 >PA540@0 >A1460@1 >A1460@3 >A1460@7 silent@15"},
	{"a FIN", "l1 c0 . f0", ">FA@0 >FA@1 >FA@3 >FA@7 silent@15"},
	{"data with a FIN", "p0 l1 c0 . d0=1 f0", ">FPA1@0 >FPA1@1 >FPA1@3 >FPA1@7 silent@15"},
	{"a probe", "w1=0 l1 c0 . d0=2", ">A1@1 >A1@3 >A1@7 silent@15"},
	{"data after data", "l1 c0 . !=4 d0=5 . ~ d0=6", ">PA6@1 >PA6@2 >PA6@4 >PA6@8 silent@16"},
	{"an abort", "l1 c0 . a0", ">R@0"},
	{"an ACK alone", "l1 c0 .", ""},
};

static void add_time(struct world *w)
{
	text_char(&w->to, '@');
	text_number(&w->to, (uint64_t)w->now / SECOND);
}

/* From here on nobody answers the left end. */
static void unheard_from(struct world *w)
{
	struct packet p;
	w->to = text_in(w->trace, sizeof w->trace);
	do
		while (tcp_next(&w->end[0], w->now, &p)) {
			assert_true(++w->sent < TURNS);
			world_trace(w, &p);
			add_time(w);
			tcp_departed(&w->end[0], &p);
		}
	while (tcp_due(&w->end[0]) < INT64_MAX && (w->now = tcp_due(&w->end[0])));
	if (!w->end[0].silent)
		return;
	text_add(&w->to, " silent");
	add_time(w);
}

static void nobody_answers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof unheard / sizeof *unheard; i++) {
		struct world *w = world_new(100, 300);
		struct packet p;
		world_play(w, unheard[i].script);
		unheard_from(w);
		expect_text(unheard[i].name, "trace", w->trace, unheard[i].trace);
		for (int64_t later = 1; later < 4; later++)
			assert_false(tcp_next(&w->end[0], w->now + later * 100 * SECOND, &p));
		world_free(w);
	}
}

/* Answered probes go on as long as it takes, at most a minute apart. */
static void closed_window_is_probed(void **state)
{
	(void)state;
	struct world *w = world_new(100, 300);
	world_play(w, "w1=0 l1 c0 . d0=2000 .");
	expect_text("closed", "trace", w->trace, ">S <SA >A");
	for (unsigned i = 0; i < 50; i++) {
		int64_t was = w->now;
		assert_true(world_wait(w));
		assert_true(w->now > was && w->now - was <= 60LL * SECOND);
		world_run(w, false);
	}
	assert_false(w->end[0].silent);
	expect_number("closed", "heard", w->heard[1].len, 0);
	world_play(w, "w1=60000 .");
	world_run(w, true);
	expect_heard("opened", w, 1);
	world_free(w);
}

/* What was refused once is not taken later. */
static void refused_fin_is_forgotten(void **state)
{
	(void)state;
	struct world *w = world_new(100, 300);
	world_play(w, "l1 c0 .");
	struct packet p = {.src = w->end[1].local, .dst = w->end[0].local};
	p.seg = (struct segment){w->end[0].tcb.rcv.nxt, {9999}, 0, 100, FIN | ACK};
	world_hear(w, &p);
	p.seg.ack = w->end[0].tcb.snd.nxt;
	p.seg.flags = ACK;
	world_hear(w, &p);
	expect_text("an ACK later", "state", world_state(w, 0), "ESTABLISHED");
	world_free(w);
}

/* A listener whose guest has gone listens for the next. */
static void listener_is_opened_again(void **state)
{
	(void)state;
	struct world *w = world_new(100, 300);
	world_play(w, "l1 c0 !=3 . a0 .");
	expect_text("aborted half open", "state", world_state(w, 1), "LISTEN");
	assert_true(w->end[1].reset);
	tcp_init(&w->end[0], &w->end[0].local, (struct seq){50});
	w->lost = 0;
	world_play(w, "c0 e1 . d0=5 . f0 .");
	expect_text("opened again", "state", world_state(w, 1), "CLOSED");
	expect_text("opened again", "trace", w->trace,
		    ">S <SA >A >R >S <SA >A >PA5 <A >FA <A <FA >A");
	assert_false(w->end[1].reset);
	assert_non_null(strstr(w->told, "ACK seq=y+1 ack=x+6: ack x+6 = x+1 + 5 data"));
	world_free(w);
}

static void calls_out_of_place(void **state)
{
	(void)state;
	struct world *w = world_new(100, 300);
	static uint8_t octets[TCP_BUFFER + 1];
	assert_false(tcp_say(&w->end[0], (struct bytes){octets, sizeof octets}));
	assert_true(tcp_say(&w->end[0], (struct bytes){octets, TCP_BUFFER}));
	assert_false(tcp_say(&w->end[0], (struct bytes){octets, 1}));
	world_play(w, "l1 c0 . c0 c1 l0 l1 .");
	expect_text("open already", "state", world_state(w, 0), "ESTABLISHED");
	expect_number("open already", "heard", w->heard[1].len, TCP_BUFFER);
	tcp_close(&w->end[0]);
	assert_false(tcp_say(&w->end[0], (struct bytes){octets, 1}));
	world_play(w, "e1 .");
	tcp_close(&w->end[1]);
	world_run(w, false);
	assert_false(tcp_say(&w->end[1], (struct bytes){octets, 1}));
	world_play(w, "c1 l1 .");
	expect_text("over", "state", world_state(w, 1), "CLOSED");
	world_free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(talks_go_as_they_should),
		cmocka_unit_test(any_segment_may_be_lost),
		cmocka_unit_test(nobody_answers),
		cmocka_unit_test(closed_window_is_probed),
		cmocka_unit_test(refused_fin_is_forgotten),
		cmocka_unit_test(listener_is_opened_again),
		cmocka_unit_test(calls_out_of_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

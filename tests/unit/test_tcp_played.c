/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/decode/text.h"
#include "inject/inbox.h"
#include "inject/tcp.h"
#include "tests/unit/rows.h"

enum { TRACE = 2000, TURNS = 2000, SECOND = 1000000000 };

/* Two ends, the segments between them, and a clock that moves only when nothing else does. */
struct world {
	struct tcp end[2];
	struct inbox wire;
	bool closes[2]; /* as soon as it has heard a FIN */
	struct octets said[2], heard[2];
	int64_t now;
	unsigned sent, lost; /* the lost-th is */
	char trace[TRACE];
	struct text to;
};

static void add_flags(struct text *to, uint16_t flags)
{
	static const char letters[] = "FSRPA";
	for (unsigned i = 0; letters[i]; i++)
		if (flags & 1U << i)
			text_char(to, letters[i]);
}

static void trace(struct world *w, const struct packet *p)
{
	text_add(&w->to, w->trace[0] ? " " : "");
	text_char(&w->to, p->src.port ? '<' : '>');
	add_flags(&w->to, p->seg.flags);
	if (p->seg.len)
		text_number(&w->to, p->seg.len);
}

/* All that this end has to say goes on the wire. */
static void send_all(struct world *w, unsigned end)
{
	struct packet p;
	unsigned turns = 0;
	while (tcp_next(&w->end[end], w->now, &p)) {
		assert_true(++turns < TURNS);
		assert_true(p.src.port == end && p.dst.port == !end);
		assert_int_equal(p.payload.len, p.seg.len);
		trace(w, &p);
		if (++w->sent != w->lost)
			assert_true(inbox_put(&w->wire, &p));
		tcp_departed(&w->end[end], &p);
	}
}

static void append(struct octets *to, struct bytes b)
{
	uint8_t *at = realloc(to->at, to->len + b.len + 1);
	assert_non_null(at);
	if (b.len)
		memcpy(at + to->len, b.at, b.len);
	*to = (struct octets){at, to->len + b.len};
}

static void hear(struct world *w, const struct packet *p)
{
	struct bytes heard;
	unsigned end = p->dst.port;
	tcp_hears(&w->end[end], p, &heard);
	append(&w->heard[end], heard);
	if (w->closes[end] && w->end[end].tcb.fin_heard)
		tcp_close(&w->end[end]);
}

static bool wait(struct world *w)
{
	int64_t a = tcp_due(&w->end[0]), b = tcp_due(&w->end[1]);
	w->now = a < b ? a : b;
	return w->now < INT64_MAX && w->now < 500LL * SECOND;
}

/* Until nothing is on the wire; with time, until nothing will be. */
static void run(struct world *w, bool with_time)
{
	struct packet p;
	for (unsigned turns = 0;; turns++) {
		assert_true(turns < TURNS);
		send_all(w, 0);
		send_all(w, 1);
		if (inbox_take(&w->wire, NULL, NULL, &p))
			hear(w, &p);
		else if (!with_time || !wait(w))
			return;
	}
}

static void say(struct world *w, unsigned end, size_t len)
{
	for (; len; len--) {
		uint8_t octet = (uint8_t)(w->said[end].len * 7 + end);
		append(&w->said[end], (struct bytes){&octet, 1});
		assert_true(tcp_say(&w->end[end], (struct bytes){&octet, 1}));
	}
}

static void act(struct world *w, char what, unsigned end, unsigned n)
{
	struct tcp *t = &w->end[end];
	switch (what) {
	case 'l':
		tcp_listen(t);
		return;
	case 'c':
		tcp_connect(t, &w->end[!end].local);
		return;
	case 'd':
		say(w, end, n);
		return;
	case 'f':
		tcp_close(t);
		return;
	case 'a':
		tcp_abort(t);
		return;
	case 'e':
		w->closes[end] = true;
		return;
	case 'm':
		t->manner.merges = true;
		return;
	case 'p':
		t->manner.push_fin = true;
		return;
	case 'x':
		t->manner.crosses = true;
		return;
	case 'w':
		t->wnd = (uint16_t)n;
		t->owes_ack = t->tcb.state >= ESTABLISHED;
		return;
	case '.':
		run(w, false);
		return;
	case '!':
		w->lost = n;
		return;
	default:
		fail_msg("no act is called %c", what);
	}
}

/* Acts, each a letter, an end, a number: l listens, c connects, d says, f closes, a aborts, e
 * closes when the other has, w offers a window; m, p, x are manners; . runs, !=n loses the n-th
 * segment. */
static void play(struct world *w, const char *script)
{
	char *at = NULL;
	for (; *script; script += *script == ' ') {
		char what = *script++;
		unsigned end = *script >= '0' && *script <= '9' ? (unsigned)(*script++ - '0') : 0;
		unsigned n = 0;
		if (*script == '=') {
			n = (unsigned)strtoul(script + 1, &at, 10);
			script = at;
		}
		act(w, what, end, n);
	}
}

static struct world *world_new(uint32_t left, uint32_t right)
{
	struct world *w = calloc(1, sizeof *w);
	assert_non_null(w);
	w->to = text_in(w->trace, sizeof w->trace);
	for (uint16_t i = 0; i < 2; i++) {
		struct endpoint e = {{{127, 0, 0, 1}, 4}, i};
		tcp_init(&w->end[i], &e, (struct seq){i ? right : left});
	}
	return w;
}

static void world_free(struct world *w)
{
	for (int i = 0; i < 2; i++) {
		free(w->said[i].at);
		free(w->heard[i].at);
	}
	inbox_free(&w->wire);
	free(w);
}

static const char *state_of(const struct world *w, unsigned end)
{
	return state_name((enum tcp_state)w->end[end].tcb.state);
}

static void expect_heard(const char *row, const struct world *w, unsigned end)
{
	const struct octets *heard = &w->heard[end], *said = &w->said[!end];
	expect_number(row, "octets heard", heard->len, said->len);
	assert_true(!said->len || memcmp(heard->at, said->at, said->len) == 0);
}

static const struct {
	const char *name, *script, *states[2], *trace;
} talks[] = {
	{"three-way open", "l1 c0 .", {"ESTABLISHED", "ESTABLISHED"}, ">S <SA >A"},
	{"simultaneous open", "c0 c1 .", {"ESTABLISHED", "ESTABLISHED"}, ">S <S >SA <SA >A <A"},
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
	 ">S <SA >A >A1460 >A540 <A >PA1000 <A <A"},
	{"said before it stands",
	 "l1 d0=3 d1=4 c0 .",
	 {"ESTABLISHED", "ESTABLISHED"},
	 ">S <SA >A >PA3 <A <PA4 >A"},
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
	 ">S <SA >A >PA3 >FA <PA2 >A <A <A <FA >A"},
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

/* Their first numbers: ordinary ones, and so that they go through zero. */
static const uint32_t first[][2] = {{100, 300}, {0xfffffff0, 0xffffffff}, {0x7ffffffe, 0}};

static void talks_go_as_they_should(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3 * sizeof talks / sizeof *talks; i++) {
		struct world *w = world_new(first[i % 3][0], first[i % 3][1]);
		const char *name = talks[i / 3].name;
		play(w, talks[i / 3].script);
		expect_text(name, "trace", w->trace, talks[i / 3].trace);
		for (unsigned end = 0; end < 2; end++) {
			expect_text(name, "state", state_of(w, end), talks[i / 3].states[end]);
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
	play(w, script);
	run(w, true);
	for (unsigned end = 0; end < 2; end++) {
		if (w->end[end].tcb.state != CLOSED && w->end[end].tcb.state != TIME_WAIT)
			fail_msg("%s: still %s after %s", row, state_of(w, end), w->trace);
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
		while (survives(sturdy[i / 3], lost, first[i % 3]))
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
			trace(w, &p);
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
		play(w, unheard[i].script);
		unheard_from(w);
		expect_text(unheard[i].name, "trace", w->trace, unheard[i].trace);
		assert_false(tcp_next(&w->end[0], w->now + 1000LL * SECOND, &p));
		world_free(w);
	}
}

/* Answered probes go on as long as it takes, at most a minute apart. */
static void closed_window_is_probed(void **state)
{
	(void)state;
	struct world *w = world_new(100, 300);
	play(w, "w1=0 l1 c0 . d0=2000 .");
	expect_text("closed", "trace", w->trace, ">S <SA >A");
	for (unsigned i = 0; i < 50; i++) {
		int64_t was = w->now;
		assert_true(wait(w) || i > 10);
		assert_true(w->now > was && w->now - was <= 60LL * SECOND);
		run(w, false);
	}
	assert_false(w->end[0].silent);
	expect_number("closed", "heard", w->heard[1].len, 0);
	play(w, "w1=60000 .");
	w->now = 0;
	w->end[0].due = 1;
	run(w, true);
	expect_heard("opened", w, 1);
	world_free(w);
}

/* A segment that comes to the left end, with numbers from its RCV.NXT and SND.NXT on, and what it
 * sends then, alike; "": nothing. */
static const struct arrives {
	const char *name, *script, *before;
	uint16_t flags;
	int32_t seq, ack;
	uint32_t len;
	const char *answer, *after;
} arrivals[] = {
	{"SYN to none", "", "CLOSED", SYN, 50, 0, 0, "RA-0+51", "CLOSED"},
	{"SYN with data to none", "", "CLOSED", SYN, 50, 0, 9, "RA-0+60", "CLOSED"},
	{"SYN and FIN to none", "x0", "CLOSED", SYN | FIN, 50, 0, 0, "RA-0+52", "CLOSED"},
	{"ACK to none", "", "CLOSED", ACK, 50, 70, 0, "R+70", "CLOSED"},
	{"RST to none", "", "CLOSED", RST, 50, 70, 0, "", "CLOSED"},
	{"RST to a listener", "l0", "LISTEN", RST, 50, 70, 0, "", "LISTEN"},
	{"ACK to a listener", "l0", "LISTEN", ACK, 50, 70, 0, "R+70", "LISTEN"},
	{"SYN,ACK to a listener", "l0", "LISTEN", SYN | ACK, 50, 70, 0, "R+70", "LISTEN"},
	{"FIN to a listener", "l0", "LISTEN", FIN, 50, 70, 0, "", "LISTEN"},
	{"SYN with data", "l0", "LISTEN", SYN, 50, 0, 9, "SA+100+51", "SYN-RECEIVED"},

	{"wrong ack", "c0 !=1 .", "SYN-SENT", SYN | ACK, 50, 5, 0, "R+5", "SYN-SENT"},
	{"ack of nothing", "c0 !=1 .", "SYN-SENT", SYN | ACK, 50, -1, 0, "R-1", "SYN-SENT"},
	{"RST, wrong ack", "c0 !=1 .", "SYN-SENT", RST | ACK, 50, 5, 0, "", "SYN-SENT"},
	{"RST without", "c0 !=1 .", "SYN-SENT", RST, 50, 0, 0, "", "SYN-SENT"},
	{"RST, right ack", "c0 !=1 .", "SYN-SENT", RST | ACK, 50, 0, 0, "", "CLOSED"},
	{"ACK alone", "c0 !=1 .", "SYN-SENT", ACK, 50, 0, 0, "", "SYN-SENT"},
	{"data alone", "c0 !=1 .", "SYN-SENT", ACK, 50, 0, 7, "", "SYN-SENT"},
	{"FIN alone", "c0 !=1 .", "SYN-SENT", FIN, 50, 0, 0, "", "SYN-SENT"},
	{"SYN", "c0 !=1 .", "SYN-SENT", SYN, 50, 0, 0, "SA-1+51", "SYN-RECEIVED"},
	{"SYN,ACK", "c0 !=1 .", "SYN-SENT", SYN | ACK, 50, 0, 0, "A+0+51", "ESTABLISHED"},
	{"SYN,ACK, data", "c0 !=1 .", "SYN-SENT", SYN | ACK, 50, 0, 9, "A+0+60", "ESTABLISHED"},

	{"SYN again", "l0 c1 !=2 .", "SYN-RECEIVED", SYN, -1, 0, 0, "SA-1+0", "SYN-RECEIVED"},
	{"another SYN", "l0 c1 !=2 .", "SYN-RECEIVED", SYN, 9, 0, 0, "A+0+0", "SYN-RECEIVED"},
	{"wrong ack", "l0 c1 !=2 .", "SYN-RECEIVED", ACK, 0, 5, 0, "R+5", "SYN-RECEIVED"},
	{"old ack", "l0 c1 !=2 .", "SYN-RECEIVED", ACK, 0, -1, 0, "R-1", "SYN-RECEIVED"},
	{"no ack", "l0 c1 !=2 .", "SYN-RECEIVED", PSH, 0, 0, 4, "", "SYN-RECEIVED"},
	{"RST", "l0 c1 !=2 .", "SYN-RECEIVED", RST, 0, 0, 0, "", "LISTEN"},
	{"RST in window", "l0 c1 !=2 .", "SYN-RECEIVED", RST, 9, 0, 0, "A+0+0", "SYN-RECEIVED"},
	{"RST to an opener", "c0 c1 !=4 .", "ESTABLISHED", RST, 0, 0, 0, "", "CLOSED"},
	{"FIN", "l0 c1 !=2 .", "SYN-RECEIVED", FIN | ACK, 0, 0, 0, "A+0+1", "CLOSE-WAIT"},

	{"RST, exact", "l1 c0 .", "ESTABLISHED", RST, 0, 0, 0, "", "CLOSED"},
	{"RST in window", "l1 c0 .", "ESTABLISHED", RST, 9, 0, 0, "A+0+0", "ESTABLISHED"},
	{"RST before it", "l1 c0 .", "ESTABLISHED", RST, -1, 0, 0, "", "ESTABLISHED"},
	{"RST behind it", "l1 c0 .", "ESTABLISHED", RST, 70000, 0, 0, "", "ESTABLISHED"},
	{"RST, exact, to say", "l1 c0 . d0=4", "ESTABLISHED", RST, 0, 0, 0, "", "CLOSED"},
	{"SYN in window", "l1 c0 .", "ESTABLISHED", SYN, 5, 0, 0, "A+0+0", "ESTABLISHED"},
	{"SYN,ACK again", "l1 c0 .", "ESTABLISHED", SYN | ACK, -1, 0, 0, "A+0+0", "ESTABLISHED"},
	{"ack of unsent", "l1 c0 .", "ESTABLISHED", ACK, 0, 9, 0, "A+0+0", "ESTABLISHED"},
	{"ack of old", "l1 c0 .", "ESTABLISHED", ACK, 0, -70000, 0, "A+0+0", "ESTABLISHED"},
	{"nothing new", "l1 c0 .", "ESTABLISHED", ACK, 0, 0, 0, "", "ESTABLISHED"},
	{"no flags", "l1 c0 .", "ESTABLISHED", 0, 0, 0, 3, "", "ESTABLISHED"},
	{"FIN without ACK", "l1 c0 .", "ESTABLISHED", FIN, 0, 0, 0, "", "ESTABLISHED"},
	{"old data", "l1 c0 .", "ESTABLISHED", ACK, -5, 0, 5, "A+0+0", "ESTABLISHED"},
	{"data behind a gap", "l1 c0 .", "ESTABLISHED", ACK, 5, 0, 5, "A+0+0", "ESTABLISHED"},
	{"half old data", "l1 c0 .", "ESTABLISHED", ACK, -5, 0, 9, "A+0+4", "ESTABLISHED"},
	{"data, window closed", "w0=0 l1 c0 .", "ESTABLISHED", ACK, 0, 0, 1, "A+0+0",
	 "ESTABLISHED"},
	{"FIN behind them", "w0=0 l1 c0 .", "ESTABLISHED", FIN | ACK, 0, 0, 1, "A+0+0",
	 "ESTABLISHED"},
	{"FIN, ack of unsent", "l1 c0 .", "ESTABLISHED", FIN | ACK, 0, 9, 0, "A+0+0",
	 "ESTABLISHED"},
	{"FIN behind a gap", "l1 c0 .", "ESTABLISHED", FIN | ACK, 5, 0, 0, "A+0+0", "ESTABLISHED"},
	{"FIN put off", "x0 l1 c0 .", "ESTABLISHED", FIN | ACK, 0, 0, 0, "", "ESTABLISHED"},

	{"FIN in FIN-WAIT-1", "l1 c0 . f0 !=4 .", "FIN-WAIT-1", FIN | ACK, 0, -1, 0, "A+0+1",
	 "CLOSING"},
	{"FIN and ack", "l1 c0 . f0 !=4 .", "FIN-WAIT-1", FIN | ACK, 0, 0, 0, "A+0+1", "TIME-WAIT"},
	{"FIN again", "l1 c0 . f1 .", "CLOSE-WAIT", FIN | ACK, -1, 0, 0, "A+0+0", "CLOSE-WAIT"},
	{"FIN in TIME-WAIT", "e1 l1 c0 . f0 .", "TIME-WAIT", FIN | ACK, -1, 0, 0, "A+0+0",
	 "TIME-WAIT"},
	{"SYN in TIME-WAIT", "e1 l1 c0 . f0 .", "TIME-WAIT", SYN, 900, 0, 0, "A+0+0", "TIME-WAIT"},
	{"RST in TIME-WAIT", "e1 l1 c0 . f0 .", "TIME-WAIT", RST, 0, 0, 0, "", "CLOSED"},
	{"after all", "e0 l1 c0 . f1 .", "CLOSED", FIN | ACK, -1, 0, 0, "R+0", "CLOSED"},
};

static void add_offset(struct text *to, struct seq n, struct seq from)
{
	int32_t d = seq_diff(n, from);
	text_char(to, d < 0 ? '-' : '+');
	text_number(to, (uint64_t)labs(d));
}

/* The numbers against those before; of a RST without an ACK only its own. */
static const char *answer_of(struct tcp *t, struct seq nxt, struct seq rcv, char text[static 64])
{
	struct text to = text_in(text, 64);
	struct packet p;
	while (tcp_next(t, 0, &p)) {
		add_flags(&to, p.seg.flags);
		if ((p.seg.flags & (RST | ACK)) == (RST | ACK))
			text_add(&to, p.seg.seq.n ? "?" : "-0");
		else
			add_offset(&to, p.seg.seq, nxt);
		if (p.seg.flags & ACK)
			add_offset(&to, p.seg.ack, rcv);
		assert_int_equal(p.dst.port, 1);
		tcp_departed(t, &p);
	}
	return text;
}

static void check_arrival(const struct arrives *a, const uint32_t iss[2])
{
	struct world *w = world_new(iss[0], iss[1]);
	struct tcp *t = &w->end[0];
	char text[64];
	play(w, a->script);
	expect_text(a->name, "state before", state_of(w, 0), a->before);
	bool fresh = !t->tcb.snd_known;
	struct seq rcv = t->tcb.rcv.nxt, nxt = fresh ? (struct seq){0} : t->tcb.snd.nxt;
	static const uint8_t octets[16] = "payload";
	struct packet p = {.src = w->end[1].local,
			   .dst = t->local,
			   .payload = {octets, a->len},
			   .seg = {.seq = seq_plus(rcv, (uint32_t)a->seq),
				   .ack = seq_plus(nxt, (uint32_t)a->ack),
				   .len = a->len,
				   .wnd = 65535,
				   .flags = a->flags}};
	struct bytes heard;
	t->iss = fresh ? (struct seq){100} : t->iss;
	tcp_hears(t, &p, &heard);
	expect_text(a->name, "answer", answer_of(t, nxt, rcv, text), a->answer);
	expect_text(a->name, "state after", state_of(w, 0), a->after);
	assert_true(!heard.len || (heard.at >= octets && heard.at + heard.len <= octets + a->len));
	world_free(w);
}

static void segments_are_answered(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3 * sizeof arrivals / sizeof *arrivals; i++)
		check_arrival(&arrivals[i / 3], first[i % 3]);
}

/* What was refused once is not taken later. */
static void refused_fin_is_forgotten(void **state)
{
	(void)state;
	struct world *w = world_new(100, 300);
	play(w, "l1 c0 .");
	struct packet p = {.src = w->end[1].local, .dst = w->end[0].local};
	p.seg = (struct segment){w->end[0].tcb.rcv.nxt, {9999}, 0, 100, FIN | ACK};
	hear(w, &p);
	p.seg.ack = w->end[0].tcb.snd.nxt;
	p.seg.flags = ACK;
	hear(w, &p);
	expect_text("an ACK later", "state", state_of(w, 0), "ESTABLISHED");
	world_free(w);
}

/* A listener whose guest has gone listens for the next. */
static void listener_is_opened_again(void **state)
{
	(void)state;
	struct world *w = world_new(100, 300);
	play(w, "l1 c0 !=3 . a0 .");
	expect_text("aborted half open", "state", state_of(w, 1), "LISTEN");
	assert_true(w->end[1].reset);
	tcp_init(&w->end[0], &w->end[0].local, (struct seq){0x80000000});
	w->lost = 0;
	play(w, "c0 e1 . d0=5 . f0 .");
	expect_text("opened again", "state", state_of(w, 1), "CLOSED");
	expect_text("opened again", "trace", w->trace,
		    ">S <SA >A >R >S <SA >A >PA5 <A >FA <A <FA >A");
	assert_false(w->end[1].reset);
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
	play(w, "l1 c0 . c0 c1 l0 l1 .");
	expect_text("open already", "state", state_of(w, 0), "ESTABLISHED");
	expect_number("open already", "heard", w->heard[1].len, TCP_BUFFER);
	tcp_close(&w->end[0]);
	assert_false(tcp_say(&w->end[0], (struct bytes){octets, 1}));
	play(w, "e1 .");
	tcp_close(&w->end[1]);
	run(w, false);
	assert_false(tcp_say(&w->end[1], (struct bytes){octets, 1}));
	play(w, "c1 l1 .");
	expect_text("over", "state", state_of(w, 1), "CLOSED");
	world_free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(talks_go_as_they_should),
		cmocka_unit_test(any_segment_may_be_lost),
		cmocka_unit_test(nobody_answers),
		cmocka_unit_test(closed_window_is_probed),
		cmocka_unit_test(segments_are_answered),
		cmocka_unit_test(refused_fin_is_forgotten),
		cmocka_unit_test(listener_is_opened_again),
		cmocka_unit_test(calls_out_of_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Events and words on their way to a view: what waits, for how long, in which order it goes on; and
 * how the ladder, words and jsonl draw it. */
#include "capture/beside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/views/jsonl.h"
#include "analysis/views/run.h"
#include "tests/unit/notation.h"
#include "tests/unit/rows.h"

enum { TEXT = 2000 };

static const int64_t ms = 1000000;

/* A view in the place of the last sink: "1 =L1 2 end", or a real one. */
struct stand {
	struct wire wire;
	struct tracker tracker;
	struct beside *beside;
	char text[TEXT];
};

static void on_event(void *to, const struct connection *c, const struct event *e)
{
	static const char marks[AGREEMENTS + 1] = "=~ko?vxnmsdru";
	struct stand *s = to;
	size_t at = strlen(s->text);
	(void)c;
	if (e->kind == EVENT_WITNESS)
		snprintf(s->text + at, TEXT - at, "%c%d ", marks[e->word.agreement], e->end);
	else if (e->kind == EVENT_SEGMENT)
		snprintf(s->text + at, TEXT - at, "%u ", e->n);
}

static void on_ended(void *to, const struct connection *c)
{
	struct stand *s = to;
	size_t at = strlen(s->text);
	(void)c;
	snprintf(s->text + at, TEXT - at, "end ");
}

static void start(struct stand *s, const struct sink *view)
{
	static const uint64_t seed[2] = {1, 2};
	const struct sink own = {s, on_event, on_ended, false};
	*s = (struct stand){.wire = wire_new()};
	s->beside = beside_new(true, &s->tracker);
	assert_non_null(s->beside);
	assert_true(tracker_init(&s->tracker, seed, beside_sink(s->beside, view ? *view : own)));
}

static void finish(struct stand *s)
{
	tracker_end(&s->tracker);
	beside_end(s->beside);
}

/* `end` goes to a state, so long after (before) the last segment. */
static void say(struct stand *s, int end, enum tcp_state from, enum tcp_state to, int64_t after)
{
	const struct testimony t = {
		.time = s->wire.packet.time + after,
		.socket = (uint64_t)end + 1,
		.local = end ? s->wire.right : s->wire.left,
		.remote = end ? s->wire.left : s->wire.right,
		.from = (uint8_t)from,
		.to = (uint8_t)to,
	};
	beside_said(s->beside, &t);
}

#define SYN_ROW "--> <SEQ=100><CTL=SYN>\n"
#define SYN_ACK_ROW "<-- <SEQ=300><ACK=101><CTL=SYN,ACK>\n"
#define ACK_ROW "--> <SEQ=101><ACK=301><CTL=ACK>\n"

static void open_heard(struct stand *s)
{
	wire_play(&s->wire, SYN_ROW, &s->tracker);
	say(s, 0, CLOSED, SYN_SENT, -1000);
	wire_play(&s->wire, SYN_ACK_ROW, &s->tracker);
	say(s, 0, SYN_SENT, ESTABLISHED, 1000);
	wire_play(&s->wire, ACK_ROW, &s->tracker);
	say(s, 1, LISTEN, SYN_RECEIVED, 1000);
	say(s, 1, SYN_RECEIVED, ESTABLISHED, 2000);
}

static void test_events_wait_for_their_words(void **unused)
{
	(void)unused;
	struct stand s;
	start(&s, NULL);
	open_heard(&s);
	int64_t now = s.wire.packet.time;
	beside_mind(s.beside, now + 10 * ms);
	assert_string_equal(s.text, "");
	beside_mind(s.beside, now + 30 * ms);
	assert_string_equal(s.text, "1 =0 ~1 2 =0 3 ~1 =1 ");
	finish(&s);
	assert_string_equal(s.text, "1 =0 ~1 2 =0 3 ~1 =1 end ");
	beside_free(s.beside);
}

static void test_nothing_waits_for_ever(void **unused)
{
	(void)unused;
	struct stand s;
	start(&s, NULL);
	wire_play(&s.wire, SYN_ROW, &s.tracker);
	int64_t now = s.wire.packet.time;
	beside_mind(s.beside, now + 60 * ms);
	assert_string_equal(s.text, "");
	beside_mind(s.beside, now + 101 * ms);
	assert_memory_equal(s.text, "1 ", 2);
	assert_non_null(strstr(s.text, "o0"));
	finish(&s);
	beside_free(s.beside);
}

static void test_words_are_put_in_order(void **unused)
{
	(void)unused;
	struct stand s;
	start(&s, NULL);
	wire_play(&s.wire, SYN_ROW SYN_ACK_ROW, &s.tracker);
	say(&s, 0, SYN_SENT, ESTABLISHED, 1000);
	say(&s, 0, CLOSED, SYN_SENT, -1001000);
	finish(&s);
	assert_string_equal(s.text, "1 =0 ~1 2 =0 end ");
	beside_free(s.beside);
}

/* More than there is room for: the first go on as they are, and none is missing. */
static void test_too_many_go_on(void **unused)
{
	(void)unused;
	enum { MANY = 70000 };
	struct stand s;
	start(&s, NULL);
	wire_play(&s.wire, SYN_ROW SYN_ACK_ROW ACK_ROW, &s.tracker);
	for (int i = 0; i < MANY; i++) {
		s.text[0] = 0;
		wire_play(&s.wire, ACK_ROW, &s.tracker);
	}
	assert_string_not_equal(s.text, "");
	for (int i = 0; i < MANY; i++)
		say(&s, 0, ESTABLISHED, ESTABLISHED, 1000);
	s.text[0] = 0;
	tracker_end(&s.tracker);
	beside_free(s.beside);
}

static char *drawn(const struct view *view, struct look look)
{
	struct memory m;
	struct stand s;
	open_memory(&m);
	struct run *r = run_new(view, m.file, look);
	assert_non_null(r);
	struct sink sink = run_sink(r);
	start(&s, &sink);
	run_begin(r, &(struct source){"scene", "EN10MB"});
	open_heard(&s);
	wire_play(&s.wire, "--> <SEQ=101><ACK=301><CTL=FIN,ACK>\n", &s.tracker);
	say(&s, 0, ESTABLISHED, FIN_WAIT_1, -1000);
	const struct testimony arrival = {
		.time = s.wire.packet.time + 1000,
		.local = s.wire.right,
		.remote = s.wire.left,
		.kind = SAID_ARRIVAL,
		.una = {301},
		.nxt = {7},
	};
	beside_said(s.beside, &arrival);
	finish(&s);
	run_end(r, &(struct totals){0});
	beside_free(s.beside);
	return close_memory(&m);
}

static void expect_line(const char *text, const char *line)
{
	if (!strstr(text, line))
		fail_msg("not there: %s\nin:\n%s", line, text);
}

static void test_views(void **unused)
{
	(void)unused;
	static const struct {
		const struct view *view;
		int width;
		const char *lines[4];
	} row[] = {
		{&view_ladder,
		 120,
		 {"    SYN-SENT SYN-SENT     |", "| ESTABLISHED  ESTABLISHED",
		  "  kernel: server ESTABLISHED, not CLOSE-WAIT: #4 has not moved it\n",
		  "  kernel: server at #4: SND.NXT 7, ours 301\n"}},
		{&view_ladder,
		 140,
		 {"    SYN-SENT SYN-SENT     |", "| ESTABLISHED  ESTABLISHED", "  kernel: server",
		  ""}},
		{&view_ladder, 100, {"    SYN-SENT |", "| ESTABLISHED", "  kernel: server", ""}},
		{&view_words,
		 80,
		 {"The kernel of #1: server ESTABLISHED, not CLOSE-WAIT: #4 has not",
		  "server at #4: SND.NXT 7, ours 301", "", ""}},
		{&view_jsonl,
		 80,
		 {"{\"type\":\"witness\",\"v\":1,\"conn\":1,\"n\":1,\"t\":0.000000,\"end\":"
		  "\"client\","
		  "\"verdict\":\"agreed\",\"ours\":\"SYN-SENT\",\"kernel\":\"SYN-SENT\"}\n",
		  "\"end\":\"server\",\"verdict\":\"ours-only\",\"ours\":\"CLOSE-WAIT\","
		  "\"kernel\":\"ESTABLISHED\"}\n",
		  "\"verdict\":\"by-design\",\"ours\":\"SYN-RECEIVED\",\"why\":\"a SYN makes",
		  "\"verdict\":\"other-numbers\",\"ours\":\"CLOSE-WAIT\",\"kernel\":"
		  "\"ESTABLISHED\","
		  "\"reason\":\"SND.NXT 7, ours 301\"}"}},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char *text =
			drawn(row[i].view, (struct look){.width = row[i].width, .witness = true});
		for (size_t k = 0; k < 4; k++)
			expect_line(text, row[i].lines[k]);
		free(text);
	}
}

/* Rows of several connections, as a stream: each word names its own. */
static void test_names(void **unused)
{
	(void)unused;
	struct memory m;
	struct stand s;
	open_memory(&m);
	struct run *r = run_new(&view_ladder, m.file,
				(struct look){.width = 80, .witness = true, .stream = true});
	assert_non_null(r);
	struct sink sink = run_sink(r);
	start(&s, &sink);
	run_begin(r, &(struct source){"scene", "EN10MB"});
	open_heard(&s);
	s.wire.left.port++;
	wire_play(&s.wire, "--> <SEQ=900><CTL=SYN>\n", &s.tracker);
	say(&s, 1, ESTABLISHED, CLOSE_WAIT, 1000);
	finish(&s);
	run_end(r, &(struct totals){0});
	beside_free(s.beside);
	char *text = close_memory(&m);
	expect_line(text,
		    "  kernel: #2 client no socket yet, not SYN-SENT: #2.1 has not moved it\n");
	free(text);
}

/* The states of a row are those of its step, not what the kernel has said since. */
static void test_states(void **unused)
{
	(void)unused;
	struct stand s;
	struct memory m;
	open_memory(&m);
	struct run *r = run_new(&view_jsonl, m.file, (struct look){.width = 80});
	assert_non_null(r);
	struct sink sink = run_sink(r);
	start(&s, &sink);
	open_heard(&s);
	say(&s, 1, ESTABLISHED, CLOSE_WAIT, 5000);
	say(&s, 1, CLOSE_WAIT, LAST_ACK, 6000);
	finish(&s);
	run_end(r, &(struct totals){0});
	beside_free(s.beside);
	char *text = close_memory(&m);
	expect_line(
		text,
		"\"verdict\":\"kernel-only\",\"ours\":\"ESTABLISHED\",\"kernel\":\"CLOSE-WAIT\"}");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_events_wait_for_their_words),
		cmocka_unit_test(test_nothing_waits_for_ever),
		cmocka_unit_test(test_words_are_put_in_order),
		cmocka_unit_test(test_too_many_go_on),
		cmocka_unit_test(test_views),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_states),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

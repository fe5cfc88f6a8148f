/* SPDX-License-Identifier: MIT */
/* When a tracker reports an end, how long it remembers after that, and how many it remembers. */
#include "analysis/model/tracker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/unit/notation.h"
#include "tests/unit/rows.h"

static const int64_t second = 1000000000, linger = 300000000;

static void on_event(void *to, const struct connection *c, const struct event *e)
{
	(void)to;
	(void)c;
	(void)e;
}

static void count_ended(void *to, const struct connection *c)
{
	(void)c;
	++*(unsigned *)to;
}

static struct tracker start(unsigned *ended)
{
	static const uint64_t seed[2] = {1, 2};
	struct tracker t;
	*ended = 0;
	assert_true(tracker_init(&t, seed, (struct sink){ended, on_event, count_ended, false}));
	return t;
}

static const char session[] = "--> <SEQ=100><CTL=SYN>\n"
			      "<-- <SEQ=300><ACK=101><CTL=SYN,ACK>\n"
			      "--> <SEQ=101><ACK=301><CTL=ACK>\n"
			      "--> <SEQ=101><ACK=301><CTL=FIN,ACK>\n"
			      "<-- <SEQ=301><ACK=102><CTL=FIN,ACK>\n";
static const char last_ack[] = "--> <SEQ=102><ACK=302><CTL=ACK>\n";
static const char fin_again[] = "<-- <SEQ=301><ACK=102><CTL=FIN,ACK>\n";

static void test_end_is_reported_after_linger(void **unused)
{
	(void)unused;
	static const struct {
		const char *name;
		int64_t linger, after; /* nanoseconds */
		unsigned ended;
		bool known;
	} row[] = {
		{"lingers", 300000000, 299999999, 0, true},
		{"reported, and remembered", 300000000, 300000001, 1, true},
		{"remembered for long", 300000000, 239000000000, 1, true},
		{"forgotten, and not reported again", 300000000, 241000000000, 1, false},
		{"another time", 5000000000, 4900000000, 0, true},
		{"another time is over", 5000000000, 5100000000, 1, true},
		{"without linger not reported", 0, 239000000000, 0, true},
		{"until forgotten", 0, 241000000000, 1, false},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		unsigned ended;
		struct tracker t = start(&ended);
		struct wire w = wire_new();
		tracker_linger(&t, row[i].linger);
		wire_play(&w, session, &t);
		wire_play(&w, last_ack, &t);
		tracker_sweep(&t, w.packet.time + row[i].after);
		expect_number(row[i].name, "ended", ended, row[i].ended);
		tracker_sweep(&t, w.packet.time + row[i].after);
		expect_number(row[i].name, "ended", ended, row[i].ended);
		expect_number(row[i].name, "known", tracker_find(&t, &w.packet) != NULL,
			      row[i].known);
		tracker_end(&t);
		expect_number(row[i].name, "ended at last", ended, 1);
	}
}

/* What comes after the report belongs to the connection; when it shows that it was alive after
 * all, its next end is reported too. */
static void test_told_and_alive_again(void **unused)
{
	(void)unused;
	unsigned ended;
	struct tracker t = start(&ended);
	struct wire w = wire_new();
	tracker_linger(&t, linger);
	wire_play(&w, session, &t);
	wire_play(&w, last_ack, &t);
	w.packet.time += second; /* due, but not yet swept */
	wire_play(&w, last_ack, &t);
	expect_number("the same one", "connections", t.connections, 1);
	tracker_sweep(&t, w.packet.time + second);
	expect_number("told", "ended", ended, 1);
	w.packet.time += second;
	wire_play(&w, last_ack, &t);
	tracker_sweep(&t, w.packet.time + second);
	expect_number("a stray", "ended", ended, 1);
	w.packet.time += second;
	wire_play(&w, fin_again, &t);
	tracker_sweep(&t, w.packet.time + second);
	expect_number("alive", "ended", ended, 1);
	wire_play(&w, last_ack, &t);
	tracker_sweep(&t, w.packet.time + second);
	expect_number("over again", "ended", ended, 2);
	expect_number("the same one", "connections", t.connections, 1);
	tracker_end(&t);
	expect_number("at last", "ended", ended, 2);
}

/* Segments of connection number i: a SYN, its answer, the third ACK; or a SYN and a RST. */
static struct packet segment_of(uint32_t i, bool back, unsigned flags)
{
	struct endpoint client = {{{10, 0, (uint8_t)(i >> 8), (uint8_t)i}, 4},
				  (uint16_t)(i >> 16 | 0x8000)};
	struct endpoint server = {{{192, 0, 2, 1}, 4}, 80};
	return (struct packet){
		.src = back ? server : client,
		.dst = back ? client : server,
		.seg = {{back          ? 500
			 : flags & SYN ? 100
				       : 101},
			{back ? 101 : 501},
			0,
			65535,
			(uint16_t)flags},
	};
}

static const unsigned half_open[] = {SYN, 0}, refused[] = {SYN, RST | ACK, 0},
		      open[] = {SYN, SYN | ACK, ACK, 0};

static void test_limits(void **unused)
{
	(void)unused;
	enum { SLACK = 256 }; /* packets between two sweeps */
	static const struct {
		const char *name;
		const unsigned *flags;
		int64_t linger;
		enum queue queue;
		uint32_t count, most;
	} row[] = {
		{"half open", half_open, 0, HALF_OPEN, 20000, 16384},
		{"open: no limit", open, 0, OPEN, 70000, 70000},
		{"over", refused, 0, OVER, 10000, 2048},
		{"over, about to be told", refused, 300000000, OVER, 5000, 2048},
		{"told", refused, 1, TOLD, 20000, 8192},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		unsigned ended;
		struct tracker t = start(&ended);
		tracker_linger(&t, row[i].linger);
		int64_t now = second;
		for (uint32_t id = 1; id <= row[i].count; id++)
			for (const unsigned *f = row[i].flags; *f; f++) {
				struct packet p = segment_of(id, (f - row[i].flags) == 1, *f);
				p.time = now += 1000;
				tracker_packet(&t, &p);
			}
		struct packet first = segment_of(1, false, SYN),
			      last = segment_of(row[i].count, false, SYN);
		bool bounded = row[i].most < row[i].count;
		size_t there = t.table.queue[row[i].queue].count;
		expect_number(row[i].name, "connections", t.connections, row[i].count);
		expect_number(row[i].name, "too few", there < row[i].most - SLACK, false);
		expect_number(row[i].name, "too many", there > row[i].most + SLACK, false);
		expect_number(row[i].name, "first kept", tracker_find(&t, &first) != NULL,
			      !bounded || row[i].linger > 1);
		expect_number(row[i].name, "last kept", tracker_find(&t, &last) != NULL, true);
		tracker_end(&t);
		expect_number(row[i].name, "ended, each once", ended, row[i].count);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_end_is_reported_after_linger),
		cmocka_unit_test(test_told_and_alive_again),
		cmocka_unit_test(test_limits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

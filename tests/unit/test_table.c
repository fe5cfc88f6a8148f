/* SPDX-License-Identifier: MIT */
/* The table of connections, and the tracker that fills and empties it. */
#include "analysis/model/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/notation.h"
#include "tests/unit/rows.h"

static const uint64_t seed[2] = {0x0123456789abcdef, 0xfedcba9876543210};
static const int64_t second = 1000000000;

/* The SYN of client number i: another address and another port. */
static struct packet syn_of(uint32_t i)
{
	struct packet p = {
		.src = {{{10, (uint8_t)(i >> 16), (uint8_t)(i >> 8), (uint8_t)i}, 4},
			(uint16_t)(i * 7)},
		.dst = {{{192, 0, 2, 1}, 4}, 80},
		.seg = {.seq.n = i, .flags = SYN, .wnd = 65535},
	};
	return p;
}

static struct packet turned(struct packet p)
{
	struct endpoint src = p.src;
	p.src = p.dst;
	p.dst = src;
	return p;
}

static struct slot *add(struct table *t, uint32_t i)
{
	struct packet p = syn_of(i);
	struct slot *s = table_add(t, &p);
	assert_non_null(s);
	connection_init(&s->c, i, &p);
	return s;
}

static void expect_found(struct table *t, uint32_t i, bool there)
{
	int from = -1;
	struct packet p = syn_of(i), back = turned(p);
	struct slot *s = table_find(t, &p, &from);
	expect_number("find", "there", s != NULL, there);
	if (!there || !s)
		return;
	expect_number("find", "id", s->c.id, i);
	expect_number("find", "from", (uint64_t)from, 0);
	assert_ptr_equal(table_find(t, &back, &from), s);
	expect_number("find turned", "from", (uint64_t)from, 1);
}

static void test_growth_and_removal(void **unused)
{
	(void)unused;
	enum { MANY = 5000 };
	struct table t;
	assert_true(table_init(&t, seed));
	size_t buckets = t.buckets;
	for (uint32_t i = 1; i <= MANY; i++)
		add(&t, i);
	expect_number("added", "count", t.count, MANY);
	assert_true(t.buckets > buckets && t.buckets >= MANY);
	for (uint32_t i = 1; i <= MANY; i++)
		expect_found(&t, i, true);
	for (uint32_t i = 1; i <= MANY; i += 2) {
		int from;
		struct packet p = syn_of(i);
		table_remove(&t, table_find(&t, &p, &from));
	}
	for (uint32_t i = 1; i <= MANY; i++)
		expect_found(&t, i, i % 2 == 0);
	size_t slabs = t.slabs;
	for (uint32_t i = 1; i <= MANY; i += 2)
		add(&t, i);
	expect_number("places used again", "slabs", t.slabs, slabs);
	expect_number("all", "count", t.count, MANY);
	table_free(&t);
}

static void test_ends_are_told_apart(void **unused)
{
	(void)unused;
	struct table t;
	int from = -1;
	assert_true(table_init(&t, seed));
	struct packet p = syn_of(1), other = p, self = p;
	struct slot *s = add(&t, 1);
	other.src.port++;
	assert_null(table_find(&t, &other, &from));
	other = p;
	other.dst.address.family = 6;
	assert_null(table_find(&t, &other, &from));
	self.dst = self.src;
	assert_null(table_find(&t, &self, &from));
	struct slot *own = table_add(&t, &self);
	assert_non_null(own);
	connection_init(&own->c, 2, &self);
	assert_ptr_equal(table_find(&t, &self, &from), own);
	expect_number("self-connect", "from", (uint64_t)from, 0);
	assert_ptr_equal(table_find(&t, &p, &from), s);
	table_free(&t);
}

/* What a tracker said. */
struct log {
	unsigned events, ended;
	uint32_t last;        /* id of the connection that ended last */
	uint32_t segments[8]; /* of the first ones that ended, in that order */
};

static void on_event(void *to, const struct connection *c, const struct event *e)
{
	(void)c;
	(void)e;
	((struct log *)to)->events++;
}

static void on_ended(void *to, const struct connection *c)
{
	struct log *log = to;
	if (log->ended < 8)
		log->segments[log->ended] = c->n;
	log->ended++;
	log->last = c->id;
}

static void start(struct tracker *t, struct log *log)
{
	*log = (struct log){0};
	assert_true(tracker_init(t, seed, (struct sink){log, on_event, on_ended, false}));
}

static void test_flood_is_bounded(void **unused)
{
	(void)unused;
	struct log log;
	struct tracker t;
	start(&t, &log);
	for (uint32_t i = 1; i <= 100000; i++) {
		struct packet p = syn_of(i);
		p.time = second + i;
		tracker_packet(&t, &p);
	}
	expect_number("flood", "connections", t.connections, 100000);
	assert_in_range(t.table.count, 16384, 16384 + 256);
	expect_number("flood", "alive and ended", t.table.count + log.ended, 100000);
	tracker_end(&t);
	expect_number("flood", "ended", log.ended, 100000);
	expect_number("in order of id at the end", "last", log.last, 100000);
}

static const char opening[] = "--> <SEQ=100><CTL=SYN>\n<-- <SEQ=300><ACK=101><CTL=SYN,ACK>\n"
			      "--> <SEQ=101><ACK=301><CTL=ACK>\n";
static const char closing[] = "--> <SEQ=101><ACK=301><CTL=FIN,ACK>\n"
			      "<-- <SEQ=301><ACK=102><CTL=FIN,ACK>\n"
			      "--> <SEQ=102><ACK=302><CTL=ACK>\n";

/* Forgotten by capture time: soon when over or half open, late when open. */
static void test_eviction(void **unused)
{
	(void)unused;
	static const struct {
		const char *name, *rows[2];
		int64_t alive, dead; /* seconds after the last segment */
	} row[] = {
		{"half open", {"--> <SEQ=100><CTL=SYN>\n", ""}, 200, 300},
		{"open", {opening, ""}, 7260, 14400},
		{"closed", {opening, closing}, 60, 300},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct log log;
		struct tracker t;
		struct wire w = wire_new();
		start(&t, &log);
		wire_play(&w, row[i].rows[0], &t);
		wire_play(&w, row[i].rows[1], &t);
		tracker_sweep(&t, w.packet.time + row[i].alive * second);
		expect_number(row[i].name, "ended early", log.ended, 0);
		assert_non_null(tracker_find(&t, &w.packet));
		tracker_sweep(&t, w.packet.time + row[i].dead * second);
		expect_number(row[i].name, "ended", log.ended, 1);
		assert_null(tracker_find(&t, &w.packet));
		tracker_end(&t);
		expect_number(row[i].name, "ended once", log.ended, 1);
	}
}

/* How many connections are rows, and how many segments has each? */
static void test_incarnations(void **unused)
{
	(void)unused;
	static const struct {
		const char *name, *before, *rows;
		unsigned connections;
		uint32_t segments[2];
	} row[] = {
		{"SYN again", "", "--> <SEQ=100><CTL=SYN>\n--> <SEQ=100><CTL=SYN>\n", 1, {2}},
		{"another ISN", "", "--> <SEQ=100><CTL=SYN>\n--> <SEQ=900><CTL=SYN>\n", 2, {1, 1}},
		{"FIN again",
		 opening,
		 "--> <SEQ=101><ACK=301><CTL=FIN,ACK>\n--> <SEQ=101><ACK=301><CTL=FIN,ACK>\n",
		 1,
		 {5}},
		{"SYN in the middle, challenged",
		 opening,
		 "--> <SEQ=900><CTL=SYN>\n<-- <SEQ=301><ACK=101><CTL=ACK>\n",
		 1,
		 {5}},
		{"SYN in the middle, answered",
		 opening,
		 "--> <SEQ=900><CTL=SYN>\n<-- <SEQ=7000><ACK=901><CTL=SYN,ACK>\n",
		 2,
		 {4, 2}},
		{"two SYN,ACKs",
		 "--> <SEQ=100><CTL=SYN>\n<-- <SEQ=300><ACK=101><CTL=SYN,ACK>\n",
		 "<-- <SEQ=900><ACK=101><CTL=SYN,ACK>\n",
		 1,
		 {3}},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct log log;
		struct tracker t;
		struct wire w = wire_new();
		start(&t, &log);
		wire_play(&w, row[i].before, &t);
		wire_play(&w, row[i].rows, &t);
		tracker_end(&t);
		expect_number(row[i].name, "connections", log.ended, row[i].connections);
		expect_number(row[i].name, "segments of the first", log.segments[0],
			      row[i].segments[0]);
		expect_number(row[i].name, "segments of the second", log.segments[1],
			      row[i].segments[1]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_growth_and_removal),
		cmocka_unit_test(test_ends_are_told_apart),
		cmocka_unit_test(test_flood_is_bounded),
		cmocka_unit_test(test_eviction),
		cmocka_unit_test(test_incarnations),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/views/run.h"
#include "analysis/views/zeek_ports.h"
#include "analysis/views/zeek_stream.h"
#include "analysis/views/zeek_table.h"
#include "tests/unit/rows.h"

/* What is not TCP has no row, but it lets time pass. */
static void others_pass_time(void **state)
{
	struct memory m;
	(void)state;
	open_memory(&m);
	struct run *r = run_new(&view_zeek, m.file, (struct look){.types = 1});
	struct packet p = {.src = {{{10, 0, 0, 1}, 4}, 1000},
			   .dst = {{{10, 0, 0, 2}, 4}, 80},
			   .seg = {.flags = SYN, .wnd = 1},
			   .kind = PACKET_TCP};
	assert_non_null(r);
	p.time = 1700000000000000000;
	run_packet(r, &p, NULL);
	p.kind = PACKET_UDP;
	p.time += 5000000000;
	run_packet(r, &p, NULL);
	fflush(m.file);
	assert_ptr_equal(strstr(m.text, "{\"ts\":1700000000.000000,\"uid\":\"C"), m.text);
	run_end(r, &(struct totals){.frames = 2});
	char *text = close_memory(&m);
	assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
	free(text);
}

/* By its ports, where the first packet is no plain SYN. */
static void who_is_the_server(void **state)
{
	static const struct {
		const char *name;
		uint16_t flags, src, dst;
		uint8_t octet; /* of the destination, each of them */
		bool server;
	} row[] = {
		{"a SYN", SYN, 80, 1000, 1, false},
		{"a SYN-ACK", SYN | ACK, 80, 1000, 1, true},
		{"data", ACK, 44818, 1000, 1, true},
		{"no flags", 0, 20, 1000, 1, true},
		{"the other way", ACK, 1000, 80, 1, false},
		{"no server's port", ACK, 1001, 1000, 1, false},
		{"SYN-ACK, both are", SYN | ACK, 80, 8080, 1, false},
		{"data, both are, from the lower", ACK, 80, 8080, 1, true},
		{"data, both are, to the lower", ACK, 8080, 80, 1, false},
		{"to everybody", ACK, 80, 1000, 255, false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct packet p = {.seg.flags = row[i].flags,
				   .src = {.address.family = 4, .port = row[i].src},
				   .dst = {.address.family = 4, .port = row[i].dst}};
		memset(p.dst.address.octet, row[i].octet, 4);
		expect_number(row[i].name, "server", zeek_from_server(&p), row[i].server);
	}
}

/* Data "12-15" (the octets 12, 13, 14) and acknowledgements "a15", in turn; what is there to the
 * left of all gaps, the gaps that were acknowledged, and whether data still waits. */
static const struct {
	const char *name, *script;
	uint64_t next, gaps, octets;
	bool holds;
} streams[] = {
	{"nothing", "", 1, 0, 0, false},
	{"acknowledged", "1-11 a11", 11, 0, 0, false},
	{"not yet", "1-11 a6", 11, 0, 0, true},
	{"missed", "11-21 a21", 21, 1, 10, false},
	{"beyond a gap", "11-21", 1, 0, 0, true},
	{"filled", "11-21 1-11 a21", 21, 0, 0, false},
	{"filled bit by bit", "21-31 11-16 16-22 1-12 a31", 31, 0, 0, false},
	{"two gaps", "11-21 31-41 a41", 41, 2, 20, false},
	{"over the edge of an ACK", "11-21 a15", 21, 1, 10, true},
	{"came too late", "a11 1-11 a12", 12, 2, 11, false},
	{"overlaps", "5-15 1-10 8-20 a20", 20, 0, 0, false},
	{"touch", "5-10 15-20 10-15 a20", 20, 1, 4, false},
};

static struct zeek_gap play(struct zeek_stream *s, const char *script)
{
	struct zeek_gap all = {0, 0};
	char *end;
	for (const char *at = script; *at; at = end + (*end == ' ')) {
		bool ack = *at == 'a';
		uint64_t from = strtoull(at + ack, &end, 10);
		if (ack) {
			struct zeek_gap gap = zeek_stream_ack(s, from, false);
			all.count += gap.count;
			all.octets += gap.octets;
		} else {
			uint64_t to = strtoull(end + 1, &end, 10);
			zeek_stream_data(s, from, to - from, to, false);
		}
	}
	return all;
}

static void gaps_of_a_stream(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
		const char *name = streams[i].name;
		struct zeek_stream s = {.next = 1, .trim = 1};
		struct zeek_gap all = play(&s, streams[i].script);
		expect_number(name, "next", s.next, streams[i].next);
		expect_number(name, "gaps", all.count, streams[i].gaps);
		expect_number(name, "octets", all.octets, streams[i].octets);
		expect_number(name, "holds", zeek_stream_holds(&s), streams[i].holds);
		zeek_stream_free(&s);
	}
}

/* Gaps that nothing fills are given up before they cost much. */
static void a_stream_is_bounded(void **state)
{
	struct zeek_stream s = {.next = 1, .trim = 1}, unheard = s;
	(void)state;
	for (uint64_t i = 1; i < 5000; i++)
		zeek_stream_data(&s, 10 * i, 1, 10 * i, false);
	assert_true(s.skip && !s.room && !zeek_stream_holds(&s));
	zeek_stream_data(&unheard, 2, 16384, 16384, true);
	assert_true(unheard.skip);
}

/* Whatever they are opened with, connections are found, and are over in order of time. */
static void many_connections(void **state)
{
	enum { MANY = 2000 };
	struct zeek_table t = {.now = 0};
	struct packet p = {.kind = PACKET_TCP, .seg = {.flags = SYN, .wnd = 1}};
	struct zeek_conn *c;
	int64_t before = 0;
	int looks = 2 * MANY, over = 0;
	(void)state;
	for (int i = 0; i < MANY; i++) {
		p.src = (struct endpoint){{{10, 0, (uint8_t)(i >> 8), (uint8_t)i}, 4}, 1000};
		p.dst = (struct endpoint){{{10, 0, 0, 1}, 4}, (uint16_t)(i * 7)};
		p.time = (int64_t)(i * 31 % MANY) * 1000000;
		t.now = p.time / 1000;
		assert_null(zeek_table_find(&t, &p));
		c = zeek_table_add(&t, &p);
		assert_non_null(c);
		zeek_conn_packet(c, &p, true);
		zeek_table_moved(&t, c);
		assert_ptr_equal(zeek_table_find(&t, &p), c);
	}
	t.now = (int64_t)MANY / 2 * 1000 + 5000000;
	while ((c = zeek_table_over(&t, &looks))) {
		assert_true(c->first >= before && c->first <= (int64_t)MANY / 2 * 1000);
		before = c->first;
		zeek_conn_free(c);
		over++;
	}
	assert_int_equal(over, MANY / 2 + 1);
	zeek_table_sort(&t);
	assert_int_equal(t.count, MANY - over);
	for (size_t i = 0; i < t.count; i++) {
		assert_true(i == 0 || t.heap[i]->first > before);
		before = t.heap[i]->first;
		zeek_conn_free(t.heap[i]);
	}
	free(t.heap);
}

/* Beyond a number of them, one is over for each that begins. */
static void connections_are_bounded(void **state)
{
	struct zeek_table t = {.now = 0};
	struct packet p = {.kind = PACKET_TCP, .seg = {.flags = SYN, .wnd = 1}};
	int looks = 1;
	(void)state;
	for (uint32_t i = 0; i <= ZEEK_MOST; i++) {
		assert_null(zeek_table_over(&t, &looks));
		memcpy(p.src.address.octet, &i, sizeof i);
		assert_non_null(zeek_table_add(&t, &p));
	}
	struct zeek_conn *c = zeek_table_over(&t, &looks);
	assert_non_null(c);
	assert_int_equal(t.count, ZEEK_MOST);
	zeek_conn_free(c);
	zeek_table_sort(&t);
	for (size_t i = 0; i < t.count; i++)
		zeek_conn_free(t.heap[i]);
	free(t.heap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(others_pass_time), cmocka_unit_test(who_is_the_server),
		cmocka_unit_test(gaps_of_a_stream), cmocka_unit_test(a_stream_is_bounded),
		cmocka_unit_test(many_connections), cmocka_unit_test(connections_are_bounded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

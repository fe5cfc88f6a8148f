/* SPDX-License-Identifier: MIT */
/* What no segment tells: silence, drops, messages about a connection. */
#include "analysis/model/tracker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/notation.h"
#include "tests/unit/rows.h"

static const int64_t second = 1000000000;

struct told {
	struct diagnosis last[DIAGNOSES];
	unsigned times[DIAGNOSES];
	bool kept[DIAGNOSES]; /* by the last connection that ended */
};

static void on_event(void *to, const struct connection *c, const struct event *e)
{
	struct told *t = to;
	(void)c;
	if (e->kind != EVENT_DIAGNOSIS)
		return;
	t->last[e->diagnosis.id] = e->diagnosis;
	t->times[e->diagnosis.id]++;
}

static void on_ended(void *to, const struct connection *c)
{
	struct told *t = to;
	for (enum diagnosis_id id = 0; id < DIAGNOSES; id++)
		t->kept[id] = notes_told(&c->notes, id);
}

static struct tracker start(struct told *told)
{
	static const uint64_t seed[2] = {1, 2};
	struct tracker t;
	*told = (struct told){.times = {0}};
	assert_true(tracker_init(&t, seed, (struct sink){told, on_event, on_ended, true}));
	return t;
}

static const char syn[] = "--> <SEQ=100><CTL=SYN>\n";
static const char opening[] = "--> <SEQ=100><CTL=SYN>\n"
			      "<-- <SEQ=300><ACK=101><CTL=SYN,ACK>\n"
			      "--> <SEQ=101><ACK=301><CTL=ACK>\n";
static const char half[] = "--> <SEQ=101><ACK=301><CTL=FIN,ACK>\n"
			   "<-- <SEQ=301><ACK=102><CTL=ACK>\n";

static void test_silence(void **unused)
{
	(void)unused;
	static const struct {
		const char *name, *traffic, *more;
		int64_t after; /* nanoseconds */
		enum diagnosis_id id;
		bool named;
	} row[] = {
		{"a SYN may take its time", syn, "", 1999000000, SYN_UNANSWERED, false},
		{"twice the last pause is too long", syn, "", 2001000000, SYN_UNANSWERED, true},
		{"the server may repeat its SYN,ACK", opening, "", 1400000000, HANDSHAKE_COMPLETE,
		 false},
		{"it has not", opening, "", 1600000000, HANDSHAKE_COMPLETE, true},
		{"a half-close may last", opening, half, 9900000000, CLOSE_WAIT_STUCK, false},
		{"not for ever", opening, half, 10100000000, CLOSE_WAIT_STUCK, true},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct told told;
		struct tracker t = start(&told);
		struct wire w = wire_new();
		wire_play(&w, row[i].traffic, &t);
		wire_play(&w, row[i].more, &t);
		tracker_silence(&t, w.packet.time + row[i].after);
		expect_number(row[i].name, "named", told.times[row[i].id], row[i].named);
		tracker_silence(&t, w.packet.time + 2 * row[i].after);
		tracker_silence(&t, w.packet.time + 60 * second);
		tracker_end(&t);
		expect_number(row[i].name, "named in the end", told.times[row[i].id], 1);
	}
}

/* The RST ends TIME-WAIT, or so it seems until the last ACK comes once more (RFC 1337). */
static void test_withdrawn(void **unused)
{
	(void)unused;
	static const char stale[] = "--> <SEQ=101><ACK=302><CTL=ACK><DATA>\n"
				    "<-- <SEQ=302><ACK=112><CTL=ACK>\n",
			  rst[] = "--> <SEQ=112><CTL=RST>\n";
	for (unsigned ignored = 0; ignored < 2; ignored++) {
		const char *name = ignored ? "ignored" : "accepted";
		struct wire w = wire_new();
		struct told told;
		struct tracker t = start(&told);
		wire_play(&w, opening, &t);
		wire_play(&w, "--> <SEQ=101><ACK=301><CTL=ACK><DATA>\n", &t);
		wire_play(&w, "<-- <SEQ=301><ACK=111><CTL=FIN,ACK>\n", &t);
		wire_play(&w, "--> <SEQ=111><ACK=302><CTL=FIN,ACK>\n", &t);
		wire_play(&w, "<-- <SEQ=302><ACK=112><CTL=ACK>\n", &t);
		wire_play(&w, stale, &t);
		wire_play(&w, rst, &t);
		wire_play(&w, ignored ? stale : "", &t);
		tracker_end(&t);
		expect_number(name, "named", told.times[TIME_WAIT_ASSASSINATED], 1);
		expect_number(name, "kept", told.kept[TIME_WAIT_ASSASSINATED], !ignored);
	}
}

static void test_drops(void **unused)
{
	(void)unused;
	struct told told;
	struct tracker t = start(&told);
	struct wire w = wire_new();
	tracker_dropped(&t, 5); /* before there was a connection */
	wire_play(&w, opening, &t);
	tracker_dropped(&t, 5);
	wire_play(&w, half, &t);
	tracker_end(&t);
	expect_number("none while it lived", "named", told.times[KERNEL_DROPPED], 0);
	expect_number("none while it lived", "confidence", told.last[HANDSHAKE_COMPLETE].confidence,
		      SURE);

	t = start(&told);
	w = wire_new();
	wire_play(&w, opening, &t);
	tracker_dropped(&t, 3);
	tracker_dropped(&t, 7);
	wire_play(&w, half, &t);
	tracker_end(&t);
	expect_number("two reports", "named", told.times[KERNEL_DROPPED], 1);
	expect_number("two reports", "packets", (uint64_t)told.last[KERNEL_DROPPED].number, 7);
	expect_number("two reports", "confidence", told.last[CLOSE_INCOMPLETE].confidence, LIKELY);
}

static void test_icmp(void **unused)
{
	(void)unused;
	static const struct {
		const char *name;
		uint8_t type, code;
		const char *reason; /* NULL: refuses nothing */
	} row[] = {
		{"port", 3, 3, "port unreachable"},
		{"host", 3, 1, "host unreachable"},
		{"prohibited", 3, 13, "prohibited by a filter"},
		{"an unknown code", 3, 200, "unreachable"},
		{"path MTU discovery", 3, 4, NULL},
		{"time exceeded", 11, 0, NULL},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct told told;
		struct tracker t = start(&told);
		struct wire w = wire_new();
		wire_play(&w, syn, &t);
		struct packet p = {.time = w.packet.time,
				   .src.address.family = 4,
				   .kind = PACKET_ICMP,
				   .icmp_type = row[i].type,
				   .icmp_code = row[i].code,
				   .quoted = true,
				   .quoted_src = w.packet.src,
				   .quoted_dst = w.packet.dst};
		tracker_icmp(&t, &p);
		expect_number(row[i].name, "named", told.times[REFUSED_ICMP],
			      row[i].reason != NULL);
		if (row[i].reason)
			assert_string_equal(told.last[REFUSED_ICMP].detail, row[i].reason);
		tracker_end(&t);
		expect_number(row[i].name, "unanswered", told.times[SYN_UNANSWERED],
			      !row[i].reason);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_silence),
		cmocka_unit_test(test_withdrawn),
		cmocka_unit_test(test_drops),
		cmocka_unit_test(test_icmp),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

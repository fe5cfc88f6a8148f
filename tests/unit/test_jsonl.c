/* SPDX-License-Identifier: MIT */
#include "analysis/views/jsonl.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/views/version.h"
#include "analysis/views/view.h"
#include "tests/unit/notation.h"
#include "tests/unit/rows.h"

static void test_types(void **unused)
{
	(void)unused;
	static const struct {
		const char *list, *bad; /* bad: what is left of list from the unknown word */
		size_t len;
	} row[] = {
		{"connection", NULL, 0},
		{"connection,segment", NULL, 0},
		{"diagnosis", NULL, 0},
		{"", "", 0},
		{"conection", "conection", 9},
		{"segment,", "", 0},
		{"end,segmen,end", "segmen,end", 6},
		{"ends", "ends", 4},
	};
	unsigned all = 0;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		unsigned types;
		const char *word;
		size_t len;
		bool good = jsonl_types_parse(row[i].list, &types, &word, &len);
		expect_number(row[i].list, "good", good, !row[i].bad);
		if (row[i].bad)
			expect_text(row[i].list, "word", word, row[i].bad);
		if (row[i].bad)
			expect_number(row[i].list, "length", len, row[i].len);
	}
	for (unsigned i = 0; jsonl_type_name(i); i++) {
		unsigned bit;
		const char *word;
		size_t len;
		assert_true(jsonl_types_parse(jsonl_type_name(i), &bit, &word, &len));
		expect_number(jsonl_type_name(i), "bit", bit, 1u << i);
		all |= bit;
	}
	expect_number("all", "types", all, 0x3ff);
}

static void on_event(void *to, const struct connection *c, const struct event *e)
{
	view_jsonl.event(to, c, e);
}

static void on_ended(void *to, const struct connection *c)
{
	view_jsonl.ended(to, c);
}

static char *lines_of(const char *rows, const char *types)
{
	static const uint64_t seed[2] = {1, 2};
	struct memory m;
	struct drawing d = {.last = 0};
	struct tracker t;
	struct wire w = wire_new();
	const char *word;
	size_t len;
	assert_true(jsonl_types_parse(types, &d.look.types, &word, &len));
	open_memory(&m);
	d.out = m.file;
	assert_true(tracker_init(&t, seed, (struct sink){&d, on_event, on_ended, false}));
	view_jsonl.begin(&d, &(struct source){"a\"b", "RAW"});
	wire_play(&w, rows, &t);
	tracker_end(&t);
	view_jsonl.end(&d, &(struct totals){.frames = 3, .connections = 1, .skipped = {[1] = 4}});
	return close_memory(&m);
}

static const char session[] = "--> <SEQ=1000><CTL=SYN>\n"
			      "<-- <SEQ=5000><ACK=1001><CTL=SYN,ACK>\n"
			      "--> <SEQ=1001><ACK=5001><CTL=ACK>\n"
			      "--> <SEQ=1001><ACK=5001><CTL=PSH,ACK><DATA=5>\n"
			      "<-- <SEQ=5001><ACK=1006><CTL=ACK>\n"
			      "--> <SEQ=1006><ACK=5001><CTL=FIN,ACK>\n"
			      "<-- <SEQ=5001><ACK=1007><CTL=ACK>\n"
			      "<-- <SEQ=5001><ACK=1007><CTL=FIN,ACK>\n"
			      "--> <SEQ=1007><ACK=5002><CTL=ACK>\n";

static void test_lines(void **unused)
{
	(void)unused;
	static const struct {
		const char *name, *rows, *types, *wanted;
	} row[] = {
		{"capture and end", "", "capture,end",
		 "{\"type\":\"capture\",\"v\":1,\"tool\":\"synfin " SYNFIN_VERSION
		 "\",\"source\":\"a\\\"b\","
		 "\"linktype\":\"RAW\"}\n"
		 "{\"type\":\"end\",\"v\":1,\"frames\":3,\"connections\":1,\"kernel_dropped\":0,"
		 "\"datagrams\":0,\"icmp\":0,\"skipped\":{\"not_ip\":4}}\n"},
		{"session", session, "connection",
		 "{\"type\":\"connection\",\"v\":1,\"conn\":1,\"start\":1700000000.001000,"
		 "\"duration\":0.008000,\"client\":\"10.0.0.1:40000\",\"server\":\"10.0.0.2:80\","
		 "\"isn\":{\"x\":1000,\"y\":5000},\"shape\":\"S sa A | 2 | F a f A\","
		 "\"handshake\":{\"complete\":true,\"segments\":3,\"rtt\":0.001000,\"ack\":null},"
		 "\"close\":{\"by\":\"client\",\"kind\":\"fin\",\"segments\":4,\"ack\":null},"
		 "\"bytes\":{\"c2s\":5,\"s2c\":0},\"packets\":{\"c2s\":5,\"s2c\":4},\"segments\":9,"
		 "\"final\":{\"client\":\"TIME-WAIT\",\"server\":\"CLOSED\"},\"diagnoses\":[],"
		 "\"first_frame\":1,\"last_frame\":9}\n"},
		{"SYN without an answer", "--> <SEQ=0><CTL=SYN>\n", "segment,connection",
		 "{\"type\":\"segment\",\"v\":1,\"conn\":1,\"n\":1,\"frame\":1,\"t\":0.000000,"
		 "\"dir\":\"c2s\",\"flags\":[\"SYN\"],\"seq\":0,\"len\":0,\"seq_sym\":\"x\","
		 "\"state\":{\"client\":\"SYN-SENT\",\"server\":\"SYN-RECEIVED\"}}\n"
		 "{\"type\":\"connection\",\"v\":1,\"conn\":1,\"start\":1700000000.001000,"
		 "\"duration\":0.000000,\"client\":\"10.0.0.1:40000\",\"server\":\"10.0.0.2:80\","
		 "\"isn\":{\"x\":0,\"y\":null},\"shape\":\"S\","
		 "\"handshake\":{\"complete\":false,\"segments\":null,\"rtt\":null,\"ack\":null},"
		 "\"close\":{\"by\":null,\"kind\":null,\"segments\":null,\"ack\":null},"
		 "\"bytes\":{\"c2s\":0,\"s2c\":0},\"packets\":{\"c2s\":1,\"s2c\":0},\"segments\":1,"
		 "\"final\":{\"client\":\"SYN-SENT\",\"server\":\"UNKNOWN\"},\"diagnoses\":[],"
		 "\"first_frame\":1,\"last_frame\":1}\n"},
		{"correction",
		 "--> <SEQ=100><CTL=SYN>\n<-- <SEQ=300><ACK=101><CTL=SYN,ACK>\n--> "
		 "<SEQ=100><CTL=SYN>\n",
		 "correction",
		 "{\"type\":\"correction\",\"v\":1,\"conn\":1,\"n\":3,\"corrects\":2,\"kind\":"
		 "\"lost\","
		 "\"end\":\"client\",\"state\":\"SYN-SENT\"}\n"},
		{"no diagnosis yet", session, "diagnosis", ""},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char *lines = lines_of(row[i].rows, row[i].types);
		expect_text(row[i].name, "lines", lines, row[i].wanted);
		free(lines);
	}
}

static void test_segment(void **unused)
{
	(void)unused;
	char *lines = lines_of(session, "segment");
	const char *second = strchr(lines, '\n') + 1;
	*strchr(second, '\n') = 0;
	expect_text(
		"SYN,ACK", "line", second,
		"{\"type\":\"segment\",\"v\":1,\"conn\":1,\"n\":2,\"frame\":2,\"t\":0.001000,"
		"\"dir\":\"s2c\",\"flags\":[\"SYN\",\"ACK\"],\"seq\":5000,\"ack\":1001,\"len\":0,"
		"\"seq_sym\":\"y\",\"ack_sym\":\"x+1\","
		"\"state\":{\"client\":\"ESTABLISHED\",\"server\":\"SYN-RECEIVED\"},"
		"\"arith\":{\"ack\":1001,\"from\":1000,\"syn\":1,\"data\":0,\"fin\":0}}");
	free(lines);
}

static void test_crafted(void **unused)
{
	(void)unused;
	struct wire w = wire_new();
	struct connection c = {.id = 0};
	struct memory m;
	struct drawing d = {.last = 0};
	open_memory(&m);
	d.out = m.file;
	w.packet.crafted = true;
	struct events ours = wire_observe(&w, "--> <SEQ=1000><CTL=SYN>\n", &c);
	w.packet.crafted = false;
	struct events theirs = wire_observe(&w, "<-- <SEQ=5000><ACK=1001><CTL=SYN,ACK>\n", &c);
	view_jsonl.event(&d, &c, &ours.at[0]);
	view_jsonl.event(&d, &c, &theirs.at[0]);
	char *lines = close_memory(&m), *second = strchr(lines, '\n') + 1;
	assert_null(strstr(second, "crafted"));
	*second = 0;
	assert_non_null(strstr(lines, "\"SYN-RECEIVED\"},\"crafted\":true}\n"));
	free(lines);
}

/* By each of the ways that a segment takes through the model, and of no other event. */
static void test_crafted_events(void **unused)
{
	(void)unused;
	static const struct {
		const char *name, *before, *last;
	} row[] = {
		{"SYN", "", "--> <SEQ=1000><CTL=SYN>\n"},
		{"in order", session, "<-- <SEQ=5002><ACK=1007><CTL=ACK>\n"},
		{"data",
		 "--> <SEQ=1000><CTL=SYN>\n<-- <SEQ=5000><ACK=1001><CTL=SYN,ACK>\n"
		 "--> <SEQ=1001><ACK=5001><CTL=ACK>\n",
		 "--> <SEQ=1001><ACK=5001><CTL=PSH,ACK><DATA=5>\n"},
		{"corrects", "--> <SEQ=100><CTL=SYN>\n<-- <SEQ=300><ACK=101><CTL=SYN,ACK>\n",
		 "--> <SEQ=100><CTL=SYN>\n"},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		for (int crafted = 0; crafted < 2; crafted++) {
			struct wire w = wire_new();
			struct connection c = {.id = 0};
			w.packet.crafted = !crafted;
			wire_observe(&w, row[i].before, &c);
			w.packet.crafted = crafted;
			struct events out = wire_observe(&w, row[i].last, &c);
			expect_number(row[i].name, "crafted", out.at[0].crafted, (uint64_t)crafted);
			for (unsigned k = 1; k < out.count; k++)
				expect_number(row[i].name, "other", out.at[k].crafted, 0);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_types),          cmocka_unit_test(test_lines),
		cmocka_unit_test(test_segment),        cmocka_unit_test(test_crafted),
		cmocka_unit_test(test_crafted_events),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

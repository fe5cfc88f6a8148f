/* SPDX-License-Identifier: MIT */
#include "analysis/model/connection.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/notation.h"
#include "tests/unit/rows.h"

#define OPENING                                                                                    \
	"--> <SEQ=100><CTL=SYN>\n<-- <SEQ=300><ACK=101><CTL=SYN,ACK>\n"                            \
	"--> <SEQ=101><ACK=301><CTL=ACK>\n"
#define FIN_1 "--> <SEQ=101><ACK=301><CTL=FIN,ACK>\n"
#define ACK_1 "<-- <SEQ=301><ACK=102><CTL=ACK>\n"
#define FIN_2 "<-- <SEQ=301><ACK=102><CTL=FIN,ACK>\n"
#define ACK_2 "--> <SEQ=102><ACK=302><CTL=ACK>\n"
#define DATA_1 "--> <SEQ=101><ACK=301><CTL=ACK><DATA>\n"

static struct events observe(const char *rows, struct connection *c)
{
	struct wire w = wire_new();
	*c = (struct connection){.id = 0};
	return wire_observe(&w, rows, c);
}

static void test_milestones(void **unused)
{
	(void)unused;
	static const struct {
		const char *name, *rows;
		unsigned handshake, close, simultaneous, reset_by;
	} row[] = {
		{"a SYN", "--> <SEQ=100><CTL=SYN>\n", 0, 0, 0, 2},
		{"no third ACK", "--> <SEQ=100><CTL=SYN>\n<-- <SEQ=300><ACK=101><CTL=SYN,ACK>\n", 0,
		 0, 0, 2},
		{"open", OPENING, 3, 0, 0, 2},
		{"opened by both",
		 "--> <SEQ=100><CTL=SYN>\n<-- <SEQ=300><CTL=SYN>\n--> "
		 "<SEQ=100><ACK=301><CTL=SYN,ACK>\n"
		 "<-- <SEQ=300><ACK=101><CTL=SYN,ACK>\n",
		 4, 0, 0, 2},
		{"half closed", OPENING FIN_1 ACK_1, 3, 0, 0, 2},
		{"four", OPENING FIN_1 ACK_1 FIN_2 ACK_2, 3, 4, 0, 2},
		{"three", OPENING FIN_1 FIN_2 ACK_2, 3, 3, 0, 2},
		{"four, first FIN twice", OPENING FIN_1 FIN_1 ACK_1 FIN_2 ACK_2, 3, 4, 0, 2},
		{"three, second FIN twice", OPENING FIN_1 FIN_2 FIN_2 ACK_2, 3, 3, 0, 2},
		{"four, last ACK twice", OPENING FIN_1 ACK_1 FIN_2 ACK_2 FIN_2 ACK_2, 3, 4, 0, 2},
		{"at once", OPENING FIN_1 "<-- <SEQ=301><ACK=101><CTL=FIN,ACK>\n", 3, 4, 1, 2},
		{"reset by client", OPENING "--> <SEQ=101><CTL=RST>\n", 3, 0, 0, 0},
		{"reset by server", OPENING "<-- <SEQ=301><CTL=RST>\n", 3, 0, 0, 1},
		{"RST in the window", OPENING "--> <SEQ=110><CTL=RST>\n", 3, 0, 0, 2},
		{"refused", "--> <SEQ=100><CTL=SYN>\n<-- <SEQ=0><ACK=101><CTL=RST,ACK>\n", 0, 0, 0,
		 1},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct connection c;
		observe(row[i].rows, &c);
		expect_number(row[i].name, "handshake", c.mark.handshake_segments,
			      row[i].handshake);
		expect_number(row[i].name, "close", c.mark.close_segments, row[i].close);
		expect_number(row[i].name, "simultaneous", c.mark.simultaneous,
			      row[i].simultaneous);
		expect_number(row[i].name, "reset by", c.mark.reset_by, row[i].reset_by);
	}
}

static void test_arithmetic(void **unused)
{
	(void)unused;
	static const struct {
		const char *name, *rows;
		struct arithmetic wanted;
	} row[] = {
		{"SYN", "--> <SEQ=100><CTL=SYN>\n", {false, false, false, {0}, 0}},
		{"SYN,ACK",
		 "--> <SEQ=100><CTL=SYN>\n<-- <SEQ=300><ACK=101><CTL=SYN,ACK>\n",
		 {true, true, false, {100}, 0}},
		{"SYN,ACK, right at last",
		 "--> <SEQ=100><CTL=SYN>\n<-- <SEQ=300><ACK=555><CTL=SYN,ACK>\n"
		 "<-- <SEQ=300><ACK=101><CTL=SYN,ACK>\n",
		 {true, true, false, {100}, 0}},
		{"third ACK", OPENING, {true, true, false, {300}, 0}},
		{"data sent", OPENING DATA_1, {false, false, false, {301}, 0}},
		{"data acknowledged",
		 OPENING DATA_1 "<-- <SEQ=301><ACK=111><CTL=ACK>\n",
		 {true, false, false, {101}, 10}},
		{"a part of it",
		 OPENING DATA_1 "<-- <SEQ=301><ACK=104><CTL=ACK>\n",
		 {true, false, false, {101}, 3}},
		{"the FIN", OPENING FIN_1 ACK_1, {true, false, true, {101}, 0}},
		{"the FIN, again", OPENING FIN_1 ACK_1 ACK_1, {false, false, true, {102}, 0}},
		{"data and FIN",
		 OPENING DATA_1
		 "--> <SEQ=111><ACK=301><CTL=FIN,ACK>\n<-- <SEQ=301><ACK=112><CTL=ACK>\n",
		 {true, false, true, {101}, 10}},
		{"an old ACK",
		 OPENING DATA_1 "<-- <SEQ=301><ACK=111><CTL=ACK>\n"
				"<-- <SEQ=301><ACK=101><CTL=ACK>\n",
		 {false, false, false, {111}, 0}},
		{"across 2^32",
		 "--> <SEQ=4294967290><CTL=SYN>\n<-- <SEQ=300><ACK=4294967291><CTL=SYN,ACK>\n"
		 "--> <SEQ=4294967291><ACK=301><CTL=ACK><DATA>\n<-- <SEQ=301><ACK=5><CTL=ACK>\n",
		 {true, false, false, {4294967291}, 10}},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct connection c;
		struct events out = observe(row[i].rows, &c);
		const struct arithmetic *got = &out.at[0].ack, *wanted = &row[i].wanted;
		expect_number(row[i].name, "moved", got->moved, wanted->moved);
		if (!wanted->moved)
			continue;
		expect_number(row[i].name, "from", got->from.n, wanted->from.n);
		expect_number(row[i].name, "syn", got->syn, wanted->syn);
		expect_number(row[i].name, "data", got->data, wanted->data);
		expect_number(row[i].name, "fin", got->fin, wanted->fin);
	}
}

static void test_octets(void **unused)
{
	(void)unused;
	static const struct {
		const char *name, *rows;
		uint64_t bytes;
		bool again; /* the last one */
	} row[] = {
		{"none", OPENING, 0, false},
		{"ten", OPENING DATA_1, 10, false},
		{"ten twice", OPENING DATA_1 DATA_1, 10, true},
		{"overlap", OPENING DATA_1 "--> <SEQ=106><ACK=301><CTL=ACK><DATA>\n", 15, false},
		{"a part again", OPENING DATA_1 "--> <SEQ=103><ACK=301><CTL=ACK><DATA=4>\n", 10,
		 true},
		{"over a gap", OPENING "--> <SEQ=201><ACK=301><CTL=ACK><DATA>\n", 10, false},
		{"into the gap",
		 OPENING "--> <SEQ=111><ACK=301><CTL=ACK><DATA>\n"
			 "--> <SEQ=101><ACK=301><CTL=ACK><DATA>\n",
		 20, false},
		{"keepalive with an octet", OPENING "--> <SEQ=100><ACK=301><CTL=ACK><DATA=1>\n", 0,
		 true},
		{"keepalive", OPENING "--> <SEQ=100><ACK=301><CTL=ACK>\n", 0, true},
		{"without ACK", OPENING "--> <SEQ=101><CTL=PSH><DATA>\n", 0, false},
		{"SYN twice", "--> <SEQ=100><CTL=SYN>\n--> <SEQ=100><CTL=SYN>\n", 0, true},
		{"data in the SYN", "--> <SEQ=100><CTL=SYN><DATA=7>\n", 7, false},
		{"data in the SYN, twice",
		 "--> <SEQ=100><CTL=SYN><DATA=7>\n--> <SEQ=100><CTL=SYN><DATA=7>\n", 7, true},
		{"FIN with data, twice",
		 OPENING "--> <SEQ=101><ACK=301><CTL=FIN,ACK><DATA>\n"
			 "--> <SEQ=101><ACK=301><CTL=FIN,ACK><DATA>\n",
		 10, true},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct connection c;
		struct events out = observe(row[i].rows, &c);
		expect_number(row[i].name, "bytes", c.tally[0].bytes, row[i].bytes);
		expect_number(row[i].name, "again", out.at[0].again, row[i].again);
	}
}

static void test_roles(void **unused)
{
	(void)unused;
	static const struct {
		const char *name, *rows;
		unsigned client;
		bool guessed;
	} row[] = {
		{"SYN", "--> <SEQ=100><CTL=SYN>\n", 0, false},
		{"SYN from a low port", "<-- <SEQ=100><CTL=SYN>\n", 0, false},
		{"mid-stream, to a low port", "--> <SEQ=1><ACK=5><CTL=ACK>\n", 0, true},
		{"mid-stream, from a low port", "<-- <SEQ=1><ACK=5><CTL=ACK>\n", 1, true},
		{"SYN,ACK first", "<-- <SEQ=300><ACK=101><CTL=SYN,ACK>\n", 1, true},
		{"SYN,ACK before its SYN",
		 "<-- <SEQ=300><ACK=101><CTL=SYN,ACK>\n--> <SEQ=100><CTL=SYN>\n", 1, false},
		{"SYN,ACK to a low port, accepted",
		 "--> <SEQ=300><ACK=101><CTL=SYN,ACK>\n<-- <SEQ=101><ACK=301><CTL=ACK>\n", 1, true},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct connection c;
		observe(row[i].rows, &c);
		expect_number(row[i].name, "client", c.client, row[i].client);
		expect_number(row[i].name, "guessed", c.role_guessed, row[i].guessed);
	}
}

static void test_inferred_fin(void **unused)
{
	(void)unused;
	struct connection c;
	struct events out = observe(OPENING ACK_1, &c);
	expect_number("ACK of an unseen FIN", "events", out.count, 2);
	expect_number("ACK of an unseen FIN", "kind", out.at[1].kind, EVENT_INFERRED);
	expect_number("ACK of an unseen FIN", "end", out.at[1].end, 0);
	expect_number("ACK of an unseen FIN", "state", c.peer[0].now.state, FIN_WAIT_2);
	assert_true(c.inferred[0] && c.mark.first_fin);

	out = observe(OPENING ACK_1 "--> <SEQ=102><ACK=301><CTL=ACK><DATA>\n", &c);
	expect_number("it goes on", "events", out.count, 2);
	expect_number("it goes on", "correction", out.at[1].correction, MISREAD);
	expect_number("it goes on", "corrects", out.at[1].corrects, 4);
	expect_number("it goes on", "client", c.peer[0].now.state, ESTABLISHED);
	expect_number("it goes on", "server", c.peer[1].now.state, ESTABLISHED);
	assert_false(c.inferred[0] || c.mark.first_fin);
}

static void test_final(void **unused)
{
	(void)unused;
	struct connection c;
	observe("--> <SEQ=100><CTL=SYN>\n", &c);
	expect_number("never heard", "server", connection_final(&c, 1), UNKNOWN);
	expect_number("heard", "client", connection_final(&c, 0), SYN_SENT);
	assert_false(connection_is_over(&c));
	observe(OPENING FIN_1 ACK_1 FIN_2 ACK_2, &c);
	expect_number("closed", "client", connection_final(&c, 0), TIME_WAIT);
	expect_number("closed", "server", connection_final(&c, 1), CLOSED);
	assert_true(connection_is_over(&c));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_milestones),   cmocka_unit_test(test_arithmetic),
		cmocka_unit_test(test_octets),       cmocka_unit_test(test_roles),
		cmocka_unit_test(test_inferred_fin), cmocka_unit_test(test_final),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Segments in the name of an end that did not send them, and what crossed a RST. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/model/examine.h"
#include "analysis/views/number.h"
#include "analysis/views/run.h"
#include "tests/unit/notation.h"
#include "tests/unit/rows.h"

#define OPENING                                                                                    \
	"--> <SEQ=100><CTL=SYN>\n<-- <SEQ=300><ACK=101><CTL=SYN,ACK>\n"                            \
	"--> <SEQ=101><ACK=301><CTL=ACK>\n"
#define MIDDLE "<-- <SEQ=301><ACK=101><CTL=ACK>\n"
#define FIN_OFF(n) "--> <SEQ=" n "><ACK=301><CTL=FIN,ACK>\n"
#define RST_OFF(n) "--> <SEQ=" n "><CTL=RST>\n"
#define DATA "--> <SEQ=101><ACK=301><CTL=PSH,ACK><DATA=5>\n"
#define FIN_ACKED "<-- <SEQ=301><ACK=102><CTL=ACK>\n"
#define CLIENT_ACK "--> <SEQ=101><ACK=301><CTL=ACK>\n"

static const struct row {
	const char *name, *before, *forged, *after;
	enum tcp_state client, server;
	uint32_t snd_nxt;
	uint64_t bytes; /* of the client */
	const char *ending;
} rows[] = {
	{"a FIN", OPENING, FIN_OFF("101"), "", ESTABLISHED, CLOSE_WAIT, 101, 0, "open"},
	{"a FIN, acked", OPENING, FIN_OFF("101"), FIN_ACKED CLIENT_ACK FIN_ACKED, ESTABLISHED,
	 CLOSE_WAIT, 101, 0, "open"},
	{"a FIN below", OPENING, FIN_OFF("100"), MIDDLE, ESTABLISHED, ESTABLISHED, 101, 0, "open"},
	{"a FIN far below", OPENING, FIN_OFF("96"), MIDDLE DATA, ESTABLISHED, ESTABLISHED, 106, 5,
	 "open"},
	{"a FIN above", OPENING, FIN_OFF("102"), MIDDLE, ESTABLISHED, ESTABLISHED, 101, 0, "open"},
	{"a FIN above, overrun", OPENING, FIN_OFF("102"),
	 MIDDLE DATA "<-- <SEQ=301><ACK=106><CTL=ACK>\n", ESTABLISHED, ESTABLISHED, 106, 5, "open"},
	{"a FIN, and data behind", OPENING, FIN_OFF("101"), FIN_ACKED DATA, ESTABLISHED, CLOSE_WAIT,
	 106, 5, "open"},
	{"in the middle", MIDDLE, FIN_OFF("101"), FIN_ACKED CLIENT_ACK, ESTABLISHED, CLOSE_WAIT,
	 101, 0, "open"},
	{"data", OPENING, DATA, "<-- <SEQ=301><ACK=106><CTL=ACK>\n" CLIENT_ACK, ESTABLISHED,
	 ESTABLISHED, 101, 0, "open"},
	{"an octet", OPENING, "--> <SEQ=101><ACK=301><CTL=ACK><DATA=1>\n", FIN_ACKED, ESTABLISHED,
	 ESTABLISHED, 101, 0, "open"},
	{"data, and the client's", OPENING, DATA,
	 "<-- <SEQ=301><ACK=106><CTL=ACK>\n--> <SEQ=101><ACK=301><CTL=ACK><DATA=7>\n", ESTABLISHED,
	 ESTABLISHED, 108, 7, "open"},
	{"a RST", OPENING, RST_OFF("101"), "", ESTABLISHED, CLOSED, 101, 0, "reset:client"},
	{"a RST in the window", OPENING, RST_OFF("102"), MIDDLE, ESTABLISHED, ESTABLISHED, 101, 0,
	 "open"},
	{"a RST that is ignored", OPENING, RST_OFF("101"), DATA "<-- <SEQ=301><ACK=106><CTL=ACK>\n",
	 ESTABLISHED, ESTABLISHED, 106, 5, "open"},
	{"a RST half the numbers away", OPENING, RST_OFF("2147483749"), "", ESTABLISHED,
	 ESTABLISHED, 101, 0, "open"},
	{"a SYN", OPENING, "--> <SEQ=5000><CTL=SYN>\n", MIDDLE DATA, ESTABLISHED, ESTABLISHED, 106,
	 5, "open"},
};

static void play(struct wire *w, const char *text, bool forged, struct connection *c)
{
	w->packet.crafted = w->packet.forged = forged;
	struct events out = wire_observe(w, text, c);
	assert_true(!forged || out.at[0].forged);
}

static void test_its_end_stays(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *r = &rows[i];
		struct wire w = wire_new();
		struct connection c = {.id = 0};
		char ending[NUMBER_TEXT];
		play(&w, r->before, false, &c);
		int client = !endpoint_eq(&c.endpoint[0], &w.left);
		play(&w, r->forged, true, &c);
		play(&w, r->after, false, &c);
		const struct tcb *t = &c.peer[client].now;
		expect_number(r->name, "client", t->state, r->client);
		expect_number(r->name, "server", c.peer[!client].now.state, r->server);
		expect_number(r->name, "SND.NXT", t->snd.nxt.n, r->snd_nxt);
		expect_number(r->name, "FIN", t->fin_sent, false);
		expect_number(r->name, "bytes", c.tally[client].bytes, r->bytes);
		expect_text(r->name, "ending", ending_print(&c, ending), r->ending);
		assert_false(c.inferred[client] || c.restarted);
	}
}

static void test_its_ack_is_explained(void **unused)
{
	(void)unused;
	struct wire w = wire_new();
	struct connection c = {.id = 0};
	play(&w, OPENING, false, &c);
	play(&w, FIN_OFF("101"), true, &c);
	w.packet.crafted = w.packet.forged = false;
	struct events out = wire_observe(&w, FIN_ACKED, &c);
	assert_true(out.at[0].ack.fin);
	expect_number("ack of the FIN", "data", out.at[0].ack.data, 0);
	expect_number("ack of the FIN", "arrival", out.at[0].arrival, UNACCEPTABLE);
}

/* What is counted and noted of the end is what it sent itself; the other keeps what it has. */
static void test_nothing_is_counted(void **unused)
{
	(void)unused;
	struct wire w = wire_new();
	struct connection c = {.id = 0};
	play(&w, OPENING, false, &c);
	w.packet.crafted = w.packet.forged = true;
	struct events out = wire_observe(&w, "--> <SEQ=101><ACK=301><CTL=PSH,ACK><DATA=9>\n", &c);
	examine_segment(&c, &w.packet, &out);
	out = wire_observe(&w, "--> <SEQ=5000><CTL=SYN>\n", &c);
	examine_segment(&c, &w.packet, &out);
	expect_number("forged", "SYNs", c.notes.end[0].syns, 0);
	expect_number("forged", "largest", c.tally[0].largest, 0);
	expect_number("forged", "unread", c.tally[1].unread, true);
	play(&w, "<-- <SEQ=301><ACK=110><CTL=ACK>\n--> <SEQ=101><ACK=301><CTL=ACK><DATA=2>\n",
	     false, &c);
	expect_number("the server", "RCV.NXT", c.peer[1].now.rcv.nxt.n, 110);
}

/* What a view says of a session in which `crafted` is sent by us. */
static char *view_of(const struct view *v, const char *before, const char *crafted, bool forged,
		     const char *after)
{
	static const uint64_t seed[2] = {1, 2};
	char *text;
	size_t size;
	struct tracker t;
	struct wire w = wire_new();
	FILE *out = open_memstream(&text, &size);
	assert_non_null(out);
	struct run *r = run_new(v, out, (struct look){.width = 200});
	assert_non_null(r);
	assert_true(tracker_init(&t, seed, run_sink(r)));
	run_begin(r, &(struct source){"test", "RAW"});
	wire_play(&w, before, &t);
	w.packet.crafted = true;
	w.packet.forged = forged;
	wire_play(&w, crafted, &t);
	w.packet.crafted = w.packet.forged = false;
	wire_play(&w, after, &t);
	tracker_end(&t);
	run_end(r, &(struct totals){0});
	assert_int_equal(fclose(out), 0);
	return text;
}

static void test_views(void **unused)
{
	(void)unused;
	static const struct {
		const char *name;
		const struct view *view;
		const char *before, *crafted, *after, *wanted, *never;
		bool own; /* by an end that is ours alone */
	} row[] = {
		{"ladder", &view_ladder, OPENING, FIN_OFF("101"), "", "(forged) |", "FIN-WAIT",
		 false},
		{"ladder, below", &view_ladder, OPENING, FIN_OFF("96"), "", "| (dropped)",
		 "half-closed", false},
		{"ladder, no repetition", &view_ladder, OPENING, FIN_OFF("96"), "", "(forged)",
		 "again", false},
		{"words", &view_words, OPENING, FIN_OFF("101"), "",
		 "It is forged: the client did not send it. Server is now CLOSE-WAIT.",
		 "Client is now FIN", false},
		{"jsonl", &view_jsonl, OPENING, FIN_OFF("101"), "",
		 "\"crafted\":true,\"forged\":true}", "fin-unknown", false},
		{"our own", &view_jsonl, OPENING, FIN_OFF("101"), "", "\"crafted\":true}", "forged",
		 true},
		{"an ACK no probe", &view_jsonl, OPENING, FIN_OFF("101"), FIN_ACKED CLIENT_ACK,
		 "\"id\":\"challenge-ack\"", "keepalive-probe", false},
		{"nor of unsent", &view_jsonl, OPENING, DATA,
		 "<-- <SEQ=301><ACK=106><CTL=ACK>\n" CLIENT_ACK, "challenge-ack", "ack-of-unsent",
		 false},
		{"data is no data after FIN", &view_jsonl, OPENING, FIN_OFF("101"), FIN_ACKED DATA,
		 "\"forged\"", "data-after-fin", false},
		{"a blind SYN", &view_jsonl, OPENING, "--> <SEQ=5000><CTL=SYN>\n", MIDDLE,
		 "\"id\":\"blind-syn\"", "syn-new-isn", false},
		{"a RST has no cause", &view_words, OPENING, RST_OFF("101"), "",
		 "and is to be accepted.\n", "abortive-close", false},
		{"nor our own", &view_words, OPENING, RST_OFF("101"), "",
		 "and is to be accepted.\n", "likely cause", true},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char *text = view_of(row[i].view, row[i].before, row[i].crafted, !row[i].own,
				     row[i].after);
		if (!strstr(text, row[i].wanted) || strstr(text, row[i].never))
			fail_msg("%s: wanted '%s', never '%s':\n%s", row[i].name, row[i].wanted,
				 row[i].never, text);
		free(text);
	}
}

static void test_causes(void **unused)
{
	(void)unused;
	static const struct {
		const char *name, *rows, *wanted;
	} row[] = {
		{"nothing to read", OPENING RST_OFF("101"),
		 "accepted; likely cause: aborted on linger.\n"},
		{"data, and it has answered since",
		 OPENING "<-- <SEQ=301><ACK=101><CTL=ACK><DATA=5>\n"
			 "--> <SEQ=101><ACK=306><CTL=ACK><DATA=5>\n" RST_OFF("106"),
		 "aborted on linger, or with data unread.\n"},
		{"data in the RST's ack",
		 OPENING "<-- <SEQ=301><ACK=101><CTL=ACK><DATA=5>\n"
			 "--> <SEQ=101><ACK=306><CTL=RST,ACK>\n",
		 "cause: aborted with data unread.\n"},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char *text = view_of(&view_words, row[i].rows, "", false, "");
		if (!strstr(text, row[i].wanted))
			fail_msg("%s: wanted '%s':\n%s", row[i].name, row[i].wanted, text);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_its_end_stays),
		cmocka_unit_test(test_its_ack_is_explained),
		cmocka_unit_test(test_nothing_is_counted),
		cmocka_unit_test(test_views),
		cmocka_unit_test(test_causes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

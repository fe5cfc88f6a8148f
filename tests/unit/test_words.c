/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/views/run.h"
#include "tests/unit/notation.h"
#include "tests/unit/rows.h"

static char *words_of(const char *rows, struct look look)
{
	static const uint64_t seed[2] = {1, 2};
	char *text;
	size_t size;
	struct tracker t;
	struct wire w = wire_new();
	FILE *out = open_memstream(&text, &size);
	assert_non_null(out);
	struct run *r = run_new(&view_words, out, look);
	assert_non_null(r);
	struct sink sink = run_sink(r);
	sink.names = false; /* the segments' own sentences */
	assert_true(tracker_init(&t, seed, sink));
	run_begin(r, &(struct source){"test", "RAW"});
	wire_play(&w, rows, &t);
	tracker_end(&t);
	run_end(r, &(struct totals){0});
	assert_int_equal(fclose(out), 0);
	return text;
}

static const char opening[] = "--> <SEQ=1000><CTL=SYN>\n"
			      "<-- <SEQ=5000><ACK=1001><CTL=SYN,ACK>\n"
			      "--> <SEQ=1001><ACK=5001><CTL=ACK>\n";

static void test_sentences(void **unused)
{
	(void)unused;
	char *text = words_of(opening, (struct look){.width = 200});
	expect_text(
		"opening", "text", text,
		"Connection #1: client 10.0.0.1:40000, server 10.0.0.2:80; x is 1000, y is 5000.\n"
		"#1.1 at 0.000000 s: client sends SYN, seq x. Client is now SYN-SENT. Server is now"
		" SYN-RECEIVED.\n"
		"#1.2 at 0.001000 s: server answers SYN,ACK, seq y, ack x+1 (x + 1 SYN). Client is"
		" now ESTABLISHED.\n"
		"#1.3 at 0.002000 s: client sends ACK, seq x+1, ack y+1 (y + 1 SYN). Server is now"
		" ESTABLISHED.\n"
		"Connection #1: open; 0 bytes each way.\n");
	free(text);
}

/* The sentence of the last segment (of the one before the last line). */
static void test_last(void **unused)
{
	(void)unused;
	static const struct {
		const char *name, *rows, *wanted;
		bool stream;
	} row[] = {
		{"refused", "--> <SEQ=1><CTL=SYN>\n<-- <SEQ=0><ACK=2><CTL=RST,ACK>\n",
		 "Client is now CLOSED. Server is now CLOSED.\nConnection #1: refused by server;",
		 false},
		{"data", "--> <SEQ=1><ACK=9><CTL=PSH,ACK><DATA=1>\n", "seq x+1, ack y+1, 1 byte.",
		 false},
		{"again", "--> <SEQ=1><CTL=SYN>\n--> <SEQ=1><CTL=SYN>\n",
		 "client repeats SYN, seq x.", false},
		{"no flags", "--> <SEQ=1><CTL=none>\n", "client sends no flags, seq x+1.", false},
		{"lost",
		 "--> <SEQ=1><CTL=SYN>\n<-- <SEQ=5><ACK=2><CTL=SYN,ACK>\n--> <SEQ=1><CTL=SYN>\n",
		 "ack x+1 (x + 1 SYN). It was lost.\n", false},
		{"lost, as a stream",
		 "--> <SEQ=1><CTL=SYN>\n<-- <SEQ=5><ACK=2><CTL=SYN,ACK>\n--> <SEQ=1><CTL=SYN>\n",
		 "#1.3 shows that #1.2 was lost: until then the client was SYN-SENT.\n", true},
		{"guessed", "--> <SEQ=1><ACK=9><CTL=ACK>\n", "(a guess: no SYN was captured)",
		 false},
		{"FIN not captured",
		 "--> <SEQ=1><CTL=SYN>\n<-- <SEQ=5><ACK=2><CTL=SYN,ACK>\n--> "
		 "<SEQ=2><ACK=6><CTL=ACK>\n"
		 "<-- <SEQ=6><ACK=3><CTL=ACK>\n",
		 "#1.4 acknowledges a FIN of the client that was not captured.\n", false},
		{"no answer due", "--> <SEQ=1><ACK=7><CTL=SYN,ACK>\n",
		 "The receiver has no use for it.", false},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char *text =
			words_of(row[i].rows, (struct look){.width = 200, .stream = row[i].stream});
		if (!strstr(text, row[i].wanted))
			fail_msg("%s: no \"%s\" in\n%s", row[i].name, row[i].wanted, text);
		free(text);
	}
}

static char *without_breaks(char *text)
{
	for (char *at = text; (at = strchr(at, '\n')); at++)
		*at = ' ';
	return text;
}

static void test_crafted(void **unused)
{
	(void)unused;
	static const struct {
		const char *row, *wanted;
	} table[] = {
		{"--> <SEQ=1><CTL=SYN>", ": client sends crafted SYN, seq x."},
		{"--> <SEQ=1><CTL=none>", ": client sends crafted segment, no flags, seq x+1."},
		{"--> <SEQ=1><ACK=9><CTL=RST,ACK>", ": client sends crafted RST,ACK, seq 1,"},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct wire w = wire_new();
		struct connection c = {.id = 0};
		struct memory m;
		int64_t state = 0;
		struct drawing d = {.look.width = 200, .state = &state};
		open_memory(&m);
		d.out = m.file;
		w.packet.crafted = true;
		struct events out = wire_observe(&w, table[i].row, &c);
		view_words.event(&d, &c, &out.at[0]);
		char *text = close_memory(&m);
		if (!strstr(text, table[i].wanted))
			fail_msg("no \"%s\" in\n%s", table[i].wanted, text);
		free(text);
	}
}

/* No line is wider than asked for, and wrapping changes nothing but blanks. */
static void test_width(void **unused)
{
	(void)unused;
	char *whole = without_breaks(words_of(opening, (struct look){.width = 1000}));
	for (int width = 40; width <= 130; width++) {
		char *text = words_of(opening, (struct look){.width = width});
		for (const char *at = text; *at; at += strcspn(at, "\n") + 1)
			assert_true(strcspn(at, "\n") <= (size_t)width);
		expect_text("wrapped", "text", without_breaks(text), whole);
		free(text);
	}
	free(whole);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_last),
		cmocka_unit_test(test_crafted),
		cmocka_unit_test(test_width),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

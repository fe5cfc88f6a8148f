/* SPDX-License-Identifier: MIT */
/* The notation of the examples. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/explain/figure.h"

static char *play(const char *figure, const struct view *v, struct look look)
{
	static const uint64_t seed[2] = {1, 2};
	char *text = NULL;
	size_t size;
	struct flow flow;
	FILE *out = open_memstream(&text, &size);
	assert_non_null(out);
	struct run *run = run_new(v, out, look);
	assert_non_null(run);
	assert_true(flow_init(&flow, run, run_sink(run), seed));
	run_begin(run, &(struct source){"figure", "EN10MB"});
	bool good = figure_play(figure, &flow);
	flow_end(&flow);
	run_end(run, &flow.totals);
	fclose(out);
	if (good)
		return text;
	free(text);
	return NULL;
}

static const struct {
	const char *name, *figure, *wanted;
} rows[] = {
	{"numbers that come next", "open; c PA len 10; s A; s FA len 5",
	 "<SEQ=5001><ACK=1011><CTL=ACK>"},
	{"... after data and a FIN", "open; c FPA len 10; s A", "<SEQ=5001><ACK=1012><CTL=ACK>"},
	{"numbers that are given", "open; c A seq x+7 ack y+9", "<SEQ=1007><ACK=5009><CTL=ACK>"},
	{"... move nothing", "open; c PA seq x+1 len 10; c A", "<SEQ=1001><ACK=5001><CTL=ACK>"},
	{"octets that were not captured", "open; c PA skip 100 len 10", "<SEQ=1101>"},
	{"another pair of ISNs", "isn 7 8; open", "<SEQ=7><CTL=SYN>"},
	{"a number beyond 2^31", "c S ack 3735928559", "<SEQ=1000><CTL=SYN>"},
	{"flags", "c SNEC", "<CTL=SYN,ECE,CWR,AE>"},
	{"no flags", "c -", "<SEQ=1000>"},
	{"ports", "ports 7 9; c S", "192.0.2.1:7  192.0.2.2:9"},
	{"one socket", "same; c S", "192.0.2.1:40000  192.0.2.1:40000"},
};

static void test_notation(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *got = play(rows[i].figure, &view_figure, (struct look){.width = 80});
		if (!got || !strstr(got, rows[i].wanted))
			fail_msg("%s: no %s in\n%s", rows[i].name, rows[i].wanted, got);
		free(got);
	}
}

static void test_times(void **unused)
{
	char *got = play("open; +0.5 c PA len 10; -0.1 s A; +0.000003 copy; wait 3; c A",
			 &view_jsonl, (struct look){.width = 80});
	static const char *const wanted[] = {
		"\"t\":0.000000,", "\"t\":0.010000,", "\"t\":0.020000,", "\"t\":0.520000,",
		"\"t\":0.420000,", "\"t\":0.420003,", "\"t\":3.430003,"};
	(void)unused;
	assert_non_null(got);
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		if (!strstr(got, wanted[i]))
			fail_msg("no %s in\n%s", wanted[i], got);
	free(got);
}

static void test_what_cannot_be_read(void **unused)
{
	static const char *const wrong[] = {
		"x S",
		"c",
		"c SX",
		"c S nosuch",
		"c S len",
		"c S len z",
		"c S len 1x",
		"+1",
		"icmp 3",
		"isn 1",
		"wait",
		"drop many",
		"ports 1",
		"c S; ;c A",
		"copy ttl-1 x",
		"open again",
		"c S tfo tfo tfo tfo tfo",
		"c S aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	};
	(void)unused;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (play(wrong[i], &view_figure, (struct look){.width = 80}))
			fail_msg("'%s' was read", wrong[i]);
}

static void test_payload_and_options_are_real(void **unused)
{
	static const struct {
		const char *figure, *wanted;
	} said[] = {
		{"open; c PA len 10; s A; s RA text Good bye", "\"Good bye\""},
		{"open; c PA len 10; s A; s RA reason 4", "reason 4, ABORT was called"},
		{"c S mss 1460 sack ts 1 0 ws 7; s SA mss 9000 sack ts 2 1 ws 9; c A",
		 "MSS 1460/9000, scale 7/9, SACK, TS"},
		{"c S; icmp 3/1", "host unreachable"},
		{"open; drop 17; c PA len 10", "17"},
	};
	(void)unused;
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		char *got = play(said[i].figure, &view_words, (struct look){.width = 200});
		if (!got || !strstr(got, said[i].wanted))
			fail_msg("%s: no %s in\n%s", said[i].figure, said[i].wanted, got);
		free(got);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_notation),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_what_cannot_be_read),
		cmocka_unit_test(test_payload_and_options_are_real),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

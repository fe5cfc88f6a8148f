/* SPDX-License-Identifier: MIT */
/* The story of a connection: what its sentences say of which segments. */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/explain/figure.h"

static char *tell(const char *figure, uint32_t id, int width)
{
	static const uint64_t seed[2] = {1, 2};
	char *text = NULL;
	size_t size;
	struct flow flow;
	FILE *out = open_memstream(&text, &size);
	assert_non_null(out);
	struct run *run = run_new(&view_story, out, (struct look){.width = width});
	assert_non_null(run);
	run_only(run, id, 0);
	assert_true(flow_init(&flow, run, run_sink(run), seed));
	assert_true(figure_play(figure, &flow));
	flow_end(&flow);
	run_end(run, &flow.totals);
	fclose(out);
	return text;
}

/* One paragraph, one line. */
static char *unwrapped(char *text)
{
	for (char *at = text; *at; at++)
		if (*at == '\n' && at[1] && at[1] != '\n' && at > text && at[-1] != '\n')
			*at = ' ';
	return text;
}

static const struct {
	const char *name, *figure, *wanted;
	uint32_t id;
} rows[] = {
	{"who and when", "open",
	 "Connection #1: on 2023-11-14 at 22:13:20.000000 UTC, client 192.0.2.1:40000 connects to "
	 "server 192.0.2.2:80.\n\n",
	 1},
	{"the handshake", "c S; s SA; +0.5 c A",
	 "\n\nThe SYN,ACK comes 10 ms after the SYN, and the third segment, 500 ms later, "
	 "completes "
	 "the handshake.\n",
	 1},
	{"its options", "c S mss 1460 sack; s SA mss 1400 sack; c A",
	 "completes the handshake. Options of the handshake: MSS 1460/1400, SACK.\n", 1},
	{"no third segment", "c S; s SA; +1 s SA", "The SYN,ACK comes 10 ms after the SYN.\n", 1},
	{"no answer", "c S; +1 c S", "\n\nNo SYN,ACK comes back.\n", 1},
	{"both open", "ports 40000 40001; c S; +0.0002 s S; c SA seq x; +0.0002 s SA seq y",
	 "Both ends open at once: their SYNs cross", 1},
	{"data each way", "open; c PA len 10; s PA len 20; s PA len 1; c A",
	 "\n\nThe client sends 10 bytes in 1 segment, the server 21 bytes in 2 segments; the first "
	 "and the last of them are 20 ms apart.\n",
	 1},
	{"a copy is no segment", "open; c PA len 10; +0.000003 copy; s A",
	 "10 bytes in 1 segment, the server nothing.\n", 1},
	{"no data", "open; c FA; s FA; c A", "\n\nNo data is sent.\n", 1},
	{"four segments", "open; c FA; +0.04 s A; +0.2 s FA; c A",
	 "The client closes first (#1.4, 30 ms after the first segment), and the close takes four "
	 "segments: the server acknowledges the FIN 40 ms later, but its program closes only "
	 "afterwards, so that its own FIN is another segment, 200 ms after that.\n",
	 1},
	{"three segments, by the server", "open; s FA; +0.002 c FA; s A",
	 "The server closes first (#1.4, 30 ms after the first segment), and the close takes three "
	 "segments: the client's program closes within 2.0 ms, before anything has acknowledged "
	 "the FIN, so one segment is both ACK and FIN.\n",
	 1},
	{"crossed", "open; c FA; +0.0001 s FA ack x+1; c A; +0.0001 s A",
	 "Both ends close at once: the FINs cross", 1},
	{"unfinished", "open; c FA; s A",
	 "The close is not complete when the capture ends: the client is in FIN-WAIT-2, the server "
	 "in CLOSE-WAIT.\n",
	 1},
	{"TIME-WAIT", "open; c FA; s A; +39.96 s FA; c A",
	 "\n\nThe client holds TIME-WAIT from 22:14:00 on: on Linux for 60 s, until 22:15:00; by "
	 "the RFC for 2 MSL, 240 s, until 22:18:00.\n",
	 1},
	{"... begins again with another FIN",
	 "open; c FA; s A; s FA; c A; +59.94 s FA seq y+1; c A",
	 "The client holds TIME-WAIT from 22:14:20 on", 1},
	{"... of both", "open; c FA; +0.0001 s FA ack x+1; c A; +0.0001 s A",
	 "until 22:17:20. The server holds TIME-WAIT from", 1},
	{"reset", "open; c PA len 10; s A; +0.5 s RA",
	 "The server resets the connection (#1.6, 540 ms after the first segment)", 1},
	{"... and why", "open; c PA len 10; s A; s RA reason 2",
	 "waits in TIME-WAIT. The server's RST says why: reason 2, desynchronized state.", 1},
	{"reset after a FIN", "open; c FA; s PA len 5; c R seq x+2",
	 "first (#1.4, 30 ms after the first segment). The client resets the connection (#1.6,", 1},
	{"reset by a port that is closed", "c F; s RA seq 0", "The client closes first (#1.1). The",
	 1},
	{"a SYN,ACK before its SYN", "s SA ack x+1; +0.00004 c S; c A; c PA len 10; s A",
	 "192.0.2.2:80.\n\nThe client sends 10 bytes", 1},
	{"refused", "c S; s RA seq 0",
	 "The answer, 10 ms after the SYN, is a RST.\n\nError: refused (#1.1, #1.2). The server "
	 "refused the connection",
	 1},
	{"an error says what to do", "c S; s RA seq 0", "ss -ltn", 1},
	{"a warning", "c S; +1 c S; s SA; c A",
	 "\n\nWarning: syn-retransmitted (#1.1, #1.2). The client sent its SYN 2 times", 1},
	{"likely", "open; +1 s SA; c A",
	 "Warning: third-ack-not-accepted (#1.2, #1.3, #1.4), likely. ", 1},
	{"nothing wrong", "open; c PA len 10; s A; c FA; s FA; c A",
	 "\n\nNothing in it calls for a warning.\n", 1},
	{"still open", "open; c PA len 10; s A", "It is still open when the capture ends.", 1},
	{"midstream", "c PA len 10 ack 5001; s A seq 5001",
	 "the capture finds 192.0.2.1:40000 and 192.0.2.2:80 talking.", 1},
	{"one direction", "s SA ack 1001; s PA ack 1001 len 10; s A ack 1011",
	 "The client sends nothing that was captured, the server 10 bytes", 1},
	{"with itself", "same; c S; c SA seq x ack x+1; c A seq x+1 ack x+1; c PA seq x+1 len 5",
	 "the socket 192.0.2.1:40000 connects to itself.", 1},
	{"the one that was asked for",
	 "open; s FA; c A; c FA; s A; isn 700000 70559; +5 c S; s SA; c A",
	 "Connection #2: on 2023-11-14 at 22:13:25.060000 UTC, client 192.0.2.1:40000 connects to "
	 "server 192.0.2.2:80. Connection #1 had used the same ports before.",
	 2},
	{"ports used again", "open; s FA; c A; c FA; s A; isn 700000 70559; +5 c S; s SA; c A",
	 "\n\nThe client uses the ports of #1 again, legally", 2},
};

static void test_sentences(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *got = unwrapped(tell(rows[i].figure, rows[i].id, 80));
		if (!strstr(got, rows[i].wanted))
			fail_msg("%s: no\n%s\nin\n%s", rows[i].name, rows[i].wanted, got);
		free(got);
	}
}

static void test_trouble_is_no_praise(void **unused)
{
	char *got = unwrapped(tell("c S; s RA seq 0", 1, 80));
	(void)unused;
	assert_null(strstr(got, "Nothing in it"));
	assert_null(strstr(got, "resets the connection"));
	free(got);
}

static void test_width(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *got = tell(rows[i].figure, rows[i].id, 40);
		for (const char *at = got; *at; at += strcspn(at, "\n") + 1)
			if (strcspn(at, "\n") > 40)
				fail_msg("%s: %.*s", rows[i].name, (int)strcspn(at, "\n"), at);
		assert_true(isupper((unsigned char)*got));
		assert_null(strstr(got, "\n\n\n"));
		for (const char *at = got; (at = strchr(at, '.')); at++)
			if (isupper((unsigned char)at[1]))
				fail_msg("%s: two sentences without a space: %s", rows[i].name, at);
		free(got);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_trouble_is_no_praise),
		cmocka_unit_test(test_width),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

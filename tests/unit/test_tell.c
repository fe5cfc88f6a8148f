/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/played.h"

enum { LINE = 78 };

/* What both ends say of all that they send, from the n-th segment on. */
static const struct {
	const char *name, *script;
	unsigned from;
	const char *told;
} rows[] = {
	{"opening, data", "l1 c0 . d0=5 . d1=1 .", 1,
	 "SYN seq=x: the SYN takes x=4294967000; x+1 acknowledges it\n"
	 "SYN,ACK seq=y ack=x+1: the SYN takes y=4294967290; y+1 acknowledges it\n"
	 "ACK seq=x+1 ack=y+1: ack y+1 = y + 1 SYN\n"
	 "PSH,ACK seq=x+1 ack=y+1 len=5: x+6 acknowledges 5 octets\n"
	 "ACK seq=y+1 ack=x+6: ack x+6 = x+1 + 5 data\n"
	 "PSH,ACK seq=y+1 ack=x+6 len=1: y+2 acknowledges 1 octet\n"
	 "ACK seq=x+6 ack=y+2: ack y+2 = y+1 + 1 data\n"},
	{"the left end serves", "l0 e0 c1 . f1 .", 2,
	 "SYN,ACK seq=y ack=x+1: the SYN takes y=4294967000; y+1 acknowledges it\n"
	 "ACK seq=x+1 ack=y+1: ack y+1 = y + 1 SYN\n"
	 "FIN,ACK seq=x+1 ack=y+1: the FIN takes x+1; x+2 acknowledges it\n"
	 "ACK seq=y+1 ack=x+2: ack x+2 = x+1 + 1 FIN\n"
	 "FIN,ACK seq=y+1 ack=x+2: the FIN takes y+1; y+2 acknowledges it\n"
	 "ACK seq=x+2 ack=y+2: ack y+2 = y+1 + 1 FIN\n"},
	{"both open", "c0 c1 .", 2,
	 "SYN seq=x: the SYN takes x=4294967290; x+1 acknowledges it\n"
	 "SYN,ACK seq=x ack=y+1: our SYN again, with the ACK of theirs\n"
	 "SYN,ACK seq=x ack=y+1: our SYN again, with the ACK of theirs\n"
	 "ACK seq=x+1 ack=y+1: ack y+1, all that has come so far\n"
	 "ACK seq=x+1 ack=y+1: ack y+1, all that has come so far\n"},
	{"refused", "c0 .", 2,
	 "RST,ACK seq=0 ack=4294967001: what came belongs to no connection of ours\n"},
	{"aborted half open; then a refusal", "l1 c0 !=3 . a1 l1 d0=5 .", 4,
	 "PSH,ACK seq=x+1 ack=y+1 len=5: x+6 acknowledges 5 octets\n"
	 "RST seq=y+1: exactly the number that it expects next\n"
	 "RST seq=4294967291: what came belongs to no connection of ours\n"},
	{"FIN with the last of much", "p0 m1 e1 l1 c0 . d0=2000 f0 .", 4,
	 "ACK seq=x+1 ack=y+1 len=1460: x+1461 acknowledges 1460 octets\n"
	 "FIN,PSH,ACK seq=x+1461 ack=y+1 len=540: x+2002 acknowledges 540 octets + 1 FIN\n"
	 "ACK seq=y+1 ack=x+1461: ack x+1461 = x+1 + 1460 data\n"
	 "FIN,ACK seq=y+1 ack=x+2002: the FIN takes y+1; y+2 acknowledges it\n"
	 "ACK seq=x+2002 ack=y+2: ack y+2 = y+1 + 1 FIN\n"},
	{"aborted", "l1 c0 . a0 .", 4, "RST seq=x+1: exactly the number that it expects next\n"},
	{"lost", "l1 c0 . !=4 d0=5 f0 . ~", 4,
	 "PSH,ACK seq=x+1 ack=y+1 len=5: x+6 acknowledges 5 octets\n"
	 "FIN,ACK seq=x+6 ack=y+1: the FIN takes x+6; x+7 acknowledges it\n"
	 "ACK seq=y+1 ack=x+1: ack x+1, all that has come so far\n"
	 "PSH,ACK seq=x+1 ack=y+1 len=5: again: not acknowledged yet\n"
	 "ACK seq=y+1 ack=x+7: ack x+7 = x+1 + 5 data + 1 FIN\n"},
	{"a lost SYN,ACK: both wait a second", "l1 c0 !=2 . ~", 3,
	 "SYN seq=x: again: not acknowledged yet\n"
	 "SYN,ACK seq=y ack=x+1: again: not acknowledged yet\n"
	 "SYN,ACK seq=y ack=x+1: again: not acknowledged yet\n"
	 "ACK seq=x+1 ack=y+1: ack y+1 = y + 1 SYN\n"
	 "ACK seq=x+1 ack=y+1: ack y+1, all that has come so far\n"},
	{"window closed", "w1=0 l1 c0 . d0=9 . ~", 4,
	 "ACK seq=x+1 ack=y+1 len=1: a probe: is its window still closed?\n"
	 "ACK seq=y+1 ack=x+1: ack x+1, all that has come so far\n"},
};

static void check_width(const char *row, const char *told)
{
	for (size_t len; *told; told += len + 1) {
		len = strcspn(told, "\n");
		if (len > LINE)
			fail_msg("%s: %zu columns: %s", row, len, told);
	}
}

static void segments_are_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct world *w = world_new(4294967000, 4294967290);
		const char *told = w->told;
		world_play(w, rows[i].script);
		for (unsigned n = 1; n < rows[i].from; n++)
			told = strchr(told, '\n') + 1;
		expect_text(rows[i].name, "reason", told, rows[i].told);
		check_width(rows[i].name, w->told);
		world_free(w);
	}
}

/* Numbers of four digits at both ends. */
static void long_talks_fit(void **state)
{
	(void)state;
	struct world *w = world_new(4294967000, 4294967290);
	world_play(w, "e1 l1 c0 . d0=9000 d1=4000 . d1=5000 . f0 .");
	expect_heard("much", w, 1);
	check_width("much", w->told);
	world_free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(segments_are_told),
		cmocka_unit_test(long_talks_fit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/played.h"

/* A segment that comes to the left end, with numbers from its RCV.NXT and SND.NXT on, and what it
 * sends then, alike; "": nothing. */
static const struct arrives {
	const char *name, *script, *before;
	uint16_t flags;
	int32_t seq, ack;
	uint32_t len;
	const char *answer, *after;
} arrivals[] = {
	{"SYN to none", "", "CLOSED", SYN, 50, 0, 0, "RA-0+51", "CLOSED"},
	{"SYN with data to none", "", "CLOSED", SYN, 50, 0, 9, "RA-0+60", "CLOSED"},
	{"SYN and FIN to none", "x0", "CLOSED", SYN | FIN, 50, 0, 0, "RA-0+52", "CLOSED"},
	{"ACK to none", "", "CLOSED", ACK, 50, 70, 0, "R+70", "CLOSED"},
	{"RST to none", "", "CLOSED", RST, 50, 70, 0, "", "CLOSED"},
	{"RST to a listener", "l0", "LISTEN", RST, 50, 70, 0, "", "LISTEN"},
	{"ACK to a listener", "l0", "LISTEN", ACK, 50, 70, 0, "R+70", "LISTEN"},
	{"SYN,ACK to a listener", "l0", "LISTEN", SYN | ACK, 50, 70, 0, "R+70", "LISTEN"},
	{"FIN to a listener", "l0", "LISTEN", FIN, 50, 70, 0, "", "LISTEN"},
	{"SYN with data", "l0", "LISTEN", SYN, 50, 0, 9, "SA+100+51", "SYN-RECEIVED"},

	{"wrong ack", "c0 !=1 .", "SYN-SENT", SYN | ACK, 50, 5, 0, "R+5", "SYN-SENT"},
	{"ack of nothing", "c0 !=1 .", "SYN-SENT", SYN | ACK, 50, -1, 0, "R-1", "SYN-SENT"},
	{"RST, wrong ack", "c0 !=1 .", "SYN-SENT", RST | ACK, 50, 5, 0, "", "SYN-SENT"},
	{"RST without", "c0 !=1 .", "SYN-SENT", RST, 50, 0, 0, "", "SYN-SENT"},
	{"RST, right ack", "c0 !=1 .", "SYN-SENT", RST | ACK, 50, 0, 0, "", "CLOSED"},
	{"ACK alone", "c0 !=1 .", "SYN-SENT", ACK, 50, 0, 0, "", "SYN-SENT"},
	{"data alone", "c0 !=1 .", "SYN-SENT", ACK, 50, 0, 7, "", "SYN-SENT"},
	{"FIN alone", "c0 !=1 .", "SYN-SENT", FIN, 50, 0, 0, "", "SYN-SENT"},
	{"SYN", "c0 !=1 .", "SYN-SENT", SYN, 50, 0, 0, "SA-1+51", "SYN-RECEIVED"},
	{"SYN,ACK", "c0 !=1 .", "SYN-SENT", SYN | ACK, 50, 0, 0, "A+0+51", "ESTABLISHED"},
	{"SYN,ACK, data", "c0 !=1 .", "SYN-SENT", SYN | ACK, 50, 0, 9, "A+0+60", "ESTABLISHED"},

	{"SYN again", "l0 c1 !=2 .", "SYN-RECEIVED", SYN, -1, 0, 0, "SA-1+0", "SYN-RECEIVED"},
	{"another SYN", "l0 c1 !=2 .", "SYN-RECEIVED", SYN, 9, 0, 0, "A+0+0", "SYN-RECEIVED"},
	{"wrong ack", "l0 c1 !=2 .", "SYN-RECEIVED", ACK, 0, 5, 0, "R+5", "SYN-RECEIVED"},
	{"old ack", "l0 c1 !=2 .", "SYN-RECEIVED", ACK, 0, -1, 0, "R-1", "SYN-RECEIVED"},
	{"no ack", "l0 c1 !=2 .", "SYN-RECEIVED", PSH, 0, 0, 4, "", "SYN-RECEIVED"},
	{"RST", "l0 c1 !=2 .", "SYN-RECEIVED", RST, 0, 0, 0, "", "LISTEN"},
	{"RST in window", "l0 c1 !=2 .", "SYN-RECEIVED", RST, 9, 0, 0, "A+0+0", "SYN-RECEIVED"},
	{"FIN", "l0 c1 !=2 .", "SYN-RECEIVED", FIN | ACK, 0, 0, 0, "A+0+1", "CLOSE-WAIT"},

	{"RST, exact", "l1 c0 .", "ESTABLISHED", RST, 0, 0, 0, "", "CLOSED"},
	{"RST in window", "l1 c0 .", "ESTABLISHED", RST, 9, 0, 0, "A+0+0", "ESTABLISHED"},
	{"RST before it", "l1 c0 .", "ESTABLISHED", RST, -1, 0, 0, "", "ESTABLISHED"},
	{"RST behind it", "l1 c0 .", "ESTABLISHED", RST, 70000, 0, 0, "", "ESTABLISHED"},
	{"RST, exact, to say", "l1 c0 . d0=4", "ESTABLISHED", RST, 0, 0, 0, "", "CLOSED"},
	{"SYN in window", "l1 c0 .", "ESTABLISHED", SYN, 5, 0, 0, "A+0+0", "ESTABLISHED"},
	{"SYN,ACK again", "l1 c0 .", "ESTABLISHED", SYN | ACK, -1, 0, 0, "A+0+0", "ESTABLISHED"},
	{"ack of unsent", "l1 c0 .", "ESTABLISHED", ACK, 0, 9, 0, "A+0+0", "ESTABLISHED"},
	{"ack of old", "l1 c0 .", "ESTABLISHED", ACK, 0, -70000, 0, "A+0+0", "ESTABLISHED"},
	{"nothing new", "l1 c0 .", "ESTABLISHED", ACK, 0, 0, 0, "", "ESTABLISHED"},
	{"no flags", "l1 c0 .", "ESTABLISHED", 0, 0, 0, 3, "", "ESTABLISHED"},
	{"FIN without ACK", "l1 c0 .", "ESTABLISHED", FIN, 0, 0, 0, "", "ESTABLISHED"},
	{"old data", "l1 c0 .", "ESTABLISHED", ACK, -5, 0, 5, "A+0+0", "ESTABLISHED"},
	{"data behind a gap", "l1 c0 .", "ESTABLISHED", ACK, 5, 0, 5, "A+0+0", "ESTABLISHED"},
	{"half old data", "l1 c0 .", "ESTABLISHED", ACK, -5, 0, 9, "A+0+4", "ESTABLISHED"},
	{"data, window closed", "w0=0 l1 c0 .", "ESTABLISHED", ACK, 0, 0, 1, "A+0+0",
	 "ESTABLISHED"},
	{"FIN behind them", "w0=0 l1 c0 .", "ESTABLISHED", FIN | ACK, 0, 0, 1, "A+0+0",
	 "ESTABLISHED"},
	{"FIN, ack of unsent", "l1 c0 .", "ESTABLISHED", FIN | ACK, 0, 9, 0, "A+0+0",
	 "ESTABLISHED"},
	{"FIN behind a gap", "l1 c0 .", "ESTABLISHED", FIN | ACK, 5, 0, 0, "A+0+0", "ESTABLISHED"},
	{"FIN put off", "x0 l1 c0 .", "ESTABLISHED", FIN | ACK, 0, 0, 0, "", "ESTABLISHED"},

	{"FIN in FIN-WAIT-1", "l1 c0 . f0 !=4 .", "FIN-WAIT-1", FIN | ACK, 0, -1, 0, "A+0+1",
	 "CLOSING"},
	{"FIN and ack", "l1 c0 . f0 !=4 .", "FIN-WAIT-1", FIN | ACK, 0, 0, 0, "A+0+1", "TIME-WAIT"},
	{"FIN again", "l1 c0 . f1 .", "CLOSE-WAIT", FIN | ACK, -1, 0, 0, "A+0+0", "CLOSE-WAIT"},
	{"FIN in TIME-WAIT", "e1 l1 c0 . f0 .", "TIME-WAIT", FIN | ACK, -1, 0, 0, "A+0+0",
	 "TIME-WAIT"},
	{"SYN in TIME-WAIT", "e1 l1 c0 . f0 .", "TIME-WAIT", SYN, 900, 0, 0, "A+0+0", "TIME-WAIT"},
	{"RST in TIME-WAIT", "e1 l1 c0 . f0 .", "TIME-WAIT", RST, 0, 0, 0, "", "CLOSED"},
	{"after all", "e0 l1 c0 . f1 .", "CLOSED", FIN | ACK, -1, 0, 0, "R+0", "CLOSED"},
};

static void add_offset(struct text *to, struct seq n, struct seq from)
{
	int32_t d = seq_diff(n, from);
	text_char(to, d < 0 ? '-' : '+');
	text_number(to, (uint64_t)labs(d));
}

/* The numbers against those before; of a RST without an ACK only its own. */
static const char *answer_of(struct tcp *t, struct seq nxt, struct seq rcv, char text[static 64])
{
	struct text to = text_in(text, 64);
	struct packet p;
	while (tcp_next(t, 0, &p)) {
		played_flags(&to, p.seg.flags);
		if ((p.seg.flags & (RST | ACK)) == (RST | ACK))
			text_add(&to, p.seg.seq.n ? "?" : "-0");
		else
			add_offset(&to, p.seg.seq, nxt);
		if (p.seg.flags & ACK)
			add_offset(&to, p.seg.ack, rcv);
		assert_int_equal(p.dst.port, 1);
		tcp_departed(t, &p);
	}
	return text;
}

static void check_arrival(const struct arrives *a, const uint32_t iss[2])
{
	struct world *w = world_new(iss[0], iss[1]);
	struct tcp *t = &w->end[0];
	char text[64];
	world_play(w, a->script);
	expect_text(a->name, "state before", world_state(w, 0), a->before);
	bool fresh = !t->tcb.snd_known;
	struct seq rcv = t->tcb.rcv.nxt, nxt = t->tcb.snd.nxt;
	static const uint8_t octets[16] = "payload";
	struct packet p = {.src = w->end[1].local,
			   .dst = t->local,
			   .payload = {octets, a->len},
			   .seg = {.seq = seq_plus(rcv, (uint32_t)a->seq),
				   .ack = seq_plus(nxt, (uint32_t)a->ack),
				   .len = a->len,
				   .wnd = 65535,
				   .flags = a->flags}};
	struct bytes heard;
	if (fresh)
		t->iss.n = 100;
	tcp_hears(t, &p, &heard);
	expect_text(a->name, "answer", answer_of(t, nxt, rcv, text), a->answer);
	expect_text(a->name, "state after", world_state(w, 0), a->after);
	assert_true(!heard.len || (heard.at >= octets && heard.at + heard.len <= octets + a->len));
	world_free(w);
}

static void segments_are_answered(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3 * sizeof arrivals / sizeof *arrivals; i++)
		check_arrival(&arrivals[i / 3], first_numbers[i % 3]);
}

/* Before the SYN,ACK has gone there is nothing to acknowledge. */
static void ack_comes_too_early(void **state)
{
	(void)state;
	struct world *w = world_new(100, 300);
	struct packet p = {.dst = w->end[1].local, .src = w->end[0].local};
	tcp_listen(&w->end[1]);
	p.seg = (struct segment){{100}, {0}, 0, 100, SYN};
	world_hear(w, &p);
	p.seg = (struct segment){{101}, {5}, 0, 100, ACK};
	world_hear(w, &p);
	expect_text("an early ACK", "state", world_state(w, 1), "SYN-RECEIVED");
	world_run(w, false);
	expect_text("an early ACK", "trace", w->trace, "<SA >R");
	expect_text("its RST", "state", world_state(w, 1), "LISTEN");
	world_free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(segments_are_answered),
		cmocka_unit_test(ack_comes_too_early),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

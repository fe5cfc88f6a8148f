/* SPDX-License-Identifier: MIT */
/* One end alone: RFC 9293 3.10.7 for arrivals, Table 5, RFC 5961. */
#include "analysis/model/tcb.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/rows.h"

/* ISS 100, IRS 300; it has sent and acknowledged nothing but the handshake. */
static struct tcb in_state(enum tcp_state state)
{
	struct tcb t = {
		.state = (uint8_t)state,
		.heard = true,
		.syn_sent = true,
		.syn_heard = true,
		.syn_taken = true,
		.snd_known = true,
		.rcv_known = true,
		.ack_sent = true,
		.iss.n = 100,
		.irs.n = 300,
		.snd = {{101}, {101}, 1000, 10},
		.rcv = {{301}, {301}, 1000},
	};
	return t;
}

static void test_acceptability(void **unused)
{
	(void)unused;
	/* RFC 9293 Table 5; RCV.NXT 301, RCV.WND as given. */
	static const struct {
		const char *name;
		uint32_t wnd;
		struct segment seg;
		enum arrival wanted;
	} row[] = {
		{"no octets, no window, at RCV.NXT", 0, {{301}, {101}, 0, 0, ACK}, ARRIVED},
		{"no octets, no window, beyond", 0, {{302}, {101}, 0, 0, ACK}, UNACCEPTABLE},
		{"no octets, window, at its left edge", 9, {{301}, {101}, 0, 0, ACK}, ARRIVED},
		{"no octets, window, below", 9, {{300}, {101}, 0, 0, ACK}, UNACCEPTABLE},
		{"no octets, far beyond the window", 9, {{400}, {101}, 0, 0, ACK}, UNACCEPTABLE},
		{"octets, window, in it", 9, {{303}, {101}, 2, 0, ACK}, ARRIVED},
		{"octets, window, all old", 9, {{299}, {101}, 2, 0, ACK}, UNACCEPTABLE},
		{"octets, window, the last is new", 9, {{299}, {101}, 3, 0, ACK}, ARRIVED},
		{"octets, window, far beyond", 9, {{400}, {101}, 2, 0, ACK}, UNACCEPTABLE},
		{"FIN alone, old", 9, {{300}, {101}, 0, 0, FIN | ACK}, UNACCEPTABLE},
		{"FIN alone, new", 9, {{301}, {101}, 0, 0, FIN | ACK}, ARRIVED},
		{"no ACK bit", 9, {{301}, {0}, 5, 0, 0}, UNACCEPTABLE},
		{"ACK of what was not sent", 9, {{301}, {102}, 5, 0, ACK}, UNACCEPTABLE},
		{"old ACK", 9, {{301}, {91}, 5, 0, ACK}, ARRIVED},
		{"older than any window", 9, {{301}, {90}, 5, 0, ACK}, UNACCEPTABLE},
		{"FIN beyond a gap", 99, {{311}, {101}, 0, 0, FIN | ACK}, WAITS},
		{"SYN", 9, {{301}, {0}, 0, 0, SYN}, CHALLENGED},
		{"SYN outside the window", 9, {{4000}, {0}, 0, 0, SYN}, CHALLENGED},
		{"SYN, its own again", 9, {{300}, {0}, 0, 0, SYN}, CHALLENGED},
		{"SYN,ACK, its own again", 9, {{300}, {101}, 0, 0, SYN | ACK}, ARRIVED},
		{"RST at RCV.NXT", 9, {{301}, {0}, 0, 0, RST}, ARRIVED},
		{"RST in the window", 9, {{302}, {0}, 0, 0, RST}, CHALLENGED},
		{"RST below", 9, {{300}, {0}, 0, 0, RST}, UNACCEPTABLE},
		{"RST beyond", 9, {{4000}, {0}, 0, 0, RST}, UNACCEPTABLE},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct tcb t = in_state(ESTABLISHED);
		t.rcv.wnd = row[i].wnd;
		expect_number(row[i].name, "arrival", tcb_arrives(&t, &row[i].seg), row[i].wanted);
		bool moves = row[i].wanted == ARRIVED && row[i].seg.flags & (RST | FIN);
		expect_number(row[i].name, "moved", t.state != ESTABLISHED, moves);
	}
}

static void test_syn_sent(void **unused)
{
	(void)unused;
	/* 3.10.7.3; ISS 100, SND.NXT 101 */
	static const struct {
		const char *name;
		struct segment seg;
		enum arrival wanted;
		enum tcp_state next;
	} row[] = {
		{"SYN,ACK", {{300}, {101}, 0, 9, SYN | ACK}, ARRIVED, ESTABLISHED},
		{"SYN", {{300}, {0}, 0, 9, SYN}, ARRIVED, SYN_RECEIVED},
		{"ACK of the SYN alone", {{300}, {101}, 0, 9, ACK}, NOT_EXPECTED, SYN_SENT},
		{"SYN,ACK of less", {{300}, {100}, 0, 9, SYN | ACK}, UNACCEPTABLE, SYN_SENT},
		{"SYN,ACK of more", {{300}, {102}, 0, 9, SYN | ACK}, UNACCEPTABLE, SYN_SENT},
		{"RST,ACK", {{0}, {101}, 0, 9, RST | ACK}, ARRIVED, CLOSED},
		{"RST,ACK of less", {{0}, {100}, 0, 9, RST | ACK}, UNACCEPTABLE, SYN_SENT},
		{"RST,ACK of more", {{0}, {102}, 0, 9, RST | ACK}, UNACCEPTABLE, SYN_SENT},
		{"RST", {{0}, {0}, 0, 9, RST}, UNACCEPTABLE, SYN_SENT},
		{"FIN,ACK", {{300}, {101}, 0, 9, FIN | ACK}, NOT_EXPECTED, SYN_SENT},
	};
	static const struct segment syn = {{100}, {0}, 0, 9, SYN};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct tcb t = {.state = CLOSED};
		tcb_departs(&t, &syn);
		expect_number(row[i].name, "before", t.state, SYN_SENT);
		expect_number(row[i].name, "arrival", tcb_arrives(&t, &row[i].seg), row[i].wanted);
		expect_text(row[i].name, "state", state_name((enum tcp_state)t.state),
			    state_name(row[i].next));
	}
}

/* A RST at RCV.NXT or one below it: Linux takes the number of the FIN that it has received. */
static void test_rst_after_fin(void **unused)
{
	(void)unused;
	static const struct {
		enum tcp_state state;
		enum arrival at_fin;
	} row[] = {
		{ESTABLISHED, UNACCEPTABLE}, {FIN_WAIT_1, UNACCEPTABLE}, {FIN_WAIT_2, UNACCEPTABLE},
		{CLOSE_WAIT, ARRIVED},       {LAST_ACK, ARRIVED},        {CLOSING, ARRIVED},
		{TIME_WAIT, UNACCEPTABLE},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct tcb t = in_state(row[i].state), u = t;
		struct segment at_fin = {{300}, {0}, 0, 0, RST}, exact = {{301}, {0}, 0, 0, RST};
		const char *name = state_name(row[i].state);
		expect_number(name, "at the FIN", tcb_arrives(&t, &at_fin), row[i].at_fin);
		expect_number(name, "exact", tcb_arrives(&u, &exact), ARRIVED);
		expect_number(name, "state", u.state, CLOSED);
	}
}

static void test_numbers(void **unused)
{
	(void)unused;
	struct tcb t = in_state(ESTABLISHED);
	tcb_departs(&t, &(struct segment){{101}, {301}, 10, 500, ACK});
	expect_number("data sent", "SND.NXT", t.snd.nxt.n, 111);
	expect_number("data sent", "RCV.WND", t.rcv.wnd, 500);
	tcb_departs(&t, &(struct segment){{101}, {301}, 5, 500, ACK});
	expect_number("sent again", "SND.NXT", t.snd.nxt.n, 111);
	tcb_arrives(&t, &(struct segment){{301}, {106}, 20, 700, ACK});
	expect_number("part acknowledged", "SND.UNA", t.snd.una.n, 106);
	expect_number("part acknowledged", "RCV.NXT", t.rcv.nxt.n, 321);
	expect_number("part acknowledged", "SND.WND", t.snd.wnd, 700);
	tcb_arrives(&t, &(struct segment){{321}, {104}, 0, 700, ACK});
	expect_number("old ACK", "SND.UNA", t.snd.una.n, 106);
	tcb_arrives(&t, &(struct segment){{330}, {111}, 5, 700, ACK});
	expect_number("beyond a gap", "RCV.NXT", t.rcv.nxt.n, 321);
	tcb_departs(&t, &(struct segment){{111}, {335}, 0, 700, ACK});
	expect_number("its own word", "RCV.NXT", t.rcv.nxt.n, 335);
	tcb_departs(&t, &(struct segment){{111 + (1u << 30)}, {335}, 0, 700, ACK});
	expect_number("another number space", "SND.NXT", t.snd.nxt.n, 111);
}

static void test_fin_counts_once(void **unused)
{
	(void)unused;
	struct tcb t = in_state(ESTABLISHED);
	tcb_departs(&t, &(struct segment){{101}, {301}, 4, 500, FIN | ACK});
	expect_number("FIN", "its number", t.fin.n, 105);
	expect_number("FIN", "SND.NXT", t.snd.nxt.n, 106);
	tcb_departs(&t, &(struct segment){{106}, {301}, 4, 500, FIN | ACK});
	expect_number("another FIN", "its number", t.fin.n, 105);
	expect_number("another FIN", "state", t.state, FIN_WAIT_1);
	tcb_arrives(&t, &(struct segment){{301}, {105}, 0, 500, ACK});
	expect_number("ACK of all but the FIN", "state", t.state, FIN_WAIT_1);
	tcb_arrives(&t, &(struct segment){{301}, {106}, 0, 500, ACK});
	expect_number("ACK of the FIN", "state", t.state, FIN_WAIT_2);
}

static void test_owns_rst(void **unused)
{
	(void)unused;
	static const struct {
		const char *name;
		uint32_t seq;
		bool owns;
	} row[] = {
		{"below SND.UNA", 100, false},
		{"at SND.UNA", 101, true},
		{"at SND.NXT", 111, true},
		{"beyond SND.NXT", 112, false},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct tcb t = in_state(ESTABLISHED);
		struct segment rst = {{row[i].seq}, {0}, 0, 0, RST};
		t.snd.nxt.n = 111;
		expect_number(row[i].name, "owns", tcb_owns_rst(&t, &rst), row[i].owns);
		tcb_departs(&t, &rst);
		expect_number(row[i].name, "state", t.state, row[i].owns ? CLOSED : ESTABLISHED);
	}
	struct tcb t = {.state = UNKNOWN};
	assert_true(tcb_owns_rst(&t, &(struct segment){{5}, {0}, 0, 0, RST}));
}

/* Adding the same number to every sequence number changes nothing but the numbers. */
static void test_wrap(void **unused)
{
	(void)unused;
	static const struct segment sent[] = {
		{{100}, {0}, 0, 900, SYN},
		{{101}, {301}, 10, 900, ACK},
		{{111}, {321}, 0, 900, FIN | ACK},
	};
	static const struct segment heard[] = {
		{{300}, {101}, 0, 900, SYN | ACK},
		{{301}, {111}, 20, 900, ACK},
		{{321}, {112}, 0, 900, FIN | ACK},
	};
	static const enum tcp_state after[] = {ESTABLISHED, ESTABLISHED, TIME_WAIT};
	for (uint32_t back = 90; back < 350; back++) {
		struct tcb t = {.state = CLOSED};
		for (unsigned i = 0; i < 3; i++) {
			struct segment s = sent[i], h = heard[i];
			s.seq.n -= back, s.ack.n -= back, h.seq.n -= back, h.ack.n -= back;
			tcb_departs(&t, &s);
			expect_number("wrap", "arrival", tcb_arrives(&t, &h), ARRIVED);
			expect_number("wrap", "state", t.state, after[i]);
		}
		expect_number("wrap", "RCV.NXT", t.rcv.nxt.n, 322 - back);
		expect_number("wrap", "SND.UNA", t.snd.una.n, 112 - back);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_acceptability),
		cmocka_unit_test(test_syn_sent),
		cmocka_unit_test(test_rst_after_fin),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_fin_counts_once),
		cmocka_unit_test(test_owns_rst),
		cmocka_unit_test(test_wrap),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

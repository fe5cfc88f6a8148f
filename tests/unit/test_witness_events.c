/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/rows.h"
#include "tests/unit/witness_scene.h"

static const struct {
	const char *name;
	const struct format *format;
	enum trace_event which;
	bool useful;
} formats[] = {
	{"states", &states, EVENT_STATE, true},
	{"RST, 6.18", &resets, EVENT_RESET_SENT, true},
	{"RST, 6.1: no reason", &resets_6_1, EVENT_RESET_SENT, true},
	{"drops, 6.18", &dropped, EVENT_DROPPED, true},
	{"drops, 6.1: no socket", &dropped_6_1, EVENT_DROPPED, true},
	{"drops before there were reasons", &dropped_old, EVENT_DROPPED, false},
	{"states without states", &resets, EVENT_STATE, false},
	{"a request without one", &states, EVENT_AGAIN_SYN_ACK, false},
	{"numbers, 6.18", &arrivals, EVENT_ARRIVAL, true},
	{"numbers, 6.1: no socket", &arrivals_6_1, EVENT_ARRIVAL, true},
	{"numbers without numbers", &bad_sums, EVENT_ARRIVAL, false},
	{"nobody's", &dropped, EVENT_RESET_SENT, false},
	{"nothing", &no_format, EVENT_STATE, false},
};

static void formats_are_of_use_or_not(void **state)
{
	struct trace_events *e = calloc(1, sizeof *e);
	(void)state;
	for (size_t i = 0; e && i < sizeof formats / sizeof *formats; i++) {
		bool useful = learn_one(e, formats[i].which, formats[i].format);
		expect_number(formats[i].name, "useful", useful, formats[i].useful);
		expect_number(formats[i].name, "id", e->format[formats[i].which].id != 0,
			      formats[i].useful);
	}
	free(e);
}

static void the_kernel_filters(void **state)
{
	char filter[FILTER_TEXT];
	struct trace_events *e = learn();
	(void)state;
	assert_string_equal(events_filter(e, EVENT_STATE, filter), "protocol == 6");
	assert_string_equal(events_filter(e, EVENT_DROPPED, filter),
			    "reason == 3 || reason == 10 || reason == 42");
	assert_string_equal(events_filter(e, EVENT_RESET_SENT, filter), "");
	free(e);
}

static void states_are_told(void **state)
{
	struct testimony t;
	struct trace_events *e = learn();
	struct record r = state_record(0xffff888100000000, 2, 1, 1000);
	(void)state;
	assert_true(decode(e, &r, r.len, 7, &t));
	assert_true(t.time == 7 && t.socket == 0xffff888100000000 && t.kind == SAID_STATE);
	assert_true(t.from == SYN_SENT && t.to == ESTABLISHED && !*t.reason && !t.has_numbers);
	expect_ends("state", &t, "127.0.0.1:1000", "127.0.0.2:80");
	r = state_record(5, 99, 0, 1000);
	assert_true(decode(e, &r, r.len, 7, &t));
	assert_true(t.from == UNKNOWN && t.to == UNKNOWN);
	r = record_of(19);
	assert_false(decode(e, &r, r.len, 7, &t));
	r = record_of(0);
	assert_false(decode(e, &r, r.len, 7, &t));
	free(e);
}

static void resets_have_reasons(void **state)
{
	struct testimony t;
	struct trace_events *e = learn();
	struct record r = reset_record(1, 2, 14);
	(void)state;
	assert_true(decode(e, &r, r.len, 7, &t));
	assert_true(t.kind == SAID_RESET_SENT && t.socket == 2 && t.to == SYN_SENT);
	assert_string_equal(t.reason, "TCP_STATE");
	expect_ends("RST", &t, "127.0.0.1:1000", "127.0.0.2:80");
	r = reset_record(1, 2, 5);
	assert_true(decode(e, &r, r.len, 7, &t));
	assert_string_equal(t.reason, "");
	r = reset_record(1, 2, 65537);
	assert_true(decode(e, &r, r.len, 7, &t));
	assert_string_equal(t.reason, "65537");
	free(e);
}

static void requests_are_syn_received(void **state)
{
	struct testimony t;
	struct trace_events *e = learn();
	struct record r = record_of(15);
	(void)state;
	put(&r, 8, 1, 8);
	put(&r, 16, 2, 8);
	put(&r, 24, 80, 2);
	put_mapped(&r, 38, 1);
	put_mapped(&r, 54, 2);
	assert_true(decode(e, &r, r.len, 7, &t));
	assert_true(t.kind == SAID_AGAIN && t.socket == 2 && t.to == SYN_RECEIVED);
	expect_ends("SYN,ACK", &t, "127.0.0.1:80", "127.0.0.2:0");
	free(e);
}

static void numbers_are_told(void **state)
{
	struct testimony t;
	struct trace_events *e = learn();
	struct record r = arrival_record(UINT32_MAX, 7, 1448);
	(void)state;
	assert_string_equal(events_filter(e, EVENT_ARRIVAL, (char[FILTER_TEXT]){""}), "");
	assert_true(decode(e, &r, r.len, 7, &t));
	assert_true(t.kind == SAID_ARRIVAL && t.time == 7 && t.socket == 5 && t.to == UNKNOWN);
	assert_true(t.una.n == UINT32_MAX && t.nxt.n == 7 && t.len == 1448 && !t.has_numbers);
	expect_ends("numbers", &t, "127.0.0.1:1000", "127.0.0.2:80");
	assert_true(learn_one(e, EVENT_ARRIVAL, &arrivals_6_1));
	assert_true(decode(e, &r, r.len, 7, &t));
	assert_true(t.socket == 0 && t.una.n == UINT32_MAX && t.nxt.n == 7);
	free(e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formats_are_of_use_or_not), cmocka_unit_test(the_kernel_filters),
		cmocka_unit_test(states_are_told),           cmocka_unit_test(resets_have_reasons),
		cmocka_unit_test(requests_are_syn_received), cmocka_unit_test(numbers_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <linux/perf_event.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "capture/witness_ring.h"
#include "tests/unit/rows.h"

enum { SIZE = 4096 };

/* A ring as the kernel would fill it, its octets at the very end of what is ours. */
static struct ring ring_make(uint64_t start)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	struct ring r = {.map = calloc(1, page + SIZE), .size = SIZE};
	assert_non_null(r.map);
	struct perf_event_mmap_page *p = r.map;
	p->data_head = p->data_tail = start;
	return r;
}

static void write_octets(struct ring *r, const void *from, size_t len)
{
	struct perf_event_mmap_page *p = r->map;
	uint8_t *data = (uint8_t *)r->map + (size_t)sysconf(_SC_PAGESIZE);
	for (size_t i = 0; i < len; i++)
		data[p->data_head++ % SIZE] = ((const uint8_t *)from)[i];
}

/* A record of that many octets in all, whose raw part says it has `raw`. */
static void write_record(struct ring *r, uint32_t type, size_t size, uint32_t raw, int64_t time)
{
	struct {
		struct perf_event_header head;
		int64_t time;
		uint32_t raw;
		uint8_t octets[2000];
	} record = {{type, 0, (uint16_t)size}, time, raw, {0}};
	memset(record.octets, (int)time, sizeof record.octets);
	write_octets(r, &record, size);
}

static void expect_record(const char *row, struct ring *r, int64_t time, size_t len)
{
	expect_number(row, "there", ring_peek(r), 1);
	expect_number(row, "still there", ring_peek(r), 1);
	expect_number(row, "time", (uint64_t)r->time, (uint64_t)time);
	struct bytes b = ring_take(r);
	expect_number(row, "length", b.len, len);
	for (size_t i = 0; i < b.len; i++)
		expect_number(row, "octet", b.at[i], (uint8_t)time);
}

/* From every place, also around the end. */
static void records_come_whole(void **state)
{
	(void)state;
	for (uint64_t start = SIZE - 80; start < SIZE + 8; start += 4) {
		struct ring r = ring_make(start);
		assert_false(ring_peek(&r));
		write_record(&r, PERF_RECORD_SAMPLE, 48, 28, 3);
		write_record(&r, PERF_RECORD_SAMPLE, 32, 9, 4);
		expect_number("waiting", "samples", ring_waiting(&r), 2);
		expect_record("first", &r, 3, 28);
		expect_number("waiting", "samples", ring_waiting(&r), 1);
		expect_record("second", &r, 4, 9);
		assert_false(ring_peek(&r));
		expect_number("taken", "samples", r.samples, 2);
		struct perf_event_mmap_page *p = r.map;
		assert_true(p->data_tail == p->data_head);
		free(r.map);
	}
}

static const struct {
	const char *name;
	uint32_t type;
	size_t size;
	uint32_t raw;
} odd[] = {
	{"lost", PERF_RECORD_LOST, 24, 0},
	{"throttled", PERF_RECORD_THROTTLE, 32, 0},
	{"unknown", 9999, 16, 0},
	{"only a head", PERF_RECORD_SAMPLE, 8, 0},
	{"no raw length", PERF_RECORD_SAMPLE, 16, 0},
	{"no octets", PERF_RECORD_SAMPLE, 24, 0},
	{"more than it has", PERF_RECORD_SAMPLE, 32, 13},
	{"far more", PERF_RECORD_SAMPLE, 32, UINT32_MAX},
	{"more than we hold", PERF_RECORD_SAMPLE, 1040, RING_RECORD + 1},
};

static void odd_records_are_passed_over(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		struct ring r = ring_make(SIZE - 20);
		write_record(&r, odd[i].type, odd[i].size, odd[i].raw, 3);
		write_record(&r, PERF_RECORD_SAMPLE, 48, 28, 4);
		expect_record(odd[i].name, &r, 4, 28);
		assert_false(ring_peek(&r));
		free(r.map);
	}
}

static const struct {
	const char *name;
	size_t size;     /* as the header says */
	uint64_t beyond; /* by which the head is wrong */
} bad[] = {
	{"a length of none", 0, 0},         {"shorter than its head", 7, 0},
	{"longer than there is", 60000, 0}, {"half a head", 8, (uint64_t)-44},
	{"a head too far", 48, SIZE},       {"a head before", 48, (uint64_t)-SIZE},
};

static void nonsense_ends_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct ring r = ring_make(SIZE * 4 - 20);
		struct perf_event_mmap_page *p = r.map;
		struct perf_event_header h = {PERF_RECORD_SAMPLE, 0, (uint16_t)bad[i].size};
		uint8_t octets[48] = {0};
		memcpy(octets, &h, sizeof h);
		write_octets(&r, octets, sizeof octets);
		p->data_head += bad[i].beyond;
		expect_number(bad[i].name, "waiting", ring_waiting(&r), 0);
		expect_number(bad[i].name, "there", ring_peek(&r), 0);
		expect_number(bad[i].name, "all read", p->data_tail == p->data_head, 1);
		write_record(&r, PERF_RECORD_SAMPLE, 48, 28, 4);
		expect_record(bad[i].name, &r, 4, 28);
		free(r.map);
	}
}

static void an_unused_ring_is_empty(void **state)
{
	struct ring r = {0};
	(void)state;
	assert_false(ring_peek(&r));
	assert_int_equal(ring_waiting(&r), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_come_whole),
		cmocka_unit_test(odd_records_are_passed_over),
		cmocka_unit_test(nonsense_ends_it),
		cmocka_unit_test(an_unused_ring_is_empty),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

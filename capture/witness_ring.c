/* SPDX-License-Identifier: MIT */
#include "capture/witness_ring.h"

#include <linux/perf_event.h>
#include <string.h>
#include <unistd.h>

static void copy_out(const struct ring *r, uint64_t from, void *to, size_t len)
{
	const uint8_t *data = (const uint8_t *)r->map + (size_t)sysconf(_SC_PAGESIZE);
	size_t at = (size_t)(from & (r->size - 1));
	size_t first = len < r->size - at ? len : r->size - at;
	memcpy(to, data + at, first);
	memcpy((uint8_t *)to + first, data, len - first);
}

/* With PERF_SAMPLE_TIME and PERF_SAMPLE_RAW: a time, a length, and a tracepoint's record. One that
 * is longer than any that is known is passed over. */
static void take_sample(struct ring *r, uint64_t at, size_t len)
{
	uint32_t raw;
	if (len < sizeof r->time + sizeof raw)
		return;
	copy_out(r, at, &r->time, sizeof r->time);
	copy_out(r, at + sizeof r->time, &raw, sizeof raw);
	len -= sizeof r->time + sizeof raw;
	if (raw > len || raw > sizeof r->record)
		return;
	copy_out(r, at + sizeof r->time + sizeof raw, r->record, raw);
	r->len = raw;
	r->samples++;
}

/* The header of the next record, whose length is within what there is; false when there is none, or
 * its length makes no sense. */
static bool next_record(const struct ring *r, uint64_t at, uint64_t head,
			struct perf_event_header *h)
{
	if (head - at > r->size || head - at < sizeof *h)
		return false;
	copy_out(r, at, h, sizeof *h);
	return h->size >= sizeof *h && h->size <= head - at;
}

static uint64_t head_of(const struct ring *r)
{
	const struct perf_event_mmap_page *page = r->map;
	return __atomic_load_n(&page->data_head, __ATOMIC_ACQUIRE);
}

bool ring_peek(struct ring *r)
{
	struct perf_event_header h;
	if (r->len || !r->size)
		return r->len != 0;
	struct perf_event_mmap_page *page = r->map;
	uint64_t head = head_of(r), at = page->data_tail;
	while (!r->len && next_record(r, at, head, &h)) {
		if (h.type == PERF_RECORD_SAMPLE)
			take_sample(r, at + sizeof h, h.size - sizeof h);
		at += h.size;
	}
	__atomic_store_n(&page->data_tail, r->len ? at : head, __ATOMIC_RELEASE);
	return r->len != 0;
}

uint64_t ring_waiting(const struct ring *r)
{
	struct perf_event_header h;
	uint64_t count = 0;
	if (!r->size)
		return 0;
	const struct perf_event_mmap_page *page = r->map;
	uint64_t head = head_of(r);
	for (uint64_t at = page->data_tail; next_record(r, at, head, &h); at += h.size)
		count += h.type == PERF_RECORD_SAMPLE;
	return count;
}

struct bytes ring_take(struct ring *r)
{
	struct bytes record = {r->record, r->len};
	r->len = 0;
	return record;
}

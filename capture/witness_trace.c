/* SPDX-License-Identifier: MIT */
#include "capture/witness_trace.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "capture/clock.h"
#include "capture/witness_ring.h"
#include "capture/witness_tracefs.h"

/* As much as kernel.perf_event_mlock_kb lets CAP_PERFMON alone have: some 5,000 records. */
enum { RING_PAGES = 128, STEP_NS = 1000000 };

struct trace {
	struct trace_events events;
	int64_t since; /* CLOCK_REALTIME where CLOCK_MONOTONIC began */
	bool lacks_room;
	size_t cpus;
	struct ring *ring; /* of each kind one for each */
	int *fd;           /* TRACE_EVENTS for each; -1: none */
};

/* The two clocks differ by a constant until somebody sets one of them: the best of some tries is
 * within a tenth of a microsecond. */
static int64_t clock_difference(void)
{
	int64_t best = INT64_MAX, difference = 0;
	for (int i = 0; i < 8; i++) {
		int64_t before = clock_ns(CLOCK_MONOTONIC);
		int64_t real = clock_ns(CLOCK_REALTIME);
		int64_t took = clock_ns(CLOCK_MONOTONIC) - before;
		if (took < best)
			difference = real - before - took / 2;
		best = took < best ? took : best;
	}
	return difference;
}

/* Tracepoints may not use CLOCK_REALTIME: it cannot be read in every context (EINVAL). Nobody is
 * woken by a record, the reader looks when the time has come: on a virtual machine a wake-up, which
 * is an interrupt, cost fifteen microseconds, and a record alone a third of one. */
static int open_event(uint16_t id, int cpu, int first)
{
	struct perf_event_attr a = {
		.type = PERF_TYPE_TRACEPOINT,
		.size = sizeof a,
		.config = id,
		.disabled = 1,
		.sample_period = 1,
		.sample_type = PERF_SAMPLE_TIME | PERF_SAMPLE_RAW,
		.read_format = PERF_FORMAT_GROUP,
		.use_clockid = 1,
		.clockid = CLOCK_MONOTONIC,
		.watermark = 1,
		.wakeup_watermark = UINT32_MAX,
	};
	return (int)syscall(SYS_perf_event_open, &a, -1, cpu, first, PERF_FLAG_FD_CLOEXEC);
}

static enum trace_ring ring_of(enum trace_event which)
{
	return which == EVENT_ARRIVAL ? RING_ARRIVALS : RING_WORDS;
}

static struct ring *ring_at(const struct trace *t, enum trace_ring which, size_t cpu)
{
	return &t->ring[which * t->cpus + cpu];
}

/* The events of a CPU that share a ring: the first one that is there. */
static unsigned first_of(const int *fds, enum trace_ring ring)
{
	unsigned first = ring == RING_ARRIVALS ? EVENT_ARRIVAL : 0;
	while (first < TRACE_EVENTS && fds[first] < 0 && ring_of(first) == ring)
		first++;
	return first < TRACE_EVENTS && ring_of(first) == ring ? first : TRACE_EVENTS;
}

/* The first event of a CPU has the ring, the others write into it; and they are counted together,
 * because asking a CPU interrupts it. */
static bool join_ring(struct ring *r, int fd, int first)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	if (r->size)
		return ioctl(fd, PERF_EVENT_IOC_SET_OUTPUT, first) == 0;
	void *map = mmap(NULL, (RING_PAGES + 1) * page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED)
		return false;
	r->map = map;
	r->size = RING_PAGES * page;
	return true;
}

/* False when it cannot be had on a CPU that is there. */
static bool listen_on(struct trace *t, enum trace_event which, size_t cpu)
{
	char filter[FILTER_TEXT];
	int *fds = t->fd + cpu * TRACE_EVENTS;
	unsigned first = first_of(fds, ring_of(which));
	int leader = first < TRACE_EVENTS ? fds[first] : -1;
	int fd = open_event(t->events.format[which].id, (int)cpu, leader);
	if (fd < 0)
		return errno == ENODEV;
	fds[which] = fd;
	events_filter(&t->events, which, filter);
	if (*filter && ioctl(fd, PERF_EVENT_IOC_SET_FILTER, filter) != 0)
		return false;
	return join_ring(ring_at(t, ring_of(which), cpu), fd, leader) &&
	       ioctl(fd, PERF_EVENT_IOC_ENABLE, 0) == 0;
}

static bool listen_everywhere(struct trace *t, enum trace_event which)
{
	bool all = true;
	for (size_t cpu = 0; cpu < t->cpus && all && t->events.format[which].id; cpu++)
		all = listen_on(t, which, cpu);
	return all;
}

/* Who may not lock so much memory does without their numbers. */
static void do_without(struct trace *t, enum trace_event which)
{
	t->events.format[which].id = 0;
	for (size_t cpu = 0; cpu < t->cpus; cpu++) {
		int *fd = &t->fd[cpu * TRACE_EVENTS + which];
		if (*fd >= 0)
			close(*fd);
		*fd = -1;
	}
}

static bool listen_to_all(struct trace *t)
{
	bool all = true;
	for (unsigned which = 0; which < EVENT_ARRIVAL && all; which++)
		all = listen_everywhere(t, (enum trace_event)which);
	t->lacks_room = all && !listen_everywhere(t, EVENT_ARRIVAL);
	if (t->lacks_room)
		do_without(t, EVENT_ARRIVAL);
	return all;
}

static bool learn_all(struct trace *t)
{
	int events = tracefs_events();
	unsigned known = 0;
	bool barred = false; /* not that there is none */
	if (events < 0)
		return false;
	for (unsigned which = 0; which < TRACE_EVENTS && !barred; which++) {
		errno = 0;
		char *text = tracefs_read(events, events_path((enum trace_event)which), "format");
		barred = !text && errno != ENOENT && errno != EFBIG;
		known += text && events_learn(&t->events, (enum trace_event)which, text);
		free(text);
	}
	int error = barred ? errno : ENOENT;
	close(events);
	errno = error;
	return known > 0 && !barred;
}

static bool make_room(struct trace *t)
{
	long cpus = sysconf(_SC_NPROCESSORS_CONF);
	t->cpus = cpus > 0 ? (size_t)cpus : 1;
	t->ring = calloc(t->cpus * TRACE_RINGS, sizeof *t->ring);
	t->fd = malloc(t->cpus * TRACE_EVENTS * sizeof *t->fd);
	for (size_t i = 0; t->fd && i < t->cpus * TRACE_EVENTS; i++)
		t->fd[i] = -1;
	return t->ring && t->fd;
}

static void explain(int error, char why[static WHY_TEXT])
{
	static const char *const lines[][2] = {
		{"they need root, or CAP_PERFMON and a tracefs that you may read",
		 "Run it with sudo to be told."},
		{"not even root may have them here", "Run it on the host itself to be told."},
		{"too many open files", "After ulimit -n 65536 they are told."},
		{"there are none of TCP in /sys/kernel/tracing",
		 "With CONFIG_EVENT_TRACING, and tracefs mounted there or nowhere, they are told."},
		{NULL, "A kernel with CONFIG_EVENT_TRACING tells them."},
	};
	bool rights = error == EPERM || error == EACCES;
	size_t i = rights ? geteuid() == 0 : error == EMFILE ? 2 : error == ENOENT ? 3 : 4;
	snprintf(why, WHY_TEXT, "%s\n%s", lines[i][0] ? lines[i][0] : strerror(error), lines[i][1]);
}

struct trace *trace_open(char why[static WHY_TEXT])
{
	struct trace *t = calloc(1, sizeof *t);
	if (t && make_room(t) && learn_all(t) && listen_to_all(t)) {
		t->since = clock_difference();
		return t;
	}
	explain(errno, why);
	trace_close(t);
	return NULL;
}

void trace_close(struct trace *t)
{
	size_t mapped = (RING_PAGES + 1) * (size_t)sysconf(_SC_PAGESIZE);
	for (size_t i = 0; t && t->fd && i < t->cpus * TRACE_EVENTS; i++)
		if (t->fd[i] >= 0)
			close(t->fd[i]);
	for (size_t i = 0; t && t->ring && i < t->cpus * TRACE_RINGS; i++)
		if (t->ring[i].size)
			munmap(t->ring[i].map, mapped);
	if (t) {
		free(t->ring);
		free(t->fd);
	}
	free(t);
}

bool trace_has(const struct trace *t, enum trace_event which)
{
	return t && t->events.format[which].id;
}

bool trace_has_reasons(const struct trace *t, enum trace_event which)
{
	return trace_has(t, which) && t->events.format[which].field[FIELD_REASON].size;
}

bool trace_lacks_room(const struct trace *t)
{
	return t && t->lacks_room;
}

static struct ring *oldest(struct trace *t)
{
	struct ring *oldest = NULL;
	for (struct ring *r = t->ring; r < t->ring + t->cpus * TRACE_RINGS; r++)
		if (ring_peek(r) && (!oldest || r->time < oldest->time))
			oldest = r;
	return oldest;
}

/* Somebody has set the clock: records are converted as the capture's times now are. */
static void follow_clock(struct trace *t)
{
	int64_t now = clock_ns(CLOCK_REALTIME) - clock_ns(CLOCK_MONOTONIC);
	if (llabs(now - t->since) > STEP_NS)
		t->since = clock_difference();
}

bool trace_next(struct trace *t, int64_t until, struct testimony *said)
{
	struct ring *r;
	follow_clock(t);
	while ((r = oldest(t)) && r->time + t->since <= until) {
		int64_t time = r->time + t->since;
		if (events_decode(&t->events, ring_take(r), time, said))
			return true;
	}
	return false;
}

static uint64_t counted(const struct trace *t, enum trace_ring which)
{
	uint64_t sum = 0, group[1 + TRACE_EVENTS];
	for (size_t cpu = 0; cpu < t->cpus; cpu++) {
		const int *fds = t->fd + cpu * TRACE_EVENTS;
		unsigned first = first_of(fds, which);
		if (first == TRACE_EVENTS ||
		    read(fds[first], group, sizeof group) < (ssize_t)sizeof group[0])
			continue;
		for (uint64_t i = 1; i <= group[0] && i <= TRACE_EVENTS; i++)
			sum += group[i];
	}
	return sum;
}

/* Every record is counted before it is written. There may be no room for it; and 6.18 was seen to
 * keep back, for a tenth of a second or for good, and not to say so, what interrupted the idle task
 * of one CPU (timers, mostly). */
static uint64_t missing(const struct trace *t, enum trace_ring which)
{
	uint64_t made = counted(t, which), had = 0;
	for (size_t i = 0; i < t->cpus; i++)
		had += ring_at(t, which, i)->samples + ring_waiting(ring_at(t, which, i));
	return made > had ? made - had : 0;
}

/* One that is being written right now is not missing when we look again. */
uint64_t trace_lost(const struct trace *t, enum trace_ring which)
{
	uint64_t first = missing(t, which), second = first ? missing(t, which) : 0;
	return first < second ? first : second;
}

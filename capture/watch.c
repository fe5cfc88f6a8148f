/* SPDX-License-Identifier: MIT */
#include "capture/watch.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "capture/clock.h"

enum {
	BATCH = 256,        /* frames between two looks at the clock and at signals */
	SILENCE_MS = 3000,  /* then we say something */
	MINDING_MS = 1000,  /* between two questions what silence says */
	IDLE_MS = 1000,     /* between two sweeps of the tracker ... */
	SETTLING_MS = 50,   /* ... and while connections wait to be reported as over */
	BLOCK_MS = 200,     /* a frame surely comes within */
	DRAIN_STEP_MS = 10, /* a block of the kernel's buffer takes so long to be handed over */
	DRAIN_QUIET_MS = 100,
};

/* The watch, and what it remembers from one round to the next. */
struct round {
	struct watch *w;
	int64_t began, heard; /* milliseconds: of the clock, when the last frame came */
	int64_t minded;       /* when connections were last asked about their silence */
	int64_t followed;     /* the time of the last frame, since 1970 */
	bool said, full;      /* full: there may be more to read at once */
	enum ending ending;
	int error; /* errno, for the ending */
};

static int64_t now_ms(void)
{
	return clock_ns(CLOCK_MONOTONIC) / 1000000;
}

static void finish(struct round *r, enum ending e)
{
	if (r->ending == GOING_ON || (r->ending == STOPPED && e != STOPPED)) {
		r->ending = e;
		r->error = errno;
	}
}

static void write_out(struct round *r)
{
	struct watch *w = r->w;
	if (w->record && !record_flush(w->record)) {
		finish(r, errno == EPIPE ? UNHEARD : RECORD_FULL);
		record_mend(w->record);
		w->record = NULL;
	}
	if (fflush(w->out) != 0)
		finish(r, errno == EPIPE ? UNHEARD : OUTPUT_FULL);
}

static bool enough(const struct watch *w)
{
	return w->packets && w->flow->totals.frames >= w->packets;
}

/* Returns how many frames there were. */
static unsigned take_batch(struct round *r)
{
	struct watch *w = r->w;
	enum live_status status = LIVE_FRAME;
	struct frame frame;
	unsigned n = 0;
	while (n < BATCH && !enough(w) && (status = live_next(w->live, &frame)) == LIVE_FRAME) {
		if (w->record)
			record_put(w->record, &frame);
		frame.verify = w->hearing->witness; /* the kernel does so, too */
		flow_frame(w->flow, &frame);
		r->followed = frame.time;
		n++;
	}
	if (n)
		write_out(r);
	if (status == LIVE_GONE)
		finish(r, GONE);
	r->full = n == BATCH;
	return n;
}

/* SIGINT a second time meets its default action. */
static void take_signal(struct round *r)
{
	struct signalfd_siginfo info;
	sigset_t second;
	if (read(r->w->signals, &info, sizeof info) != sizeof info)
		return;
	finish(r, STOPPED);
	r->w->outlet->hurry = true;
	if (info.ssi_signo == SIGINT && isatty(STDERR_FILENO))
		putc('\n', stderr); /* behind the terminal's own ^C */
	sigemptyset(&second);
	sigaddset(&second, SIGINT);
	sigprocmask(SIG_UNBLOCK, &second, NULL);
}

static void mind_silence(struct round *r, int64_t now)
{
	if (r->said || !r->w->silence || now - r->heard < SILENCE_MS)
		return;
	fprintf(stderr, "synfin: %s\n", r->w->silence);
	r->said = true;
}

static void mind_limits(struct round *r, int64_t now)
{
	const struct watch *w = r->w;
	bool late = w->milliseconds && (uint64_t)(now - r->began) >= w->milliseconds;
	if (late || enough(w) || (w->connections && w->finished->count >= w->connections))
		finish(r, STOPPED);
}

static int least(int64_t a, int64_t b)
{
	return (int)(a < b ? a : b);
}

/* Milliseconds until something is due even if no frame comes. */
static int patience(const struct round *r)
{
	const struct watch *w = r->w;
	int64_t now = now_ms();
	int ms = w->flow->tracker.table.queue[OVER].count ? SETTLING_MS : IDLE_MS;
	if (r->full)
		return 0;
	if (w->silence && !r->said)
		ms = least(ms, r->heard + SILENCE_MS - now);
	if (w->milliseconds)
		ms = least(ms, r->began + (int64_t)w->milliseconds - now);
	return ms > 0 ? ms : 0;
}

/* Once in a while: what the silence says. */
static void mind_time(struct round *r, int64_t now)
{
	struct tracker *t = &r->w->flow->tracker;
	if (now - r->minded < MINDING_MS)
		return;
	r->minded = now;
	tracker_silence(t, clock_ns(CLOCK_REALTIME));
	write_out(r);
}

/* By when all frames have come, after those that were there at `began`. They come in blocks, at
 * times late: who has read as many as the kernel has counted knows. */
static int64_t followed(const struct round *r, int64_t began)
{
	int64_t surely = began - BLOCK_MS * INT64_C(1000000);
	if (r->full || !r->w->hearing->witness)
		return r->followed;
	if (live_level(r->w->live))
		return began;
	return r->followed > surely ? r->followed : surely;
}

static void play_round(struct round *r)
{
	struct watch *w = r->w;
	struct pollfd fds[] = {
		{.fd = live_fd(w->live), .events = POLLIN},
		{.fd = w->signals, .events = POLLIN},
		{.fd = STDOUT_FILENO}, /* POLLERR when its reader is gone */
		{.fd = hearing_fd(w->hearing), .events = POLLIN},
	};
	poll(fds, 4, patience(r));
	int64_t began = clock_ns(CLOCK_REALTIME);
	unsigned n = take_batch(r);
	if (w->hearing->witness)
		hearing_missed(w->hearing, live_dropped(w->live));
	hearing_turn(w->hearing, followed(r, began));
	int64_t now = now_ms();
	if (n) {
		r->heard = now;
		r->said = false;
	} else {
		tracker_dropped(&w->flow->tracker,
				live_dropped(w->live)); /* before ends are told */
		tracker_sweep(&w->flow->tracker, clock_ns(CLOCK_REALTIME));
		write_out(r);
	}
	mind_silence(r, now);
	mind_time(r, now);
	mind_limits(r, now);
	if (fds[1].revents)
		take_signal(r);
	if (fds[2].revents & (POLLERR | POLLHUP))
		finish(r, UNHEARD);
}

/* Read what came before the end: all that was counted, or until nothing more comes. */
static void drain(struct round *r)
{
	struct pollfd fd = {.fd = live_fd(r->w->live), .events = POLLIN};
	live_shut(r->w->live);
	int64_t heard = now_ms();
	while (!enough(r->w) && !live_drained(r->w->live) && now_ms() - heard < DRAIN_QUIET_MS) {
		poll(&fd, 1, DRAIN_STEP_MS);
		if (take_batch(r))
			heard = now_ms();
		if (r->ending == GONE)
			return;
	}
}

enum ending watch_run(struct watch *w)
{
	int64_t now = now_ms();
	struct round r = {.w = w, .began = now, .heard = now};
	while (r.ending == GOING_ON)
		play_round(&r);
	int64_t until = clock_ns(CLOCK_REALTIME);
	if (r.ending != GONE)
		drain(&r);
	hearing_missed(w->hearing, live_dropped(w->live));
	hearing_stop(w->hearing, enough(w) || r.ending == GONE ? r.followed : until);
	hearing_wait(w->hearing);
	errno = r.error;
	return r.ending;
}

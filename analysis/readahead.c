/* SPDX-License-Identifier: MIT */
#include "analysis/readahead.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS = 4, FRAMES = 2048, OCTETS = 1 << 19 };

/* Frames handed over together, so that the lock costs nothing. */
struct block {
	struct frame frame[FRAMES];
	size_t frames, used;
	uint8_t octets[OCTETS];
};

/* A ring: blocks from taken up to filled are the caller's, the others the thread's. */
struct readahead {
	struct savefile *savefile;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t filled, taken; /* blocks so far */
	bool ended, stopped;  /* by the thread: no more frames; by the caller: no more wanted */
	struct frame carry;   /* the thread's: it did not fit into the last block */
	bool carries;
	size_t at; /* the caller's: the next frame of its block */
	struct block block[BLOCKS];
};

static bool put(struct block *b, const struct frame *f)
{
	uint32_t captured = f->captured < OCTETS ? f->captured : OCTETS;
	if (b->frames == FRAMES || captured > OCTETS - b->used)
		return false;
	b->frame[b->frames] = *f;
	b->frame[b->frames].captured = captured;
	b->frame[b->frames++].at = memcpy(b->octets + b->used, f->at, captured);
	b->used += captured;
	return true;
}

/* False when the files have ended; what was read until then is in the block. */
static bool fill(struct readahead *r, struct block *b)
{
	b->frames = b->used = 0;
	for (;;) {
		if (!r->carries && !savefile_next(r->savefile, &r->carry))
			return false;
		r->carries = !put(b, &r->carry);
		if (r->carries)
			return true;
	}
}

static bool wait_for_room(struct readahead *r)
{
	pthread_mutex_lock(&r->lock);
	while (r->filled - r->taken == BLOCKS && !r->stopped)
		pthread_cond_wait(&r->changed, &r->lock);
	bool go_on = !r->stopped;
	pthread_mutex_unlock(&r->lock);
	return go_on;
}

static void *read_all(void *argument)
{
	struct readahead *r = argument;
	bool more = true;
	while (more && wait_for_room(r)) {
		more = fill(r, &r->block[r->filled % BLOCKS]);
		pthread_mutex_lock(&r->lock);
		r->filled++;
		r->ended = !more;
		pthread_cond_signal(&r->changed);
		pthread_mutex_unlock(&r->lock);
	}
	return NULL;
}

/* Signals are for the caller's thread. */
static bool start(struct readahead *r)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	bool started = pthread_create(&r->thread, NULL, read_all, r) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return started;
}

struct readahead *readahead_new(struct savefile *s)
{
	struct readahead *r = malloc(sizeof *r);
	if (!r)
		return NULL;
	memset(r, 0, offsetof(struct readahead, block));
	r->savefile = s;
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->changed, NULL);
	if (start(r))
		return r;
	free(r);
	return NULL;
}

/* Give the block that is finished back, and wait for the next one; false at the end. */
static bool next_block(struct readahead *r, bool finished)
{
	pthread_mutex_lock(&r->lock);
	r->taken += finished;
	pthread_cond_signal(&r->changed);
	while (r->filled == r->taken && !r->ended)
		pthread_cond_wait(&r->changed, &r->lock);
	bool have = r->filled != r->taken;
	pthread_mutex_unlock(&r->lock);
	r->at = 0;
	return have;
}

bool readahead_next(struct readahead *r, struct frame *f)
{
	const struct block *b = &r->block[r->taken % BLOCKS];
	if (r->at == 0 && !next_block(r, false))
		return false;
	while (r->at == b->frames) {
		if (!next_block(r, true))
			return false;
		b = &r->block[r->taken % BLOCKS];
	}
	*f = b->frame[r->at++];
	return true;
}

void readahead_end(struct readahead *r)
{
	pthread_mutex_lock(&r->lock);
	r->stopped = true;
	pthread_cond_signal(&r->changed);
	pthread_mutex_unlock(&r->lock);
	pthread_join(r->thread, NULL);
	pthread_cond_destroy(&r->changed);
	pthread_mutex_destroy(&r->lock);
	free(r);
}

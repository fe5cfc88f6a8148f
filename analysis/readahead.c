/* SPDX-License-Identifier: MIT */
#include "analysis/readahead.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum {
	BLOCKS = 16, /* so many that the one need not wait when the other has much to do */
	PACKETS = 2048,
	TCP_OPTIONS = 40,   /* all that a header can hold */
	KEPT_PAYLOAD = 256, /* of a RST */
};

/* Packets handed over together, so that the lock costs nothing. */
struct block {
	struct decoded decoded[PACKETS];
	size_t count, used;
	uint8_t octets[PACKETS * TCP_OPTIONS + KEPT_PAYLOAD]; /* what the packets point to */
};

/* A ring: blocks from taken up to filled are the caller's, the others the thread's. */
struct readahead {
	struct savefile *savefile;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t filled, taken; /* blocks so far */
	bool ended, stopped;  /* by the thread: no more frames; by the caller: no more wanted */
	size_t at;            /* the caller's: the next packet of its block */
	struct block block[BLOCKS];
};

static void keep(struct block *b, struct bytes *octets)
{
	octets->at = memcpy(b->octets + b->used, octets->at, octets->len);
	b->used += octets->len;
}

/* The frame dies with the next one: what the packet points to is copied. */
static void keep_octets(struct block *b, struct packet *p)
{
	if (p->options.len)
		keep(b, &p->options);
	bool told = p->kind == PACKET_TCP && p->seg.flags & RST;
	p->payload.len = !told ? 0 : p->payload.len < KEPT_PAYLOAD ? p->payload.len : KEPT_PAYLOAD;
	if (p->payload.len)
		keep(b, &p->payload);
}

/* False when the files have ended; what was read until then is in the block. A block ends where the
 * octets of one more packet might not fit. */
static bool fill(struct savefile *s, struct block *b)
{
	struct frame f;
	b->count = b->used = 0;
	while (b->count < PACKETS && sizeof b->octets - b->used >= TCP_OPTIONS + KEPT_PAYLOAD) {
		if (!savefile_next(s, &f))
			return false;
		struct decoded *d = &b->decoded[b->count++];
		d->status = packet_parse(&f, &d->packet);
		if (d->status == PARSE_OK)
			keep_octets(b, &d->packet);
	}
	return true;
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
		more = fill(r->savefile, &r->block[r->filled % BLOCKS]);
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

const struct decoded *readahead_next(struct readahead *r)
{
	const struct block *b = &r->block[r->taken % BLOCKS];
	if (r->at == 0 && !next_block(r, false))
		return NULL;
	while (r->at == b->count) {
		if (!next_block(r, true))
			return NULL;
		b = &r->block[r->taken % BLOCKS];
	}
	return &b->decoded[r->at++];
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

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_PLAY_H
#define SYNFIN_PLAY_H

#include "inject/order.h"
#include "inject/scene.h"
#include "inject/shield.h"

/* One end at play in a scene. */
struct play {
	struct scene *scene;
	struct shield shield;
	struct tcp tcp;
	uint64_t heard;    /* octets, in order */
	unsigned segments; /* of both ends */
	int64_t moved;     /* when the last of them was sent or heard */
	uint32_t been;     /* a bit for each enum tcp_state it has been in */
	bool told_first;   /* ... and the other end closed before it did */
};

/* A closed end, as ordered: its first number, options, window, manner. */
void play_dress(struct tcp *t, const struct order *o, const struct endpoint *local);

/* Choose our end's address and port (set.sport, or a free one), raise the shield over it, and make
 * it a closed end with set.isn, or a random number. False with a sentence. */
bool play_begin(struct play *p, struct scene *s, const struct order *o, const struct endpoint *at,
		char why[static WHY_TEXT]);
void play_end(struct play *p);

/* Send what is due, then hear one segment and take it in. `got` may be NULL; its octets live until
 * the next call. */
enum heard play_turn(struct play *p, int64_t until, struct bytes *got);

/* Take in a segment that came for this end. */
struct bytes play_hears(struct play *p, const struct packet *packet);

/* Send all that is due. False: the scene has ended. */
bool play_sends(struct play *p);

/* Turns until the end is in one of these states (a bit each), is reset or gets no answer, or
 * nothing has happened for so many milliseconds. Returns whether it is in one of them. */
bool play_until(struct play *p, uint32_t states, int64_t ms);

static inline uint32_t state_bit(enum tcp_state s)
{
	return UINT32_C(1) << s;
}

/* So many milliseconds from now, of the clock that scenes use. */
int64_t in_ms(int64_t ms);

/* A random first number (RFC 6528 only asks that nobody can guess it). */
struct seq random_isn(void);

#endif

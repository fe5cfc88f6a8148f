/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TESTS_PLAYED_H
#define SYNFIN_TESTS_PLAYED_H

#include "analysis/decode/text.h"
#include "inject/inbox.h"
#include "inject/tell.h"
#include "tests/unit/rows.h"

enum { TRACE = 2000, TURNS = 2000, SECOND = 1000000000 };

/* Two ends, the segments between them, and a clock that moves only when nothing else does. */
struct world {
	struct tcp end[2];
	struct inbox wire;
	bool closes[2]; /* as soon as it has heard a FIN */
	struct octets said[2], heard[2];
	int64_t now;
	unsigned sent, lost;                /* the lost-th is */
	char trace[TRACE], told[4 * TRACE]; /* what was sent, in short; why, a line each */
	struct text to, why;
};

/* "SA" */
void played_flags(struct text *to, uint16_t flags);

/* Two closed ends, with the ports 0 and 1. */
struct world *world_new(uint32_t left, uint32_t right);
void world_free(struct world *w);

/* Acts, each a letter, an end, a number: l listens, c connects, d says, f closes, a aborts, e
 * closes when the other has, w offers a window; m, p, x are manners; . runs, ~ waits, !=n loses the
 * n-th segment. */
void world_play(struct world *w, const char *script);

/* Until nothing is on the wire; with time, until nothing will be. */
void world_run(struct world *w, bool with_time);

/* To the next timer; false when there is none, or not soon. */
bool world_wait(struct world *w);

/* Add ">SA" or "<PA5" to what has been sent. */
void world_trace(struct world *w, const struct packet *p);

/* The end with p's port hears it. */
void world_hear(struct world *w, const struct packet *p);

const char *world_state(const struct world *w, unsigned end);

/* The end has heard what the other has said. */
void expect_heard(const char *row, const struct world *w, unsigned end);

/* First numbers of both: ordinary ones, and so that they go through zero. */
static const uint32_t first_numbers[3][2] = {{100, 300}, {0xfffffff0, 0xffffffff}, {0x7ffffffe, 0}};

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_STORY_H
#define SYNFIN_STORY_H

#include "analysis/decode/text.h"
#include "analysis/views/number.h"

enum { STORY_TEXT = 2048, FINDINGS = 64 };

/* What a story remembers of its connection. Times are 0 while there is none. */
struct story {
	int64_t third_at; /* the segment that completed the handshake */
	int64_t data_from, data_to;
	int64_t waits_from[2];
	uint32_t segments[2];        /* with data, of each end; copies aside */
	unsigned findings, troubles; /* troubles: those that are no mere info */
	struct diagnosis found[FINDINGS];
};

/* Remember what an event tells. */
void story_event(struct drawing *d, const struct connection *c, const struct event *e);
void story_diagnosed(struct drawing *d, const struct connection *c, const struct event *e);

/* Add to a paragraph, as printf does. */
void say(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Between sentences: a space, but not at the beginning of a paragraph. */
void say_space(struct text *t);

/* "2026-11-20 at 10:15:03.001200 UTC"; "10:15:03". */
void say_date(struct text *t, int64_t time);
void say_clock(struct text *t, int64_t time);

/* The infos of a phase, as sentences, but those that the story tells itself. */
void say_found(struct text *t, const struct story *s, const struct connection *c, enum phase phase);

/* A warning or an error with its evidence and what to do; false for an info. */
bool say_trouble(struct text *t, const struct connection *c, const struct diagnosis *d);

/* The SYN was answered with a RST. */
bool ending_is_refusal(const struct connection *c);

#endif

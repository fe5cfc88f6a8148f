/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_RULES_H
#define SYNFIN_RULES_H

#include <stdio.h>

#include "analysis/model/exam.h"

typedef void rule_fn(struct exam *x);

struct rule {
	unsigned watches; /* enum watch */
	rule_fn *look;
};

/* The rules of each phase, in the order in which they look, and what any of them watches; {0} ends
 * both. */
struct rulebook {
	const struct rule *rules;
	unsigned watches;
};

extern const struct rulebook rulebooks[];
extern const struct rule rules_artefact[], rules_opening[], rules_answers[], rules_options[],
	rules_established[], rules_closing[], rules_reset[], rules_verdict[], rules_time_wait[],
	rules_rst_notes[], rules_close[];

/* The handshake is complete as far as we know, but its server has not said so yet. */
bool rules_handshake_unconfirmed(const struct connection *c);

/* Before the rules look at a segment that is no copy: note what they will want to know later. */
void take_notes(struct exam *x);

/* A bare RST right behind a segment of the other end, with the number of its ACK: it may be the
 * answer of an end that has no connection (RFC 9293 3.10.7.1). */
bool rst_may_answer(const struct exam *x);

/* Tell a diagnosis about an end (or NOBODY), once in a connection's life; what is filled in
 * afterwards belongs to it. */
struct diagnosis *tell(struct exam *x, enum diagnosis_id id, int end);

/* Take it back: what has been told is in the past, but the connection keeps no word of it. */
void untell(struct exam *x, enum diagnosis_id id, int end);

/* The same, but each time; for what each RST deserves. Bounded. */
struct diagnosis *tell_each(struct exam *x, enum diagnosis_id id, int end);

/* Segment n proves it; 0 is no segment. */
void cite(struct diagnosis *d, uint32_t n);

/* What {d} stands for: both texts, one after the other. */
void detail(struct diagnosis *d, const char *a, const char *b);

bool told(const struct exam *x, enum diagnosis_id id, int end);
bool told_any(const struct exam *x, enum diagnosis_id id);

/* The correction of that kind among the segment's events, or NULL. */
const struct event *corrected(const struct exam *x, enum correction kind);

#endif

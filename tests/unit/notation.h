/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TESTS_NOTATION_H
#define SYNFIN_TESTS_NOTATION_H

#include "analysis/model/tracker.h"

/* Segments in the notation of RFC 9293's figures, as packets of 10.0.0.1:40000 (left) and
 * 10.0.0.2:80 (right), a millisecond apart. */
struct wire {
	struct endpoint left, right;
	struct packet packet; /* the last one */
};

struct wire wire_new(void);

/* Parse "--> <SEQ=100><ACK=301><CTL=ACK><DATA>" (ten octets) or "<-- ...<DATA=7>", with or without
 * number, states and notes around it, into w->packet. False where there is no segment. */
bool wire_row(struct wire *w, const char *row);

/* Give each row of text to the tracker. */
void wire_play(struct wire *w, const char *text, struct tracker *t);

/* Give each row of text to one connection, begun with the first; returns the events of the last. */
struct events wire_observe(struct wire *w, const char *text, struct connection *c);

#endif

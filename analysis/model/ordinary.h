/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ORDINARY_H
#define SYNFIN_ORDINARY_H

#include "analysis/model/connection.h"

/* The common case, spelled out: data and acknowledgements in order, between two established ends
 * about which nothing is in doubt. It does exactly what the whole way does, in a fifth of the
 * time; what it is not sure of, it leaves to that. */

/* Whether the connection, as it stands, can have ordinary segments. */
bool ordinary_connection(const struct connection *c);

/* If the segment is ordinary: follow it, write its event (but for n, time and frame) and return
 * true. c->ordinary holds. */
bool ordinary_segment(struct connection *c, int from, const struct segment *s, struct event *e);

#endif

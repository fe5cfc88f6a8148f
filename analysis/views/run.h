/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_RUN_H
#define SYNFIN_RUN_H

#include "analysis/model/tracker.h"
#include "analysis/views/view.h"

/* A view fed by a tracker: it keeps the events of connections for views that want them whole, and
 * holds finished text back until its turn, in order of id, has come. */
struct run;

/* Start drawing to out. `only`, when not 0, is the id of the one connection to draw, `segment` the
 * one segment of it (0: all). NULL when memory is short. */
struct run *run_new(const struct view *v, FILE *out, struct look look);
void run_only(struct run *r, uint32_t id, uint32_t segment);
void run_begin(struct run *r, const struct source *s);

/* For tracker_init: sends events and endings to the run. */
struct sink run_sink(struct run *r);

/* A datagram or an ICMP message, beside TCP; `about`: the connection that it quotes, or NULL. */
void run_aside(struct run *r, const struct packet *p, const struct connection *about);

/* Whether the view wants packets, and one for it, of any kind; `t` is asked for its connection. */
bool run_takes_packets(const struct run *r);
void run_packet(struct run *r, const struct packet *p, struct tracker *t);

/* Connections that have ended so far. */
uint32_t run_ended(const struct run *r);

/* Whether any event has been given to the view: what run_only names was there. */
bool run_drawn(const struct run *r);

/* Draw what is left and free. */
void run_end(struct run *r, const struct totals *t);

#endif

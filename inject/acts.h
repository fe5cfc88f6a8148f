/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ACTS_H
#define SYNFIN_ACTS_H

#include "inject/play.h"

/* The rows of the table in inject.c; each returns the exit code, after having said why. */
int act_segment(struct order *o);
int act_session(struct order *o);
int act_listen(struct order *o);
int act_into(struct order *o);
int act_adopt(struct order *o);
int act_run(struct order *o);
int act_list(struct order *o);

/* Say a sentence of failure; returns EXIT_FAILED. */
int act_refuse(const char *why);

/* Move into a namespace of our own, if so ordered. False with a sentence. */
bool act_isolate(const struct order *o, char why[static WHY_TEXT]);

/* What an order wishes of a scene. */
struct scene_wish act_wish(const struct order *o);

/* For acts that play a client: with the kernel's server, if one is ordered, our end and the scene
 * set up, call `play`, whose exit code it returns unless something went wrong. */
int act_play(struct order *o,
	     int (*play)(struct play *p, const struct order *o, const struct endpoint *to));

#endif

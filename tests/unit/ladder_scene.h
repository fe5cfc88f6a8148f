/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TESTS_LADDER_SCENE_H
#define SYNFIN_TESTS_LADDER_SCENE_H

#include "analysis/views/view.h"

/* A segment of a scene. `pair` tells connections apart, by the client's port. */
struct step {
	int pair;
	bool from_server;
	unsigned flags;
	uint32_t seq, ack, len;
	int64_t us;
};

/* Two ends and what they send. */
struct scene {
	const char *name;
	const struct step *step; /* the last one has no time: us is -1 */
	bool ipv6;               /* with addresses of the greatest length */
};

/* The ladder of a scene, through a tracker and a run. The caller frees it. */
char *scene_ladder(const struct scene *s, struct look look);

/* The same, with diagnoses. */
char *scene_ladder_named(const struct scene *s, struct look look);

/* The same, without diagnoses; what the client sends is crafted. */
char *scene_ladder_crafted(const struct scene *s, struct look look);

/* The packet of one step. */
struct packet scene_packet(const struct scene *s, const struct step *step);

/* The connection of interface.md's example: four segments close it, five octets each way. */
extern const struct step scene_example[];

#endif

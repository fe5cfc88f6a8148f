/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_EXAMPLE_H
#define SYNFIN_EXAMPLE_H

#include "analysis/explain/topic.h"
#include "analysis/views/view.h"

/* What a topic's figure shows, worked out by the rules themselves. */
struct example {
	const char *figure;
	enum diagnosis_id wanted; /* DIAGNOSES: none */
	bool good;                /* the figure could be read, and shows what is wanted */
	uint32_t id;              /* of the connection that shows it */
	uint32_t connections;
	char sentence[DIAGNOSIS_TEXT]; /* about it */
	uint64_t others[2];            /* what else is named of that connection, a bit each */
};

/* The diagnosis of that name; DIAGNOSES: there is none. */
enum diagnosis_id diagnosis_named(const char *name);

struct example example_of(const struct topic *t);

/* Draw the connection of a good example: of the diagnoses only the wanted one. False when memory is
 * short. */
bool example_draw(const struct example *e, const struct view *v, FILE *out, struct look look);

#endif

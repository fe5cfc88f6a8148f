/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ACTORS_H
#define SYNFIN_ACTORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where a case is played, and what it says when it fails. */
struct stage {
	bool six;             /* on ::1 instead of 127.0.0.1 */
	bool isolated;        /* in a namespace of our own: lo and its sysctls may be changed */
	uint16_t server_port; /* 0 is any */
	uint16_t client_port; /* 0 is any; with more than one client only the first takes it */
	uint64_t seed;        /* of the crowd; 0: the usual one */
	char why[200];        /* the sentence of a failed step */
};

/* One way for two kernel sockets of this process to open, talk and close. */
struct actor_case {
	const char *name;
	const char *shows;
	/* Play it to its end, which takes a few seconds at most. True when the kernel did what the
	 * name says; otherwise false, and stage->why says what went another way. */
	bool (*play)(struct stage *);
	bool isolated; /* needs stage->isolated */
};

/* The i-th case, or NULL after the last. */
const struct actor_case *actor_case_at(size_t i);

/* The case of that name, or NULL. */
const struct actor_case *actor_case_find(const char *name);

/* Play a case after checking that the stage offers what it needs; as actor_case.play. */
bool actor_case_play(const struct actor_case *c, struct stage *st);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_LOOK_H
#define SYNFIN_LOOK_H

#include <argp.h>

#include "analysis/environment.h"
#include "analysis/views/view.h"

/* What the options that every drawing command shares have chosen. */
struct look_choice {
	const struct view *view; /* NULL: not chosen */
	struct look look;
	const struct environment *environment;
	int quiet, verbose;
	bool takes_number, has_number; /* --seq may be a number: of a segment, in `number` */
	uint32_t number;
};

/* The options --as, --seq, --time, --style, --width, --color, --no-checksums, -q, -v, as an argp
 * child; its input is a struct look_choice, set up by look_init. */
extern const struct argp look_argp;

void look_init(struct look_choice *l, const struct environment *e);

/* The index of option `what`'s argument among the names, which end with NULL; argp's misuse when it
 * is none of them. */
int look_choose(struct argp_state *state, const char *what, const char *arg,
		const char *const *names);

/* The name nearest to `word`, or NULL when none is near. `names` ends with NULL. */
const char *did_you_mean(const char *word, size_t len, const char *const *names);

#endif

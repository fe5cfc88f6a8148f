/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_VIEWS_WITNESS_H
#define SYNFIN_VIEWS_WITNESS_H

#include "analysis/views/number.h"

/* "agreed", "by-design", ... */
const char *agreement_name(enum agreement a);

/* A sentence on e->word, or "" where nothing is to be said because both say the same; `n` is what
 * its segment is called, "#4". Returns text. */
const char *word_print(const struct connection *c, const struct event *e, const char *n,
		       char text[static DIAGNOSIS_TEXT]);

#endif

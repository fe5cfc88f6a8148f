/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_EXPLAIN_PAGE_H
#define SYNFIN_EXPLAIN_PAGE_H

#include "analysis/explain/topic.h"
#include "analysis/views/view.h"

/* The page of a topic, its figure drawn by the view. False when that could not be drawn. */
bool page_print(FILE *out, const struct topic *t, const struct view *v, struct look look);

/* All topics, by chapter, with their titles; or their bare names. */
void contents_print(FILE *out, struct look look);
void contents_list(FILE *out);

/* Where state `name` leads to and what leads there, by Figure 5; nothing for other names. */
void arrows_print(FILE *out, const char *name, const struct look *look);

#endif

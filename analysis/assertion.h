/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ASSERTION_H
#define SYNFIN_ASSERTION_H

#include "analysis/environment.h"
#include "analysis/model/tracker.h"
#include "analysis/views/view.h"

/* Expressions that must be true of every connection. It stands between the tracker and a run, and
 * prints the connections of which one of them is not true, as rows of the list. */
struct assertion;

/* Compile the expressions, which stay the caller's. NULL on failure: then `why` says what is wrong
 * and, on its last line, what to do. */
struct assertion *assertion_new(char *const *expression, size_t count, char why[static WHY_TEXT]);

/* Where the tracker is to report; what it says is passed on to `next`. Only connection `id` is
 * asked about (0: all). Rows go to `rows`, or nowhere when that is NULL. */
struct sink assertion_begin(struct assertion *a, struct sink next, uint32_t id,
			    struct drawing rows);

/* All connections have ended: print, and flush, the rows that still wait. */
void assertion_end(struct assertion *a);

/* How many connections it was asked about so far. */
uint64_t assertion_asked(const struct assertion *a);

/* Whether every expression was true of every connection, and there was one. If not, a sentence on
 * standard error for each that was not, unless `quiet`. */
bool assertion_report(const struct assertion *a, bool quiet);

void assertion_free(struct assertion *a);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_EXPLAIN_FILE_H
#define SYNFIN_EXPLAIN_FILE_H

#include "analysis/explain_options.h"

/* Tell the story of a connection of the file r->word. Returns the exit code. */
int explain_file(const struct explain_request *r);

#endif

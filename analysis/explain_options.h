/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_EXPLAIN_OPTIONS_H
#define SYNFIN_EXPLAIN_OPTIONS_H

#include "analysis/look.h"

/* What `synfin explain` was asked for. */
struct explain_request {
	char *word;  /* a name or a file; NULL: the contents */
	uint32_t id; /* of a connection of the file; 0: the only one */
	bool list;
	struct look_choice look;
};

/* Parse the command line, or say what is wrong with it and exit. */
void explain_options_parse(struct explain_request *r, int argc, char **argv,
			   const struct environment *e);

#endif

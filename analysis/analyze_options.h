/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ANALYZE_OPTIONS_H
#define SYNFIN_ANALYZE_OPTIONS_H

#include "analysis/look.h"

/* Arguments, in the order in which they came. */
struct words {
	char **at;
	size_t count;
};

/* What the command line asks for. */
struct analyze_request {
	struct look_choice look;
	struct words files, assertions;
	const char *filter, *output;
	uint32_t id, segment;
	uint64_t frames; /* stop after so many; 0: never */
	uint16_t port;
};

/* Parse the command line; misuse ends the process, as argp does it. Free it with
 * analyze_options_free. */
void analyze_options_parse(struct analyze_request *r, int argc, char **argv,
			   const struct environment *e);
void analyze_options_free(struct analyze_request *r);

#endif

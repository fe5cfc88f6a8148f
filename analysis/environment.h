/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ENVIRONMENT_H
#define SYNFIN_ENVIRONMENT_H

#include <stdbool.h>
#include <stdint.h>

/* What a command is told about the world, so that analysis/ need not ask: only main() reads the
 * environment, the terminal and the random source. */
struct environment {
	int columns;      /* of the terminal on standard output; 80 without one */
	bool terminal;    /* standard output is one */
	bool no_color;    /* NO_COLOR is set, or TERM is dumb */
	uint64_t seed[2]; /* for the flow table's hash */
};

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_MISUSE = 2, EXIT_FALSE = 3 };

enum { WHY_TEXT = 1024 };

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_COUNT_H
#define SYNFIN_COUNT_H

#include <argp.h>
#include <stdbool.h>
#include <stdint.h>

/* Read the decimal digits at *at and move behind them. False when there is none, or when they say
 * more than `most`. */
bool count_read(const char **at, uint64_t most, uint64_t *n);

/* The whole number that is the argument of option `what`; argp's misuse when it is none, or not
 * from `least` to `most`. */
uint64_t count_argument(struct argp_state *state, const char *what, const char *arg, uint64_t least,
			uint64_t most);

#endif

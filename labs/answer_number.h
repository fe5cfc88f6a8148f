/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_LABS_ANSWER_NUMBER_H
#define SYNFIN_LABS_ANSWER_NUMBER_H

#include "labs/answer.h"

/* Read digits at *at, which moves behind them; hexadecimal ones behind 0x. False: there are none,
 * or the number is 2^64 or more. */
bool read_digits(const char **at, uint64_t *n);

/* Read a sum of numbers, x and y, modulo 2^32. Decimal digits may stand in groups of three, with
 * one of , _ ' or a blank between them: "4,294,967,295". False: it is none. */
bool read_number(const char *text, struct symbols s, uint32_t *n);

#endif

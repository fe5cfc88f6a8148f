/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_OUTPUT_H
#define SYNFIN_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Where the option -o says; NULL or "-" is standard output. NULL on failure, and never a file that
 * is one of the inputs; then a message has been printed. */
FILE *output_open(const char *name, char *const *inputs, size_t count);

/* False, with a message, when not all of it could be written. */
bool output_close(const char *name, FILE *out);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_MISSPELT_H
#define SYNFIN_MISSPELT_H

#include <argp.h>

/* Look through the command line for a long option that there is not, and end as argp ends on
 * misuse, with the name that was meant if there is one near. For ARGP_KEY_INIT: argp's own message
 * knows no names. */
void misspelt_reject(struct argp_state *state);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_RECORD_OPTION_H
#define SYNFIN_RECORD_OPTION_H

#include <argp.h>
#include <stdbool.h>

/* Whether the argument of -w (NULL: not given) takes standard output for itself, so that nothing
 * can be drawn there. argp's misuse when it cannot have it: `drawn` says that a view was asked for.
 */
bool record_takes_stdout(struct argp_state *state, const char *name, bool drawn);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_INTERFACES_H
#define SYNFIN_INTERFACES_H

#include <stdio.h>

#include "analysis/environment.h"

/* True when there is an interface of that name ("any" always is one). Otherwise `why` says that
 * there is none, which there are, and on its last line which one may have been meant. */
bool interfaces_have(const char *name, char why[static WHY_TEXT]);

/* One line for each: name, up or down, addresses. False when the kernel does not tell. */
bool interfaces_list(FILE *out);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_WITNESS_TRACEFS_H
#define SYNFIN_WITNESS_TRACEFS_H

#include <stddef.h>

/* The events/ directory of tracefs, to be closed; -1 and errno when it cannot be had. Where nobody
 * has mounted it, it is a mount of our own that is attached nowhere: no path leads to it, no other
 * process sees it, and it is gone with the descriptor. */
int tracefs_events(void);

/* Read the file "PATH/NAME" in there as a string, which the caller frees; NULL and errno when there
 * is none, or it is longer than any that is known. */
char *tracefs_read(int events, const char *path, const char *name);

#endif

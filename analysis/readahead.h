/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_READAHEAD_H
#define SYNFIN_READAHEAD_H

#include "analysis/savefile.h"

/* A thread that reads the files while the caller follows the frames: reading costs as much as all
 * the rest. The frames are the same, in the same order, and live until the next call. */
struct readahead;

/* Read s ahead; until readahead_end it belongs to the thread. NULL where that cannot be: then read
 * s itself. */
struct readahead *readahead_new(struct savefile *s);

/* The next frame, as savefile_next. */
bool readahead_next(struct readahead *r, struct frame *f);

/* Stop, at whatever frame, and give s back. */
void readahead_end(struct readahead *r);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_READAHEAD_H
#define SYNFIN_READAHEAD_H

#include "analysis/savefile.h"

/* A thread that reads and decodes the files while the caller follows the packets: the one costs as
 * much as the other. */
struct readahead;

/* Read s ahead; until readahead_end it belongs to the thread. NULL where that cannot be: then read
 * s itself. */
struct readahead *readahead_new(struct savefile *s);

/* The next frame, decoded; NULL at the end of all files. It lives until the next call. Payload is
 * handed over only where somebody may look at it: that of a RST (RFC 9293 3.5.2). */
const struct decoded *readahead_next(struct readahead *r);

/* Stop, at whatever frame, and give s back. */
void readahead_end(struct readahead *r);

#endif

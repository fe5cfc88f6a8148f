/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_COPY_H
#define SYNFIN_COPY_H

#include "analysis/model/connection.h"

/* The number of the segment that this packet, just counted, is a copy of: the same octets within a
 * millisecond, with an IP ID that says so or no packet of the other end in between. 0: of none;
 * then the packet is remembered. */
uint32_t copy_of(struct connection *c, int from, const struct packet *p);

/* Remember a packet that is known to be no copy. */
void copy_note(struct connection *c, int from, const struct packet *p);

#endif

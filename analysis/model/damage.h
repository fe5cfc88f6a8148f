/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_DAMAGE_H
#define SYNFIN_DAMAGE_H

#include "analysis/model/connection.h"

/* The packet has a wrong checksum, though its end has shown right ones: the receiver drops it
 * unseen. Where all are wrong, rather the capture's place is to blame (an odd kind of offload). */
bool damage_is_in(struct connection *c, int from, const struct packet *p);

#endif

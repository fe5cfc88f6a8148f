/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ZEEK_PORTS_H
#define SYNFIN_ZEEK_PORTS_H

#include "analysis/decode/packet.h"

/* The first packet of a connection is no plain SYN, and its ports say that a server sent it. */
bool zeek_from_server(const struct packet *p);

#endif

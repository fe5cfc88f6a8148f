/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_CRAFT_H
#define SYNFIN_CRAFT_H

#include "analysis/decode/packet.h"
#include "analysis/environment.h"

enum { CRAFT_ROOM = 65535 }; /* octets of the largest IP packet */

/* What builds packets: libnet, in a context that has no rights and opens nothing. */
struct craft;

/* NULL when memory is short. Free it with craft_free. */
struct craft *craft_new(void);
void craft_free(struct craft *c);

/* Build the IP packet that carries p: its ends, segment, options, payload, urgent pointer, ttl (0
 * is 64) and ip_id. The payload has seg.len octets; the options are whole words of four octets or
 * are filled up with zeros. The TCP checksum is right, or wrong when p->sum is SUM_BAD. On success
 * *octets are c's until the next call; on failure `why` is a sentence. */
bool craft_packet(struct craft *c, const struct packet *p, struct bytes *octets,
		  char why[static WHY_TEXT]);

#endif

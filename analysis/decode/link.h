/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_LINK_H
#define SYNFIN_LINK_H

#include "analysis/decode/packet.h"
#include "analysis/decode/span.h"

enum { LINK_ETHERNET = 1 }; /* LINKTYPE_ETHERNET of the pcap file format */

enum { TYPE_IPV4 = 0x0800, TYPE_IPV6 = 0x86dd }; /* ethertypes */

/* Step over all that a link of this LINKTYPE_ puts before the IP header. On PARSE_OK, *type is
 * TYPE_IPV4 or TYPE_IPV6 and s begins at the IP header. */
enum parse_status link_parse(int linktype, struct span *s, uint16_t *type);

/* The same from behind the ethertype *type: tags, labels and encapsulations, however many. */
enum parse_status link_follow(struct span *s, uint16_t *type);

#endif

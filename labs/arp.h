/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_LABS_ARP_H
#define SYNFIN_LABS_ARP_H

#include <stdio.h>

#include "analysis/decode/packet.h"

/* If the frame is one of ARP for IPv4 on Ethernet, print a line between those of the ladder:
 * ". ARP who has 192.0.2.2? tell 192.0.2.1", ". ARP 192.0.2.2 is at 02:00:5e:10:00:01". */
void arp_print(const struct frame *f, FILE *out);

#endif

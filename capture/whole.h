/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_WHOLE_H
#define SYNFIN_WHOLE_H

#include <stdbool.h>

/* Whether a filter, pcap-filter(7) or NULL, surely passes connections as a whole or not at all:
 * because it speaks of ports, hosts and protocols only, and not of directions. */
bool whole_connections(const char *filter);

#endif

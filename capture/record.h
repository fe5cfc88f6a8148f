/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_RECORD_H
#define SYNFIN_RECORD_H

#include "analysis/decode/packet.h"
#include "analysis/environment.h"

struct pcap; /* libpcap's pcap_t */

/* A pcap file in the making. What has been flushed can be read, whatever happens after. */
struct record;

/* Start a file; "-" is standard output. NULL on failure: then `why` says what is wrong and, on its
 * last line, what to do. `p` is the source of the frames. */
struct record *record_open(struct pcap *p, const char *name, char why[static WHY_TEXT]);

/* Add a frame; it is safe after record_flush, unless that returns false: then errno says why. */
void record_put(struct record *r, const struct frame *f);
bool record_flush(struct record *r);

/* After a flush that failed: cut off what is not whole. */
void record_mend(struct record *r);

void record_close(struct record *r);

#endif

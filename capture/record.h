/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_RECORD_H
#define SYNFIN_RECORD_H

#include "analysis/decode/packet.h"
#include "analysis/environment.h"

struct pcap; /* libpcap's pcap_t */

/* A pcap file in the making. What has been flushed can be read, whatever happens after. */
struct record;

/* Start a file; "-" is standard output. NULL on failure: then `why` says what is wrong and, on its
 * last line, what to do. `p` is the source of the frames, or NULL: IP packets from no device, their
 * times in nanoseconds. */
struct record *record_open(struct pcap *p, const char *name, char why[static WHY_TEXT]);

/* What is to be recorded by a process that gives up its rights. */
struct record_wish {
	const char *name;                        /* NULL: nothing */
	struct pcap *source;                     /* as for record_open */
	bool (*drop)(char why[static WHY_TEXT]); /* rights_drop, or rights_drop_but_admin */
};

/* Give up the rights and start the file, into *r: with the rights of whoever called us. False on
 * failure: then `why` is as above, and *r is to be closed unless NULL. */
bool record_drop_rights(const struct record_wish *w, struct record **r, char why[static WHY_TEXT]);

/* Add a frame; it is safe after record_flush, unless that returns false: then errno says why. */
void record_put(struct record *r, const struct frame *f);
bool record_flush(struct record *r);

/* After a flush that failed: cut off what is not whole. */
void record_mend(struct record *r);

void record_close(struct record *r);

#endif

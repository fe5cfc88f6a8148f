/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SAVEFILE_H
#define SYNFIN_SAVEFILE_H

#include "analysis/decode/packet.h"
#include "analysis/environment.h"

struct pcap; /* libpcap's pcap_t */

/* Capture files, pcap or pcapng, read as one timeline: always the earliest frame next. */
struct savefile;

/* Open the files ("-" is standard input), with a BPF filter or NULL. NULL on failure: then `why`
 * says what is wrong and, on its last line, what to do. */
struct savefile *savefile_open(char *const *names, size_t count, const char *filter,
			       char why[static WHY_TEXT]);

/* Have every TCP checksum verified: struct frame's `verify`. */
void savefile_verify(struct savefile *s, bool verify);

/* The next frame; it lives until the next call. False at the end of all files. */
bool savefile_next(struct savefile *s, struct frame *f);

/* After the end: NULL, or which file could not be read to its end, and why. */
const char *savefile_complaint(const struct savefile *s);

/* "EN10MB", of the first file. */
const char *savefile_linktype(const struct savefile *s);

/* One of them is a pipe or the like: the next frame may take its time. */
bool savefile_waits(const struct savefile *s);

void savefile_close(struct savefile *s);

/* Compile the filter for the handle and set it; on failure `why` quotes it and points at the word
 * that does not fit. */
bool filter_set(struct pcap *p, const char *filter, char why[static WHY_TEXT]);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_STORED_H
#define SYNFIN_STORED_H

#include "labs/attempt.h"
#include "labs/lab_files.h"

/* A file of the stored run of an exercise, "capture.pcap" or another; NULL: there is none. */
const struct lab_file *stored_part(const char *exercise, const char *part);

/* Who made it, and its frames. False: there is none; in any case free the evidence. */
bool stored_run(const char *exercise, struct attempt *a, struct evidence *e);

/* Whether the packets and calls in a folder are those of the stored run, octet by octet. False with
 * a sentence. */
bool stored_is_in(const char *folder, const char *exercise, char why[static WHY_TEXT]);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_EXAMINE_H
#define SYNFIN_EXAMINE_H

#include "analysis/model/connection.h"

/* Ask the rules of the catalogue what a happening means; each finding is one more event in *out.
 * Times are nanoseconds since 1970. */

/* The packet has just been observed, with the events that are in *out already. */
void examine_segment(struct connection *c, const struct packet *p, struct events *out);

/* An ICMP message that quotes a segment of end `from`. */
void examine_icmp(struct connection *c, int from, const struct packet *p, struct events *out);

/* It is `now`, and nothing has happened since the last segment. *out is begun. */
void examine_silence(struct connection *c, int64_t now, struct events *out);

/* No more will be known of the connection: the capture has ended, or it is forgotten. *out is
 * begun. */
void examine_end(struct connection *c, int64_t now, struct events *out);

/* What the next connection between the same endpoints has to know of this one; its end 0 will be
 * `first`. */
struct past examine_past(const struct connection *old, const struct endpoint *first);

#endif

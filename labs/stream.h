/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_LABS_STREAM_H
#define SYNFIN_LABS_STREAM_H

#include "labs/evidence.h"

/* What the client of the newest TCP connection has said, segment by segment. */
struct stream {
	const struct evidence *evidence;
	struct endpoint client, server;
	struct seq next; /* of its octets */
	size_t frame;    /* where to look on */
};

/* At the beginning; without a connection there is nothing to come. */
struct stream stream_begin(const struct evidence *e);

/* The next octets, as they came in a segment; what came twice or beyond a gap is left out. They
 * live as long as nothing is added to the evidence. False: there are no more. */
bool stream_next(struct stream *s, struct bytes *piece);

#endif

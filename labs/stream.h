/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_LABS_STREAM_H
#define SYNFIN_LABS_STREAM_H

#include "labs/evidence.h"

/* What the client of the newest TCP connection has said, segment by segment. */
struct stream {
	const struct evidence *evidence;
	struct endpoint client, server;
	struct seq next;     /* of its octets */
	size_t syn, frame;   /* its first frame; where to look on */
	bool skipped, moved; /* since the search began there: something beyond a gap; `next` has */
};

/* At the beginning; without a connection there is nothing to come. */
struct stream stream_begin(const struct evidence *e);

/* The next octets, those of one segment that are new; they live as long as nothing is added to the
 * evidence. False: there are no more, or a gap comes before them. */
bool stream_next(struct stream *s, struct bytes *piece);

#endif

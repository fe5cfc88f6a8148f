/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_OURS_H
#define SYNFIN_OURS_H

#include "analysis/decode/packet.h"

enum { OURS_PENDING = 64, OURS_ENDS = 64 };

/* Which captured segments are ours: those that were sent and have not been seen since. */
struct ours {
	struct {
		struct endpoint src, dst;
		struct segment seg;
	} sent[OURS_PENDING];
	unsigned count;
	struct endpoint end[OURS_ENDS]; /* played by us alone */
	unsigned ends;
};

/* Nobody but us speaks for this end. False when there are too many. */
bool ours_add_end(struct ours *o, const struct endpoint *e);

/* Whether we play that end alone: what we send for any other is forged. */
bool ours_plays(const struct ours *o, const struct endpoint *e);

/* p has been sent. Of more than OURS_PENDING the oldest is forgotten. */
void ours_sent(struct ours *o, const struct packet *p);

/* Whether p, which was captured, is one of those; it is struck out then. */
bool ours_take(struct ours *o, const struct packet *p);

/* Whether somebody else, which can only be the kernel, has reset a connection for an end of ours.
 */
bool ours_is_broken(const struct ours *o, const struct packet *p);

#endif

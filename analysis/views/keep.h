/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_KEEP_H
#define SYNFIN_KEEP_H

#include "analysis/model/event.h"

/* The events of one connection, put right with each correction. */
struct page {
	uint32_t id;
	struct event *at;
	size_t count, room;
};

/* Pages of the connections alive, found by id. */
struct keep {
	struct page *page; /* open addressing; id 0: free */
	size_t room, count;
};

/* Keep a copy of the event. A correction is not kept: it is entered on the event it corrects, and
 * on the states of those since. Events for which memory is short are dropped. */
void keep_event(struct keep *k, uint32_t id, const struct event *e);

/* The events of connection id, `*count` of them; valid until the next keep_ call. */
const struct event *keep_events(const struct keep *k, uint32_t id, size_t *count);

void keep_drop(struct keep *k, uint32_t id);
void keep_free(struct keep *k);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_FLOW_H
#define SYNFIN_FLOW_H

#include "analysis/model/tracker.h"
#include "analysis/views/run.h"

/* The whole way: frames in, drawing out. Shared by live and offline commands. */
struct flow {
	struct tracker tracker;
	struct totals totals;
	struct run *run;
	bool packets;  /* the run takes them too */
	uint16_t port; /* follow this port only; 0: all */
};

/* False when memory is short. `sink` is where the tracker reports: run_sink(run), or something
 * that passes it on. */
bool flow_init(struct flow *f, struct run *run, struct sink sink, const uint64_t seed[2]);

/* Decode one frame and follow it, or count why not. */
void flow_frame(struct flow *f, const struct frame *frame);

/* The same for a frame that was decoded elsewhere. */
void flow_decoded(struct flow *f, const struct decoded *d);

/* End all connections and free the tracker; the run is still the caller's to end. */
void flow_end(struct flow *f);

/* Damaged frames, and a sentence on them ("2 damaged frames: 1 ended before its headers did, ...")
 * if there are any. Returns text. */
uint64_t flow_damage(const struct totals *t, char *text, size_t size);

/* A sentence on the frames that are none of TCP's business; "" without any. Returns text. */
const char *flow_others(const struct totals *t, char *text, size_t size);

#endif

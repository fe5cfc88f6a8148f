/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TRACKER_H
#define SYNFIN_TRACKER_H

#include "analysis/model/table.h"

/* Where a tracker's findings go. */
struct sink {
	void *to;
	void (*event)(void *to, const struct connection *c, const struct event *e);
	void (*ended)(void *to,
		      const struct connection *c); /* its last word: *c is dead after it */
	bool names; /* wants diagnoses; without, nobody looks for them */
};

/* Packets in, events of connections out. Time is the capture's, never the clock's. */
struct tracker {
	struct table table;
	struct sink sink;
	uint32_t connections; /* ids given so far */
	uint32_t since_sweep;
	int64_t now;      /* the time of the last packet */
	int64_t linger;   /* see tracker_linger; 0: an end is reported when it is forgotten */
	uint64_t dropped; /* by the kernel, as far as we were told */
	bool out_of_memory;
};

/* False when memory is short. Free it with tracker_end. */
bool tracker_init(struct tracker *t, const uint64_t seed[2], struct sink sink);

/* Follow one TCP packet. */
void tracker_packet(struct tracker *t, const struct packet *p);

/* Tell the connection whose segment this ICMP message quotes. */
void tracker_icmp(struct tracker *t, const struct packet *p);

/* The kernel has dropped so many packets so far: what is alive may lack some of them. */
void tracker_dropped(struct tracker *t, uint64_t dropped);

/* It is `now`, in nanoseconds since 1970: what does the silence say? For live views. */
void tracker_silence(struct tracker *t, int64_t now);

/* The connection between the packet's ends, to ask about; NULL when there is none. */
const struct connection *tracker_find(struct tracker *t, const struct packet *p);

/* Report the end of a connection once it has been over and silent for so many nanoseconds. It is
 * remembered all the same, so that what comes late belongs to it; if it turns out to be alive after
 * all, its next end is reported again. For live views. */
void tracker_linger(struct tracker *t, int64_t linger);

/* End what has been silent for too long at `now`, in nanoseconds since 1970. */
void tracker_sweep(struct tracker *t, int64_t now);

/* End all connections, those that are over in order of ending, then the others in order of id, and
 * free what the tracker holds. */
void tracker_end(struct tracker *t);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ACTORS_CROWD_H
#define SYNFIN_ACTORS_CROWD_H

#include "capture/actors.h"

enum { MOUTHFUL = 65536, SLOW_GULP = 20000, SLOW_MS = 5 };

/* How a connection goes: the parts of its two ends, a letter for each act (actors_crowd_part.c). */
struct manner {
	const char *name, *client, *server;
};

/* All that a connection is to do; sizes in octets. */
struct plan {
	const struct manner *manner;
	size_t up, down, mouthful;
	bool six, corked, slow_client, slow_server;
};

/* One end while it plays its part. */
struct person {
	unsigned i; /* which connection */
	int fd;
	const char *part; /* what is left of it; NULL is nobody */
	size_t said, says, heard, hears, mouthful;
	bool corked;  /* what it says last waits for its FIN */
	bool slow;    /* it reads SLOW_GULP octets, then not for SLOW_MS */
	short events; /* what it waits for; 0 is a while */
};

/* The i-th manner, counted round and round. */
const struct manner *crowd_manner(size_t i);

/* Act until something must be waited for, which person->events says, or until the part is empty.
 * False, with a sentence in stage->why, when it cannot be played. */
bool person_act(struct stage *st, struct person *p);

/* The port that a connected socket's peer has. */
bool person_peer_port(int fd, uint16_t *port);

#endif

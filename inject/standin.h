/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_STANDIN_H
#define SYNFIN_STANDIN_H

#include "inject/tcp.h"

/* In a dry run the other end: a server of our own, by the same TCP, that echoes and closes when its
 * client has closed. */
struct standin {
	struct tcp tcp;
	bool open;
};

/* It is to listen where p goes; iss is the number of its SYN. */
void standin_open(struct standin *s, const struct packet *p, struct seq iss);

/* It hears p; then ask for its answers until there is none. */
void standin_hears(struct standin *s, const struct packet *p);
bool standin_next(struct standin *s, int64_t now, struct packet *p);

#endif

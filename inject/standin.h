/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_STANDIN_H
#define SYNFIN_STANDIN_H

#include "inject/tcp.h"

/* How it closes: at once, before its client does; with its ACK on its FIN. */
struct standin_manner {
	struct seq iss;
	bool first, merges;
};

/* In a dry run the other end: a server of our own, by the same TCP, that echoes and closes when its
 * client has closed. */
struct standin {
	struct tcp tcp;
	bool open;
};

/* It is to listen where p goes. */
void standin_open(struct standin *s, const struct packet *p, struct standin_manner m);

/* It hears p; then ask for its answers until there is none. */
void standin_hears(struct standin *s, const struct packet *p);
bool standin_next(struct standin *s, int64_t now, struct packet *p);

#endif

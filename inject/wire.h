/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_WIRE_H
#define SYNFIN_WIRE_H

#include "inject/craft.h"

/* The only sender: crafted packets, by raw sockets, to this host. */
struct wire;

/* How much may be sent: packets in all, and in any one second (at least 1). */
struct budget {
	uint32_t packets, per_second;
};

/* Open the raw sockets. NULL on failure: then `why` says what is wrong and, on its last line, what
 * to do; `as_root` is the command line that has the rights. Needs CAP_NET_RAW, which nothing after
 * it does. */
struct wire *wire_open(struct budget b, const char *as_root, char why[static WHY_TEXT]);
void wire_close(struct wire *w);

/* Send p, after waiting, less than a second, for the budget's rate. False, with a sentence, when
 * one of its ends is not on this host, the budget is spent, or the kernel refuses it. */
bool wire_send(struct wire *w, const struct packet *p, char why[static WHY_TEXT]);

/* Whether an address is one of this host's: loopback, or an interface's that is up; asked anew each
 * time. If not, `why` says that nothing is ever sent elsewhere. */
bool wire_reaches(const struct address *a, char why[static WHY_TEXT]);

/* Packets sent so far. */
uint32_t wire_sent(const struct wire *w);

#endif

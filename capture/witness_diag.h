/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_WITNESS_DIAG_H
#define SYNFIN_WITNESS_DIAG_H

#include "analysis/model/testimony.h"

/* sock_diag(7): the sockets of our network namespace, when asked, and the ends of sockets, told
 * unasked. It needs no rights. Names of sockets are its cookies. */
struct diag;

/* NULL and errno when the kernel has none. */
struct diag *diag_open(void);
void diag_close(struct diag *d);

int diag_fd(const struct diag *d);

/* Ask for all TCP sockets, unless they are being named. False: not to be had now. */
bool diag_ask(struct diag *d);

/* The next thing it said; its time, CLOCK_REALTIME in ns, is when we heard it. */
bool diag_next(struct diag *d, struct testimony *said);

/* How often there was no room to tell us. */
uint64_t diag_lost(const struct diag *d);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_OUTLET_H
#define SYNFIN_OUTLET_H

#include <stdbool.h>
#include <stdio.h>

/* Standard output for somebody who may stop reading: must stay where it is while in use. */
struct outlet {
	int fd;
	int signals; /* a signalfd(2) */
	bool hurry;  /* a signal was taken: give up as if one were waiting */
	bool stuck;
};

/* A stream that writes to o->fd. When that takes nothing more and a signal is waiting, it gives up
 * after a second, with EINTR: a pager that does not read must not keep Ctrl-C away. */
FILE *outlet_open(struct outlet *o);

#endif

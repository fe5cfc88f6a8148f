/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_PROCESS_H
#define SYNFIN_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

/* What a process that works live does before all else. */

/* Open those of the standard streams that are closed: a descriptor of ours that got the number of
 * one would be written to. */
void process_hold_streams(void);

/* Block the signals that stop us (INT, TERM, HUP) and return a signalfd(2) of them, so that none
 * ends us without a last word. A full disk (SIGXFSZ) and a closed pipe are seen where they are
 * written to. */
int process_take_signals(void);

/* For a child: be killed when its parent ends. False: that has happened already. Who gives up
 * rights has to say so again, prctl(2). */
bool process_dies_with(pid_t parent);

#endif

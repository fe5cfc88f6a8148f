/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_PROCESS_H
#define SYNFIN_PROCESS_H

/* What a process that works live does before all else. */

/* Open those of the standard streams that are closed: a descriptor of ours that got the number of
 * one would be written to. */
void process_hold_streams(void);

/* Block the signals that stop us (INT, TERM, HUP) and return a signalfd(2) of them, so that none
 * ends us without a last word. A full disk (SIGXFSZ) and a closed pipe are seen where they are
 * written to. */
int process_take_signals(void);

#endif

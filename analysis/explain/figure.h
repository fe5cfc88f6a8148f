/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_EXPLAIN_FIGURE_H
#define SYNFIN_EXPLAIN_FIGURE_H

#include "analysis/flow.h"

/* Play a figure into a flow: statements with ; between them, each 10 ms after the one before.
 *   [+SECONDS] c|s FLAGS [WORD...]   a segment of the client or the server; FLAGS are letters of
 *                  FSRPAUECN or -. Its numbers are those that come next, unless WORD says: seq N,
 *                  ack N, len N, skip N (so many octets before it were not captured), win N, ttl N,
 *                  text REST, and the words of figure_segment.c. N may be x+1 or y+1.
 *   copy [ttl-1]   the last segment, captured again;     icmp TYPE/CODE   about the last segment
 *   isn X Y   another pair of initial numbers;           ports C S        other ports
 *   same      client and server are one socket;          wait SECONDS     nothing comes
 *   drop N    the kernel drops as many packets;          open             SYN, SYN,ACK, ACK
 * False when the text is none of this. */
bool figure_play(const char *text, struct flow *to);

#endif

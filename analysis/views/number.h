/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_NUMBER_H
#define SYNFIN_NUMBER_H

#include "analysis/views/view.h"

enum { NUMBER_TEXT = 32, ARITH_TEXT = 160, FLAGS_TEXT = 48, TIME_TEXT = 40 };

/* A sequence number of `end`'s stream: "x+6" (client) or "y" (server) where its ISN is known and
 * near, else absolute; rel is 6, hex 0x3ee. Returns text. */
const char *number_print(const struct look *l, const struct connection *c, int end, struct seq n,
			 char text[static NUMBER_TEXT]);

/* "ack x+6 = x+1 + 5 data", for a segment event that acknowledges something new; "" otherwise. */
const char *arith_print(const struct look *l, const struct connection *c, const struct event *e,
			char text[static ARITH_TEXT]);

/* "SYN,ACK"; "none" without any. */
const char *flags_print(unsigned flags, char text[static FLAGS_TEXT]);

/* The name of a flag bit, in the order in which they are printed; NULL from i = 9. */
const char *flag_name(unsigned i, unsigned *bit);

/* Seconds since the connection's first segment, or since `previous`, or the UTC time of day, with
 * `decimals` digits after the point. */
const char *time_print(const struct look *l, const struct connection *c, int64_t time,
		       int64_t previous, char text[static TIME_TEXT]);

/* "client" or "server". */
const char *role_name(const struct connection *c, int end);

/* The sentence of a diagnosis about the connection. Returns text. */
const char *finding_print(const struct connection *c, const struct diagnosis *d,
			  char text[static DIAGNOSIS_TEXT]);

/* "closed by client in 4 segments; 5 bytes each way": the last line of a ladder. */
void summary_print(FILE *out, const struct connection *c);

/* The list's last column: "time-wait:client", "refused", ... Returns text. */
const char *ending_print(const struct connection *c, char text[static NUMBER_TEXT]);

#endif

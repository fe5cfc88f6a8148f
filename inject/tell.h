/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TELL_H
#define SYNFIN_TELL_H

#include "analysis/decode/text.h"
#include "inject/tcp.h"

enum { TELL_TEXT = 200 };

/* Why the segment that t is about to send is as it is: "FIN,ACK seq=x+6 ack=y+6: the FIN takes x+6;
 * x+7 acknowledges it". x is the number of the opener's SYN, y of the other; what belongs to no
 * connection has its numbers as they are. */
const char *tell_reason(const struct tcp *t, const struct packet *p, char text[static TELL_TEXT]);

/* Add "x+6": the number n in the space whose first number, base, has this letter. */
void tell_number(struct text *to, char letter, struct seq base, struct seq n);

/* Say on standard error what came of it, in lines of 78 columns. */
void tell_verdict(const char *text);

#endif

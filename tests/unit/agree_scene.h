/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TESTS_AGREE_SCENE_H
#define SYNFIN_TESTS_AGREE_SCENE_H

#include "analysis/model/agree.h"
#include "tests/unit/notation.h"

enum { FOUND = 1000 };

/* The opening, and what is found of it. */
#define SYN_ROW "--> <SEQ=100><CTL=SYN>\n"
#define SYN_ACK_ROW "<-- <SEQ=300><ACK=101><CTL=SYN,ACK>\n"
#define ACK_ROW "--> <SEQ=101><ACK=301><CTL=ACK>\n"
#define FIN_1 "--> <SEQ=101><ACK=301><CTL=FIN,ACK>\n"
#define ACK_1 "<-- <SEQ=301><ACK=102><CTL=ACK>\n"
#define FIN_2 "<-- <SEQ=301><ACK=102><CTL=FIN,ACK>\n"
#define ACK_2 "--> <SEQ=102><ACK=302><CTL=ACK>\n"
#define MADE "R LISTEN>SYN-RECEIVED\nR ESTABLISHED\n"
#define OPENING "L SYN-SENT\n" SYN_ROW SYN_ACK_ROW "L ESTABLISHED\n" ACK_ROW MADE
#define OPENED "=L1 ~R1 =L2 ~R0 =R3"

#define QUIETLY SYN_ROW SYN_ACK_ROW ACK_ROW
#define CLOSING_LINES                                                                              \
	"L FIN-WAIT-1\n" FIN_1 "R CLOSE-WAIT\n" ACK_1 "L FIN-WAIT-2\nR LAST-ACK\n" FIN_2           \
	"L CLOSED\n" ACK_2 "R CLOSED\n"
#define CLOSED_MARKS "=L4 =R4 =L5 =R6 ~L6 =R7"

/* Segments, and what the kernels of both ends say, against each other. */
struct agree_scene {
	struct wire wire;
	struct tracker tracker;
	struct agree *agree;
	uint8_t state[2]; /* of each kernel, by its last word */
	bool crafted[2];
	char found[FOUND]; /* a mark, the end, the segment: "=L1 ~R1 =L2" */
};

/* Play a script, a line for each: segments as in notation.h, a millisecond apart; "L SYN-SENT": the
 * kernel's left end goes there (from LISTEN with "R LISTEN>SYN-RECEIVED"); "R other SYN-SENT":
 * another socket there; "L !TCP_CSUM": it refuses what came; "L reset TCP_STATE": that is why it
 * sends a RST; "L gone 7 6": its totals, acked and received; "L at 101 106 5": SND.UNA and SND.NXT
 * when five octets came; "new L": it is connected, its port not chosen yet; "answers": the kernel
 * can be asked, "silent": it says nothing unasked; "L is ESTABLISHED": it was asked, and has the
 * left end there; "all": it has named all; "wait MS"; "missed N": frames; "hides": the filter does;
 * "stop": no frame is younger; "lost N"; a refusal may be "L nameless !TCP_CSUM", of a socket
 * without ends, or "L listener !TCP_CSUM"; "crafted L"; "bad": the next segment's sum is; "sums":
 * all others are good; "soon": the next one comes a microsecond after this, "back": half of one
 * before; "L late at 101 101 0": what was said half a millisecond ago; "self": both ends are one;
 * "afar": the ends may be another host's. Marks: = agreed, ~ by design, k kernel only, o ours only,
 * ? unsaid, v same verdict, x another, n same numbers, m others, s same state, d another, r the
 * reason of a RST, u one that is not known; at the end, "3/4", how often SND.UNA and SND.NXT were
 * the same. Returns s->found. */
const char *agree_scene_play(struct agree_scene *s, const char *script);

struct agree_row {
	const char *name, *script, *found;
};

/* Play each, and fail where something else is found. */
void agree_scene_check(const struct agree_row *row, size_t count);

#endif

/* SPDX-License-Identifier: MIT */
#include "analysis/model/agree_side.h"

enum { ANY = 0xff, SOME = 0xfe, NONE = UNKNOWN, LATE = 8 };

/* Where the two words differ by design. ANY is any state; NONE to NONE says that there is no next
 * step, SOME to SOME that there is one. The first row that fits. */
static const struct {
	struct step ours, kernels;
	unsigned design; /* enum design; LATE: only where nothing else has come that explains it */
	const char *why;
} designs[] = {
	{{UNKNOWN, ANY}, {NONE, NONE}, TAKES_OURS, "the connection is older than the capture"},
	{{UNKNOWN, ANY}, {SOME, SOME}, TAKES_OURS, "the connection is older than the capture"},
	{{ANY, UNKNOWN}, {ANY, ANY}, TAKES_OURS, "the end is not the one that was assumed"},
	{{ESTABLISHED, CLOSED},
	 {SYN_RECEIVED, ESTABLISHED},
	 TAKES_OURS,
	 "an end that only TIME-WAIT's smaller socket kept, which says nothing"},
	{{CLOSED, SYN_RECEIVED},
	 {ANY, ANY},
	 TAKES_OURS,
	 "a SYN makes a request, which is no socket yet and says nothing"},
	{{LISTEN, SYN_RECEIVED},
	 {ANY, ANY},
	 TAKES_OURS,
	 "a SYN makes a request, which is no socket yet and says nothing"},
	{{TIME_WAIT, SYN_RECEIVED},
	 {ANY, ANY},
	 TAKES_OURS,
	 "a SYN makes a request, which is no socket yet and says nothing"},
	{{ANY, ANY},
	 {LISTEN, SYN_RECEIVED},
	 TAKES_KERNELS,
	 "of a request the kernel speaks only when its socket is made, at the third segment"},
	{{ANY, ANY}, {CLOSED, LISTEN}, TAKES_KERNELS, "a listener is no end of a connection"},
	{{ANY, ANY}, {LISTEN, CLOSED}, TAKES_KERNELS, "a listener is no end of a connection"},
	{{SYN_RECEIVED, ESTABLISHED},
	 {CLOSED, SYN_SENT},
	 TAKES_KERNELS,
	 "its own SYN came back to it: one row of ours"},
	{{SYN_RECEIVED, ESTABLISHED},
	 {SYN_SENT, SYN_RECEIVED},
	 TAKES_KERNELS,
	 "its own SYN came back to it: one row of ours"},
	{{SYN_SENT, ESTABLISHED},
	 {SYN_SENT, CLOSED},
	 TAKES_OURS,
	 "the program gave up before the SYN,ACK came, as the RST says that answers it"},
	{{CLOSED, TIME_WAIT}, {ANY, ANY}, TAKES_OURS, "what becomes of TIME-WAIT is unsaid"},
	{{ESTABLISHED, CLOSED},
	 {ESTABLISHED, FIN_WAIT_1},
	 TAKES_KERNELS,
	 "its FIN never left: data stood before it, or a closed window"},
	{{ESTABLISHED, CLOSE_WAIT},
	 {ESTABLISHED, FIN_WAIT_1},
	 TAKES_KERNELS | LATE,
	 "its FIN never left: data stood before it, or a closed window"},
	{{ESTABLISHED, CLOSE_WAIT},
	 {FIN_WAIT_1, CLOSING},
	 TAKES_BOTH | LATE,
	 "its FIN never left: data stood before it, or a closed window"},
	{{CLOSE_WAIT, CLOSED},
	 {CLOSE_WAIT, LAST_ACK},
	 TAKES_KERNELS,
	 "its FIN never left: data stood before it, or a closed window"},
	{{NONE, NONE},
	 {ANY, FIN_WAIT_1},
	 TAKES_KERNELS,
	 "its FIN never left: data stood before it, or a closed window"},
	{{NONE, NONE},
	 {ANY, LAST_ACK},
	 TAKES_KERNELS,
	 "its FIN never left: data stood before it, or a closed window"},
	{{SYN_RECEIVED, LISTEN}, {ANY, ANY}, TAKES_OURS, "a request goes as it came: unsaid"},
	{{SYN_RECEIVED, CLOSED}, {NONE, NONE}, TAKES_OURS, "a request goes as it came: unsaid"},
	{{FIN_WAIT_2, TIME_WAIT},
	 {FIN_WAIT_2, CLOSED},
	 TAKES_BOTH,
	 "TIME-WAIT is kept by a smaller socket, which says nothing"},
	{{FIN_WAIT_1, TIME_WAIT},
	 {FIN_WAIT_1, FIN_WAIT_2},
	 TAKES_KERNELS,
	 "ACK and FIN in one segment are two steps for the kernel"},
	{{FIN_WAIT_1, TIME_WAIT},
	 {FIN_WAIT_2, CLOSED},
	 TAKES_BOTH,
	 "TIME-WAIT is kept by a smaller socket, which says nothing"},
	{{ESTABLISHED, CLOSING},
	 {ESTABLISHED, FIN_WAIT_1},
	 TAKES_KERNELS,
	 "its own FIN and the one that crossed it are two steps for the kernel"},
	{{CLOSING, TIME_WAIT},
	 {CLOSING, CLOSED},
	 TAKES_BOTH,
	 "TIME-WAIT is kept by a smaller socket, which says nothing"},
	{{NONE, NONE},
	 {FIN_WAIT_2, CLOSED},
	 TAKES_KERNELS,
	 "nobody holds the socket any more: a smaller one waits for the FIN, and says nothing"},
	{{FIN_WAIT_2, TIME_WAIT},
	 {NONE, NONE},
	 TAKES_OURS,
	 "nobody holds the socket any more: a smaller one waits for the FIN, and says nothing"},
	{{FIN_WAIT_2, CLOSED},
	 {NONE, NONE},
	 TAKES_OURS,
	 "nobody holds the socket any more: a smaller one is reset, and says nothing"},
	{{TIME_WAIT, ANY}, {ANY, ANY}, TAKES_OURS, "what becomes of TIME-WAIT is unsaid"},
	{{NONE, NONE},
	 {SYN_SENT, CLOSED},
	 TAKES_KERNELS,
	 "the program, or a timer, gave up; no segment says so"},
	{{NONE, NONE}, {FIN_WAIT_1, CLOSED}, TAKES_KERNELS, "a timer gave up; no segment says so"},
	{{NONE, NONE}, {LAST_ACK, CLOSED}, TAKES_KERNELS, "a timer gave up; no segment says so"},
	{{NONE, NONE}, {CLOSING, CLOSED}, TAKES_KERNELS, "a timer gave up; no segment says so"},
	{{NONE, NONE}, {ESTABLISHED, CLOSED}, TAKES_KERNELS, "a timer gave up; no segment says so"},
	{{NONE, NONE}, {CLOSE_WAIT, CLOSED}, TAKES_KERNELS, "a timer gave up; no segment says so"},
};

static bool is_none(struct step s)
{
	return s.from == NONE && s.to == NONE;
}

static bool fits(struct step want, struct step is)
{
	if (want.from == SOME)
		return !is_none(is);
	return (want.from == ANY || want.from == is.from) && (want.to == ANY || want.to == is.to);
}

enum design agree_design(struct step ours, struct step kernels, bool late, const char **why)
{
	for (size_t i = 0; i < sizeof designs / sizeof *designs; i++) {
		enum design d = (enum design)(designs[i].design & ~(unsigned)LATE);
		bool lacks = (d != TAKES_KERNELS && is_none(ours)) ||
			     (d != TAKES_OURS && is_none(kernels));
		bool waits = !late && (designs[i].design & LATE || is_none(designs[i].ours) ||
				       is_none(designs[i].kernels));
		if (lacks || waits || !fits(designs[i].ours, ours) ||
		    !fits(designs[i].kernels, kernels))
			continue;
		*why = designs[i].why;
		return d;
	}
	return NO_DESIGN;
}

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_AGREE_H
#define SYNFIN_AGREE_H

#include "analysis/model/connection.h"
#include "analysis/model/testimony.h"

/* An end, and what the comparison found of it. */
struct finding {
	uint32_t conn, n; /* the connection; its segment; 0: none */
	int64_t time;
	struct endpoint local, remote; /* the end, and the other one */
	uint8_t end;                   /* 0 or 1, of the connection */
	struct word word;
};

struct agree_counts {
	uint64_t transitions, agreed; /* of kernel ends: what the table explains is in neither */
	uint64_t by_design, unsaid;   /* unsaid: the kernel's word on it was lost */
	uint64_t refused, same;       /* segments; those of which we said the same */
	uint64_t ends, numbers;       /* that told their totals; those that have the same by us */
	uint64_t arrivals, alike; /* segments with which SND.UNA and SND.NXT came; ... as ours */
	uint64_t unplaced, again; /* refusals of no known end; segments that it sent again */
	uint64_t put_right;       /* OURS_ONLY that were told, and then it was so, or not so */
	uint64_t asked;           /* so many questions */
	uint64_t states, same_states; /* that ends were asked for; those that were ours */
};

/* Both words on every end, and how far they have been compared. */
struct agree;

/* `tell` gets all findings, those of AGREED and BY_DESIGN too, but not of each segment at which the
 * numbers are the same. `local`: both ends of every connection are this host's, so that the
 * kernel's silence says something. NULL when memory is short. */
struct agree *agree_new(bool local, void (*tell)(void *to, const struct finding *f), void *to);
void agree_free(struct agree *a);

/* Whether the kernel tells every step (or else is silent: ends are compared where it was asked for
 * them), and whether it can be asked. At first it tells, and cannot. */
void agree_sources(struct agree *a, bool tells, bool answers);
bool agree_is_told(const struct agree *a);

/* Whether the kernel is to be asked at `now`, in nanoseconds since 1970, where its sockets are. */
bool agree_asks(struct agree *a, int64_t now);

/* An event of the tracker; a connection has ended; the kernel says something. */
void agree_event(struct agree *a, const struct connection *c, const struct event *e);
void agree_ended(struct agree *a, const struct connection *c);
void agree_said(struct agree *a, const struct testimony *t);

/* It is `now`, in nanoseconds since 1970: what has waited too long for its counterpart is told. */
void agree_mind(struct agree *a, int64_t now);

/* So many of the kernel's words have been lost by `now`: where it is silent since the last such
 * call, that proves nothing. */
void agree_lost(struct agree *a, uint64_t lost, int64_t now);

/* So many frames have been dropped by `now`: where there is no segment, that proves nothing for the
 * ends there are. The filter hides frames: it never does. No frame is taken that is younger than
 * `until`: no word is, either. */
void agree_missed(struct agree *a, uint64_t missed, int64_t now);
void agree_hides(struct agree *a);
void agree_stop(struct agree *a, int64_t until);

const struct agree_counts *agree_counts(const struct agree *a);

#endif

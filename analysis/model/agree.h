/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_AGREE_H
#define SYNFIN_AGREE_H

#include "analysis/model/connection.h"
#include "analysis/model/testimony.h"

/* What becomes of a comparison of our word with the kernel's. */
enum agreement {
	AGREED,
	BY_DESIGN,    /* it differs, and must: a row of the table says why */
	KERNEL_ONLY,  /* the kernel's end moved, and no segment shows it */
	OURS_ONLY,    /* by the segments it moved; the kernel says nothing of it */
	SAME_VERDICT, /* the kernel refused a segment, and we had said so */
	OTHER_VERDICT,
};

/* One of them, for a view. */
struct finding {
	uint32_t conn, n; /* the connection; its segment */
	int64_t time;
	uint8_t kind;          /* enum agreement */
	uint8_t end;           /* 0 or 1, of the connection */
	uint8_t ours, kernels; /* enum tcp_state: where either is now */
	bool refused;          /* a segment was: `reason` */
	char reason[REASON_TEXT];
	const char *why; /* in plain words: of the table, or of the reason; NULL: none */
};

struct agree_counts {
	uint64_t transitions, agreed; /* of kernel ends: what the table explains is in neither */
	uint64_t by_design;
	uint64_t refused, same; /* segments; those of which we said the same */
};

/* Both words on every end, and how far they have been compared. */
struct agree;

/* `tell` gets all findings, those of AGREED and BY_DESIGN too. `local`: both ends of every
 * connection are this host's, so that the kernel's silence says something. NULL when memory is
 * short. */
struct agree *agree_new(bool local, void (*tell)(void *to, const struct finding *f), void *to);
void agree_free(struct agree *a);

/* An event of the tracker; a connection has ended; the kernel says something. */
void agree_event(struct agree *a, const struct connection *c, const struct event *e);
void agree_ended(struct agree *a, const struct connection *c);
void agree_said(struct agree *a, const struct testimony *t);

/* It is `now`, in nanoseconds since 1970: what has waited too long for its counterpart is told. */
void agree_mind(struct agree *a, int64_t now);

const struct agree_counts *agree_counts(const struct agree *a);

#endif

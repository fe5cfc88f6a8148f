/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_LADDER_H
#define SYNFIN_LADDER_H

#include "analysis/views/lines.h"
#include "analysis/views/number.h"

enum {
	CARDS_BELOW = 60,  /* columns */
	SUMS_BESIDE = 120, /* from here on arithmetic stands at the right */
	WORDS_TEXT = 256,
	OPEN_AT_MOST = 4096,
};

/* The ladder at work. Streams: `open` holds the ids of connections begun and not over, at their
 * remainder, where an older one makes way; once there have been several, `ids`, each row names its
 * own: a row without a name would look as if it belonged to the one above. */
struct ladder {
	uint32_t open[OPEN_AT_MOST], count;
	bool ids, drawn;
	int64_t previous;   /* time of the row before */
	uint32_t misread_n; /* the segment whose inferred FIN was none */
};

/* What is to be said of a segment, before it has a place. Client first in the arrays. */
struct sketch {
	bool rightward; /* from the client to the server */
	bool stopped;   /* its receiver never took it */
	const char *shaft;
	char number[NUMBER_TEXT], time[TIME_TEXT], flags[FLAGS_TEXT];
	char numbers[2 * NUMBER_TEXT]; /* "seq=y ack=x+1" */
	char len[NUMBER_TEXT], note[NUMBER_TEXT];
	const char *mark;      /* "again" */
	char sum[ARITH_TEXT];  /* breaks before = and + only */
	const char *state[2];  /* the new one, where it changed */
	const char *word[2];   /* "(lost)" */
	const char *kernel[2]; /* the state that the kernel has, where it said so */
};

/* The sketch of segment event e. */
void sketch_segment(struct sketch *s, const struct drawing *d, const struct connection *c,
		    const struct event *e);

/* "#12.7" where rows name their connection, else plain. Returns text. */
const char *segment_name(const struct drawing *d, const struct connection *c, uint32_t n,
			 char text[static NUMBER_TEXT]);

/* Id, ends, and what is known of x and y. */
void ladder_header(const struct drawing *d, const struct connection *c);

/* The titles of the columns, and both ends' states at first. */
void ladder_titles(const struct drawing *d, const char *const state[2]);

/* A segment between two bars, or as a few short lines. */
void ladder_row(const struct drawing *d, const struct sketch *s);
void ladder_card(const struct drawing *d, const struct sketch *s);

/* "client SYN-SENT, server (lost)": states and words, of which either may be empty. */
void ladder_card_ends(const struct drawing *d, const char *const state[2],
		      const char *const word[2]);

/* What has come to light, below the segment that showed it. */
void ladder_diagnosis(const struct drawing *d, const struct connection *c, const struct event *e);

/* One line beside the ladder: a datagram or an ICMP message. */
void ladder_aside(struct drawing *d, const struct packet *p, const struct connection *about);

#endif

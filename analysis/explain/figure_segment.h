/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_EXPLAIN_FIGURE_SEGMENT_H
#define SYNFIN_EXPLAIN_FIGURE_SEGMENT_H

#include "analysis/decode/packet.h"

enum { FIGURE_WORD = 32, FIGURE_OPTIONS = 40, FIGURE_PAYLOAD = 64, FIGURE_FIELDS = 13 };

/* Two ends that talk, and the segment in the making. */
struct figure {
	const char *rest; /* of the text */
	struct endpoint end[2];
	struct seq isn[2], nxt[2];
	bool sent[2];
	uint16_t next_id;
	uint32_t field[FIGURE_FIELDS]; /* of the segment */
	uint8_t option[FIGURE_OPTIONS], payload[FIGURE_PAYLOAD];
	struct packet packet;
};

/* The next word of the statement; false at its end. */
bool figure_word(struct figure *f, char word[static FIGURE_WORD]);

/* A number, x+1 and y+1 too; false when there is none. */
bool figure_number(struct figure *f, uint32_t *n);

/* Read the segment that end `from` sends into f->packet; its time is the caller's. */
bool figure_segment(struct figure *f, int from);

#endif

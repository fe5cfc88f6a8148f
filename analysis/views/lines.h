/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_LINES_H
#define SYNFIN_LINES_H

#include "analysis/decode/text.h"
#include "analysis/views/view.h"

enum {
	LINE_CELLS = 240, /* no line is longer, however wide the terminal */
	LINE_TEXT = 4 * LINE_CELLS,
	BOUND = '\037', /* a space at which no line may end */
};

/* The shapes of a ladder: each one cell wide. */
struct glyphs {
	const char *shaft, *crafted; /* crafted: the shaft of what we sent ourselves */
	const char *bar, *right, *left, *lost;
	const char *sum; /* stands before arithmetic; with its space, or empty */
};

const struct glyphs *glyphs_of(const struct look *l);

/* Columns that text takes: characters, not octets. */
int cells(const char *text);

/* Add s with spaces before (or behind) it, so that it takes at least `width` cells. */
void text_right(struct text *t, const char *s, int width);
void text_left(struct text *t, const char *s, int width);

/* Add s `times` times. */
void text_repeat(struct text *t, const char *s, int times);

/* Move from *rest to line what fits into `most` cells: whole words, else what stands before a
 * comma or between angle brackets, else what there is room for. False when nothing is left. */
bool flow(const char **rest, int most, char line[static LINE_TEXT]);

/* Print a line, without the spaces at its end; with look.color, states and RST in their colours. */
void put_line(const struct drawing *d, const char *line);

/* Print text in as many lines as it needs, all but the first one indented by four. */
void put_flowed(const struct drawing *d, const char *text);

#endif

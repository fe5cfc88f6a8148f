/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_LANE_H
#define SYNFIN_LANE_H

#include <stdio.h>

#include "inject/scenario_guest.h"

enum { LANE_ROWS = 64, LANE_TEXT = 256 };

/* The calls of the programs, as rows between those of the ladder: at the left those of who
 * connects, at the right the others'. A call waits until all segments before it have been drawn. */
struct lane {
	struct lane_row {
		int64_t time;
		bool opener;
		char text[LANE_TEXT];
	} row[LANE_ROWS];
	unsigned rows;
	int width;
	bool color;
};

void lane_add(struct lane *l, const struct call *c);

/* Print those that were made before `time`. */
void lane_print(struct lane *l, int64_t time, FILE *out);

#endif

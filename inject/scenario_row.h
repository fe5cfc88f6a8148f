/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SCENARIO_ROW_H
#define SYNFIN_SCENARIO_ROW_H

#include "inject/scenario.h"

/* What a script says of a segment. */
enum row_field { ROW_FLAGS, ROW_SEQ, ROW_ACK, ROW_LEN, ROW_WIN, ROW_DATA, ROW_OPT, ROW_FIELDS };

struct row {
	bool given[ROW_FIELDS];
	struct segment seg;
	uint8_t data[DATA_ROOM], option[TCP_OPTION_ROOM];
	size_t data_len, options;
};

/* Read the table that is the first argument and may have these members, words with blanks between;
 * errors of its author are raised. */
void row_read(lua_State *lua, const char *members, struct row *r);

/* The first given field in which they differ; ROW_FIELDS: none. */
enum row_field row_differs(const struct row *want, const struct packet *got);
const char *row_field_name(enum row_field f);

enum { ROW_TEXT = 320 };

/* "FIN,ACK seq=y+1 ack=x+2 len=0": the given fields. */
const char *row_print(const struct party *y, const struct row *r, bool ours,
		      char text[static ROW_TEXT]);

/* All of a packet's; its octets only where `like`, which may be NULL, has some. */
const char *row_print_packet(const struct party *y, const struct packet *p, const struct row *like,
			     char text[static ROW_TEXT]);

#endif

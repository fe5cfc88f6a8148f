/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SHAPE_H
#define SYNFIN_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SHAPE_TOKENS = 14, SHAPE_TEXT = 96 };

/* A connection in one grep-able line, "S sa A | 4 | F a f A": see shape_print. */
struct shape {
	uint8_t kind[SHAPE_TOKENS];   /* enum shape_kind, plus SHAPE_SERVER */
	uint16_t count[SHAPE_TOKENS]; /* how many of it in a row */
	uint8_t opening, tokens;      /* tokens before the first bar; all of them */
	bool opened, closing, cut;    /* cut: there were more tokens than fit */
	uint32_t data;                /* segments between opening and closing */
};

/* What a segment is for the shape. */
enum shape_kind {
	SHAPE_SYN,
	SHAPE_SYN_ACK,
	SHAPE_ACK,
	SHAPE_FIN,
	SHAPE_RST,
	SHAPE_REFUSAL, /* a RST that answers something wrong in the handshake and ends nothing */
	SHAPE_DATA,
};

/* Add a segment; `established`: both ends are past the handshake with it; server: who sent it. */
void shape_add(struct shape *s, enum shape_kind kind, bool server, bool established);

/* Client and server were mistaken for each other. */
void shape_swap(struct shape *s);

/* Write it: upper case client, lower case server, `sa` SYN,ACK, `*3` three in a row; the middle
 * number counts the segments between handshake and close, and so does a number in the close. */
const char *shape_print(const struct shape *s, char text[static SHAPE_TEXT]);

#endif

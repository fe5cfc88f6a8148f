/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ZEEK_STEP_H
#define SYNFIN_ZEEK_STEP_H

#include "analysis/views/zeek_conn.h"

/* A packet of a connection while it is followed. */
struct zeek_step {
	struct zeek_conn *c;
	struct zeek_end *from, *to; /* whose packet it is, and its peer */
	const struct packet *p;
	int64_t time;
	uint64_t rel; /* its number, relative to from's ISN, ... */
	bool under;   /* ... below which it would lie */
	bool orig;    /* it was the originator's, before it turned the roles */
	bool close;   /* the state that it leads to is an end */
};

/* zeek_history.c */

/* Append a letter, in lower case for the responder. */
void zeek_history(struct zeek_conn *c, const struct zeek_end *e, char letter);

/* Count one of the kind, and append its letter at 1, 10, 100, ... */
void zeek_tally(struct zeek_conn *c, struct zeek_end *e, enum zeek_tally kind);

/* Append the letters of a packet. One that goes on where a SYN-ACK was the first turns the roles.
 */
void zeek_letters(struct zeek_step *s);

/* zeek_number.c */

/* Octets from an unrolled number to n; negative when n is older. */
int32_t zeek_ahead(struct seq n, uint64_t unrolled);

/* Take n as the next one, which may have wrapped. */
void zeek_move_on(uint64_t *unrolled, struct seq n);

/* How far n lies behind e's ISN, when it is near `last`; *under when it lies before it. */
uint64_t zeek_relative(const struct zeek_end *e, struct seq n, uint64_t last, bool *under);

/* Set e's numbers; what of a packet sets them, with `end` behind its last octet. */
void zeek_start(struct zeek_end *e, struct seq isn, struct seq last);
void zeek_open(struct zeek_end *e, const struct segment *seg, struct seq end);

/* None of e's data has been acknowledged. */
bool zeek_unheard(const struct zeek_end *e);

/* zeek_state.c */

/* The originator becomes the responder. */
void zeek_turn(struct zeek_conn *c);

void zeek_set_state(struct zeek_conn *c, struct zeek_end *e, enum zeek_state state);

/* Let the packet change the states, and note in s what that ends. */
void zeek_step_state(struct zeek_step *s);

/* e has sent its FIN or RST: it is over once nothing of it is pending. */
void zeek_close(struct zeek_conn *c, struct zeek_end *e);

/* e may have nothing pending any more. */
void zeek_check_end(struct zeek_conn *c, struct zeek_end *e);

#endif

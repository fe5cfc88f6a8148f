/* SPDX-License-Identifier: MIT */
#include "analysis/views/zeek_step.h"

#include <ctype.h>
#include <stdlib.h>

/* Letters that are there once for each role. */
enum {
	SEEN_SYN = 1,
	SEEN_FIN = 2,
	SEEN_RST = 4,
	SEEN_FIN_RST = 8,
	SEEN_DATA = 16,
	SEEN_ACK = 32,
	SEEN_MULTI = 64
};

bool zeek_is_orig(const struct zeek_conn *c, const struct zeek_end *e)
{
	return e == &c->end[c->orig];
}

void zeek_history(struct zeek_conn *c, const struct zeek_end *e, char letter)
{
	if (c->letters + 1 >= c->room) {
		uint32_t room = c->room ? c->room * 2 : 16;
		char *history = c->letters < ZEEK_LETTERS ? realloc(c->history, room) : NULL;
		if (!history)
			return;
		c->history = history;
		c->room = room;
	}
	if (!zeek_is_orig(c, e))
		letter = (char)tolower(letter);
	c->history[c->letters++] = letter;
	c->history[c->letters] = 0;
}

/* True when the letter was there already. */
static bool once(struct zeek_conn *c, const struct zeek_end *e, uint8_t bit, char letter)
{
	uint8_t *seen = &c->seen[!zeek_is_orig(c, e)];
	if (*seen & bit)
		return true;
	*seen |= bit;
	zeek_history(c, e, letter);
	return false;
}

void zeek_tally(struct zeek_conn *c, struct zeek_end *e, enum zeek_tally kind)
{
	static const char letter[TALLIES] = {'C', 'T', 'W', 'G'};
	struct zeek_count *count = &e->tally[kind];
	if (++count->n < (count->next ? count->next : 1))
		return;
	zeek_history(c, e, letter[kind]);
	if (count->n <= UINT32_MAX / 10)
		count->next = count->n * 10;
	else
		count->n = 0;
}

/* A letter more if its number is not that of the last one. */
static void note(struct zeek_step *s, uint8_t bit, char letter, uint64_t at)
{
	uint64_t *last = &s->from->at[bit == SEEN_SYN ? 0 : bit == SEEN_FIN ? 1 : 2];
	if (once(s->c, s->from, bit, letter) && at != *last)
		zeek_history(s->c, s->from, letter);
	*last = at;
}

/* What began with a SYN-ACK goes on: it was no scan, and its sender is the responder. */
static void turn_late(struct zeek_conn *c)
{
	struct zeek_end *server = &c->end[c->orig];
	if (c->letters != 1 || *c->history != 'H' || server->state != ZEEK_SYN_ACK_SENT)
		return;
	c->letters = 0;
	zeek_turn(c);
	zeek_history(c, server, 'H');
	zeek_set_state(c, server, ZEEK_ESTABLISHED);
}

void zeek_letters(struct zeek_step *s)
{
	unsigned flags = s->p->seg.flags, few = flags & (SYN | FIN | RST);
	if ((flags & (FIN | RST)) == (FIN | RST)) {
		once(s->c, s->from, SEEN_FIN_RST, 'I');
	} else if (few & (few - 1)) {
		once(s->c, s->from, SEEN_MULTI, 'Q');
	} else if (few == SYN) {
		note(s, SEEN_SYN, flags & ACK ? 'H' : 'S', s->rel);
	} else if (few == FIN) {
		note(s, SEEN_FIN, 'F', s->rel + s->p->seg.len);
	} else if (few == RST) {
		note(s, SEEN_RST, 'R', s->rel);
	} else if (s->p->seg.len) {
		turn_late(s->c);
		once(s->c, s->from, SEEN_DATA, 'D');
	} else if (flags & ACK) {
		turn_late(s->c);
		once(s->c, s->from, SEEN_ACK, 'A');
	}
}

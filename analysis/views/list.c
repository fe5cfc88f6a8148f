/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/decode/text.h"
#include "analysis/views/lines.h"
#include "analysis/views/number.h"

enum {
	COLUMNS = 6,
	CELL_TEXT = 128,
	FIRST_ROWS = 256, /* the columns are made as wide as these rows need */
	NARROW = 60,      /* below it, a row is a card of two lines */
};

/* A row is one string, its cells ended by tabs. */
struct list_state {
	char *first[FIRST_ROWS]; /* until the widths are known */
	size_t rows;
	bool titled, cards; /* cards: a row does not fit */
	int width[COLUMNS];
};

static const char title[] = "ID\tCLIENT\tSERVER\tSHAPE\tBYTES\tEND";
static const int least[COLUMNS] = {2, 16, 16, 24, 6, 3};

static char *list_row(const struct connection *c)
{
	char row[COLUMNS * CELL_TEXT], cell[CELL_TEXT];
	struct text t = text_in(row, sizeof row);
	text_char(&t, '#');
	text_number(&t, c->id);
	for (int i = 0; i < 2; i++) {
		text_char(&t, '\t');
		text_add(&t, endpoint_print(&c->endpoint[c->client ^ i], cell));
	}
	text_char(&t, '\t');
	text_add(&t, shape_print(&c->shape, cell));
	text_char(&t, '\t');
	text_number(&t, c->tally[c->client].bytes);
	text_char(&t, '/');
	text_number(&t, c->tally[!c->client].bytes);
	text_char(&t, '\t');
	text_add(&t, ending_print(c, cell));
	return strdup(row);
}

/* Point cell[i] at the row's i-th cell, of len[i] octets. */
static void split(const char *row, const char *cell[COLUMNS], int len[COLUMNS])
{
	for (int i = 0; i < COLUMNS; i++) {
		cell[i] = row;
		const char *tab = i < COLUMNS - 1 ? strchr(row, '\t') : NULL;
		len[i] = (int)(tab ? (size_t)(tab - row) : strlen(row));
		row += len[i] + (tab != NULL);
	}
}

/* Below sixty columns: the ends, then the rest, each on one line where it fits. */
static void print_card(const struct drawing *d, const char *row)
{
	const char *cell[COLUMNS];
	char line[4 * CELL_TEXT];
	int len[COLUMNS];
	split(row, cell, len);
	bool one = len[0] + len[1] + len[2] <= 35;
	snprintf(line, sizeof line, "%.*s%c%.*s%s%.*s", len[0], cell[0], BOUND, len[1], cell[1],
		 one ? " -> " : "", one ? len[2] : 0, cell[2]);
	put_flowed(d, line);
	snprintf(line, sizeof line, "   ->%c%.*s", BOUND, len[2], cell[2]);
	if (!one)
		put_flowed(d, line);
	one = len[3] + len[4] + len[5] <= 33;
	snprintf(line, sizeof line, "   %.*s%s%.*s%s%.*s", len[3], cell[3], one ? "  " : "",
		 one ? len[4] : 0, cell[4], one ? "  " : "", one ? len[5] : 0, cell[5]);
	put_flowed(d, line);
	snprintf(line, sizeof line, "   %.*s  %.*s", len[4], cell[4], len[5], cell[5]);
	if (!one)
		put_flowed(d, line);
}

/* Cells that the row takes at least: a space between two columns. */
static int row_cells(const char *row)
{
	const char *cell[COLUMNS];
	int len[COLUMNS], sum = COLUMNS - 1;
	split(row, cell, len);
	for (int i = 0; i < COLUMNS; i++)
		sum += len[i];
	return sum;
}

/* The columns are padded as far as the width allows: a row in one line comes first. */
static void print_row(const struct drawing *d, const char *row)
{
	const struct list_state *s = d->state;
	const char *cell[COLUMNS];
	int len[COLUMNS];
	split(row, cell, len);
	int slack = d->look.one_line ? LINE_CELLS : d->look.width - row_cells(row);
	for (int i = 0; i < COLUMNS - 1; i++) {
		fwrite(cell[i], 1, (size_t)len[i], d->out);
		int pad = s->width[i] - len[i];
		pad = pad < 0 ? 0 : pad < slack ? pad : slack;
		slack -= pad;
		for (; pad >= 0; pad--)
			putc_unlocked(' ', d->out);
	}
	fputs(cell[COLUMNS - 1], d->out);
	putc_unlocked('\n', d->out);
}

static void widen(struct list_state *s, const char *row)
{
	const char *cell[COLUMNS];
	int len[COLUMNS];
	split(row, cell, len);
	for (int i = 0; i < COLUMNS; i++)
		if (s->width[i] < len[i])
			s->width[i] = len[i];
}

/* Columns stand where a reader expects them, unless that makes the rows too long. */
static void spread(struct list_state *s, int room)
{
	int sum = COLUMNS - 1;
	for (int i = 0; i < COLUMNS; i++)
		sum += s->width[i] > least[i] ? s->width[i] : least[i];
	for (int i = 0; sum <= room && i < COLUMNS; i++)
		if (s->width[i] < least[i])
			s->width[i] = least[i];
}

static void print_any(const struct drawing *d, const char *row)
{
	const struct list_state *s = d->state;
	bool fits = d->look.one_line || row_cells(row) <= d->look.width;
	if (s->cards || !fits)
		print_card(d, row);
	else
		print_row(d, row);
}

/* Print the title and the rows that waited for it. */
static void print_first(struct drawing *d)
{
	struct list_state *s = d->state;
	widen(s, title);
	s->cards = d->look.width < NARROW;
	for (size_t i = 0; i < s->rows; i++) {
		widen(s, s->first[i]);
		s->cards |= !d->look.one_line && row_cells(s->first[i]) > d->look.width;
	}
	spread(s, d->look.width);
	if (!s->cards)
		print_row(d, title);
	for (size_t i = 0; i < s->rows; i++) {
		print_any(d, s->first[i]);
		free(s->first[i]);
	}
	s->titled = true;
	s->rows = 0;
}

static void list_line(struct drawing *d, const char *row)
{
	struct list_state *s = d->state;
	if (s->titled) {
		if (d->look.stream)
			widen(s, row);
		print_any(d, row);
		return;
	}
	char *kept = strdup(row);
	if (kept)
		s->first[s->rows++] = kept;
	if (s->rows == FIRST_ROWS || d->look.stream || !kept)
		print_first(d);
}

static void list_end(struct drawing *d, const struct totals *t)
{
	struct list_state *s = d->state;
	if (!s->titled && s->rows)
		print_first(d);
	if (!t->datagrams && !t->messages)
		return;
	char text[CELL_TEXT];
	snprintf(text, sizeof text,
		 "(beside them: %" PRIu64 " UDP datagram%s, %" PRIu64 " ICMP message%s)",
		 t->datagrams, t->datagrams == 1 ? "" : "s", t->messages,
		 t->messages == 1 ? "" : "s");
	put_flowed(d, text);
}

const struct view view_list = {
	.name = "list",
	.help = "one line per connection: shape, bytes, how it ended",
	.state_size = sizeof(struct list_state),
	.ordered = true,
	.row = list_row,
	.line = list_line,
	.end = list_end,
};

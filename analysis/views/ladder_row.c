/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/views/ladder.h"

enum {
	TIME_ROOM = 8, /* "0.000034" */
	UTC_ROOM = 15, /* "12:34:56.000034" */
	UTC_FROM = 72, /* columns; below, the time of day is cut */
	TIME_LEAST = 4,
	LEFT_ROOM = 11,  /* "ESTABLISHED": a longer name is given a cell of the time's */
	RIGHT_ROOM = 12, /* "SYN-RECEIVED" */
	MIDDLE_MOST = 61,
	MIDDLE_BESIDE = 40,
	SIDE_LEAST = 30,
	ARROW_LEAST = 5, /* a head, two spaces, and a shaft at either end */
	PARTS = 4,
};

struct layout {
	int number, left, middle, side; /* left: number, time and state */
	int kernel;                     /* a column of the kernel's beside either state */
};

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

static struct layout layout_of(const struct drawing *d)
{
	const struct ladder *ladder = d->state;
	const struct look *look = &d->look;
	int time = look->time == TIME_ABS && look->width >= UTC_FROM ? UTC_ROOM : TIME_ROOM;
	struct layout l = {.number = ladder->ids ? 6 : 3, .left = 3 + 1 + time + 1 + LEFT_ROOM};
	bool beside = look->width >= SUMS_BESIDE;
	l.kernel = beside && look->witness ? RIGHT_ROOM + 1 : 0;
	int rest = look->width - l.left - RIGHT_ROOM - 4 - 2 * l.kernel; /* " |" and "| " */
	l.middle = smaller(rest, MIDDLE_MOST);
	if (l.kernel && rest >= MIDDLE_BESIDE + SIDE_LEAST) {
		l.middle = MIDDLE_BESIDE;
		l.side = rest - l.middle - 2;
	} else if (beside && !l.kernel) {
		l.middle = smaller(MIDDLE_BESIDE + (look->width - SUMS_BESIDE) / 2, MIDDLE_MOST);
		l.side = rest - l.middle - 2;
	}
	return l;
}

/* A time too long even without its fraction, in days or years. */
static void round_time(const char *time, int room, struct text *t)
{
	char rough[NUMBER_TEXT];
	int64_t days = strtoll(time, NULL, 10) / 86400;
	snprintf(rough, sizeof rough, "%" PRId64 "d", days);
	if (cells(rough) > room)
		snprintf(rough, sizeof rough, "%" PRId64 "y", days / 365);
	text_left(t, rough, room);
}

/* The time in room cells: its last digits go first, of a time of day its hour goes too. */
static void put_time(const char *time, int room, struct text *t)
{
	char cut[TIME_TEXT];
	bool clock = strchr(time, ':') != NULL;
	if (clock && room < TIME_ROOM)
		time += 3;
	if (!clock && (int)strcspn(time, ".") > room) {
		round_time(time, room, t);
		return;
	}
	snprintf(cut, sizeof cut, "%.*s", room, time);
	size_t len = strlen(cut);
	if (len && strchr(".:", cut[len - 1]))
		cut[len - 1] = 0;
	text_left(t, cut, room);
}

static int digits_of(const struct layout *l, const char *number)
{
	return cells(number) > l->number ? cells(number) : l->number;
}

static int time_room(const struct layout *l, const char *number, const char *state)
{
	int name = cells(state) > LEFT_ROOM ? cells(state) : LEFT_ROOM;
	return l->left - digits_of(l, number) - name - 2;
}

/* "  1 0.000000    SYN-SENT". A number that leaves the time no room gets a line of its own. */
static void put_left(const struct drawing *d, const struct layout *l, const char *text[3],
		     struct text *t)
{
	int room = time_room(l, text[0], text[2]);
	if (room >= TIME_LEAST) {
		text_right(t, text[0], l->number);
		text_add(t, " ");
		put_time(text[1], room, t);
		text_add(t, " ");
		text_right(t, text[2], l->left - digits_of(l, text[0]) - 2 - room);
		return;
	}
	char own[LINE_TEXT];
	struct text o = text_in(own, sizeof own);
	text_add(&o, text[0]);
	text_add(&o, " ");
	text_add(&o, text[1]);
	put_flowed(d, own);
	text_right(t, text[2], l->left);
}

/* Texts that stand below each other. */
struct column {
	const char *part[PARTS];
	unsigned at;
};

static bool column_next(struct column *c, int room, char line[static LINE_TEXT])
{
	line[0] = 0;
	for (; c->at < PARTS; c->at++)
		if (c->part[c->at] && flow(&c->part[c->at], room, line))
			return true;
	return false;
}

static void put_arrow(const struct glyphs *g, const struct sketch *s, const char *words, int room,
		      struct text *t)
{
	int shaft = room - 1 - (*words ? cells(words) + 2 : 0);
	if (!s->rightward)
		text_add(t, s->stopped ? g->lost : g->left);
	text_repeat(t, s->shaft, shaft / 2);
	if (*words) {
		text_add(t, " ");
		text_add(t, words);
		text_add(t, " ");
	}
	text_repeat(t, s->shaft, shaft - shaft / 2);
	if (s->rightward)
		text_add(t, s->stopped ? g->lost : g->right);
}

static void join(const char *const piece[PARTS], unsigned set, struct text *t)
{
	const char *space = "";
	for (unsigned i = 0; i < PARTS; i++)
		if (set >> i & 1 && *piece[i]) {
			text_add(t, space);
			text_add(t, piece[i]);
			space = " ";
		}
}

/* What the arrow carries, and what it has no room for. */
static void share_out(const struct sketch *s, int room, char words[static WORDS_TEXT],
		      char under[static WORDS_TEXT])
{
	static const unsigned keep[] = {0xf, 0xb, 0x3, 0x1, 0x0}; /* len goes first */
	const char *const piece[PARTS] = {s->flags, s->numbers, s->len, s->mark};
	unsigned i = 0;
	for (;; i++) {
		struct text t = text_in(words, WORDS_TEXT);
		join(piece, keep[i], &t);
		if (!keep[i] || cells(words) + ARROW_LEAST <= room)
			break;
	}
	struct text t = text_in(under, WORDS_TEXT);
	join(piece, ~keep[i] & 0xf, &t);
	if (*under && *s->note)
		text_add(&t, " ");
	text_add(&t, s->note);
}

/* On one line where that fits. */
static void add_sum(struct column *c, const struct sketch *s, char under[static WORDS_TEXT],
		    int room)
{
	size_t len = strlen(under);
	unsigned last = c->part[0] ? 1 : 0;
	c->part[last] = under;
	if (!len || !*s->sum || cells(under) + 2 + cells(s->sum) > room - 2) {
		c->part[last + 1] = s->sum;
		return;
	}
	struct text t = text_in(under + len, WORDS_TEXT - len);
	text_add(&t, ", ");
	text_add(&t, s->sum);
}

static void put_middle(struct text *t, const struct glyphs *g, const char *line, int room)
{
	int before = (room - cells(line)) / 2;
	text_add(t, " ");
	text_add(t, g->bar);
	text_repeat(t, " ", before);
	text_left(t, line, room - before);
	text_add(t, g->bar);
	text_add(t, " ");
}

struct columns {
	struct column left, middle, right, side;
	const char *kernel[2];
};

static void put_kernel(struct text *t, const struct layout *l, const char *state)
{
	if (!l->kernel)
		return;
	text_add(t, " ");
	text_left(t, state ? state : "", l->kernel - 1);
}

static void put_columns(const struct drawing *d, const struct layout *l, const struct sketch *s,
			struct columns *c)
{
	const char *number = s->number, *time = s->time;
	char left[LINE_TEXT], middle[LINE_TEXT], right[LINE_TEXT], side[LINE_TEXT], line[LINE_TEXT];
	for (bool first = true;; first = false) {
		bool more = column_next(&c->left, RIGHT_ROOM, left);
		more |= column_next(&c->middle, l->middle, middle);
		more |= column_next(&c->right, RIGHT_ROOM, right);
		more |= column_next(&c->side, l->side, side);
		if (!more && !first)
			return;
		struct text t = text_in(line, sizeof line);
		put_left(d, l, (const char *[]){number, time, left}, &t);
		put_kernel(&t, l, first ? c->kernel[0] : "");
		put_middle(&t, glyphs_of(&d->look), middle, l->middle);
		text_left(&t, right, RIGHT_ROOM + (l->kernel ? 0 : 2));
		put_kernel(&t, l, first ? c->kernel[1] : "");
		text_add(&t, side);
		put_line(d, line);
		number = time = "";
	}
}

void ladder_row(const struct drawing *d, const struct sketch *s)
{
	char words[WORDS_TEXT], under[WORDS_TEXT], arrow[LINE_TEXT];
	struct layout l = layout_of(d);
	struct columns c = {.left.part = {s->state[0], s->word[0]},
			    .right.part = {s->state[1], s->word[1]},
			    .middle.part = {arrow},
			    .kernel = {s->kernel[0], s->kernel[1]}};
	share_out(s, l.middle, words, under);
	struct text t = text_in(arrow, sizeof arrow);
	put_arrow(glyphs_of(&d->look), s, words, l.middle, &t);
	if (l.side)
		add_sum(&c.side, s, under, l.side);
	else
		add_sum(&c.middle, s, under, l.middle);
	put_columns(d, &l, s, &c);
}

void ladder_titles(const struct drawing *d, const char *const state[2])
{
	static const char *const title[][2] = {
		[TIME_SINCE] = {"time(s)", "time"},
		[TIME_DELTA] = {"delta(s)", "delta"},
		[TIME_ABS] = {"UTC", "UTC"},
	};
	struct layout l = layout_of(d);
	bool tight = time_room(&l, "#", "") < TIME_ROOM;
	struct sketch titles = {.number = "#"}, first = {.number = ""};
	struct text t = text_in(titles.time, sizeof titles.time);
	text_add(&t, title[d->look.time][tight]);
	put_columns(d, &l, &titles,
		    &(struct columns){.left.part = {"client"},
				      .right.part = {"server"},
				      .kernel = {"kernel", "kernel"}});
	put_columns(d, &l, &first,
		    &(struct columns){.left.part = {state[0]}, .right.part = {state[1]}});
}

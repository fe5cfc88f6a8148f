/* SPDX-License-Identifier: MIT */
#include "labs/page.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/decode/utf8.h"

static size_t line_of(const char *at)
{
	return strcspn(at, "\n");
}

static const char *next_line(const char *at)
{
	at += line_of(at);
	return *at ? at + 1 : at;
}

/* How many '#' stand before a heading; 0: the line is none. */
static unsigned level_of(const char *line)
{
	size_t n = strspn(line, "#");
	return n && n <= 3 && line[n] == ' ' ? (unsigned)n : 0;
}

static bool is_heading(const char *line, unsigned level, const char *words)
{
	size_t len = line_of(line), want = strlen(words);
	while (len && line[len - 1] == ' ')
		len--;
	return level_of(line) == level && len == level + 1 + want &&
	       strncmp(line + level + 1, words, want) == 0;
}

/* From behind the heading's line to the next heading, without empty lines at both ends. */
static struct passage below(const char *heading)
{
	const char *from = next_line(heading), *to;
	while (*from == '\n')
		from++;
	for (to = from; *to && !level_of(to);)
		to = next_line(to);
	while (to > from && to[-1] == '\n')
		to--;
	return (struct passage){from, (size_t)(to - from)};
}

struct passage page_title(const char *page)
{
	size_t len = line_of(page);
	return level_of(page) == 1 ? (struct passage){page + 2, len - 2} : (struct passage){0};
}

struct passage page_intro(const char *page)
{
	return level_of(page) == 1 ? below(page) : (struct passage){0};
}

struct passage page_find(const char *page, const char *heading, const char *sub, unsigned n)
{
	const char *at = page;
	while (*at && !is_heading(at, 2, heading))
		at = next_line(at);
	if (!*at)
		return (struct passage){0};
	if (!sub)
		return below(at);
	for (at = next_line(at); *at && level_of(at) != 2 && level_of(at) != 1; at = next_line(at))
		if (is_heading(at, 3, sub) && n-- == 0)
			return below(at);
	return (struct passage){0};
}

bool page_next_heading(const char **at, struct heading *h)
{
	while (**at && !level_of(*at))
		*at = next_line(*at);
	if (!**at)
		return false;
	h->level = level_of(*at);
	h->words = (struct passage){*at + h->level + 1, line_of(*at) - h->level - 1};
	while (h->words.len && strchr(" \r", h->words.at[h->words.len - 1]))
		h->words.len--;
	*at = next_line(*at);
	return true;
}

/* ---- printing */

/* The code point at *at, which moves behind it; what is no UTF-8 is a character of its own. */
static unsigned long decode(const char **at, const char *end)
{
	const unsigned char *s = (const unsigned char *)*at;
	size_t octets = utf8_length(*at, (size_t)(end - *at));
	unsigned long c = octets > 1 ? *s & (0x7fu >> octets) : *s;
	for (size_t i = 1; i < octets; i++)
		c = c << 6 | (s[i] & 0x3fu);
	*at += octets ? octets : 1;
	return c;
}

/* East Asian Wide and Fullwidth (UAX #11), as far as texts need it. */
static bool is_wide(unsigned long c)
{
	static const unsigned long wide[][2] = {
		{0x1100, 0x115f},   {0x2e80, 0x303e},   {0x3041, 0x33ff}, {0x3400, 0x4dbf},
		{0x4e00, 0x9fff},   {0xa960, 0xa97f},   {0xac00, 0xd7a3}, {0xf900, 0xfaff},
		{0xfe30, 0xfe6f},   {0xff01, 0xff60},   {0xffe0, 0xffe6}, {0x1f300, 0x1f64f},
		{0x1f900, 0x1f9ff}, {0x20000, 0x3fffd},
	};
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (c >= wide[i][0] && c <= wide[i][1])
			return true;
	return false;
}

int text_columns(const char *text, size_t len)
{
	const char *end = text + len;
	int columns = 0;
	while (text < end)
		columns += is_wide(decode(&text, end)) ? 2 : 1;
	return columns;
}

/* No line begins with one of these, nor ends with the opening ones. */
static bool is_closing(unsigned long c)
{
	static const unsigned long set[] = {0x3001, 0x3002, 0xff0c, 0xff0e, 0xff1a, 0xff1b,
					    0xff01, 0xff1f, 0xff09, 0x300b, 0x300d, 0x300f,
					    0x3011, 0x2026, 0x201d, 0x2019};
	for (size_t i = 0; i < sizeof set / sizeof *set; i++)
		if (set[i] == c)
			return true;
	return false;
}

static bool is_opening(unsigned long c)
{
	return c == 0xff08 || c == 0x300a || c == 0x300c || c == 0x300e || c == 0x3010 ||
	       c == 0x201c || c == 0x2018;
}

/* The next piece that may not be broken: a word, or a wide character with the punctuation that
 * clings to it. */
static size_t piece_of(const char *at, const char *end)
{
	const char *from = at, *next = at;
	unsigned long last = 0, c;
	while (at < end && *at != ' ' && *at != '\n') {
		c = decode(&next, end);
		bool breaks = last && (is_wide(last) || is_wide(c)) && !is_closing(c) &&
			      !is_opening(last);
		if (breaks)
			break;
		last = c;
		at = next;
	}
	return (size_t)(at - from);
}

struct filling {
	FILE *out;
	struct manner_of_text manner;
	int column;         /* 0: a line is not begun */
	int hang;           /* more indent, of the lines behind the first one of an item */
	unsigned long last; /* the character that was put last */
};

/* Behind so many blanks, unless it begins a line. */
static void put_piece(struct filling *f, const char *at, size_t len, int blanks)
{
	int columns = text_columns(at, len);
	bool full = f->column && f->column + blanks + columns > f->manner.width;
	if (full)
		fputc('\n', f->out);
	if (full || !f->column)
		fprintf(f->out, "%*s", f->column = f->manner.indent + (full ? f->hang : 0), "");
	else
		f->column += fprintf(f->out, "%*s", blanks, "");
	fwrite(at, 1, len, f->out);
	f->column += columns;
	for (const char *end = at + len; at < end;)
		f->last = decode(&at, end);
}

/* Where a line of the page ended: no blank between Chinese characters, nor behind their stops. */
static bool wants_blank(const struct filling *f, const char *next)
{
	bool stop = is_wide(f->last) && (is_closing(f->last) || is_opening(f->last));
	return f->column && !stop && !(is_wide(f->last) && (unsigned char)*next >= 0xe0);
}

static void end_line(struct filling *f)
{
	if (f->column)
		fputc('\n', f->out);
	f->column = f->hang = 0;
}

/* Blanks at the ends of the line do not count. */
static void fill(struct filling *f, const char *at, size_t len)
{
	const char *end = at + len;
	while (at < end && *at == ' ')
		at++;
	int blanks = wants_blank(f, at);
	while (at < end) {
		size_t n = piece_of(at, end);
		if (n)
			put_piece(f, at, n, blanks);
		blanks = n ? 0 : blanks + 1;
		at += n ? n : 1;
	}
}

/* Where the words of an item begin: behind "- a: ", or "- ". */
static int hang_of(const char *item, size_t len)
{
	size_t label = 2;
	while (label < len && label < 4 && isalnum((unsigned char)item[label]))
		label++;
	return label > 2 && label + 1 < len && strncmp(item + label, ": ", 2) == 0 ? (int)label + 2
										   : 2;
}

/* A line that stays as it is, or begins an item; "" of it is a paragraph's end. */
static void print_line(struct filling *f, const char *at, size_t len)
{
	bool verbatim = len && (*at == '|' || (len >= 4 && strncmp(at, "    ", 4) == 0));
	bool item = len > 1 && strncmp(at, "- ", 2) == 0;
	if (!len || verbatim || item)
		end_line(f);
	if (item)
		f->hang = hang_of(at, len);
	if (!len) {
		fputc('\n', f->out);
	} else if (verbatim && f->manner.indent + text_columns(at, len) <= f->manner.width) {
		fprintf(f->out, "%*s%.*s\n", f->manner.indent, "", (int)len, at);
	} else {
		fill(f, at, len);
		if (verbatim)
			end_line(f);
	}
}

void passage_print(FILE *out, struct passage p, struct manner_of_text m)
{
	struct filling f = {.out = out, .manner = m};
	const char *end = p.at ? p.at + p.len : p.at;
	for (const char *at = p.at; at < end;) {
		const char *next = memchr(at, '\n', (size_t)(end - at));
		size_t len = next ? (size_t)(next - at) : (size_t)(end - at);
		print_line(&f, at, len);
		at += len + 1;
	}
	end_line(&f);
}

void text_print(FILE *out, struct manner_of_text m, const char *format, ...)
{
	char *text = NULL;
	va_list ap;
	va_start(ap, format);
	if (vasprintf(&text, format, ap) < 0)
		text = NULL;
	va_end(ap);
	if (text)
		passage_print(out, (struct passage){text, strlen(text)}, m);
	free(text);
}

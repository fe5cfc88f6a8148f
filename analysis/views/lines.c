/* SPDX-License-Identifier: MIT */
#include "analysis/views/lines.h"

#include <string.h>

const struct glyphs *glyphs_of(const struct look *l)
{
	/* Box drawing is of ambiguous width in East Asia; what `cjk` uses is narrow everywhere. */
	static const struct glyphs set[] = {
		[GLYPHS_ASCII] = {"-", "=", "|", ">", "<", "x", ""},
		[GLYPHS_UNICODE] = {"─", "═", "│", "▶", "◀", "✗", "✓\037"},
		[GLYPHS_CJK] = {"-", "=", "╎", "►", "◄", "✗", "✓\037"},
	};
	return &set[l->glyphs];
}

static bool starts_cell(char c)
{
	return ((unsigned char)c & 0xc0) != 0x80;
}

int cells(const char *text)
{
	int n = 0;
	for (; *text; text++)
		n += starts_cell(*text);
	return n;
}

void text_repeat(struct text *t, const char *s, int times)
{
	for (; times > 0; times--)
		text_add(t, s);
}

void text_right(struct text *t, const char *s, int width)
{
	text_repeat(t, " ", width - cells(s));
	text_add(t, s);
}

void text_left(struct text *t, const char *s, int width)
{
	text_add(t, s);
	text_repeat(t, " ", width - cells(s));
}

/* Octets of text that make up at most `most` cells. */
static size_t fitting(const char *text, int most)
{
	size_t n = 0;
	for (; text[n]; n++)
		if (starts_cell(text[n]) && most-- == 0)
			break;
	return n;
}

/* The best place to end a line of at most n octets. */
static size_t ending(const char *text, size_t n)
{
	for (size_t i = n; i > 0; i--)
		if (text[i] == ' ')
			return i;
	for (size_t i = n; i > 0; i--)
		if (text[i - 1] == ',' || strncmp(text + i - 1, "><", 2) == 0)
			return i;
	return n;
}

bool flow(const char **rest, int most, char line[static LINE_TEXT])
{
	line[0] = 0;
	*rest += strspn(*rest, " ");
	if (!**rest)
		return false;
	size_t n = fitting(*rest, most < 1 ? 1 : most < LINE_CELLS ? most : LINE_CELLS - 1);
	if ((*rest)[n])
		n = ending(*rest, n);
	for (size_t i = 0; i < n; i++) {
		line[i] = (*rest)[i];
		if (line[i] == BOUND)
			line[i] = ' ';
	}
	line[n] = 0;
	*rest += n;
	return true;
}

/* After Okabe and Ito, as near as the 256 colours come: opening orange, open green, the end that
 * closes blue, the end that still has to vermilion, both ends' waiting purple. */
static const char *color_of(const char *word, size_t len)
{
	static const struct {
		const char *word, *color;
	} table[] = {
		{"UNKNOWN", "245"},   {"CLOSED", "245"},       {"LISTEN", "245"},
		{"SYN-SENT", "214"},  {"SYN-RECEIVED", "214"}, {"ESTABLISHED", "36"},
		{"FIN-WAIT-1", "74"}, {"FIN-WAIT-2", "74"},    {"CLOSE-WAIT", "166"},
		{"LAST-ACK", "166"},  {"CLOSING", "175"},      {"TIME-WAIT", "175"},
		{"RST", "160"},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (strlen(table[i].word) == len && memcmp(table[i].word, word, len) == 0)
			return table[i].color;
	return NULL;
}

/* The words are known, so colour needs no place in the layout. */
static void put_colored(FILE *out, const char *line, size_t len)
{
	static const char word[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
	for (size_t at = 0, n; at < len; at += n) {
		n = strspn(line + at, word);
		const char *color = n ? color_of(line + at, n) : NULL;
		n = n ? n : 1;
		if (color)
			fprintf(out, "\033[38;5;%sm%.*s\033[0m", color, (int)n, line + at);
		else
			fwrite(line + at, 1, n, out);
	}
}

void put_line(const struct drawing *d, const char *line)
{
	size_t len = strlen(line);
	while (len && line[len - 1] == ' ')
		len--;
	if (d->look.color)
		put_colored(d->out, line, len);
	else
		fwrite(line, 1, len, d->out);
	fputc('\n', d->out);
}

void put_flowed(const struct drawing *d, const char *text)
{
	char line[LINE_TEXT], indented[LINE_TEXT];
	size_t indent = strspn(text, " ");
	int margin = (int)indent;
	while (flow(&text, d->look.width - margin, line)) {
		struct text t = text_in(indented, sizeof indented);
		text_repeat(&t, " ", margin);
		text_add(&t, line);
		put_line(d, indented);
		margin = 4;
	}
}

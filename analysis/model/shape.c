/* SPDX-License-Identifier: MIT */
#include "analysis/model/shape.h"

#include "analysis/decode/text.h"

enum { SHAPE_SERVER = 0x80 };

static void add_token(struct shape *s, uint8_t kind)
{
	unsigned last = s->tokens - 1U;
	bool same = !s->cut && s->tokens > (s->closing ? s->opening : 0) && s->kind[last] == kind;
	if (same && s->count[last] < UINT16_MAX) {
		s->count[last]++;
	} else if (s->tokens < SHAPE_TOKENS) {
		s->kind[s->tokens] = kind;
		s->count[s->tokens++] = 1;
	} else {
		s->cut = true;
	}
	if (!s->closing)
		s->opening = s->tokens;
}

void shape_add(struct shape *s, enum shape_kind kind, bool server, bool established)
{
	uint8_t token = (uint8_t)(kind | (server && kind != SHAPE_DATA ? SHAPE_SERVER : 0));
	if (kind == SHAPE_FIN || kind == SHAPE_RST)
		s->closing = true;
	bool opens = !s->opened && !s->closing && kind != SHAPE_DATA;
	if (s->closing || opens)
		add_token(s, token);
	else
		s->data++;
	s->opened |= established;
}

void shape_swap(struct shape *s)
{
	for (unsigned i = 0; i < s->tokens; i++)
		if (s->kind[i] != SHAPE_DATA)
			s->kind[i] ^= SHAPE_SERVER;
}

static void print_token(struct text *t, uint8_t kind, unsigned count)
{
	static const char *const client[] = {"S", "SA", "A", "F", "R", "R"};
	static const char *const server[] = {"s", "sa", "a", "f", "r", "r"};
	unsigned k = kind & ~(unsigned)SHAPE_SERVER;
	if (k == SHAPE_DATA) {
		text_number(t, count);
		return;
	}
	text_add(t, (kind & SHAPE_SERVER ? server : client)[k]);
	if (count > 1) {
		text_char(t, '*');
		text_number(t, count);
	}
}

/* The bars, and the number of segments between them, stand after the opening's tokens. */
static void print_middle(struct text *t, const struct shape *s, const char *space)
{
	if (s->opened || s->data) {
		text_add(t, *space ? " | " : "| ");
		text_number(t, s->data);
		space = " ";
	}
	if (s->closing && (*space || s->opening))
		text_add(t, " |");
	else if (s->closing)
		text_add(t, "|");
}

const char *shape_print(const struct shape *s, char text[static SHAPE_TEXT])
{
	struct text t = text_in(text, SHAPE_TEXT);
	for (unsigned i = 0; i <= s->tokens; i++) {
		if (i == s->opening)
			print_middle(&t, s, i ? " " : "");
		if (i == s->tokens)
			break;
		if (t.at != text)
			text_char(&t, ' ');
		print_token(&t, s->kind[i], s->count[i]);
	}
	if (s->cut)
		text_add(&t, " ..");
	return text;
}

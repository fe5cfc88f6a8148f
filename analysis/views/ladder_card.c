/* SPDX-License-Identifier: MIT */
#include "analysis/views/ladder.h"

static void put_direction(const struct glyphs *g, const struct sketch *s, struct text *t)
{
	const char *head = s->stopped ? g->lost : s->rightward ? g->right : g->left;
	text_add(t, s->rightward ? s->shaft : head);
	text_add(t, s->rightward ? head : s->shaft);
}

void ladder_card_ends(const struct drawing *d, const char *const state[2],
		      const char *const word[2])
{
	static const char *const role[] = {"client", "server"};
	char line[WORDS_TEXT];
	struct text t = text_in(line, sizeof line);
	const char *before = "    ";
	for (int i = 0; i < 2; i++) {
		if (!*state[i] && !*word[i])
			continue;
		text_add(&t, before);
		text_add(&t, role[i]);
		text_add(&t, *state[i] ? "\037" : "");
		text_add(&t, state[i]);
		text_add(&t, *word[i] ? "\037" : "");
		text_add(&t, word[i]);
		before = ", ";
	}
	put_flowed(d, line);
}

static void put_indented(const struct drawing *d, const char *a, const char *between, const char *b)
{
	char line[WORDS_TEXT];
	struct text t = text_in(line, sizeof line);
	text_add(&t, "    ");
	text_add(&t, a);
	text_add(&t, *a && *b ? between : "");
	text_add(&t, b);
	put_flowed(d, line);
}

void ladder_card(const struct drawing *d, const struct sketch *s)
{
	char line[WORDS_TEXT];
	struct text t = text_in(line, sizeof line);
	text_right(&t, s->number, 3);
	text_add(&t, " ");
	text_add(&t, s->time);
	text_add(&t, " ");
	put_direction(glyphs_of(&d->look), s, &t);
	text_add(&t, " ");
	text_add(&t, s->flags);
	text_add(&t, *s->mark ? " " : "");
	text_add(&t, s->mark);
	put_flowed(d, line);
	put_indented(d, s->numbers, " ", s->len);
	put_indented(d, s->note, ", ", s->sum);
	ladder_card_ends(d, s->state, s->word);
}

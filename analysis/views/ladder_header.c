/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "analysis/views/ladder.h"

/* "#1  127.0.0.1:40001 -> 127.0.0.1:8081" */
static void put_both_ends(const struct connection *c, struct text *t)
{
	char end[ENDPOINT_TEXT];
	text_char(t, '#');
	text_number(t, c->id);
	text_add(t, "\037\037");
	text_add(t, endpoint_print(&c->endpoint[c->client], end));
	text_add(t, " ->\037");
	text_add(t, endpoint_print(&c->endpoint[!c->client], end));
}

static void put_base(const struct look *l, const struct connection *c, int end, struct text *t)
{
	char base[NUMBER_TEXT];
	if (!c->based[end])
		return;
	snprintf(base, sizeof base, l->seq == SEQ_HEX ? "0x%08" PRIx32 : "%" PRIu32,
		 c->base[end].n);
	text_add(t, t->at[-1] == ' ' ? "" : "  ");
	text_add(t, end == c->client ? "x" : "y");
	text_add(t, c->guessed[end] ? "~" : "=");
	text_add(t, base);
}

/* "    x=1000  y=179399304  seq=abs" */
static void put_bases(const struct look *l, const struct connection *c, struct text *t)
{
	static const char *const mode[] = {
		[SEQ_SYM] = "",
		[SEQ_ABS] = "  seq=abs",
		[SEQ_REL] = "  seq=rel",
		[SEQ_HEX] = "  seq=hex",
	};
	text_add(t, "    ");
	put_base(l, c, c->client, t);
	if (!c->self)
		put_base(l, c, !c->client, t);
	text_add(t, mode[l->seq]);
	text_add(t, c->role_guessed ? "  roles\037guessed" : "");
}

void ladder_header(const struct drawing *d, const struct connection *c)
{
	char line[2 * WORDS_TEXT], bases[WORDS_TEXT];
	struct text t = text_in(line, sizeof line), b = text_in(bases, sizeof bases);
	put_both_ends(c, &t);
	put_bases(&d->look, c, &b);
	if (cells(line) + cells(bases) - 1 > d->look.width) {
		put_flowed(d, line);
		put_flowed(d, bases);
		return;
	}
	text_add(&t, bases + 1);
	put_flowed(d, line);
}

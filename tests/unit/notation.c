/* SPDX-License-Identifier: MIT */
#include "tests/unit/notation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/views/number.h"

enum { PLAIN_DATA = 10, ROW = 256 };

struct wire wire_new(void)
{
	return (struct wire){
		.left = {{{10, 0, 0, 1}, 4}, 40000},
		.right = {{{10, 0, 0, 2}, 4}, 80},
		.packet.time = 1700000000000000000,
	};
}

static unsigned parse_flags(const char *text)
{
	unsigned flags = 0, bit;
	const char *name;
	for (unsigned i = 0; (name = flag_name(i, &bit)); i++) {
		const char *at = strstr(text, name);
		if (at && at < text + strcspn(text, ">"))
			flags |= bit;
	}
	return flags;
}

static uint32_t parse_number(const char *row, const char *field)
{
	const char *at = strstr(row, field);
	return at ? (uint32_t)strtoul(at + strlen(field), NULL, 10) : 0;
}

bool wire_row(struct wire *w, const char *row)
{
	const char *ctl = strstr(row, "<CTL=");
	bool right = strstr(row, "-->");
	struct packet *p = &w->packet;
	if (!ctl || (!right && !strstr(row, "<--")))
		return false;
	p->src = right ? w->left : w->right;
	p->dst = right ? w->right : w->left;
	p->seg = (struct segment){
		.seq.n = parse_number(row, "<SEQ="),
		.ack.n = parse_number(row, "<ACK="),
		.len = strstr(row, "<DATA>") ? PLAIN_DATA : parse_number(row, "<DATA="),
		.flags = (uint16_t)parse_flags(ctl + strlen("<CTL=")),
		.wnd = 65535,
	};
	p->time += 1000000;
	p->frame++;
	return true;
}

/* Copy the row at *text and move behind it. */
static bool next_row(const char **text, char row[static ROW])
{
	size_t len = strcspn(*text, "\n");
	if (!**text)
		return false;
	assert_true(len < ROW);
	memcpy(row, *text, len);
	row[len] = 0;
	*text += len + ((*text)[len] == '\n');
	return true;
}

void wire_play(struct wire *w, const char *text, struct tracker *t)
{
	char row[ROW];
	while (next_row(&text, row))
		if (wire_row(w, row))
			tracker_packet(t, &w->packet);
}

struct events wire_observe(struct wire *w, const char *text, struct connection *c)
{
	char row[ROW];
	struct events out = {.count = 0};
	while (next_row(&text, row)) {
		assert_true(wire_row(w, row));
		if (c->id == 0)
			connection_init(c, 1, &w->packet);
		int from = !endpoint_eq(&c->endpoint[0], &w->packet.src);
		connection_observe(c, from, &w->packet, &out);
	}
	return out;
}

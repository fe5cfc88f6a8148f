/* SPDX-License-Identifier: MIT */
#include "tests/unit/played.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

void played_flags(struct text *to, uint16_t flags)
{
	static const char letters[] = "FSRPA";
	for (unsigned i = 0; letters[i]; i++)
		if (flags & 1U << i)
			text_char(to, letters[i]);
}

void world_trace(struct world *w, const struct packet *p)
{
	text_add(&w->to, w->trace[0] ? " " : "");
	text_char(&w->to, p->src.port ? '<' : '>');
	played_flags(&w->to, p->seg.flags);
	if (p->seg.len)
		text_number(&w->to, p->seg.len);
}

/* All that this end has to say goes on the wire. */
static void send_all(struct world *w, unsigned end)
{
	struct packet p;
	char reason[TELL_TEXT];
	unsigned turns = 0;
	while (tcp_next(&w->end[end], w->now, &p)) {
		assert_true(++turns < TURNS);
		assert_true(p.src.port == end && p.dst.port == !end);
		assert_int_equal(p.payload.len, p.seg.len);
		world_trace(w, &p);
		text_add(&w->why, tell_reason(&w->end[end], &p, reason));
		text_char(&w->why, '\n');
		if (++w->sent != w->lost)
			assert_true(inbox_put(&w->wire, &p));
		tcp_departed(&w->end[end], &p);
	}
}

static void append(struct octets *to, struct bytes b)
{
	uint8_t *at = realloc(to->at, to->len + b.len + 1);
	assert_non_null(at);
	if (b.len)
		memcpy(at + to->len, b.at, b.len);
	*to = (struct octets){at, to->len + b.len};
}

void world_hear(struct world *w, const struct packet *p)
{
	struct bytes heard;
	unsigned end = p->dst.port;
	tcp_hears(&w->end[end], p, &heard);
	append(&w->heard[end], heard);
	if (w->closes[end] && w->end[end].tcb.fin_heard)
		tcp_close(&w->end[end]);
}

bool world_wait(struct world *w)
{
	int64_t a = tcp_due(&w->end[0]), b = tcp_due(&w->end[1]), due = a < b ? a : b;
	if (due > 4000LL * SECOND)
		return false;
	w->now = due;
	return true;
}

void world_run(struct world *w, bool with_time)
{
	struct packet p;
	for (unsigned turns = 0;; turns++) {
		assert_true(turns < TURNS);
		send_all(w, 0);
		send_all(w, 1);
		if (inbox_take(&w->wire, NULL, NULL, &p))
			world_hear(w, &p);
		else if (!with_time || !world_wait(w))
			return;
	}
}

static void say(struct world *w, unsigned end, size_t len)
{
	for (; len; len--) {
		uint8_t octet = (uint8_t)(w->said[end].len * 7 + end);
		append(&w->said[end], (struct bytes){&octet, 1});
		assert_true(tcp_say(&w->end[end], (struct bytes){&octet, 1}));
	}
}

static void act(struct world *w, char what, unsigned end, unsigned n)
{
	struct tcp *t = &w->end[end];
	switch (what) {
	case 'l':
		tcp_listen(t);
		return;
	case 'c':
		tcp_connect(t, &w->end[!end].local);
		return;
	case 'd':
		say(w, end, n);
		return;
	case 'f':
		tcp_close(t);
		return;
	case 'a':
		tcp_abort(t);
		return;
	case 'e':
		w->closes[end] = true;
		return;
	case 'm':
		t->manner.merges = true;
		return;
	case 'p':
		t->manner.push_fin = true;
		return;
	case 'x':
		t->manner.crosses = true;
		return;
	case 'w':
		t->wnd = (uint16_t)n;
		t->owes_ack = t->tcb.state >= ESTABLISHED;
		return;
	case '.':
		world_run(w, false);
		return;
	case '~': /* to the next timer */
		assert_true(world_wait(w));
		world_run(w, false);
		return;
	case '!':
		w->lost = n;
		return;
	default:
		fail_msg("no act is called %c", what);
	}
}

void world_play(struct world *w, const char *script)
{
	char *at = NULL;
	for (; *script; script += *script == ' ') {
		char what = *script++;
		unsigned end = *script >= '0' && *script <= '9' ? (unsigned)(*script++ - '0') : 0;
		unsigned n = 0;
		if (*script == '=') {
			n = (unsigned)strtoul(script + 1, &at, 10);
			script = at;
		}
		act(w, what, end, n);
	}
}

struct world *world_new(uint32_t left, uint32_t right)
{
	struct world *w = calloc(1, sizeof *w);
	assert_non_null(w);
	w->to = text_in(w->trace, sizeof w->trace);
	w->why = text_in(w->told, sizeof w->told);
	for (uint16_t i = 0; i < 2; i++) {
		struct endpoint e = {{{127, 0, 0, 1}, 4}, i};
		tcp_init(&w->end[i], &e, (struct seq){i ? right : left});
	}
	return w;
}

void world_free(struct world *w)
{
	for (int i = 0; i < 2; i++) {
		free(w->said[i].at);
		free(w->heard[i].at);
	}
	inbox_free(&w->wire);
	free(w);
}

const char *world_state(const struct world *w, unsigned end)
{
	return state_name((enum tcp_state)w->end[end].tcb.state);
}

void expect_heard(const char *row, const struct world *w, unsigned end)
{
	const struct octets *heard = &w->heard[end], *said = &w->said[!end];
	expect_number(row, "octets heard", heard->len, said->len);
	assert_true(!said->len || memcmp(heard->at, said->at, said->len) == 0);
}

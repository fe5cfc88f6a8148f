/* SPDX-License-Identifier: MIT */
#include "inject/guest.h"

#include <stdio.h>
#include <string.h>

enum { PAGE_ROOM = DATA_ROOM + 256, WORTH_TELLING = 2920 /* two segments of Ethernet */ };

enum request { NO_REQUEST, NOT_YET, GET, HEAD };

static bool begins(const struct guest *g, const char *word)
{
	size_t len = strlen(word);
	return memcmp(g->start, word, g->started < len ? g->started : len) == 0;
}

static enum request request_of(const struct guest *g)
{
	if (begins(g, "GET "))
		return g->started < 4 ? NOT_YET : GET;
	if (begins(g, "HEAD "))
		return g->started < 5 ? NOT_YET : HEAD;
	return NO_REQUEST;
}

static void note(struct guest *g, struct bytes heard)
{
	for (size_t i = 0; i < heard.len; i++) {
		uint8_t c = heard.at[i];
		if (g->started < REQUEST_ROOM)
			g->start[g->started++] = c;
		g->lines += c == '\n' && !g->in_line;
		if (c != '\r')
			g->in_line = c != '\n';
	}
}

static void say(struct guest *g, const uint8_t *at, size_t len)
{
	tcp_say(&g->play.tcp, (struct bytes){at, len});
}

/* What curl understands; then curl closes. */
static void say_page(struct guest *g, const struct order *o, bool body)
{
	uint8_t page[PAGE_ROOM];
	int n = snprintf(
		(char *)page, sizeof page,
		"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\n\r\n",
		o->set.data_len + 1);
	size_t len = (size_t)n;
	memcpy(page + len, o->set.data, o->set.data_len);
	page[len + o->set.data_len] = '\n';
	say(g, page, body ? len + o->set.data_len + 1 : len);
}

void guest_reply(struct guest *g, const struct order *o, struct bytes heard)
{
	unsigned before = g->started;
	note(g, heard);
	enum request r = request_of(g);
	if (r == GET || r == HEAD) {
		if (g->lines && !g->said)
			say_page(g, o, r == GET);
		g->said |= g->lines > 0;
	} else if (r == NO_REQUEST && order_has(o, KEY_DATA)) {
		if (!g->said)
			say(g, o->set.data, o->set.data_len);
		g->said = true;
	} else if (r == NO_REQUEST) {
		if (!g->said) /* what looked like a request, and was none */
			say(g, g->start, before);
		g->said = true;
		say(g, heard.at, heard.len);
	}
}

void guest_part(struct guest *g, const struct order *o)
{
	struct tcp *t = &g->play.tcp;
	if (o->close == CLOSE_RST) {
		tcp_abort(t);
		return;
	}
	if (request_of(g) == NOT_YET && !order_has(o, KEY_DATA))
		say(g, g->start, g->started);
	if (o->close == CLOSE_HALF)
		say(g, o->set.data, o->set.data_len);
	t->manner.merges = o->close == CLOSE_THREE_WAY;
	tcp_close(t);
}

void guest_mind_window(struct guest *g, const struct order *o)
{
	struct tcp *t = &g->play.tcp;
	uint32_t most = order_has(o, KEY_WIN) ? o->set.win : TCP_BUFFER,
		 room = TCP_BUFFER - t->queued;
	uint16_t wnd = (uint16_t)(room < most ? room : most);
	t->owes_ack |=
		t->wnd < WORTH_TELLING && wnd >= WORTH_TELLING && t->tcb.state == ESTABLISHED;
	t->wnd = wnd;
}

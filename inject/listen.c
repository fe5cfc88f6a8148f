/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/clock.h"
#include "inject/acts.h"

enum { GUESTS = 16, REPLY_ROOM = DATA_ROOM + 256, LISTEN_SECONDS = 3600 };

/* A client that is served. */
struct guest {
	bool here, told, said;
	struct play play;
};

struct host {
	struct scene scene;
	const struct order *order;
	struct endpoint at;
	struct shield shield;
	uint32_t served; /* connections that are over */
	struct guest guest[GUESTS];
};

static bool is_request(struct bytes b)
{
	return b.len > 4 && (memcmp(b.at, "GET ", 4) == 0 || memcmp(b.at, "HEAD", 4) == 0);
}

/* A request of HTTP gets an answer that curl understands, and then curl closes; anything else comes
 * back. */
static void reply(struct guest *g, const struct order *o, struct bytes heard)
{
	char text[REPLY_ROOM];
	if (is_request(heard)) {
		int n = snprintf(
			text, sizeof text,
			"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %zu"
			"\r\n\r\n%.*s\n",
			o->set.data_len + 1, (int)o->set.data_len, (const char *)o->set.data);
		tcp_say(&g->play.tcp, (struct bytes){(const uint8_t *)text, (size_t)n});
	} else if (!order_has(o, KEY_DATA)) {
		tcp_say(&g->play.tcp, heard);
	} else if (!g->said) {
		tcp_say(&g->play.tcp, (struct bytes){o->set.data, o->set.data_len});
	}
	g->said = true;
}

/* Its client has closed: so do we, as ordered. */
static void part(struct guest *g, const struct order *o)
{
	struct tcp *t = &g->play.tcp;
	if (o->close == CLOSE_RST) {
		tcp_abort(t);
		return;
	}
	if (o->close == CLOSE_HALF)
		tcp_say(t, (struct bytes){o->set.data, o->set.data_len});
	t->manner.merges = o->close == CLOSE_THREE_WAY;
	tcp_close(t);
}

static struct guest *find(struct host *h, const struct packet *p)
{
	struct guest *vacant = NULL;
	for (int i = 0; i < GUESTS; i++) {
		struct guest *g = &h->guest[i];
		if (g->here && endpoint_eq(&g->play.tcp.remote, &p->src))
			return g;
		if (!g->here || (g->told && !vacant))
			vacant = g;
	}
	if (!vacant)
		return NULL;
	*vacant = (struct guest){.here = true, .play = {.scene = &h->scene}};
	struct tcp *t = &vacant->play.tcp;
	play_dress(t, h->order, &h->at);
	tcp_listen(t);
	return vacant;
}

static void hear(struct host *h, const struct packet *p)
{
	struct guest *g = endpoint_eq(&p->dst, &h->at) ? find(h, p) : NULL;
	if (!g)
		return;
	struct bytes heard = play_hears(&g->play, p);
	if (heard.len)
		reply(g, h->order, heard);
	if (g->play.told_first && !g->play.tcp.closing && !g->play.tcp.tcb.fin_sent)
		part(g, h->order);
}

static bool is_over(const struct tcp *t)
{
	return t->reset || t->silent || t->tcb.state == CLOSED || t->tcb.state == TIME_WAIT;
}

/* Let everybody say what is due. Returns when somebody has something to say though nothing comes.
 */
static int64_t serve(struct host *h)
{
	int64_t due = INT64_MAX;
	for (int i = 0; i < GUESTS; i++) {
		struct guest *g = &h->guest[i];
		if (!g->here || !play_sends(&g->play))
			continue;
		if (tcp_due(&g->play.tcp) < due)
			due = tcp_due(&g->play.tcp);
		if (!g->told && is_over(&g->play.tcp)) {
			g->told = true;
			h->served++;
		}
		g->here = g->play.tcp.tcb.state != LISTEN; /* only a stray */
	}
	return due;
}

static int run(struct host *h)
{
	const struct order *o = h->order;
	char name[ENDPOINT_TEXT];
	struct packet p;
	int64_t until = in_ms(1000LL * (order_has(o, KEY_SECONDS) ? o->seconds : LISTEN_SECONDS));
	if (!o->look.quiet)
		fprintf(stderr, "synfin: listening on %s, by crafted packets... Ctrl-C stops\n",
			endpoint_print(&h->at, name));
	while (h->served < o->connections && clock_ns(CLOCK_MONOTONIC) < until) {
		int64_t due = serve(h);
		if (h->served >= o->connections)
			break;
		enum heard heard = scene_hear(&h->scene, due < until ? due : until, &p);
		if (heard == HEARD_END)
			return h->scene.stopped ? EXIT_DONE : EXIT_FAILED;
		if (heard == HEARD_SEGMENT)
			hear(h, &p);
	}
	if (h->served < o->connections)
		scene_fail(&h->scene,
			   "nobody has connected and closed within the time\n"
			   "In another terminal: nc -N 127.0.0.1 %u",
			   h->at.port);
	return h->scene.broken ? EXIT_FAILED : EXIT_DONE;
}

static bool set_up(struct host *h, const struct order *o)
{
	char *why = h->scene.why;
	struct scene_wish wish = act_wish(o);
	h->order = o;
	h->at = o->target;
	if (!wire_reaches(&h->at.address, why))
		return false;
	if (!(o->no_shield ? shield_pretend : shield_raise)(&h->shield, &h->at, why))
		return false;
	ours_add_end(&h->scene.ours, &h->at);
	wish.port = h->at.port;
	return scene_open(&h->scene, &wish);
}

int act_listen(struct order *o)
{
	struct host *h = calloc(1, sizeof *h);
	if (!h)
		return act_refuse("out of memory\nClose something, and try again.");
	h->shield.fd = -1;
	int code = scene_close(&h->scene, set_up(h, o) ? run(h) : EXIT_FAILED);
	if (h->shield.fd >= 0)
		shield_lower(&h->shield);
	free(h);
	return code;
}

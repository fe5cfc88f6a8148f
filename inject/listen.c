/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>

#include "capture/clock.h"
#include "inject/acts.h"
#include "inject/guest.h"

enum { GUESTS = 16 };

struct host {
	struct scene scene;
	const struct order *order;
	struct endpoint at;
	struct shield shield;
	uint32_t served; /* connections that are over */
	struct guest guest[GUESTS];
};

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
	guest_mind_window(vacant, h->order);
	return vacant;
}

static void hear(struct host *h, const struct packet *p)
{
	struct guest *g = endpoint_eq(&p->dst, &h->at) ? find(h, p) : NULL;
	if (!g)
		return;
	struct bytes heard = play_hears(&g->play, p);
	if (heard.len)
		guest_reply(g, h->order, heard);
	if (g->play.told_first && !g->play.tcp.closing && !g->play.tcp.tcb.fin_sent)
		guest_part(g, h->order);
	guest_mind_window(g, h->order);
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
			h->served += (g->play.been & state_bit(ESTABLISHED)) != 0; /* else a scan */
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
	int64_t until = in_ms(1000LL * o->seconds);
	if (!o->look.quiet)
		fprintf(stderr, "synfin: listening on %s, by crafted packets... Ctrl-C stops\n",
			endpoint_print(&h->at, name));
	while (h->served < o->connections && !h->scene.broken &&
	       clock_ns(CLOCK_MONOTONIC) < until) {
		int64_t due = serve(h);
		if (h->served >= o->connections)
			break;
		enum heard heard = scene_hear(&h->scene, due < until ? due : until, NULL, NULL, &p);
		if (heard == HEARD_END)
			return h->scene.stopped ? EXIT_DONE : EXIT_FAILED;
		if (heard == HEARD_SEGMENT)
			hear(h, &p);
	}
	if (h->served < o->connections && !h->scene.broken)
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

/* SPDX-License-Identifier: MIT */
#include "inject/play.h"

#include <sys/random.h>

#include "capture/clock.h"
#include "inject/tell.h"

int64_t in_ms(int64_t ms)
{
	return clock_ns(CLOCK_MONOTONIC) + ms * 1000000;
}

struct seq random_isn(void)
{
	struct seq s = {0};
	if (getrandom(&s.n, sizeof s.n, 0) != sizeof s.n)
		s.n = (uint32_t)clock_ns(CLOCK_MONOTONIC);
	return s;
}

void play_dress(struct tcp *t, const struct order *o, const struct endpoint *local)
{
	struct seq iss = random_isn();
	if (order_has(o, KEY_ISN))
		iss.n = o->set.isn;
	tcp_init(t, local, iss);
	if (order_has(o, KEY_OPT)) {
		memcpy(t->option, o->set.option, sizeof t->option);
		t->options = o->set.options;
	}
	if (order_has(o, KEY_WIN))
		t->wnd = o->set.win;
	t->manner.crosses = o->close == CLOSE_CROSSING;
}

bool play_begin(struct play *p, struct scene *s, const struct order *o, const struct endpoint *at,
		char why[static WHY_TEXT])
{
	struct endpoint local = *at;
	*p = (struct play){.scene = s, .shield = {-1}};
	if (!o->dry && !(o->no_shield ? shield_pretend : shield_raise)(&p->shield, &local, why))
		return false;
	if (o->dry && !local.port)
		local.port = 40000;
	play_dress(&p->tcp, o, &local);
	return ours_add_end(&s->ours, &local);
}

void play_end(struct play *p)
{
	if (p->shield.fd >= 0)
		shield_lower(&p->shield);
}

static void count(struct play *p)
{
	p->segments++;
	p->moved = clock_ns(CLOCK_MONOTONIC);
}

enum sent { SENT, SENT_NOTHING, SENT_NO_MORE };

static enum sent send_next(struct play *p)
{
	struct packet packet;
	char text[TELL_TEXT];
	if (!tcp_next(&p->tcp, clock_ns(CLOCK_MONOTONIC), &packet))
		return SENT_NOTHING;
	if (!scene_send(p->scene, &packet, tell_reason(&p->tcp, &packet, text)))
		return SENT_NO_MORE;
	tcp_departed(&p->tcp, &packet);
	count(p);
	p->been |= state_bit((enum tcp_state)p->tcp.tcb.state);
	return SENT;
}

bool play_sends(struct play *p)
{
	enum sent sent;
	while ((sent = send_next(p)) == SENT)
		;
	return sent == SENT_NOTHING;
}

struct bytes play_hears(struct play *p, const struct packet *packet)
{
	struct bytes got;
	bool fin_sent = p->tcp.tcb.fin_sent;
	tcp_hears(&p->tcp, packet, &got);
	count(p);
	p->heard += got.len;
	p->been |= state_bit((enum tcp_state)p->tcp.tcb.state);
	p->told_first |= !fin_sent && (p->tcp.tcb.fin_heard || p->tcp.put_off);
	return got;
}

static enum heard hear(struct play *p, int64_t until, struct packet *packet)
{
	const struct endpoint *from = p->tcp.tcb.state == LISTEN ? NULL : &p->tcp.remote;
	return scene_hear(p->scene, until, &p->tcp.local, from, packet);
}

/* What has come already is heard before anything is sent: --step may have kept it waiting. */
enum heard play_turn(struct play *p, int64_t until, struct bytes *got)
{
	struct packet packet;
	struct bytes octets = {0};
	enum sent sent = SENT;
	enum heard h = HEARD_NOTHING;
	while (sent == SENT && (h = hear(p, 0, &packet)) == HEARD_NOTHING)
		sent = send_next(p);
	int64_t due = tcp_due(&p->tcp);
	if (sent == SENT_NO_MORE)
		return HEARD_END;
	if (h == HEARD_NOTHING)
		h = hear(p, due < until ? due : until, &packet);
	if (h == HEARD_SEGMENT)
		octets = play_hears(p, &packet);
	if (got)
		*got = octets;
	return h;
}

bool play_until(struct play *p, uint32_t states, int64_t ms)
{
	const struct tcp *t = &p->tcp;
	int64_t until = in_ms(ms);
	bool there = false;
	while (!(there = states & state_bit((enum tcp_state)t->tcb.state)) && !t->reset &&
	       !t->silent && clock_ns(CLOCK_MONOTONIC) < until) {
		unsigned had = p->segments;
		if (play_turn(p, until, NULL) == HEARD_END)
			return false;
		if (p->segments != had)
			until = p->moved + ms * 1000000;
	}
	return there && play_sends(p);
}

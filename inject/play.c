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

bool play_begin(struct play *p, struct scene *s, const struct order *o, const struct endpoint *at,
		char why[static WHY_TEXT])
{
	struct endpoint local = *at;
	struct seq iss = order_has(o, KEY_ISN) ? (struct seq){o->set.isn} : random_isn();
	*p = (struct play){.scene = s, .shield = {-1}};
	if (!o->dry && !(o->no_shield ? shield_pretend : shield_raise)(&p->shield, &local, why))
		return false;
	if (o->dry && !local.port)
		local.port = 40000;
	tcp_init(&p->tcp, &local, iss);
	if (order_has(o, KEY_OPT)) {
		memcpy(p->tcp.option, o->set.option, sizeof p->tcp.option);
		p->tcp.options = o->set.options;
	}
	if (order_has(o, KEY_WIN))
		p->tcp.wnd = o->set.win;
	return ours_add_end(&s->ours, &local);
}

void play_end(struct play *p)
{
	if (p->shield.fd >= 0)
		shield_lower(&p->shield);
}

bool play_sends(struct play *p)
{
	struct packet packet;
	char text[TELL_TEXT];
	while (tcp_next(&p->tcp, clock_ns(CLOCK_MONOTONIC), &packet)) {
		if (!scene_send(p->scene, &packet, tell_reason(&p->tcp, &packet, text)))
			return false;
		tcp_departed(&p->tcp, &packet);
		p->been |= state_bit((enum tcp_state)p->tcp.tcb.state);
	}
	return true;
}

struct bytes play_hears(struct play *p, const struct packet *packet)
{
	struct bytes got;
	bool fin_sent = p->tcp.tcb.fin_sent;
	tcp_hears(&p->tcp, packet, &got);
	p->segments++;
	p->heard += got.len;
	p->been |= state_bit((enum tcp_state)p->tcp.tcb.state);
	p->told_first |= !fin_sent && (p->tcp.tcb.fin_heard || p->tcp.put_off);
	return got;
}

static bool is_for(const struct play *p, const struct packet *packet)
{
	return endpoint_eq(&packet->dst, &p->tcp.local) &&
	       (p->tcp.tcb.state == LISTEN || endpoint_eq(&packet->src, &p->tcp.remote));
}

enum heard play_turn(struct play *p, int64_t until, struct bytes *got)
{
	struct packet packet;
	struct bytes octets = {0};
	if (!play_sends(p))
		return HEARD_END;
	int64_t due = tcp_due(&p->tcp);
	enum heard h = scene_hear(p->scene, due < until ? due : until, &packet);
	if (h == HEARD_SEGMENT && is_for(p, &packet))
		octets = play_hears(p, &packet);
	if (got)
		*got = octets;
	return h;
}

bool play_until(struct play *p, uint32_t states, int64_t until)
{
	const struct tcp *t = &p->tcp;
	bool there = false;
	while (!(there = states & state_bit((enum tcp_state)t->tcb.state)) && !t->reset &&
	       !t->silent && clock_ns(CLOCK_MONOTONIC) < until)
		if (play_turn(p, until, NULL) == HEARD_END)
			return false;
	return there && play_sends(p);
}

/* SPDX-License-Identifier: MIT */
#include "inject/standin.h"

void standin_open(struct standin *s, const struct packet *p, struct standin_manner m)
{
	tcp_init(&s->tcp, &p->dst, m.iss);
	tcp_listen(&s->tcp);
	s->tcp.manner.merges = m.merges;
	if (m.first)
		tcp_close(&s->tcp); /* as soon as the connection stands */
	s->open = true;
}

void standin_hears(struct standin *s, const struct packet *p)
{
	struct bytes heard;
	tcp_hears(&s->tcp, p, &heard);
	if (heard.len)
		tcp_say(&s->tcp, heard);
	if (s->tcp.tcb.fin_heard)
		tcp_close(&s->tcp);
}

bool standin_next(struct standin *s, int64_t now, struct packet *p)
{
	if (!tcp_next(&s->tcp, now, p))
		return false;
	tcp_departed(&s->tcp, p);
	return true;
}

/* SPDX-License-Identifier: MIT */
#include "capture/actors_cases.h"
#include "capture/actors_step.h"

#include <netinet/tcp.h>
#include <unistd.h>

bool play_four_close(struct stage *st)
{
	struct pair p = NO_PAIR;
	bool ok = pair_open(st, &p) && pair_greet(st, &p) && close_in_four(st, p.client, p.server);

	pair_drop(&p);
	return ok;
}

/* The greeting matters: without data the ACK of a FIN is delayed by a tick only, with data by
 * 40 ms. */
bool play_three_close(struct stage *st)
{
	struct pair p = NO_PAIR;
	bool ok = pair_open(st, &p) && pair_greet(st, &p) && close_in_three(st, p.client, p.server);

	pair_drop(&p);
	return ok;
}

static bool tell(struct stage *st, const struct pair *p)
{
	return step_tell(st, p->client, p->server, 5);
}

bool play_told_four(struct stage *st)
{
	struct pair p = NO_PAIR;
	bool ok = pair_open(st, &p) && tell(st, &p) && close_in_four(st, p.client, p.server);

	pair_drop(&p);
	return ok;
}

bool play_told_three(struct stage *st)
{
	struct pair p = NO_PAIR;
	bool ok = pair_open(st, &p) && tell(st, &p) && close_in_three(st, p.client, p.server);

	pair_drop(&p);
	return ok;
}

bool play_server_first(struct stage *st)
{
	struct pair p = NO_PAIR;
	bool ok = pair_open(st, &p) && pair_greet(st, &p) && close_in_four(st, p.server, p.client);

	pair_drop(&p);
	return ok;
}

bool play_half_close(struct stage *st)
{
	struct pair p = NO_PAIR;
	bool ok = pair_open(st, &p) && step_tell(st, p.client, p.server, 5) &&
		  step_fin(st, p.client) && step_hear_fin(st, p.server) &&
		  step_ack_now(st, p.server) && step_state(st, p.client, TCP_FIN_WAIT2) &&
		  step_tell(st, p.server, p.client, 1000) &&
		  step_tell(st, p.server, p.client, 500) && step_fin(st, p.server) &&
		  step_hear_fin(st, p.client) && step_state(st, p.server, TCP_CLOSE);

	pair_drop(&p);
	return ok;
}

bool play_connect_close(struct stage *st)
{
	struct pair p = NO_PAIR;
	bool ok = pair_open(st, &p) && close_in_four(st, p.client, p.server);

	pair_drop(&p);
	return ok;
}

/* A server that had heard the client's FIN would be in LAST-ACK, not in FIN-WAIT-1. */
static bool cross_fins(struct stage *st, const struct pair *p)
{
	return link_hold(st) && step_fin(st, p->client) && step_fin(st, p->server) &&
	       step_state(st, p->client, TCP_FIN_WAIT1) &&
	       step_state(st, p->server, TCP_FIN_WAIT1) && link_release(st) &&
	       step_state(st, p->client, TCP_CLOSE) && step_state(st, p->server, TCP_CLOSE) &&
	       link_restore(st);
}

bool play_simultaneous_close(struct stage *st)
{
	struct pair p = NO_PAIR;
	bool ok = pair_open(st, &p) && pair_greet(st, &p) && cross_fins(st, &p);

	pair_drop(&p);
	return ok;
}

bool play_lost_last_ack(struct stage *st)
{
	struct pair p = NO_PAIR;
	bool ok = pair_open(st, &p) && pair_greet(st, &p) && step_fin(st, p.client) &&
		  step_hear_fin(st, p.server) && step_ack_now(st, p.server) &&
		  step_state(st, p.client, TCP_FIN_WAIT2) &&
		  step_lose(st, p.server, TH_SYN | TH_FIN | TH_RST | TH_ACK, TH_ACK) &&
		  step_fin(st, p.server) && step_lost(st, p.server) &&
		  step_state(st, p.server, TCP_LAST_ACK) && step_state(st, p.server, TCP_CLOSE);

	pair_drop(&p);
	return ok;
}

bool play_reset(struct stage *st)
{
	struct pair p = NO_PAIR;
	bool ok = pair_open(st, &p) && pair_greet(st, &p) && step_reset(st, &p.client) &&
		  step_hear_reset(st, p.server);

	pair_drop(&p);
	return ok;
}

bool play_unread_data(struct stage *st)
{
	struct pair p = NO_PAIR;
	bool ok = pair_open(st, &p) && step_say(st, p.client, 5) && step_acked(st, p.client);

	if (p.server >= 0)
		close(p.server);
	p.server = -1;
	ok = ok && step_hear_reset(st, p.client);
	pair_drop(&p);
	return ok;
}

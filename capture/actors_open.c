/* SPDX-License-Identifier: MIT */
#include "capture/actors_cases.h"
#include "capture/actors_step.h"
#include "capture/sandbox.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

/* The server's port is bound, so that nobody else takes it, but nobody listens. */
bool play_refused(struct stage *st)
{
	struct pair p = NO_PAIR;
	bool ok = step_bound(st, st->server_port, &p.listener) && pair_call(st, &p);

	if (ok && step_connected(st, p.client))
		ok = stage_fail(st, "somebody accepted the connection");
	else if (ok && errno != ECONNREFUSED)
		ok = false;
	pair_drop(&p);
	return ok;
}

bool play_lost_syn(struct stage *st)
{
	struct pair p = NO_PAIR;
	bool ok = pair_listen(st, &p) && step_lose(st, p.listener, TH_SYN | TH_ACK, TH_SYN) &&
		  pair_call(st, &p) && step_lost(st, p.listener) && step_connected(st, p.client) &&
		  pair_accept(st, &p) && close_in_four(st, p.client, p.server);

	pair_drop(&p);
	return ok;
}

bool play_lost_third_ack(struct stage *st)
{
	struct pair p = NO_PAIR;
	bool ok = pair_listen(st, &p) &&
		  step_lose(st, p.listener, TH_SYN | TH_RST | TH_FIN | TH_ACK, TH_ACK) &&
		  pair_call(st, &p) && step_lost(st, p.listener) &&
		  step_state(st, p.client, TCP_ESTABLISHED) && pair_accept(st, &p) &&
		  close_in_four(st, p.client, p.server);

	pair_drop(&p);
	return ok;
}

/* Each end hears a SYN, a SYN,ACK and an ACK. */
static bool cross_syns(struct stage *st, const struct pair *p)
{
	return link_hold(st) && step_call(st, p->client, p->server) &&
	       step_call(st, p->server, p->client) && step_state(st, p->client, TCP_SYN_SENT) &&
	       step_state(st, p->server, TCP_SYN_SENT) && link_release(st) &&
	       step_connected(st, p->client) && step_connected(st, p->server) &&
	       step_segs_in(st, p->client, 3) && step_segs_in(st, p->server, 3) && link_restore(st);
}

bool play_simultaneous_open(struct stage *st)
{
	struct pair p = NO_PAIR;
	bool ok = step_bound(st, st->client_port, &p.client) &&
		  step_bound(st, st->server_port, &p.server) && cross_syns(st, &p) &&
		  close_in_four(st, p.client, p.server);

	pair_drop(&p);
	return ok;
}

bool play_self_connect(struct stage *st)
{
	struct pair p = NO_PAIR;
	bool ok = step_bound(st, st->server_port, &p.client) && step_call(st, p.client, p.client) &&
		  step_connected(st, p.client) && step_tell(st, p.client, p.client, 5) &&
		  step_fin(st, p.client) && step_hear_fin(st, p.client) &&
		  step_state(st, p.client, TCP_CLOSE);

	pair_drop(&p);
	return ok;
}

/* sendto() with MSG_FASTOPEN connects; without a cookie it sends no data and says EINPROGRESS. */
static bool call_with_data(struct stage *st, struct pair *p, ssize_t expected)
{
	struct sockaddr_storage at;
	socklen_t len = sizeof at;
	bool first = expected < 0;

	if (!step_bound(st, first ? st->client_port : 0, &p->client) ||
	    getsockname(p->listener, (struct sockaddr *)&at, &len) != 0)
		return false;
	ssize_t n = sendto(p->client, "hello", 5, MSG_FASTOPEN | MSG_NOSIGNAL,
			   (struct sockaddr *)&at, len);
	if (n < 0 && errno != EINPROGRESS)
		return stage_fail(st, "MSG_FASTOPEN: %s", strerror(errno));
	if (n == expected)
		return true;
	return stage_fail(st, n < 0 ? "the SYN asked for a cookie where one was known"
				    : "a cookie is known already: this plays once in a namespace");
}

static bool ask_for_cookie(struct stage *st, struct pair *p)
{
	return call_with_data(st, p, -1) && step_connected(st, p->client) && pair_accept(st, p) &&
	       step_tell(st, p->client, p->server, 5) && close_in_three(st, p->client, p->server);
}

static bool use_cookie(struct stage *st, struct pair *p)
{
	struct tcp_told told = {0};

	if (!call_with_data(st, p, 5) || !step_connected(st, p->client) || !pair_accept(st, p) ||
	    !step_hear(st, p->server, 5) || !step_acked(st, p->client))
		return false;
	if (!tcp_ask(p->client, &told) || !told.syn_data)
		return stage_fail(st, "the data of the SYN was not acknowledged with it");
	return close_in_four(st, p->client, p->server);
}

static bool allow_fast_open(struct stage *st, const struct pair *p)
{
	if (!sandbox_sysctl("net/ipv4/tcp_fastopen", "3", st->why, sizeof st->why))
		return false;
	return setsockopt(p->listener, IPPROTO_TCP, TCP_FASTOPEN, &(int){16}, sizeof(int)) == 0 ||
	       stage_fail(st, "TCP_FASTOPEN: %s", strerror(errno));
}

bool play_fast_open(struct stage *st)
{
	struct pair p = NO_PAIR, q;
	bool ok = pair_listen(st, &p) && allow_fast_open(st, &p);

	q = p;
	ok = ok && ask_for_cookie(st, &p) && use_cookie(st, &q);
	p.listener = -1;
	pair_drop(&p);
	pair_drop(&q);
	return ok;
}

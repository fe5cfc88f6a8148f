/* SPDX-License-Identifier: MIT */
/* Plays in which nothing happens for a while. */
#include <netinet/tcp.h>
#include <poll.h>

#include "capture/actors_cases.h"
#include "capture/actors_step.h"

enum { GIVES_UP_MS = 100, SILENT_MS = 4000, STUCK_MS = 13000 };

static bool wait_ms(int ms)
{
	poll(NULL, 0, ms);
	return true;
}

bool play_unanswered(struct stage *st)
{
	struct pair p = NO_PAIR;
	bool good = pair_listen(st, &p) && step_lose(st, p.listener, TH_SYN | TH_ACK, TH_SYN) &&
		    pair_call(st, &p) && step_lost(st, p.listener);
	struct pair client = {-1, p.client, -1};
	p.client = -1;
	good = wait_ms(GIVES_UP_MS) && good;
	pair_drop(&client);
	good = wait_ms(SILENT_MS) && good;
	pair_drop(&p);
	return good;
}

bool play_stuck(struct stage *st)
{
	struct pair p = NO_PAIR;
	bool good = pair_open(st, &p) && pair_greet(st, &p) && step_fin(st, p.client) &&
		    step_hear_fin(st, p.server) && wait_ms(STUCK_MS);
	pair_drop(&p);
	return good;
}

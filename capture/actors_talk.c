/* SPDX-License-Identifier: MIT */
#include "capture/actors_cases.h"
#include "capture/actors_step.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

bool play_data(struct stage *st)
{
	static const size_t up[] = {100, 1460, 1}, down[] = {4000, 3000};
	struct pair p = NO_PAIR;
	bool ok = pair_open(st, &p);

	for (size_t i = 0; i < sizeof up / sizeof *up; i++)
		ok = ok && step_tell(st, p.client, p.server, up[i]);
	for (size_t i = 0; i < sizeof down / sizeof *down; i++)
		ok = ok && step_tell(st, p.server, p.client, down[i]);
	ok = ok && close_in_four(st, p.client, p.server);
	pair_drop(&p);
	return ok;
}

static bool probe_when_idle(struct stage *st, int fd)
{
	static const struct {
		int level, name;
	} options[] = {
		{IPPROTO_TCP, TCP_KEEPIDLE},
		{IPPROTO_TCP, TCP_KEEPINTVL},
		{SOL_SOCKET, SO_KEEPALIVE},
	};

	for (size_t i = 0; i < sizeof options / sizeof *options; i++)
		if (setsockopt(fd, options[i].level, options[i].name, &(int){1}, sizeof(int)) != 0)
			return stage_fail(st, "keepalive: %s", strerror(errno));
	return true;
}

bool play_keepalive(struct stage *st)
{
	struct tcp_told before = {0};
	struct pair p = NO_PAIR;
	bool ok = pair_open(st, &p) && pair_greet(st, &p) && tcp_ask(p.client, &before) &&
		  probe_when_idle(st, p.client) && step_segs_in(st, p.client, before.segs_in + 2) &&
		  close_in_four(st, p.client, p.server);

	pair_drop(&p);
	return ok;
}

/* The acts of `many`: each is played on every connection before the next one begins. */
enum { MANY = 200, STRIDE = 7 /* prime to MANY: neighbours in time are not neighbours in port */ };

enum ending { FOUR, THREE, SERVER_FIRST, RESET, UNREAD, ENDINGS };

static enum ending ending_of(size_t i)
{
	return (enum ending)(i % ENDINGS);
}

static bool act_open(struct stage *st, struct pair *p, size_t i)
{
	struct stage any = *st;

	if (i > 0)
		any.client_port = 0;
	if (pair_call(&any, p) && step_connected(&any, p->client) && pair_accept(&any, p))
		return true;
	return stage_fail(st, "connection %zu: %.150s", i, any.why);
}

static bool act_speak(struct stage *st, struct pair *p, size_t i)
{
	(void)i;
	return step_say(st, p->client, 5);
}

static bool act_listen(struct stage *st, struct pair *p, size_t i)
{
	return (ending_of(i) == UNREAD || step_hear(st, p->server, 5)) && step_acked(st, p->client);
}

static bool act_begin_close(struct stage *st, struct pair *p, size_t i)
{
	switch (ending_of(i)) {
	case FOUR:
		return step_fin(st, p->client) && step_hear_fin(st, p->server) &&
		       step_ack_now(st, p->server);
	case THREE:
		return close_in_three(st, p->client, p->server);
	case SERVER_FIRST:
		return step_fin(st, p->server) && step_hear_fin(st, p->client) &&
		       step_ack_now(st, p->client);
	case RESET:
		return step_reset(st, &p->client) && step_hear_reset(st, p->server);
	default:
		close(p->server);
		p->server = -1;
		return step_hear_reset(st, p->client);
	}
}

static bool act_acked(struct stage *st, struct pair *p, size_t i)
{
	if (ending_of(i) == FOUR)
		return step_state(st, p->client, TCP_FIN_WAIT2);
	return ending_of(i) != SERVER_FIRST || step_state(st, p->server, TCP_FIN_WAIT2);
}

static bool act_end_close(struct stage *st, struct pair *p, size_t i)
{
	if (ending_of(i) == FOUR)
		return step_fin(st, p->server) && step_state(st, p->client, TCP_CLOSE);
	return ending_of(i) != SERVER_FIRST ||
	       (step_fin(st, p->client) && step_state(st, p->server, TCP_CLOSE));
}

static bool play_acts(struct stage *st, struct pair *cast)
{
	static bool (*const acts[])(struct stage *, struct pair *, size_t) = {
		act_open, act_speak, act_listen, act_begin_close, act_acked, act_end_close,
	};

	for (size_t a = 0; a < sizeof acts / sizeof *acts; a++)
		for (size_t n = 0; n < MANY; n++) {
			size_t i = n * STRIDE % MANY;

			if (!acts[a](st, &cast[i], i))
				return false;
		}
	return true;
}

bool play_many(struct stage *st)
{
	struct pair door = NO_PAIR, cast[MANY];
	bool ok = pair_listen(st, &door);

	for (size_t i = 0; i < MANY; i++)
		cast[i] = door;
	ok = ok && play_acts(st, cast);
	for (size_t i = 0; i < MANY; i++) {
		cast[i].listener = -1;
		pair_drop(&cast[i]);
	}
	pair_drop(&door);
	return ok;
}

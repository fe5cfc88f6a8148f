/* SPDX-License-Identifier: MIT */
/* A thousand ordinary connections, forty at once: clients in one thread, servers in another, so
 * that what they do may cross. What a connection does follows from its number, which is its
 * client's port less FIRST_PORT. Nothing is lost and nobody resets. */
#include "capture/actors_crowd.h"
#include "capture/actors_cases.h"
#include "capture/actors_step.h"

#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { FIRST_PORT = 20000, CROWD = 1000, CROSSING = 24, ABREAST = 40, SERVERS = 2 * ABREAST };

/* Whose crowd it is when nobody says: the same each time, though not the same interleaving. */
static const uint64_t SEED = 9293;

/* One side of the crowd: who is on stage now. */
struct crew {
	struct stage stage;
	int listener[2]; /* IPv4, IPv6 */
	bool serves;
	uint64_t seed;
	unsigned begun, ended, room;
	uint16_t order[CROWD];
	struct person cast[SERVERS];
};

static uint64_t dice(uint64_t seed, uint64_t n)
{
	n = (n + seed) * 0x9e3779b97f4a7c15;
	n = (n ^ n >> 30) * 0xbf58476d1ce4e5b9;
	n = (n ^ n >> 27) * 0x94d049bb133111eb;
	return n ^ n >> 31;
}

static struct plan plan_of(uint64_t seed, unsigned i)
{
	static const size_t sizes[] = {0, 0, 0, 1,    1,    1,    5,     5,
				       5, 5, 5, 1000, 1000, 1000, 60000, 300000};
	uint64_t d = dice(seed, i);

	return (struct plan){
		.manner = crowd_manner((size_t)(d >> 32)),
		.up = sizes[d % 16],
		.down = sizes[d >> 4 & 15],
		.six = d >> 8 & 1,
		.corked = d >> 9 & 1,
		.mouthful = d >> 10 & 1 ? MOUTHFUL : 5000,
		.slow_client = (d >> 12 & 7) == 0,
		.slow_server = (d >> 15 & 7) == 0,
	};
}

static struct person person_of(const struct plan *plan, unsigned i, bool serves, int fd)
{
	return (struct person){
		.i = i,
		.fd = fd,
		.part = serves ? plan->manner->server : plan->manner->client,
		.says = serves ? plan->down : plan->up,
		.hears = serves ? plan->up : plan->down,
		.mouthful = plan->mouthful,
		.corked = plan->corked,
		.slow = serves ? plan->slow_server : plan->slow_client,
		.events = POLLOUT,
	};
}

/* The truth about one connection, on standard output. */
static void tell(unsigned i, const char *manner, const struct plan *plan)
{
	printf("{\"client\":\"%s:%u\",\"manner\":\"%s\",\"up\":%zu,\"down\":%zu,\"slow\":%s}\n",
	       plan->six ? "[::1]" : "127.0.0.1", FIRST_PORT + i, manner, plan->up, plan->down,
	       plan->slow_client || plan->slow_server ? "true" : "false");
}

static bool call(struct crew *c, struct person *p, unsigned i)
{
	struct plan plan = plan_of(c->seed, i);
	struct stage st = {.six = plan.six};
	int fd = -1;
	bool ok = step_bound(&st, (uint16_t)(FIRST_PORT + i), &fd);

	*p = person_of(&plan, i, false, fd);
	return (ok && step_call(&st, fd, c->listener[plan.six])) ||
	       stage_fail(&c->stage, "connection %u: %.150s", i, st.why);
}

/* Only a listener that has one waiting is asked. */
static bool answer(struct crew *c, struct person *p, bool six)
{
	struct stage st = {.six = six};
	struct pair door = {.listener = c->listener[six], .client = -1, .server = -1};
	uint16_t port = 0;

	if (!pair_accept(&st, &door) || !person_peer_port(door.server, &port) ||
	    port < FIRST_PORT || port >= FIRST_PORT + CROWD)
		return stage_fail(&c->stage, "accepting from port %u: %.150s", port, st.why);
	unsigned i = (unsigned)port - FIRST_PORT;
	struct plan plan = plan_of(c->seed, i);
	*p = person_of(&plan, i, true, door.server);
	return true;
}

static struct person *free_place(struct crew *c)
{
	for (unsigned k = 0; k < c->room; k++)
		if (!c->cast[k].part)
			return &c->cast[k];
	return NULL;
}

static bool enter_clients(struct crew *c)
{
	struct person *p;

	while (c->begun < CROWD && (p = free_place(c)))
		if (!call(c, p, c->order[c->begun++]))
			return false;
	return true;
}

static bool enter_servers(struct crew *c, const struct pollfd *doors)
{
	for (unsigned six = 0; six < 2; six++) {
		struct person *p = free_place(c);

		if (doors[six].revents && p && !answer(c, p, six))
			return false;
	}
	return true;
}

static bool play_part(struct crew *c, struct person *p)
{
	struct stage st = {0};

	if (!person_act(&st, p))
		return stage_fail(&c->stage, "connection %u, at \"%s\": %.120s", p->i, p->part,
				  st.why);
	if (*p->part)
		return true;
	struct plan plan = plan_of(c->seed, p->i);
	if (!c->serves)
		tell(p->i, plan.manner->name, &plan);
	close(p->fd);
	*p = (struct person){.fd = -1};
	c->ended++;
	return true;
}

/* Whose event has come, beginning with another each time. */
static bool play_ready(struct crew *c, const struct pollfd *wait)
{
	unsigned first = (unsigned)dice(c->seed, c->ended) % c->room;

	for (unsigned n = 0; n < c->room; n++) {
		unsigned k = (first + n) % c->room;
		bool ready = c->cast[k].part && (wait[k].revents || !c->cast[k].events);

		if (ready && !play_part(c, &c->cast[k]))
			return false;
	}
	return true;
}

/* Until something happens; who is slow has no event and is played at each look. */
static bool await(struct crew *c, struct pollfd *wait)
{
	bool slow = false, full = !free_place(c);

	for (unsigned k = 0; k < c->room; k++) {
		const struct person *p = &c->cast[k];

		wait[k] = (struct pollfd){.fd = p->part && p->events ? p->fd : -1,
					  .events = p->events};
		slow = slow || (p->part && !p->events);
	}
	for (unsigned six = 0; six < 2; six++)
		wait[c->room + six] = (struct pollfd){
			.fd = c->serves && !full ? c->listener[six] : -1, .events = POLLIN};
	int n = poll(wait, c->room + 2, slow ? SLOW_MS : PATIENCE_MS);
	return n > 0 || (n == 0 && slow) ||
	       stage_fail(&c->stage, "nothing happened within %d s", PATIENCE_MS / 1000);
}

static void *play_crew(void *crew)
{
	struct crew *c = crew;
	struct pollfd wait[SERVERS + 2];
	bool ok = true;

	while (ok && c->ended < CROWD)
		ok = (c->serves || enter_clients(c)) && await(c, wait) && play_ready(c, wait) &&
		     (!c->serves || enter_servers(c, wait + c->room));
	for (unsigned k = 0; k < c->room; k++)
		if (c->cast[k].part)
			close(c->cast[k].fd);
	return ok ? crew : NULL;
}

static void shuffle(uint64_t seed, uint16_t *order)
{
	for (unsigned i = 0; i < CROWD; i++)
		order[i] = (uint16_t)i;
	for (unsigned i = CROWD - 1; i > 0; i--) {
		unsigned k = (unsigned)(dice(seed, i + CROWD) % (i + 1));
		uint16_t other = order[k];

		order[k] = order[i];
		order[i] = other;
	}
}

static bool play_both(struct stage *st, struct crew *clients, struct crew *servers)
{
	pthread_t thread;
	void *served = NULL;
	int error = pthread_create(&thread, NULL, play_crew, servers);

	if (error)
		return stage_fail(st, "a second thread: %s", strerror(error));
	bool called = play_crew(clients);
	pthread_join(thread, &served);
	if (!called)
		return stage_fail(st, "clients: %.150s", clients->stage.why);
	return served || stage_fail(st, "servers: %.150s", servers->stage.why);
}

static bool play_crews(struct stage *st, const int *doors)
{
	struct crew clients = {.listener = {doors[0], doors[1]}, .room = ABREAST, .seed = SEED};
	struct crew servers = {
		.listener = {doors[0], doors[1]}, .room = SERVERS, .serves = true, .seed = SEED};

	if (st->seed)
		clients.seed = servers.seed = st->seed;
	shuffle(clients.seed, clients.order);
	return play_both(st, &clients, &servers);
}

/* FINs that are sure to cross: all are held on lo, and let go at once. */
static bool play_crossing(struct stage *st, struct pair *cast)
{
	struct plan plan = {.up = 5, .down = 5};
	bool ok = true;

	for (unsigned k = 0; k < CROSSING && ok; k++) {
		st->six = k & 1;
		st->server_port = 0;
		st->client_port = (uint16_t)(FIRST_PORT + CROWD + k);
		ok = pair_open(st, &cast[k]) && pair_greet(st, &cast[k]);
	}
	ok = ok && link_hold(st);
	for (unsigned k = 0; k < CROSSING; k++)
		ok = ok && step_fin(st, cast[k].client) && step_fin(st, cast[k].server);
	ok = ok && link_release(st);
	for (unsigned k = 0; k < CROSSING && ok; k++) {
		ok = step_state(st, cast[k].client, TCP_CLOSE) &&
		     step_state(st, cast[k].server, TCP_CLOSE);
		plan.six = k & 1;
		tell(CROWD + k, "crossing", &plan);
	}
	return ok && link_restore(st);
}

bool play_crowd(struct stage *st)
{
	struct stage at[2] = {*st, *st};
	struct pair door[2] = {NO_PAIR, NO_PAIR}, cast[CROSSING];
	bool ok = true;

	at[0].six = false;
	at[1].six = true;
	for (unsigned k = 0; k < CROSSING; k++)
		cast[k] = NO_PAIR;
	for (unsigned six = 0; six < 2 && ok; six++)
		ok = pair_listen(&at[six], &door[six]) || stage_fail(st, "%s", at[six].why);
	ok = ok && play_crews(st, (const int[]){door[0].listener, door[1].listener}) &&
	     play_crossing(&at[0], cast);
	if (!ok && *at[0].why)
		stage_fail(st, "%s", at[0].why);
	for (unsigned k = 0; k < CROSSING; k++)
		pair_drop(&cast[k]);
	pair_drop(&door[0]);
	pair_drop(&door[1]);
	return ok;
}

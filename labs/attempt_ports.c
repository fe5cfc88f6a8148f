/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "labs/attempt.h"
#include "labs/numbers.h"
#include "labs/stored.h"

/* Servers listen on the run's server port and the next ones, clients come from its client port and
 * the next ones. Where both begin is drawn from ranges in which no other port of a run is: the
 * kernel takes its own from 32768 on. */
enum {
	SERVERS = 8,
	CLIENTS = 32,
	FIRST_SERVER = 2000,
	LAST_SERVER = 29999 + SERVERS,
	FIRST_CLIENT = 50000,
	LAST_CLIENT = 59999 + CLIENTS,
};

/* What the first packet of a run has of its numbers, a bit each. */
enum { FROM_CLIENT = 1, FROM_CRAFTED = 2, TO_SERVER = 4, TO_CRAFTED = 8, HAS_ISN = 16 };

static bool is_server(uint16_t port, struct numbers n)
{
	return port >= n.server_port && port < n.server_port + SERVERS;
}

static bool is_own(uint16_t port, struct numbers n)
{
	return is_server(port, n) || (port >= n.client_port && port < n.client_port + CLIENTS) ||
	       port == n.crafted_port;
}

static bool is_others(uint16_t port, struct numbers n)
{
	return !is_own(port, n) && ((port >= FIRST_SERVER && port < LAST_SERVER) ||
				    (port >= FIRST_CLIENT && port < LAST_CLIENT));
}

/* The i-th frame, if it is one of TCP or UDP. */
static bool take(const struct evidence *e, size_t i, struct packet *p)
{
	struct frame f = evidence_frame(e, i);
	return packet_parse(&f, p) == PARSE_OK && p->kind != PACKET_ICMP;
}

/* 0: there is none. */
static unsigned first_of(const struct evidence *e, struct numbers n)
{
	struct packet p;
	size_t i = 0;
	while (i < e->frames && !take(e, i, &p))
		i++;
	if (i == e->frames)
		return 0;
	return (p.src.port == n.client_port ? FROM_CLIENT : 0u) |
	       (p.src.port == n.crafted_port ? FROM_CRAFTED : 0u) |
	       (is_server(p.dst.port, n) ? TO_SERVER : 0u) |
	       (p.dst.port == n.crafted_port ? TO_CRAFTED : 0u) |
	       (p.kind == PACKET_TCP && p.seg.seq.n == n.isn ? HAS_ISN : 0u);
}

/* What it has in the stored run it has in every run. */
static unsigned first_of_stored(const char *exercise)
{
	struct attempt a;
	struct evidence e;
	bool good = stored_run(exercise, &a, &e);
	unsigned first = good ? first_of(&e, numbers_of(attempt_seed(&a))) : 0;
	evidence_free(&e);
	return first;
}

bool attempt_has_its_ports(const struct attempt *a, const struct evidence *e,
			   char why[static WHY_TEXT])
{
	struct numbers n = numbers_of(attempt_seed(a));
	unsigned first = first_of(e, n);
	bool good = first && (first_of_stored(a->exercise) & ~first) == 0;
	for (size_t i = 0; i < e->frames && good; i++) {
		struct packet p;
		if (take(e, i, &p))
			good = (is_own(p.src.port, n) || is_own(p.dst.port, n)) &&
			       !is_others(p.src.port, n) && !is_others(p.dst.port, n);
	}
	if (!good)
		snprintf(why, WHY_TEXT,
			 "the capture is not of this student's run\nEverybody's ports and "
			 "numbers are their own.");
	return good;
}

/* SPDX-License-Identifier: MIT */
#include "tests/unit/ladder_scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/model/tracker.h"
#include "analysis/views/run.h"

const struct step scene_example[] = {
	{0, false, SYN, 1000, 0, 0, 0},
	{0, true, SYN | ACK, 179399304, 1001, 0, 34},
	{0, false, ACK, 1001, 179399305, 0, 10298},
	{0, false, PSH | ACK, 1001, 179399305, 5, 30841},
	{0, true, ACK, 179399305, 1006, 0, 30866},
	{0, true, PSH | ACK, 179399305, 1006, 5, 51000},
	{0, false, ACK, 1006, 179399310, 0, 71500},
	{0, false, FIN | ACK, 1006, 179399310, 0, 91833},
	{0, true, ACK, 179399310, 1007, 0, 132987},
	{0, true, FIN | ACK, 179399310, 1007, 0, 192048},
	{0, false, ACK, 1007, 179399311, 0, 212325},
	{.us = -1},
};

static struct endpoint end_of(const struct scene *s, bool server, int pair)
{
	static const struct address loopback = {.octet = {127, 0, 0, 1}, .family = 4};
	struct endpoint e = {loopback, server ? 8081 : (uint16_t)(40001 + pair)};
	if (s->ipv6) {
		e.address.family = 6;
		memset(e.address.octet, server ? 0xfe : 0xfd, sizeof e.address.octet);
	}
	return e;
}

struct packet scene_packet(const struct scene *s, const struct step *step)
{
	return (struct packet){
		.time = 1700000000000000000 + step->us * 1000,
		.src = end_of(s, step->from_server, step->pair),
		.dst = end_of(s, !step->from_server, step->pair),
		.seg = {{step->seq}, {step->ack}, step->len, 65535, (uint16_t)step->flags},
	};
}

static char *draw(const struct scene *s, struct look look, bool names, bool crafted)
{
	static const uint64_t seed[2] = {1, 2};
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	assert_non_null(out);
	struct run *r = run_new(&view_ladder, out, look);
	assert_non_null(r);
	struct tracker t;
	struct sink sink = run_sink(r);
	sink.names = names;
	assert_true(tracker_init(&t, seed, sink));
	run_begin(r, &(struct source){"scene", "EN10MB"});
	for (const struct step *step = s->step; step->us >= 0; step++) {
		struct packet p = scene_packet(s, step);
		p.crafted = crafted && !step->from_server;
		tracker_packet(&t, &p);
	}
	tracker_end(&t);
	run_end(r, &(struct totals){0});
	fclose(out);
	return text;
}

char *scene_ladder(const struct scene *s, struct look look)
{
	return draw(s, look, false, false);
}

char *scene_ladder_named(const struct scene *s, struct look look)
{
	return draw(s, look, true, false);
}

char *scene_ladder_crafted(const struct scene *s, struct look look)
{
	return draw(s, look, false, true);
}

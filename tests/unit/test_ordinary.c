/* SPDX-License-Identifier: MIT */
#include "analysis/model/ordinary.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Random traffic, observed twice: the short way, where it is taken, must do what the long one does.
 */

enum { CONNECTIONS = 6000, SEGMENTS = 80, FEWEST_ORDINARY = 100000 };

/* What the two ends send, as they would; `heard` is up to where each has taken in the other. */
struct talk {
	uint64_t random;
	struct packet packet;
	struct seq next[2], heard[2];
	struct segment last[2];
	unsigned from, scale[2];
	bool scaled[2], fin[2];
};

/* xorshift64 */
static uint64_t draw(struct talk *t)
{
	t->random ^= t->random << 13;
	t->random ^= t->random >> 7;
	t->random ^= t->random << 17;
	return t->random >> 11;
}

static bool one_in(struct talk *t, unsigned n)
{
	return draw(t) % n == 0;
}

static struct talk talk_new(uint64_t seed)
{
	struct talk t = {.random = seed * 0x9e3779b97f4a7c15 | 1,
			 .packet.time = 1700000000000000000};
	for (int i = 0; i < 8; i++)
		draw(&t);
	for (int i = 0; i < 2; i++) {
		/* half of them wrap soon */
		t.next[i].n = one_in(&t, 2) ? 0u - (uint32_t)(draw(&t) % 3000) : (uint32_t)draw(&t);
		t.scaled[i] = !one_in(&t, 4);
		t.scale[i] = (unsigned)(draw(&t) % 16);
	}
	return t;
}

static struct endpoint end_of(unsigned end)
{
	return (struct endpoint){{{10, 0, 0, (uint8_t)(end + 1)}, 4}, (uint16_t)(end ? 80 : 40000)};
}

static void handshake(struct talk *t, unsigned step)
{
	static const uint16_t flags[] = {SYN, SYN | ACK, ACK};
	t->from = step % 2;
	t->packet.seg.flags = flags[step];
	t->packet.seg.len = 0;
}

/* Mostly data and acknowledgements; the rarer a thing is, the sooner it ends the ordinary. */
static void converse(struct talk *t)
{
	struct segment *s = &t->packet.seg;
	t->from = (unsigned)(draw(t) % 2);
	s->flags = one_in(t, 3) ? PSH | ACK : ACK;
	s->len = one_in(t, 3) ? 0 : (uint32_t)(draw(t) % 1400);
	if (one_in(t, 60))
		s->flags |= (uint16_t)(1u << draw(t) % 9);
	if (one_in(t, 40)) {
		s->flags |= FIN;
		t->fin[t->from] = true;
	}
}

/* Numbers as they should be, now and then a little off, or the last segment again. */
static void number(struct talk *t)
{
	struct segment *s = &t->packet.seg;
	unsigned from = t->from;
	s->seq = t->next[from];
	s->ack = s->flags & ACK ? t->heard[from] : (struct seq){0};
	s->wnd = (uint32_t)(draw(t) % 65536);
	if (one_in(t, 25) && !(s->flags & SYN)) {
		*s = t->last[from];
	} else if (one_in(t, 50)) {
		s->seq.n += (uint32_t)(draw(t) % 5) - 2;
		s->ack.n += (uint32_t)(draw(t) % 5) - 2;
	}
	t->last[from] = *s;
	t->next[from] = seq_max(t->next[from], segment_end(s));
	if (!one_in(t, 12)) /* else it is lost */
		t->heard[!from] = t->next[from];
	else if (one_in(t, 2)) /* or acknowledged in part */
		t->heard[!from] = s->seq;
}

static void next(struct talk *t, unsigned step)
{
	static uint8_t option[2][3];
	struct packet *p = &t->packet;
	if (step < 3)
		handshake(t, step);
	else
		converse(t);
	number(t);
	memcpy(option[t->from], (uint8_t[]){3, 3, (uint8_t)t->scale[t->from]}, 3);
	p->options =
		(struct bytes){option[t->from], p->seg.flags & SYN && t->scaled[t->from] ? 3 : 0};
	p->src = end_of(t->from);
	p->dst = end_of(!t->from);
	p->time += (int64_t)(draw(t) % 1000000);
	p->frame++;
}

/* Which traffic, and which segment of it. */
struct place {
	uint64_t seed;
	unsigned step;
};

static void expect_same(struct place at, const char *what, const void *a, const void *b,
			size_t size)
{
	const uint8_t *x = a, *y = b;
	for (size_t i = 0; i < size; i++)
		if (x[i] != y[i])
			fail_msg("seed %" PRIu64 ", segment %u: %s differ at octet %zu: %02x, %02x",
				 at.seed, at.step + 1, what, i, x[i], y[i]);
}

/* Octets between members are left out, and so is what `moved` says is not meant. */
static void expect_same_events(struct place at, const struct events *a, const struct events *b)
{
	expect_same(at, "counts", &a->count, &b->count, sizeof a->count);
	for (unsigned i = 0; i < a->count; i++) {
		const struct event *x = &a->at[i], *y = &b->at[i];
		expect_same(at, "kinds, ends and states", x, y,
			    offsetof(struct event, seg) + offsetof(struct segment, flags) +
				    sizeof x->seg.flags);
		expect_same(at, "arithmetic", &x->ack.moved, &y->ack.moved, 3);
		if (x->kind == EVENT_SEGMENT && x->ack.moved) {
			expect_same(at, "ack.from", &x->ack.from, &y->ack.from, sizeof x->ack.from);
			expect_same(at, "ack.data", &x->ack.data, &y->ack.data, sizeof x->ack.data);
		}
		expect_same(at, "again", &x->again, &y->again, sizeof x->again);
	}
}

/* A copy with zeros where nothing is said: doubts that are over, and octets between members. */
static struct connection tidied(const struct connection *c)
{
	struct connection t;
	memcpy(&t, c, sizeof t);
	memset(&t.notes, 0, sizeof t.notes); /* of the rules */
	for (struct peer *p = t.peer; p < t.peer + 2; p++) {
		for (unsigned i = 0; i < DOUBTS; i++) {
			struct doubt d = p->doubt[i];
			memset(&p->doubt[i], 0, sizeof d);
			if (i >= p->doubts)
				continue;
			memcpy(&p->doubt[i], &d,
			       offsetof(struct segment, flags) + sizeof d.seg.flags);
			p->doubt[i].n = d.n;
			p->doubt[i].own = d.own;
		}
		if (!p->doubts)
			memset(&p->sure, 0, sizeof p->sure);
	}
	return t;
}

static void expect_same_connections(struct place at, const struct connection *a,
				    const struct connection *b)
{
	struct connection x = tidied(a), y = tidied(b);
	x.ordinary = y.ordinary = false;
	expect_same(at, "connections", &x, &y, sizeof x);
}

/* Returns how many segments went the short way. */
static unsigned compare(uint64_t seed)
{
	struct talk t = talk_new(seed);
	struct connection quick, slow;
	struct events one, two;
	unsigned short_cuts = 0;

	memset(&quick, 0, sizeof quick);
	memset(&slow, 0, sizeof slow);
	for (unsigned step = 0; step < SEGMENTS; step++) {
		next(&t, step);
		if (step == 0) {
			connection_init(&quick, 1, &t.packet);
			memcpy(&slow, &quick, sizeof slow);
		}
		memset(&one, 0, sizeof one);
		memset(&two, 0, sizeof two);
		bool ordinary = quick.ordinary;
		slow.ordinary = false;
		connection_observe(&quick, (int)t.from, &t.packet, &one);
		connection_observe(&slow, (int)t.from, &t.packet, &two);
		short_cuts += ordinary && quick.ordinary;
		struct place at = {seed, step};
		expect_same_events(at, &one, &two);
		expect_same_connections(at, &quick, &slow);
	}
	return short_cuts;
}

static void test_the_short_way_is_the_long_way(void **unused)
{
	(void)unused;
	const char *only = getenv("SEED");
	uint64_t first = only ? strtoull(only, NULL, 10) : 1, short_cuts = 0;
	for (uint64_t seed = first; seed < first + (only ? 1 : CONNECTIONS); seed++)
		short_cuts += compare(seed);
	if (!only && short_cuts < FEWEST_ORDINARY)
		fail_msg("only %" PRIu64 " segments were ordinary: the test tests nothing",
			 short_cuts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_short_way_is_the_long_way),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>

#include "analysis/model/agree.h"
#include "analysis/model/tracker.h"
#include "analysis/views/witness.h"
#include "tests/fuzz/traffic.h"

enum { MOST_SEGMENTS = 511 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct check {
	struct agree *agree;
	struct connection last;
	uint64_t found[AGREEMENTS], counters;
};

/* abort, not assert: it must not depend on NDEBUG. */
static void insist(bool ok)
{
	if (!ok)
		abort();
}

static void on_finding(void *to, const struct finding *f)
{
	struct check *k = to;
	insist(f->word.agreement < AGREEMENTS && f->end < 2);
	insist(f->word.ours < TCP_STATES && f->word.kernels < TCP_STATES);
	insist(memchr(f->word.reason, 0, sizeof f->word.reason));
	insist(f->word.agreement != BY_DESIGN || f->word.why || *f->word.reason);
	insist(agreement_name((enum agreement)f->word.agreement));
	if (f->word.agreement == OTHER_NUMBERS && f->n)
		k->counters++;
	else
		k->found[f->word.agreement]++;
}

static void on_event(void *to, const struct connection *c, const struct event *e)
{
	struct check *k = to;
	k->last = *c;
	agree_event(k->agree, c, e);
}

static void on_ended(void *to, const struct connection *c)
{
	agree_ended(((struct check *)to)->agree, c);
}

/* What is counted is what was told; ours-only may be told and taken back. */
static void check_counts(const struct check *k)
{
	const struct agree_counts *c = agree_counts(k->agree);
	insist(c->agreed == k->found[AGREED] && c->agreed <= c->transitions);
	insist(c->transitions - c->agreed <= k->found[KERNEL_ONLY] + k->found[OURS_ONLY]);
	insist(c->same == k->found[SAME_VERDICT] && c->same <= c->refused);
	insist(c->numbers == k->found[SAME_NUMBERS] && c->unsaid == k->found[UNSAID]);
	insist(c->alike <= c->arrivals && c->arrivals - c->alike == k->counters);
	insist(c->same_states == k->found[SAME_STATE]);
	insist(c->states == k->found[SAME_STATE] + k->found[OTHER_STATE]);
	insist(c->ends == k->found[SAME_NUMBERS] + k->found[OTHER_NUMBERS]);
}

/* A word on the ends of the last packet, from the octets that made it. */
static struct testimony word_of(const struct check *k, const struct packet *p, const uint8_t *o)
{
	static const char *const reasons[] = {"TCP_CSUM", "NO_SOCKET", "TCP_FLAGS", "TCP_OLD_DATA"};
	struct testimony t = {
		.time = p->time + (int8_t)o[2] * INT64_C(1000),
		.socket = o[3] % 8U,
		.local = o[0] & 64 ? p->src : p->dst,
		.remote = o[0] & 64 ? p->dst : p->src,
		.kind = o[4] % (SAID_ARRIVAL + 1),
		.asked = p->time - (int64_t)o[3] * 1000000,
		.from = o[5] % TCP_STATES,
		.to = o[6] % TCP_STATES,
		.has_numbers = o[5] & 1,
		.acked = o[2],
		.received = o[3],
		.len = (uint16_t)(p->seg.len + o[5] % 2),
	};
	const struct tcb *now = &k->last.peer[endpoint_eq(&k->last.endpoint[1], &t.local)].now;
	t.una = seq_plus(now->snd.una, o[3] % 8 == 7);
	t.nxt = seq_plus(now->snd.nxt, o[3] % 8 == 6);
	snprintf(t.reason, sizeof t.reason, "%s", reasons[o[6] % 4]);
	if (o[3] % 16 == 9)
		t.local.port = 0;
	if (o[3] % 16 == 10)
		t.remote.port = 0;
	return t;
}

static void disturb(struct check *k, const struct packet *p)
{
	if (p->frame % 5 == 0)
		agree_mind(k->agree, p->time + (int64_t)p->seg.wnd * 1000000);
	if (p->frame % 7 == 0)
		agree_lost(k->agree, p->frame / 14, p->time);
	if (p->frame % 31 == 0)
		agree_missed(k->agree, p->frame / 62, p->time);
	if (p->frame == 200)
		agree_stop(k->agree, p->time);
	agree_asks(k->agree, p->time);
}

/* The first octet chooses whether silence says something, whether the kernel tells its steps and
 * answers, and whether a filter hides segments; then traffic, each segment's octets once
 * more as a word of the kernel's. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint64_t seed[2] = {1, 2};
	struct tracker t;
	struct check k = {0};
	if (!size || size > 1 + TRAFFIC_OCTETS * MOST_SEGMENTS)
		return 0;
	k.agree = agree_new(data[0] & 1, on_finding, &k);
	insist(k.agree && tracker_init(&t, seed, (struct sink){&k, on_event, on_ended, true}));
	agree_sources(k.agree, !(data[0] & 2), data[0] & 4);
	if (data[0] & 8)
		agree_hides(k.agree);
	struct traffic traffic = traffic_of(data + 1, size - 1);
	for (const uint8_t *o = traffic.at; traffic_next(&traffic); o = traffic.at) {
		struct testimony said = word_of(&k, &traffic.packet, o);
		if (o[1] & 128)
			agree_said(k.agree, &said);
		tracker_packet(&t, &traffic.packet);
		if (o[1] & 64)
			agree_said(k.agree, &said);
		disturb(&k, &traffic.packet);
	}
	tracker_end(&t);
	check_counts(&k);
	agree_free(k.agree);
	return 0;
}

/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "analysis/model/tracker.h"
#include "tests/fuzz/traffic.h"

enum { IDS = 512, MOST_SEGMENTS = IDS - 1 };

/* What was heard of a connection, to hold against what it says of itself. */
struct heard {
	uint32_t n, ended;
	uint64_t sent[2], packets;
	uint8_t after[2];
	bool known;
};

struct check {
	struct heard heard[IDS];
	uint32_t begun;
	bool lingers;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* abort, not assert: it must not depend on NDEBUG. */
static void insist(bool ok)
{
	if (!ok)
		abort();
}

static void check_shape(const struct connection *c)
{
	char *text = malloc(SHAPE_TEXT);
	insist(text && shape_print(&c->shape, text) == text);
	insist(*text && strlen(text) < SHAPE_TEXT && c->shape.tokens <= SHAPE_TOKENS);
	insist(c->shape.opening <= c->shape.tokens);
	free(text);
}

static void check_connection(const struct connection *c, const struct heard *h)
{
	for (int i = 0; i < 2; i++) {
		insist(c->peer[i].now.state < TCP_STATES && c->peer[i].sure.state < TCP_STATES);
		insist(c->peer[i].doubts <= DOUBTS && connection_final(c, i) < TCP_STATES);
		insist(c->tally[i].bytes <= h->sent[i] && c->tally[i].scale <= 14);
	}
	insist(c->n == h->n && c->tally[0].packets + c->tally[1].packets <= h->packets);
	insist(c->client < 2 && c->mark.reset_by <= 3 && c->mark.fin_by < 2);
	unsigned close = c->mark.close_segments;
	insist(close == 0 || (c->self ? close == 2 : close == 3 || close == 4));
	check_shape(c);
}

/* A segment's event comes before the others of its packet, and goes on from where the last segment
 * left both ends. */
static void check_segment(const struct connection *c, const struct event *e, struct heard *h)
{
	insist(e->n == h->n + 1 && e->n == c->n);
	for (int i = 0; i < 2 && h->known; i++)
		insist(e->before[i] == h->after[i]);
	insist(!e->ack.moved || e->seg.flags & ACK);
	insist(!e->ack.moved ||
	       e->seg.ack.n == e->ack.from.n + e->ack.syn + e->ack.data + e->ack.fin);
	h->known = true;
	h->n = e->n;
	h->packets++;
	h->sent[e->end] += e->seg.len;
	memcpy(h->after, e->after, sizeof h->after);
}

static void check_diagnosis(const struct connection *c, const struct diagnosis *d)
{
	static const char *const role[] = {"client", "server"};
	char *text = malloc(DIAGNOSIS_TEXT);
	insist(d->id < DIAGNOSES && d->confidence <= LIKELY && d->end <= NOBODY);
	insist(d->count <= EVIDENCE && notes_told(&c->notes, (enum diagnosis_id)d->id));
	for (unsigned i = 0; i < d->count; i++)
		insist(d->segment[i] && d->segment[i] <= c->n);
	insist(memchr(d->detail, 0, sizeof d->detail));
	insist(text && *diagnosis_print(d, role, text));
	free(text);
}

static void on_event(void *to, const struct connection *c, const struct event *e)
{
	struct check *k = to;
	struct heard *h = &k->heard[c->id % IDS];
	insist(c->id && c->id <= k->begun + 1 && e->end < 2);
	if (c->id > k->begun)
		k->begun = c->id;
	insist(e->before[0] < TCP_STATES && e->before[1] < TCP_STATES);
	insist(e->after[0] < TCP_STATES && e->after[1] < TCP_STATES);
	insist(!h->ended || k->lingers);
	if (e->kind == EVENT_SEGMENT)
		check_segment(c, e, h);
	else
		insist(e->kind <= EVENT_DIAGNOSIS && e->n == h->n);
	if (e->kind == EVENT_DIAGNOSIS)
		check_diagnosis(c, &e->diagnosis);
	bool corrects = e->kind == EVENT_CORRECTION || (e->kind == EVENT_SEGMENT && e->copy);
	insist(corrects == (e->corrects != 0));
	insist(e->corrects <= e->n && e->correction <= MISREAD);
	insist(e->kind != EVENT_CORRECTION ||
	       (e->correction != NO_CORRECTION && correction_name(e->correction)));
	check_connection(c, h);
}

static void on_ended(void *to, const struct connection *c)
{
	struct check *k = to;
	struct heard *h = &k->heard[c->id % IDS];
	insist(c->id && c->id <= k->begun && (k->lingers || !h->ended));
	h->ended++;
	check_connection(c, h);
}

/* What else can happen to connections than segments. */
static void disturb(struct tracker *t, const struct packet *p)
{
	struct packet icmp = {.time = p->time,
			      .src = p->dst,
			      .dst = p->src,
			      .kind = PACKET_ICMP,
			      .icmp_type = p->seg.wnd % 4,
			      .icmp_code = (uint8_t)p->seg.wnd,
			      .quoted = true,
			      .quoted_src = p->src,
			      .quoted_dst = p->dst};
	if (p->frame % 5 == 0)
		tracker_silence(t, p->time + (int64_t)p->seg.wnd * 1000000);
	if (p->frame % 7 == 0)
		tracker_icmp(t, &icmp);
	if (p->frame % 11 == 0)
		tracker_dropped(t, p->frame);
}

/* The first octet chooses whether ends are told early; the rest is traffic. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint64_t seed[2] = {1, 2};
	struct tracker t;
	struct check *k = calloc(1, sizeof *k);

	if (size > 1 + TRAFFIC_OCTETS * MOST_SEGMENTS || !size || !k) {
		free(k);
		return 0;
	}
	k->lingers = data[0] & 1;
	struct traffic traffic = traffic_of(data + 1, size - 1);
	insist(tracker_init(&t, seed, (struct sink){k, on_event, on_ended, true}));
	tracker_linger(&t, k->lingers ? (int64_t)data[0] << 20 : 0);
	while (traffic_next(&traffic)) {
		tracker_packet(&t, &traffic.packet);
		disturb(&t, &traffic.packet);
		if (k->lingers && traffic.packet.frame % 8 == 0)
			tracker_sweep(&t, traffic.packet.time);
		insist(t.table.count <= TRAFFIC_PAIRS && t.table.slabs <= 1);
	}
	insist(!t.out_of_memory && t.connections == k->begun);
	tracker_end(&t);
	for (uint32_t id = 1; id <= k->begun; id++)
		insist(k->heard[id % IDS].ended);
	free(k);
	return 0;
}

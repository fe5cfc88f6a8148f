/* SPDX-License-Identifier: MIT */
#include "analysis/flow.h"
#include "labs/arp.h"
#include "labs/claim.h"

/* What stands between the tracker and the ladder: only what proves something gets through. */
struct sieve {
	const struct judgement *judgement;
	struct sink to;
};

static bool wanted(const struct judgement *f, uint64_t frame)
{
	return frame && frame <= MOST_FRAMES && f->frame[(frame - 1) / 8] & 1u << (frame - 1) % 8;
}

static void on_event(void *to, const struct connection *c, const struct event *e)
{
	const struct sieve *s = to;
	if (e->kind == EVENT_SEGMENT && wanted(s->judgement, e->frame))
		s->to.event(s->to.to, c, e);
}

static void on_ended(void *to, const struct connection *c)
{
	(void)to;
	(void)c;
}

/* All of TCP is followed, so that states and numbers are right. */
static void draw_frame(struct judgement *f, FILE *out, struct flow *flow, const struct frame *frame)
{
	struct decoded d;
	d.status = packet_parse(frame, &d.packet);
	bool draws = wanted(f, frame->number);
	if (draws) {
		lane_print(&f->calls, frame->time, out);
		arp_print(frame, out);
	}
	if (draws || (d.status == PARSE_OK && d.packet.kind == PACKET_TCP))
		flow_decoded(flow, &d);
}

bool claim_draw(const struct evidence *e, struct judgement *f, FILE *out, struct look look)
{
	static const uint64_t seed[2] = {1, 2}; /* a capture of our own: nobody attacks the table */
	look.stream = true;
	struct run *run = run_new(&view_ladder, out, look);
	struct sieve sieve = {.judgement = f};
	struct flow flow;
	f->calls.width = look.width;
	f->calls.color = look.color;
	if (!run)
		return false;
	sieve.to = run_sink(run);
	struct sink sink = {&sieve, on_event, on_ended, false};
	if (!flow_init(&flow, run, sink, seed))
		return false;
	for (size_t i = 0; i < e->frames; i++) {
		struct frame frame = evidence_frame(e, i);
		draw_frame(f, out, &flow, &frame);
	}
	lane_print(&f->calls, INT64_MAX, out);
	flow_end(&flow);
	run_end(run, &flow.totals);
	return true;
}

/* SPDX-License-Identifier: MIT */
#include "analysis/flow.h"

#include <inttypes.h>

bool flow_init(struct flow *f, struct run *run, struct sink sink, const uint64_t seed[2])
{
	*f = (struct flow){.run = run, .packets = run_takes_packets(run)};
	return tracker_init(&f->tracker, seed, sink);
}

static bool wanted(const struct flow *f, const struct packet *p)
{
	return !f->port || p->src.port == f->port || p->dst.port == f->port ||
	       (p->quoted && (p->quoted_src.port == f->port || p->quoted_dst.port == f->port));
}

/* UDP and ICMP are shown beside TCP; an ICMP error names the connection that it quotes. */
static void follow_aside(struct flow *f, const struct packet *p)
{
	const struct connection *about = NULL;
	f->totals.datagrams += p->kind == PACKET_UDP;
	f->totals.messages += p->kind == PACKET_ICMP;
	if (p->quoted) {
		struct packet quoted = {.src = p->quoted_src, .dst = p->quoted_dst};
		about = tracker_find(&f->tracker, &quoted);
	}
	run_aside(f->run, p, about);
	if (about)
		tracker_icmp(&f->tracker, p);
}

void flow_decoded(struct flow *f, const struct decoded *d)
{
	const struct packet *p = &d->packet;
	f->totals.frames++;
	if (d->status != PARSE_OK)
		f->totals.skipped[d->status]++;
	else if (!wanted(f, p))
		return;
	else if (p->kind == PACKET_TCP)
		tracker_packet(&f->tracker, p);
	else
		follow_aside(f, p);
	if (f->packets && d->status == PARSE_OK)
		run_packet(f->run, p, &f->tracker);
	f->totals.connections = f->tracker.connections;
}

void flow_frame(struct flow *f, const struct frame *frame)
{
	struct decoded d;
	d.status = packet_parse(frame, &d.packet);
	flow_decoded(f, &d);
}

void flow_end(struct flow *f)
{
	tracker_end(&f->tracker);
}

/* "2 ended before its headers did, 1 ...", of the damaged or of the ordinary ones. */
static uint64_t count_skipped(const struct totals *t, bool damage, char *text, size_t size)
{
	uint64_t sum = 0;
	size_t at = 0;
	text[0] = 0;
	for (enum parse_status s = PARSE_OK + 1; s < PARSE_STATUSES; s++) {
		if (!t->skipped[s] || parse_status_is_damage(s) != damage)
			continue;
		int n = snprintf(text + at, size - at, "%s%" PRIu64 " %s", sum ? ", " : "",
				 t->skipped[s], parse_status_text(s));
		at = at + (size_t)n < size ? at + (size_t)n : size - 1;
		sum += t->skipped[s];
	}
	return sum;
}

uint64_t flow_damage(const struct totals *t, char *text, size_t size)
{
	return count_skipped(t, true, text, size);
}

const char *flow_others(const struct totals *t, char *text, size_t size)
{
	count_skipped(t, false, text, size);
	return text;
}

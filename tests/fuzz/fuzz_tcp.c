/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "inject/tcp.h"
#include "inject/tell.h"
#include "tests/fuzz/traffic.h"

/* The header's octets, and what one turn takes. */
enum { HEAD = 4, TURN = 8, MOST_TURNS = 200, MOST_ANSWERS = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* abort, not assert: it must not depend on NDEBUG. */
static void insist(bool ok)
{
	if (!ok)
		abort();
}

static void check(const struct tcp *t)
{
	insist(t->tcb.state != UNKNOWN && t->tcb.state < TCP_STATES);
	insist(t->queued <= TCP_BUFFER && t->tries <= TCP_TRIES + 1);
	insist(t->rto > 0 && t->rto <= 60000000000 && t->due >= 0);
	insist(tcp_due(t) > 0);
}

static bool is_within(struct bytes b, const uint8_t *at, size_t size)
{
	return !b.len || (b.at >= at && b.len <= size && b.at + b.len <= at + size);
}

/* What is sent comes out of the end's own octets, and says so little that it fits. */
static void check_sent(const struct tcp *t, const struct packet *p)
{
	char *text = malloc(TELL_TEXT);
	insist(p->seg.len == p->payload.len && p->seg.len <= t->mss);
	insist(is_within(p->payload, t->out, t->queued));
	insist(is_within(p->options, t->option, sizeof t->option));
	insist(!(p->seg.flags & SYN) || !(p->seg.flags & (FIN | RST)));
	insist(text && tell_reason(t, p, text) == text && strlen(text) < TELL_TEXT - 1);
	free(text);
}

/* All that is due, and no more than there can be. */
static void answer(struct tcp *t, int64_t now)
{
	struct packet p;
	unsigned answers = 0, most = (unsigned)(MOST_ANSWERS + TCP_BUFFER / t->mss);
	while (tcp_next(t, now, &p)) {
		insist(answers++ < most);
		check_sent(t, &p);
		tcp_departed(t, &p);
		check(t);
	}
}

/* Octets on the heap, exactly so many, so that ASan sees a read past their end. */
static void hear(struct tcp *t, struct packet *p)
{
	struct bytes heard;
	uint8_t *octets = calloc(1, p->payload.len + 1);
	insist(octets);
	if (p->payload.len)
		memcpy(octets, p->payload.at, p->payload.len);
	p->payload.at = octets;
	tcp_hears(t, p, &heard);
	insist(is_within(heard, octets, p->payload.len));
	check(t);
	free(octets);
}

/* A segment, near what is expected or, where the last octet says so, anywhere. */
static struct packet packet_of(const struct tcp *t, const uint8_t o[static TURN])
{
	uint32_t far = o[7] & 0x80 ? 0x9e3779b9u * o[7] : 0;
	struct packet p = {.src = traffic_end(0, 0), .dst = t->local, .frame = o[6]};
	p.seg = (struct segment){
		.seq = seq_plus(t->tcb.rcv.nxt, (uint32_t)(int8_t)o[2] + far),
		.ack = seq_plus(t->tcb.snd_known ? t->tcb.snd.nxt : t->iss,
				(uint32_t)(int8_t)o[3] + far),
		.len = o[4] % 64,
		.wnd = (uint32_t)o[5] << (o[7] & 8),
		.flags = o[1],
	};
	traffic_extras(&p, o[6]);
	if (o[6] & 32) /* as much as was sent */
		p.seg.len = (uint32_t)p.payload.len;
	return p;
}

/* One of the calls that a program may make at any time. */
static void call(struct tcp *t, const uint8_t o[static TURN])
{
	static const uint8_t octets[4096];
	struct endpoint other = traffic_end(0, 0);
	switch (o[1] % 7) {
	case 0:
		tcp_connect(t, &other);
		return;
	case 1:
		tcp_listen(t);
		return;
	case 2:
		tcp_close(t);
		return;
	case 3:
		tcp_abort(t);
		return;
	case 4:
		t->wnd = (uint16_t)(o[2] << 8);
		t->owes_ack = true;
		return;
	default:
		tcp_say(t, (struct bytes){octets, (size_t)o[2] << (o[3] % 5)});
	}
}

static void turn(struct tcp *t, const uint8_t o[static TURN], int64_t *now)
{
	struct packet p = packet_of(t, o);
	if (o[0] % 4 == 0)
		call(t, o);
	else if (o[0] % 16 == 1)
		*now = tcp_due(t) < INT64_MAX ? tcp_due(t) : *now + o[1];
	else
		hear(t, &p);
	check(t);
	if (o[0] & 64)
		answer(t, *now);
}

/* The first octets choose its number and its manner; then it is called, or hears, in turns. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int64_t now = 1;
	if (size < HEAD || size > HEAD + TURN * MOST_TURNS)
		return 0;
	struct tcp *t = calloc(1, sizeof *t);
	struct endpoint local = traffic_end(0, 1), other = traffic_end(0, 0);
	insist(t);
	tcp_init(t, &local, (struct seq){(uint32_t)data[0] << 24 | data[1] * 0x010101u});
	t->manner = (struct tcp_manner){data[2] & 1, data[2] & 2, data[2] & 4};
	if (data[2] & 8)
		tcp_listen(t);
	else
		tcp_connect(t, &other);
	answer(t, now);
	for (size_t at = HEAD; at + TURN <= size; at += TURN)
		turn(t, data + at, &now);
	answer(t, now);
	free(t);
	return 0;
}

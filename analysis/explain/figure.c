/* SPDX-License-Identifier: MIT */
#include "analysis/explain/figure.h"

#include <stdio.h>
#include <stdlib.h>

#include "analysis/explain/figure_segment.h"

enum { STEP = 10000000 /* nanoseconds */ };

static const int64_t second = 1000000000;

/* A figure as it is played. */
struct play {
	struct figure f;
	struct flow *to;
	int64_t now;
	uint64_t frame;
};

static void send(struct play *p)
{
	struct decoded d = {PARSE_OK, p->f.packet};
	d.packet.time = p->now;
	d.packet.frame = ++p->frame;
	flow_decoded(p->to, &d);
}

static bool play_client(struct play *p)
{
	bool good = figure_segment(&p->f, 0);
	send(p);
	return good;
}

static bool play_server(struct play *p)
{
	bool good = figure_segment(&p->f, 1);
	send(p);
	return good;
}

static bool play_copy(struct play *p)
{
	char word[FIGURE_WORD];
	if (figure_word(&p->f, word))
		p->f.packet.ttl--;
	send(p);
	return true;
}

/* From the other end of the last segment, or a router that has its address. */
static bool play_icmp(struct play *p)
{
	struct packet last = p->f.packet, *i = &p->f.packet;
	char word[FIGURE_WORD];
	unsigned type, code;
	if (!figure_word(&p->f, word) || sscanf(word, "%u/%u", &type, &code) != 2)
		return false;
	*i = (struct packet){.kind = PACKET_ICMP,
			     .src = {.address = last.dst.address},
			     .dst = {.address = last.src.address},
			     .icmp_type = (uint8_t)type,
			     .icmp_code = (uint8_t)code,
			     .quoted = true,
			     .quoted_src = last.src,
			     .quoted_dst = last.dst};
	i->seg.seq = last.seg.seq;
	send(p);
	*i = last;
	return true;
}

static bool play_isn(struct play *p)
{
	for (int end = 0; end < 2; end++) {
		if (!figure_number(&p->f, &p->f.isn[end].n))
			return false;
		p->f.nxt[end] = p->f.isn[end];
		p->f.sent[end] = false;
	}
	return true;
}

static bool play_ports(struct play *p)
{
	uint32_t port[2];
	bool good = figure_number(&p->f, &port[0]) && figure_number(&p->f, &port[1]);
	for (int end = 0; good && end < 2; end++)
		p->f.end[end].port = (uint16_t)port[end];
	return good;
}

static bool play_same(struct play *p)
{
	p->f.end[1] = p->f.end[0];
	return true;
}

static bool play_wait(struct play *p)
{
	uint32_t seconds;
	bool good = figure_number(&p->f, &seconds);
	p->now += good ? seconds * second : 0;
	tracker_silence(&p->to->tracker, p->now);
	return good;
}

static bool play_drop(struct play *p)
{
	uint32_t n;
	bool good = figure_number(&p->f, &n);
	tracker_dropped(&p->to->tracker, good ? n : 0);
	return good;
}

static bool play_all(struct play *p, const char *text);

static bool play_open(struct play *p)
{
	const char *rest = p->f.rest;
	bool good = play_all(p, "c S; s SA; c A");
	p->f.rest = rest;
	return good;
}

static const struct statement {
	const char *name;
	bool takes_time;
	bool (*play)(struct play *p);
} statements[] = {
	{"c", true, play_client},   {"s", true, play_server},   {"copy", true, play_copy},
	{"icmp", true, play_icmp},  {"isn", false, play_isn},   {"ports", false, play_ports},
	{"same", false, play_same}, {"wait", false, play_wait}, {"drop", false, play_drop},
	{"open", false, play_open},
};

/* The next statement; its first word may be a pause. */
static bool play_statement(struct play *p)
{
	char word[FIGURE_WORD];
	int64_t step = STEP;
	if (!figure_word(&p->f, word))
		return false;
	if (*word == '+' || *word == '-') {
		step = (int64_t)(strtod(word, NULL) * 1e7) * 100; /* tenths of a microsecond */
		if (!figure_word(&p->f, word))
			return false;
	}
	for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
		const struct statement *s = &statements[i];
		if (strcmp(s->name, word) != 0)
			continue;
		p->now += s->takes_time && p->frame ? step : 0;
		return s->play(p);
	}
	return false;
}

static bool play_all(struct play *p, const char *text)
{
	bool good = true;
	for (p->f.rest = text; good && *p->f.rest; p->f.rest += *p->f.rest == ';') {
		good = play_statement(p);
		good = good && (!*p->f.rest || *p->f.rest == ';');
	}
	return good;
}

bool figure_play(const char *text, struct flow *to)
{
	/* The addresses are for documentation (RFC 5737). */
	struct play p = {
		.f = {.end = {{{.octet = {192, 0, 2, 1}, .family = 4}, 40000},
			      {{.octet = {192, 0, 2, 2}, .family = 4}, 80}},
		      .isn = {{1000}, {5000}},
		      .nxt = {{1000}, {5000}},
		      .next_id = 1},
		.to = to,
		.now = 1700000000 * second,
	};
	return play_all(&p, text);
}

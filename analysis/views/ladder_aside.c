/* SPDX-License-Identifier: MIT */
#include "analysis/views/ladder.h"

enum { NONE = -1, ANY = -2 };

/* IANA's names, for the messages that end or delay connections: by type and code, of ICMP and of
 * ICMPv6. */
static const struct {
	const char *name;
	int16_t v4[2], v6[2];
} icmp_names[] = {
	{"echo request", {8, ANY}, {128, ANY}},
	{"echo reply", {0, ANY}, {129, ANY}},
	{"network unreachable", {3, 0}, {NONE}},
	{"host unreachable", {3, 1}, {NONE}},
	{"protocol unreachable", {3, 2}, {NONE}},
	{"port unreachable", {3, 3}, {1, 4}},
	{"fragmentation needed", {3, 4}, {NONE}},
	{"administratively prohibited", {3, 13}, {1, 1}},
	{"no route", {NONE}, {1, 0}},
	{"address unreachable", {NONE}, {1, 3}},
	{"unreachable", {3, ANY}, {1, ANY}},
	{"packet too big", {NONE}, {2, ANY}},
	{"source quench", {4, ANY}, {NONE}},
	{"redirect", {5, ANY}, {NONE}},
	{"time exceeded", {11, ANY}, {3, ANY}},
	{"parameter problem", {12, ANY}, {4, ANY}},
	{"neighbour solicitation", {NONE}, {135, ANY}},
	{"neighbour advertisement", {NONE}, {136, ANY}},
};

static const char *icmp_name(const struct packet *p)
{
	for (size_t i = 0; i < sizeof icmp_names / sizeof *icmp_names; i++) {
		const int16_t *is =
			p->src.address.family == 6 ? icmp_names[i].v6 : icmp_names[i].v4;
		if (is[0] == p->icmp_type && (is[1] == p->icmp_code || is[1] == ANY))
			return icmp_names[i].name;
	}
	return "";
}

/* "! ICMP 3/3 port unreachable from 10.0.0.1 about #3" */
static void put_icmp(const struct packet *p, const struct connection *about, struct text *t)
{
	char address[ENDPOINT_TEXT];
	const char *name = icmp_name(p);
	text_add(t, p->src.address.family == 6 ? "!\037ICMPv6\037" : "!\037ICMP\037");
	text_number(t, p->icmp_type);
	text_char(t, '/');
	text_number(t, p->icmp_code);
	text_add(t, *name ? " " : "");
	text_add(t, name);
	text_add(t, " from ");
	text_add(t, address_print(&p->src.address, address));
	if (!about)
		return;
	text_add(t, " about\037#");
	text_number(t, about->id);
}

/* ". UDP 127.0.0.1:5000 -> 127.0.0.1:53 len=12" */
static void put_udp(const struct packet *p, struct text *t)
{
	char end[ENDPOINT_TEXT];
	text_add(t, ".\037UDP\037");
	text_add(t, endpoint_print(&p->src, end));
	text_add(t, " ->\037");
	text_add(t, endpoint_print(&p->dst, end));
	text_add(t, " len=");
	text_number(t, p->seg.len);
}

void ladder_aside(struct drawing *d, const struct packet *p, const struct connection *about)
{
	char line[WORDS_TEXT];
	struct text t = text_in(line, sizeof line);
	if (!d->look.stream || p->kind == PACKET_TCP)
		return;
	if (p->kind == PACKET_ICMP)
		put_icmp(p, about, &t);
	else
		put_udp(p, &t);
	put_flowed(d, line);
}

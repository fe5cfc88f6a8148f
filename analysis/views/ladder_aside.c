/* SPDX-License-Identifier: MIT */
#include "analysis/views/ladder.h"

/* IANA's names, for the messages that end or delay connections. */
static const char *icmp_name(const struct packet *p)
{
	enum { ANY = 0xff };
	static const struct {
		uint8_t family, type, code;
		const char *name;
	} table[] = {
		{4, 0, ANY, "echo reply"},
		{4, 3, 0, "network unreachable"},
		{4, 3, 1, "host unreachable"},
		{4, 3, 2, "protocol unreachable"},
		{4, 3, 3, "port unreachable"},
		{4, 3, 4, "fragmentation needed"},
		{4, 3, 13, "administratively prohibited"},
		{4, 3, ANY, "unreachable"},
		{4, 4, ANY, "source quench"},
		{4, 5, ANY, "redirect"},
		{4, 8, ANY, "echo request"},
		{4, 11, ANY, "time exceeded"},
		{4, 12, ANY, "parameter problem"},
		{6, 1, 0, "no route"},
		{6, 1, 1, "administratively prohibited"},
		{6, 1, 3, "address unreachable"},
		{6, 1, 4, "port unreachable"},
		{6, 1, ANY, "unreachable"},
		{6, 2, ANY, "packet too big"},
		{6, 3, ANY, "time exceeded"},
		{6, 4, ANY, "parameter problem"},
		{6, 128, ANY, "echo request"},
		{6, 129, ANY, "echo reply"},
		{6, 135, ANY, "neighbour solicitation"},
		{6, 136, ANY, "neighbour advertisement"},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (table[i].family == p->src.address.family && table[i].type == p->icmp_type &&
		    (table[i].code == p->icmp_code || table[i].code == ANY))
			return table[i].name;
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

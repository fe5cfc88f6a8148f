/* SPDX-License-Identifier: MIT */
/* recast HOW IN.pcap OUT.pcap: the same traffic in another guise. IN is little-endian, with
 * microseconds, Ethernet and untagged IP. HOW is a word of `ways`, or link=N for another link. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "octets.h"

enum { ROOM = 1 << 17, ETHERNET = 14, IPV6_HEADER = 40, MOST_ENDS = 1024, LIFT = 64 };

struct frame {
	uint32_t header[4]; /* seconds, microseconds, octets here, octets on the wire */
	uint8_t octet[ROOM];
	unsigned number;
};

/* The first number that an end sent, for `wrap`. */
struct end {
	uint8_t name[6];
	uint32_t first;
};

struct work {
	FILE *out;
	struct end end[MOST_ENDS];
	unsigned ends;
	const uint8_t *link;
	size_t link_len;
};

static void die(const char *what)
{
	fprintf(stderr, "recast: %s\n", what);
	exit(2);
}

static void put(struct work *w, const struct frame *f)
{
	fwrite(f->header, sizeof f->header, 1, w->out);
	fwrite(f->octet, f->header[2], 1, w->out);
}

static void resize(struct frame *f, size_t at, int more)
{
	size_t behind = f->header[2] - at;
	if (f->header[2] + LIFT > ROOM)
		die("a frame is too long");
	size_t kept = more < 0 ? (size_t)-more : 0;
	memmove(f->octet + at + kept + more, f->octet + at + kept, behind - kept);
	f->header[2] += (uint32_t)more;
	f->header[3] += (uint32_t)more;
}

static bool is_ipv6(const struct frame *f)
{
	return f->octet[ETHERNET] >> 4 == 6;
}

static uint8_t *ip(struct frame *f)
{
	return f->octet + ETHERNET;
}

static uint8_t *tcp(struct frame *f)
{
	return ip(f) + (is_ipv6(f) ? IPV6_HEADER : (ip(f)[0] & 15) * 4);
}

/* RFC 9293 3.1, over the octets captured. */
static void set_checksum(struct frame *f)
{
	size_t len = (size_t)(f->octet + f->header[2] - tcp(f));
	size_t addresses = is_ipv6(f) ? 32 : 8;
	tcp(f)[16] = tcp(f)[17] = 0;
	uint32_t sum = sum16(ip(f) + (is_ipv6(f) ? 8 : 12), addresses) + 6 + (uint32_t)len;
	sum += sum16(tcp(f), len);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	tcp(f)[16] = (uint8_t)(~sum >> 8);
	tcp(f)[17] = (uint8_t)~sum;
}

static void odd(struct work *w, struct frame *f)
{
	if (f->number % 2)
		put(w, f);
}

static void even(struct work *w, struct frame *f)
{
	if (f->number % 2 == 0)
		put(w, f);
}

static void exchange(uint8_t *a, uint8_t *b, size_t len)
{
	for (; len; len--, a++, b++) {
		uint8_t was = *a;
		*a = *b;
		*b = was;
	}
}

static void swap(struct work *w, struct frame *f)
{
	exchange(f->octet, f->octet + 6, 6);
	if (is_ipv6(f))
		exchange(ip(f) + 8, ip(f) + 24, 16);
	else
		exchange(ip(f) + 12, ip(f) + 16, 4);
	exchange(tcp(f), tcp(f) + 2, 2);
	put(w, f);
}

/* 802.1Q inside 802.1ad when `times` is 2. */
static void tag(struct frame *f, int times)
{
	static const uint8_t tags[][4] = {{0x81, 0, 0x20, 7}, {0x88, 0xa8, 0, 9}};
	for (int i = 0; i < times; i++) {
		resize(f, 12, 4);
		memcpy(f->octet + 12, tags[i], 4);
	}
}

static void vlan(struct work *w, struct frame *f)
{
	tag(f, 1);
	put(w, f);
}

static void qinq(struct work *w, struct frame *f)
{
	tag(f, 2);
	put(w, f);
}

static void ipv6(struct work *w, struct frame *f)
{
	uint8_t header[IPV6_HEADER] = {
		0x60, [6] = 6, [7] = ip(f)[8], [8] = 0x20, 1, 0xd, 0xb8, [24] = 0x20, 1, 0xd, 0xb8};
	int was = (ip(f)[0] & 15) * 4;
	if (is_ipv6(f))
		die("is IPv6 already");
	unsigned payload = (unsigned)(ip(f)[2] << 8 | ip(f)[3]) - (unsigned)was;
	header[4] = (uint8_t)(payload >> 8);
	header[5] = (uint8_t)payload;
	memcpy(header + 20, ip(f) + 12, 4);
	memcpy(header + 36, ip(f) + 16, 4);
	resize(f, ETHERNET, IPV6_HEADER - was);
	memcpy(ip(f), header, sizeof header);
	f->octet[12] = 0x86;
	f->octet[13] = 0xdd;
	set_checksum(f);
	put(w, f);
}

static struct end *end_of(struct work *w, struct frame *f, bool source)
{
	uint8_t name[6];
	memcpy(name, ip(f) + (source ? 12 : 16), 4);
	memcpy(name + 4, tcp(f) + (source ? 0 : 2), 2);
	for (unsigned i = 0; i < w->ends; i++)
		if (memcmp(w->end[i].name, name, sizeof name) == 0)
			return &w->end[i];
	if (!source)
		return NULL;
	if (w->ends == MOST_ENDS)
		die("too many ends");
	struct end *e = &w->end[w->ends++];
	memcpy(e->name, name, sizeof name);
	e->first = get32(tcp(f) + 4);
	return e;
}

/* The first pass of wrap: what each end began with, RST aside, which may borrow its number. */
static void note_first(struct work *w, struct frame *f)
{
	if (!(tcp(f)[13] & 4))
		end_of(w, f, true);
}

static void shift(uint8_t *at, const struct end *e)
{
	if (e)
		add32(at, 0xfffffffd - e->first);
}

/* The second: both ends' first numbers become 2^32 - 3. A RST's seq of 0 stays: it answers a SYN.
 */
static void wrap(struct work *w, struct frame *f)
{
	uint8_t flags = tcp(f)[13];
	if (!(flags & 4) || get32(tcp(f) + 4))
		shift(tcp(f) + 4, end_of(w, f, true));
	if (flags & 16)
		shift(tcp(f) + 8, end_of(w, f, false));
	set_checksum(f);
	put(w, f);
}

static void twice(struct work *w, struct frame *f)
{
	put(w, f);
	f->header[1] += 2;
	f->header[0] += f->header[1] / 1000000;
	f->header[1] %= 1000000;
	put(w, f);
}

static void relink(struct work *w, struct frame *f)
{
	resize(f, ETHERNET, (int)w->link_len);
	memcpy(f->octet + ETHERNET, w->link, w->link_len);
	resize(f, 0, -ETHERNET);
	put(w, f);
}

static const struct way {
	const char *name;
	void (*first)(struct work *w, struct frame *f);
	void (*then)(struct work *w, struct frame *f);
} ways[] = {
	{"odd", NULL, odd},         {"even", NULL, even},   {"swap", NULL, swap},
	{"vlan", NULL, vlan},       {"qinq", NULL, qinq},   {"ipv6", NULL, ipv6},
	{"wrap", note_first, wrap}, {"twice", NULL, twice}, {"link", NULL, relink},
};

/* What stands before an IPv4 header on other links; on those not named: nothing. */
static const struct link {
	uint32_t number;
	uint8_t len;
	uint8_t octet[20];
} links[] = {
	{0, 4, {2}},
	{108, 4, {0, 0, 0, 2}},
	{9, 4, {0xff, 3, 0, 0x21}},
	{51, 8, {0x11, 0, 0, 1, 0, 0, 0, 0x21}},
	{113, 16, {[5] = 6, [14] = 8, 0}},
	{276, 20, {8, 0, [10] = 0, 6}},
};

static void set_link(struct work *w, uint32_t number)
{
	for (size_t i = 0; i < sizeof links / sizeof *links; i++)
		if (links[i].number == number) {
			w->link = links[i].octet;
			w->link_len = links[i].len;
		}
}

static void each(struct work *w, FILE *in, void (*way)(struct work *w, struct frame *f))
{
	struct frame f = {.number = 0};
	while (way && fread(f.header, sizeof f.header, 1, in) == 1) {
		if (f.header[2] > ROOM / 2 || fread(f.octet, f.header[2], 1, in) != 1)
			die("a damaged record");
		f.number++;
		way(w, &f);
	}
}

int main(int argc, char **argv)
{
	uint32_t file[6];
	struct work w = {.out = NULL};
	const struct way *way = NULL;
	if (argc != 4)
		die("usage: recast HOW IN.pcap OUT.pcap");
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (strncmp(argv[1], ways[i].name, strcspn(argv[1], "=")) == 0)
			way = &ways[i];
	FILE *in = fopen(argv[2], "rb");
	w.out = fopen(argv[3], "wb");
	if (!way || !in || !w.out || fread(file, sizeof file, 1, in) != 1 || file[0] != 0xa1b2c3d4)
		die("no such way, or no such file");
	const char *number = strchr(argv[1], '=');
	if (number)
		file[5] = (uint32_t)strtoul(number + 1, NULL, 10);
	set_link(&w, file[5]);
	file[4] = 0x40000;
	each(&w, in, way->first);
	fseek(in, sizeof file, SEEK_SET);
	fwrite(file, sizeof file, 1, w.out);
	each(&w, in, way->then);
	return fclose(w.out) == 0 ? 0 : 1;
}

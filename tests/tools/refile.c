/* SPDX-License-Identifier: MIT */
/* refile HOW IN.pcap OUT: the same frames in a file of another kind. IN is little-endian, with
 * microseconds. HOW is a word of `ways`. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "octets.h"

enum { MOST = 1 << 17, RANDOM_FRAMES = 10000, ETHERNET = 1, LINUX_SLL = 113, DAMAGED = 5 };

struct record {
	uint32_t seconds, fraction, captured, length;
	uint8_t octet[MOST];
};

struct work {
	FILE *in, *out;
	uint32_t file[6]; /* the header of the file */
	struct record r;
	unsigned number;
	uint8_t client[2]; /* the port of the first frame's sender */
};

static void die(const char *what)
{
	fprintf(stderr, "refile: %s\n", what);
	exit(2);
}

static void put(struct work *w, const void *at, size_t len)
{
	if (len && fwrite(at, len, 1, w->out) != 1)
		die("cannot write");
}

static void put32(struct work *w, uint32_t n)
{
	put(w, &n, sizeof n);
}

static void put_swapped(struct work *w, uint32_t n)
{
	put32(w, __builtin_bswap32(n));
}

static bool next(struct work *w)
{
	if (fread(&w->r, 4 * sizeof(uint32_t), 1, w->in) != 1)
		return false;
	if (w->r.captured > MOST || fread(w->r.octet, w->r.captured, 1, w->in) != 1)
		die("a damaged record");
	if (++w->number == 1)
		memcpy(w->client, w->r.octet + 34, sizeof w->client);
	return true;
}

static void put_record(struct work *w)
{
	put(w, &w->r, 4 * sizeof(uint32_t) + w->r.captured);
}

static void big_endian(struct work *w)
{
	uint32_t version = w->file[1] << 16 | w->file[1] >> 16;
	for (int i = 0; i < 6; i++)
		put_swapped(w, i == 1 ? version : w->file[i]);
	while (next(w)) {
		put_swapped(w, w->r.seconds);
		put_swapped(w, w->r.fraction);
		put_swapped(w, w->r.captured);
		put_swapped(w, w->r.length);
		put(w, w->r.octet, w->r.captured);
	}
}

static void nanoseconds(struct work *w)
{
	w->file[0] = 0xa1b23c4d;
	put(w, w->file, sizeof w->file);
	while (next(w)) {
		w->r.fraction = w->r.fraction * 1000 + 789;
		put_record(w);
	}
}

/* The header of the sixth record claims 2 GiB. */
static void damaged(struct work *w)
{
	put(w, w->file, sizeof w->file);
	while (next(w)) {
		if (w->number == DAMAGED + 1)
			w->r.length = 0x7fffffff;
		put(w, &w->r.seconds, 8);
		put32(w, w->number == DAMAGED + 1 ? 0x7fffffff : w->r.captured);
		put32(w, w->r.length);
		put(w, w->r.octet, w->r.captured);
	}
}

/* Blocks of pcapng: section, interface, enhanced packet. */
static void put_section(struct work *w)
{
	static const uint32_t block[] = {0x0a0d0d0a, 28, 0x1a2b3c4d, 1, ~0u, ~0u, 28};
	put(w, block, sizeof block);
}

static void put_interface(struct work *w, uint32_t link)
{
	const uint32_t block[] = {1, 20, link, 0x40000, 20};
	put(w, block, sizeof block);
}

static void put_packet(struct work *w, uint32_t interface)
{
	uint64_t time = w->r.seconds * 1000000ull + w->r.fraction;
	uint32_t padding = (4 - w->r.captured % 4) % 4, len = 32 + w->r.captured + padding;
	const uint32_t head[] = {
		6,          len, interface, (uint32_t)(time >> 32), (uint32_t)time, w->r.captured,
		w->r.length};
	put(w, head, sizeof head);
	put(w, w->r.octet, w->r.captured);
	put(w, "\0\0\0", padding);
	put32(w, len);
}

static void pcapng(struct work *w)
{
	put_section(w);
	put_interface(w, w->file[5]);
	while (next(w))
		put_packet(w, 0);
}

/* What follows the fifth frame is of another link type. */
static void two_links(struct work *w)
{
	put_section(w);
	put_interface(w, w->file[5]);
	while (next(w)) {
		if (w->number == DAMAGED + 1)
			put_interface(w, LINUX_SLL);
		put_packet(w, w->number > DAMAGED);
	}
}

/* xorshift64 */
static uint64_t draw(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* The file's header, then frames of nothing but noise; half begin as IPv4 in Ethernet does. */
static void noise(struct work *w)
{
	uint64_t state = 9293;
	put(w, w->file, sizeof w->file);
	for (uint32_t i = 0; i < RANDOM_FRAMES; i++) {
		w->r.seconds = 1700000000 + i;
		w->r.captured = w->r.length = 1 + (uint32_t)(draw(&state) % 200);
		for (uint32_t k = 0; k < w->r.captured; k++)
			w->r.octet[k] = (uint8_t)(draw(&state) >> 32);
		if (i % 2)
			memcpy(w->r.octet + 12, "\x08\0\x45\0\0\x28\0\1\0\0\x40\6", 12);
		put_record(w);
	}
}

static void at_second(struct work *w, uint32_t seconds)
{
	w->r.seconds = seconds;
	put_record(w);
}

/* A frame each second. */
static void slow(struct work *w)
{
	put(w, w->file, sizeof w->file);
	while (next(w))
		at_second(w, 1000000000 + w->number);
}

/* Opened before all of that, closed after it. */
static void around(struct work *w)
{
	put(w, w->file, sizeof w->file);
	while (next(w))
		at_second(w, (w->number <= 3 ? 999999990 : 1000009000) + w->number);
}

/* Ethernet and a plain IPv4 header; the client is who has the port of the first frame. */
static void put_shifted(struct work *w, uint32_t shift)
{
	struct record was = w->r;
	bool client = w->r.octet[34] == w->client[0] && w->r.octet[35] == w->client[1];
	add32(w->r.octet + (client ? 38 : 42), shift);
	put_record(w);
	w->r = was;
}

/* The first connection's frames over and over, with fresh data each time: a long one. */
static void lengthen(struct work *w)
{
	uint32_t shift = 0;
	put(w, w->file, sizeof w->file);
	while (next(w)) {
		for (int k = 0; w->number == 4 && k < 1000; k++, shift += 5)
			put_shifted(w, shift);
		put_shifted(w, shift);
	}
}

static const struct way {
	const char *name;
	void (*way)(struct work *w);
} ways[] = {
	{"big-endian", big_endian},
	{"nanoseconds", nanoseconds},
	{"damaged", damaged},
	{"pcapng", pcapng},
	{"two-links", two_links},
	{"noise", noise},
	{"slow", slow},
	{"around", around},
	{"lengthen", lengthen},
};

int main(int argc, char **argv)
{
	static struct work w;
	if (argc != 4)
		die("usage: refile HOW IN.pcap OUT");
	w.in = fopen(argv[2], "rb");
	w.out = fopen(argv[3], "wb");
	if (!w.in || !w.out || fread(w.file, sizeof w.file, 1, w.in) != 1 ||
	    w.file[0] != 0xa1b2c3d4)
		die("no such file");
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (strcmp(argv[1], ways[i].name) == 0) {
			ways[i].way(&w);
			return fclose(w.out) == 0 ? 0 : 1;
		}
	die("no such way");
}

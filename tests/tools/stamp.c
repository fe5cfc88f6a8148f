/* SPDX-License-Identifier: MIT */
/* stamp IN.pcap OUT.pcap [IN.pcap OUT.pcap]...: the same traffic with timestamps (RFC 7323) in
 * every segment that has room and is no RST; as it is when one has them already. IN is
 * little-endian, with microseconds, Ethernet and untagged IPv4. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "octets.h"

enum { ROOM = 1 << 17, ETHERNET = 14, PORTS = 4, TIMESTAMPS = 8, STAMP = 12, MOST_ENDS = 1024 };
enum { RST = 4, ACK = 16 };

struct frame {
	uint32_t header[4]; /* seconds, microseconds, octets here, octets on the wire */
	uint8_t octet[ROOM];
};

/* What an end sent last. */
struct end {
	uint8_t name[6];
	uint32_t stamp;
};

struct work {
	FILE *in, *out;
	bool has_stamps;
	struct end end[MOST_ENDS];
	unsigned ends;
};

static _Noreturn void die(const char *what)
{
	fprintf(stderr, "stamp: %s\n", what);
	exit(2);
}

static void put(uint8_t *at, uint32_t n, size_t octets)
{
	for (size_t i = 0; i < octets; i++)
		at[i] = (uint8_t)(n >> 8 * (octets - 1 - i));
}

static uint8_t *ip(struct frame *f)
{
	return f->octet + ETHERNET;
}

static uint8_t *tcp(struct frame *f)
{
	return ip(f) + (size_t)(ip(f)[0] & 15) * 4;
}

static size_t header_len(struct frame *f)
{
	return (size_t)(tcp(f)[12] >> 4) * 4;
}

static bool has_stamps(struct frame *f)
{
	const uint8_t *o = tcp(f) + 20, *end = tcp(f) + header_len(f);
	while (o < end && *o && *o != TIMESTAMPS)
		o += *o == 1 || o[1] < 2 ? 1 : o[1];
	return o < end && *o == TIMESTAMPS;
}

/* The end with that address and port; a new one is 0. */
static struct end *end_of(struct work *w, struct frame *f, bool source)
{
	struct end e = {.stamp = 0};
	memcpy(e.name, ip(f) + (source ? 12 : 16), 4);
	memcpy(e.name + 4, tcp(f) + (source ? 0 : 2), 2);
	for (unsigned i = 0; i < w->ends; i++)
		if (memcmp(w->end[i].name, e.name, sizeof e.name) == 0)
			return &w->end[i];
	if (w->ends == MOST_ENDS)
		die("too many ends");
	w->end[w->ends] = e;
	return &w->end[w->ends++];
}

static void set_checksums(struct frame *f)
{
	size_t len = (size_t)(f->octet + f->header[2] - tcp(f));
	put(ip(f) + 10, 0, 2);
	put(tcp(f) + 16, 0, 2);
	uint32_t sums[] = {sum16(ip(f), 20), sum16(ip(f) + 12, 8) + 6 + (uint32_t)len};
	sums[1] += sum16(tcp(f), len);
	for (int i = 0; i < 2; i++)
		while (sums[i] >> 16)
			sums[i] = (sums[i] & 0xffff) + (sums[i] >> 16);
	put(ip(f) + 10, ~sums[0], 2);
	put(tcp(f) + 16, ~sums[1], 2);
}

static void stamp(struct work *w, struct frame *f)
{
	size_t header = header_len(f), total = (size_t)(tcp(f) - f->octet) + header;
	uint8_t *at = tcp(f) + header;
	memmove(at + STAMP, at, f->header[2] - total);
	memcpy(at, (const uint8_t[]){1, 1, TIMESTAMPS, 10}, 4);
	struct end *e = end_of(w, f, true);
	e->stamp = f->header[0] * 1000 + f->header[1] / 1000;
	put(at + 4, e->stamp, 4);
	put(at + 8, tcp(f)[13] & ACK ? end_of(w, f, false)->stamp : 0, 4);
	tcp(f)[12] = (uint8_t)(tcp(f)[12] + (STAMP / 4 << 4));
	put(ip(f) + 2, (uint32_t)(ip(f)[2] << 8 | ip(f)[3]) + STAMP, 2);
	f->header[2] += STAMP;
	f->header[3] += STAMP;
	set_checksums(f);
}

static bool next(struct work *w, struct frame *f)
{
	if (fread(f->header, sizeof f->header, 1, w->in) != 1)
		return false;
	if (f->header[2] > ROOM / 2 || fread(f->octet, f->header[2], 1, w->in) != 1)
		die("a damaged record");
	return true;
}

static void pass(struct work *w, struct frame *f)
{
	if (!w->has_stamps && !(tcp(f)[13] & RST) && header_len(f) + STAMP <= 60)
		stamp(w, f);
	fwrite(f->header, sizeof f->header, 1, w->out);
	fwrite(f->octet, f->header[2], 1, w->out);
}

static void play(const char *from, const char *to)
{
	static struct frame f;
	uint32_t file[6];
	struct work w = {.in = fopen(from, "rb"), .out = fopen(to, "wb")};
	if (!w.in || !w.out || fread(file, sizeof file, 1, w.in) != 1 || *file != 0xa1b2c3d4)
		die("no such file");
	while (next(&w, &f))
		w.has_stamps |= has_stamps(&f);
	fseek(w.in, sizeof file, SEEK_SET);
	fwrite(file, sizeof file, 1, w.out);
	while (next(&w, &f))
		pass(&w, &f);
	fclose(w.in);
	if (fclose(w.out) != 0)
		die("cannot write");
}

int main(int argc, char **argv)
{
	for (int i = 1; i + 1 < argc; i += 2)
		play(argv[i], argv[i + 1]);
	return argc > 1 && argc % 2 ? 0 : 2;
}

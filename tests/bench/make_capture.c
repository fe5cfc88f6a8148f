/* SPDX-License-Identifier: MIT */
/* make_capture FRAMES ALIVE ROUNDS > FILE: a capture of connections that open, exchange ROUNDS
 * requests and answers, and close in four segments; ALIVE of them at any time, taking turns. */
#include <pcap/pcap.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/decode/packet.h"

enum { HEADERS = 14 + 20 + 20, REQUEST = 100, ANSWER = 400, FIRST_PORT = 10000, PORTS = 50000 };

struct conversation {
	uint32_t seq[2]; /* next number of client and server */
	uint32_t number; /* of the connection */
	unsigned step;
};

struct line {
	int from;
	unsigned flags;
	uint32_t len;
};

static void put16(uint8_t *at, unsigned n)
{
	at[0] = (uint8_t)(n >> 8);
	at[1] = (uint8_t)n;
}

static void put32(uint8_t *at, uint32_t n)
{
	put16(at, n >> 16);
	put16(at + 2, n & 0xffff);
}

/* What is sent in a conversation's step; the last step begins the next conversation. */
static struct line line_of(unsigned step, unsigned rounds)
{
	static const struct line open[] = {{0, SYN, 0}, {1, SYN | ACK, 0}, {0, ACK, 0}};
	static const struct line talk[] = {
		{0, PSH | ACK, REQUEST}, {1, ACK, 0}, {1, PSH | ACK, ANSWER}, {0, ACK, 0}};
	static const struct line close[] = {
		{0, FIN | ACK, 0}, {1, ACK, 0}, {1, FIN | ACK, 0}, {0, ACK, 0}};
	if (step < 3)
		return open[step];
	if (step < 3 + 4 * rounds)
		return talk[(step - 3) % 4];
	return close[(step - 3) % 4];
}

static uint32_t build(uint8_t *frame, struct conversation *c, struct line l)
{
	uint8_t *ip = frame + 14, *tcp = ip + 20;
	unsigned port = FIRST_PORT + c->number % PORTS, host = c->number / PORTS;
	memset(frame, 0, HEADERS);
	put16(frame + 12, 0x0800);
	ip[0] = 0x45;
	put16(ip + 2, 40 + l.len);
	ip[8] = 64;
	ip[9] = 6;
	put32(ip + (l.from ? 16 : 12), 0x0a000000 + host);
	put32(ip + (l.from ? 12 : 16), 0x0a800001);
	put16(tcp, l.from ? 80 : port);
	put16(tcp + 2, l.from ? port : 80);
	put32(tcp + 4, c->seq[l.from]);
	if (l.flags & ACK)
		put32(tcp + 8, c->seq[1 - l.from]);
	tcp[12] = 0x50;
	tcp[13] = (uint8_t)l.flags;
	put16(tcp + 14, 65535);
	c->seq[l.from] += l.len + (l.flags & (SYN | FIN) ? 1 : 0);
	return HEADERS + l.len;
}

/* Write `frames` frames of `alive` conversations that take turns. */
static void write_capture(pcap_dumper_t *out, unsigned long frames, struct conversation *all,
			  unsigned alive, unsigned rounds)
{
	uint8_t frame[HEADERS + ANSWER] = {0};
	uint32_t next = 0;
	for (unsigned long i = 0; i < frames; i++) {
		struct conversation *c = &all[i % alive];
		if (c->step == 0) {
			c->seq[0] = next * 77777;
			c->seq[1] = next * 33333;
			c->number = next++;
		}
		uint32_t len = build(frame, c, line_of(c->step, rounds));
		c->step = (c->step + 1) % (7 + 4 * rounds);
		struct pcap_pkthdr h = {.caplen = len, .len = len};
		h.ts.tv_sec = 1700000000 + (long)(i / 100000);
		h.ts.tv_usec = (long)(i % 100000) * 10;
		pcap_dump((uint8_t *)out, &h, frame);
	}
}

int main(int argc, char **argv)
{
	if (argc != 4 || atoi(argv[2]) < 1) {
		fprintf(stderr, "usage: make_capture FRAMES ALIVE ROUNDS > FILE\n");
		return 2;
	}
	unsigned alive = (unsigned)atoi(argv[2]), rounds = (unsigned)atoi(argv[3]);
	struct conversation *all = calloc(alive, sizeof *all);
	pcap_t *dead = pcap_open_dead(DLT_EN10MB, 65535);
	pcap_dumper_t *out = pcap_dump_fopen(dead, stdout);
	if (all && out)
		write_capture(out, strtoul(argv[1], NULL, 10), all, alive, rounds);
	if (out)
		pcap_dump_close(out);
	pcap_close(dead);
	free(all);
	return !all || !out;
}

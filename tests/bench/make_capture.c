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
	static const struct line open[] = {
		{0, SYN,       0},
                {1, SYN | ACK, 0},
                {0, ACK,       0}
        };
	static const struct line talk[] = {
		{0, PSH | ACK, REQUEST},
                {1, ACK,       0      },
                {1, PSH | ACK, ANSWER },
                {0, ACK,       0      }
        };
	static const struct line close[] = {
		{0, FIN | ACK, 0},
                {1, ACK,       0},
                {1, FIN | ACK, 0},
                {0, ACK,       0}
        };
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
	put32(ip + 12 + 4 * l.from, 0x0a000000 + host);
	put32(ip + 16 - 4 * l.from, 0x0a800001);
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

int main(int argc, char **argv)
{
	unsigned long frames = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
	unsigned alive = argc > 2 ? (unsigned)atoi(argv[2]) : 0;
	unsigned rounds = argc > 3 ? (unsigned)atoi(argv[3]) : 0;
	struct conversation *all = calloc(alive ? alive : 1, sizeof *all);
	uint8_t frame[HEADERS + ANSWER] = {0};
	if (argc != 4 || !all || !alive) {
		fprintf(stderr, "usage: make_capture FRAMES ALIVE ROUNDS > FILE\n");
		return 2;
	}
	pcap_t *dead = pcap_open_dead(DLT_EN10MB, 65535);
	pcap_dumper_t *out = pcap_dump_fopen(dead, stdout);
	uint32_t next = 0;
	for (unsigned long i = 0; i < frames; i++) {
		struct conversation *c = &all[i % alive];
		if (c->step == 0)
			*c =
				(struct conversation){
					{next * 77777, next * 33333},
                                        next, 0
                        },
			next++;
		uint32_t len = build(frame, c, line_of(c->step, rounds));
		c->step = (c->step + 1) % (7 + 4 * rounds);
		struct pcap_pkthdr h = {
			{1700000000 + (long)(i / 100000), (long)(i % 100000) * 10},
                        len, len
                };
		pcap_dump((uint8_t *)out, &h, frame);
	}
	pcap_dump_close(out);
	pcap_close(dead);
	free(all);
	return 0;
}

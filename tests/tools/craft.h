/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TESTS_CRAFT_H
#define SYNFIN_TESTS_CRAFT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { ROOM = 1 << 17, MOST_OPTIONS = 40, ETHERNET = 14, IP_HEADER = 20 };
enum { FLAG_RST = 4, FLAG_ACK = 16 };

enum field {
	WIN,
	TTL,
	ID,
	URG,
	ACK_NUMBER,
	SNAPPED,
	FRAG,
	BAD_SUM,
	PARTIAL_SUM,
	NO_IP_LEN,
	FIELDS
};

struct ends {
	uint8_t address[2][4]; /* client, server */
	uint32_t port[2];
};

struct segment {
	int from; /* 0 the client, 1 the server */
	unsigned flags;
	uint32_t seq, field[FIELDS];
	size_t options_len, len;
	uint8_t option[MOST_OPTIONS];
	uint8_t payload[ROOM / 2]; /* the last: it is not cleared */
};

struct frame {
	size_t len;
	uint8_t octet[ROOM];
};

/* Begin a capture file. */
void craft_file(FILE *out);

/* Add the frame, or its first `most` octets, seen at `now` in microseconds. */
void craft_record(FILE *out, int64_t now, const struct frame *f, size_t most);

/* Write n, as the network has it, in so many octets. */
void put(uint8_t *at, uint32_t n, size_t octets);

/* The Ethernet frame of a segment between the ends, with all its checksums. */
void craft_segment(struct frame *f, const struct ends *ends, const struct segment *g);

/* An ICMP error from `router` to the client that quotes the start of its segment. */
void craft_icmp(struct frame *f, const uint8_t *router, unsigned type_code,
		const struct frame *quoted);

/* Make the frame the fragment of itself that begins at `at` of the IP payload and has `len` octets,
 * 0 for all the rest. */
void craft_fragment(struct frame *f, size_t at, size_t len);

/* As a router passes it on. */
void craft_next_hop(struct frame *f);

#endif

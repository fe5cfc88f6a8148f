/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ENDPOINT_H
#define SYNFIN_ENDPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { ENDPOINT_TEXT = 64 }; /* room for "[v6 address]:65535" and its NUL */

/* An IP address; family is 4 or 6, and of an IPv4 address only the first four octets are used
 * (the others are zero). */
struct address {
	uint8_t octet[16];
	uint8_t family;
};

/* An address and a port: what tells two ends apart, also on loopback, where their addresses are
 * the same. */
struct endpoint {
	struct address address;
	uint16_t port;
};

static inline bool endpoint_eq(const struct endpoint *a, const struct endpoint *b)
{
	uint64_t x[2], y[2];
	memcpy(x, a->address.octet, sizeof x);
	memcpy(y, b->address.octet, sizeof y);
	return x[0] == y[0] && x[1] == y[1] && a->port == b->port &&
	       a->address.family == b->address.family;
}

/* Below, at or above zero as a sorts before, with or after b. */
int endpoint_cmp(const struct endpoint *a, const struct endpoint *b);

/* Write "127.0.0.1:80" or "[::1]:80" into text; returns text. */
const char *endpoint_print(const struct endpoint *e, char text[static ENDPOINT_TEXT]);

/* Write "127.0.0.1" or "::1" into text; returns text. */
const char *address_print(const struct address *a, char text[static ENDPOINT_TEXT]);

#endif

/* SPDX-License-Identifier: MIT */
#include "analysis/decode/endpoint.h"

#include <arpa/inet.h>
#include <string.h>

int endpoint_cmp(const struct endpoint *a, const struct endpoint *b)
{
	if (a->address.family != b->address.family)
		return a->address.family - b->address.family;
	int order = memcmp(a->address.octet, b->address.octet, sizeof a->address.octet);
	return order ? order : a->port - b->port;
}

/* By hand: printf takes longer than all else that a line of output costs. */
static char *put_decimal(char *at, unsigned n)
{
	char digits[10];
	size_t len = 0;

	do
		digits[len++] = (char)('0' + n % 10);
	while (n /= 10);
	while (len)
		*at++ = digits[--len];
	return at;
}

static char *put_ipv4(char *at, const uint8_t octet[4])
{
	for (int i = 0; i < 4; i++) {
		at = put_decimal(at, octet[i]);
		*at++ = '.';
	}
	return at - 1;
}

/* Write without a NUL that counts; returns the end. */
static char *put_address(char *at, const struct address *a)
{
	if (a->family == 4)
		return put_ipv4(at, a->octet);
	*at = '\0';
	inet_ntop(AF_INET6, a->octet, at, INET6_ADDRSTRLEN);
	return at + strlen(at);
}

const char *address_print(const struct address *a, char text[static ENDPOINT_TEXT])
{
	*put_address(text, a) = '\0';
	return text;
}

const char *endpoint_print(const struct endpoint *e, char text[static ENDPOINT_TEXT])
{
	bool brackets = e->address.family != 4;
	char *at = text;

	if (brackets)
		*at++ = '[';
	at = put_address(at, &e->address);
	if (brackets)
		*at++ = ']';
	*at++ = ':';
	*put_decimal(at, e->port) = '\0';
	return text;
}

/* SPDX-License-Identifier: MIT */
#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/decode/endpoint.h"
#include "tests/unit/rows.h"

struct row {
	const char *address;
	uint16_t port;
	const char *text;
};

static struct endpoint endpoint_of(const struct row *row)
{
	struct endpoint e = {.port = row->port};

	e.address.family = strchr(row->address, ':') ? 6 : 4;
	assert_int_equal(inet_pton(e.address.family == 4 ? AF_INET : AF_INET6, row->address,
				   e.address.octet),
			 1);
	return e;
}

static const struct row prints[] = {
	{"127.0.0.1", 80, "127.0.0.1:80"},
	{"0.0.0.0", 0, "0.0.0.0:0"},
	{"255.255.255.255", 65535, "255.255.255.255:65535"},
	{"9.10.99.100", 100, "9.10.99.100:100"},
	{"::", 0, "[::]:0"},
	{"::1", 443, "[::1]:443"},
	{"2001:db8::1", 65535, "[2001:db8::1]:65535"},
	{"fe80::1:0:0:1", 1, "[fe80::1:0:0:1]:1"},
	{"::ffff:192.0.2.1", 9, "[::ffff:192.0.2.1]:9"},
	{"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 65535,
	 "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535"},
};

static void addresses_and_endpoints_print(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof prints / sizeof *prints; i++) {
		struct endpoint e = endpoint_of(&prints[i]);
		char text[ENDPOINT_TEXT];

		expect_text(prints[i].text, "address", address_print(&e.address, text),
			    prints[i].address);
		expect_text(prints[i].text, "endpoint", endpoint_print(&e, text), prints[i].text);
	}
}

/* In order; no two are equal. */
static const struct row sorted[] = {
	{"10.0.0.1", 79, "a port below"},
	{"10.0.0.1", 80, "10.0.0.1:80"},
	{"10.0.0.1", 0x0180, "a port whose low octet is the same"},
	{"10.0.0.1", 0x8000, "a port that is no int16_t"},
	{"10.0.0.2", 1, "the last octet"},
	{"10.0.1.0", 1, "the third octet"},
	{"200.0.0.0", 1, "an octet that is no char"},
	{"::", 1, "IPv6 after IPv4"},
	{"::1", 0, "::1"},
	{"::ff", 0, "::ff"},
	{"a00:1::", 80, "the octets of 10.0.0.1"},
	{"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 65535, "the last of all"},
};

static int sign(int n)
{
	return (n > 0) - (n < 0);
}

static void order_is_total(void **state)
{
	(void)state;
	int count = sizeof sorted / sizeof *sorted;

	for (int i = 0; i < count; i++)
		for (int j = 0; j < count; j++) {
			struct endpoint a = endpoint_of(&sorted[i]), b = endpoint_of(&sorted[j]);
			int order = sign(endpoint_cmp(&a, &b));

			expect_number(sorted[i].text, "cmp", (unsigned)order,
				      (unsigned)sign(i - j));
			expect_number(sorted[i].text, "eq", endpoint_eq(&a, &b), i == j);
		}
}

/* Padding behind the address is no part of the endpoint. */
static void padding_does_not_matter(void **state)
{
	(void)state;
	struct endpoint a, b;

	memset(&a, 0x00, sizeof a);
	memset(&b, 0xff, sizeof b);
	a.address = b.address = (struct address){{127, 0, 0, 1}, 4};
	a.port = b.port = 80;
	assert_true(endpoint_eq(&a, &b));
	assert_int_equal(endpoint_cmp(&a, &b), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_and_endpoints_print),
		cmocka_unit_test(order_is_total),
		cmocka_unit_test(padding_does_not_matter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

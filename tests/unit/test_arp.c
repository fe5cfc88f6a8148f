/* SPDX-License-Identifier: MIT */
#include "labs/arp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/unit/rows.h"

enum { WHOLE = 42, ETHERNET = 1, RAW = 101 };

/* Who has 192.0.2.2? The octets that make it a request are at 20. */
static const uint8_t request[WHOLE] = {
	0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0,   0, 0, 0, 1, 8, 6, 0, 1, 8, 0,   6, 4, 0,
	1,    2,    0,    0,    0,    0,    1, 192, 0, 2, 1, 0, 0, 0, 0, 0, 0, 192, 0, 2, 2,
};

/* What one octet of it is changed to, and what is then printed. */
static const struct {
	const char *name;
	size_t at;
	uint8_t to;
	uint32_t captured;
	int linktype;
	const char *printed;
} rows[] = {
	{"a request", 0, 0xff, WHOLE, ETHERNET, ". ARP who has 192.0.2.2? tell 192.0.2.1\n"},
	{"a reply", 21, 2, WHOLE, ETHERNET, ". ARP 192.0.2.1 is at 02:00:00:00:00:01\n"},
	{"neither", 21, 3, WHOLE, ETHERNET, ""},
	{"no ARP", 13, 0, WHOLE, ETHERNET, ""},
	{"hardware of another kind", 15, 6, WHOLE, ETHERNET, ""},
	{"no IPv4", 16, 0x86, WHOLE, ETHERNET, ""},
	{"other lengths", 18, 8, WHOLE, ETHERNET, ""},
	{"cut", 0, 0xff, WHOLE - 1, ETHERNET, ""},
	{"nothing", 0, 0xff, 0, ETHERNET, ""},
	{"no Ethernet", 0, 0xff, WHOLE, RAW, ""},
};

static void lines_are_printed_for_arp_only(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		uint8_t octets[WHOLE];
		char *text = NULL;
		size_t len;
		memcpy(octets, request, sizeof octets);
		octets[rows[i].at] = rows[i].to;
		const struct frame f = {
			.at = octets, .captured = rows[i].captured, .linktype = rows[i].linktype};
		FILE *out = open_memstream(&text, &len);
		assert_non_null(out);
		arp_print(&f, out);
		fclose(out);
		expect_text(rows[i].name, "printed", text, rows[i].printed);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_printed_for_arp_only),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

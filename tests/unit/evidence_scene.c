/* SPDX-License-Identifier: MIT */
#include "tests/unit/evidence_scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { HEADERS = 40, LINK_RAW = 101 };

static void put(uint8_t *at, uint32_t n, int octets)
{
	for (int i = 0; i < octets; i++)
		at[i] = (uint8_t)(n >> 8 * (octets - 1 - i));
}

void scene_add(struct evidence *e, const struct scene_segment *s)
{
	uint8_t octet[HEADERS + 255] = {0x45, 0, 0,   0, 0, 0, 0,   0, 64, 6,
					0,    0, 127, 0, 0, 1, 127, 0, 0,  1};
	put(octet + 2, HEADERS + s->len, 2);
	put(octet + 20, s->back ? 8080 : s->port, 2);
	put(octet + 22, s->back ? s->port : 8080, 2);
	put(octet + 24, s->seq, 4);
	put(octet + 28, s->ack, 4);
	octet[32] = 0x50;
	octet[33] = s->flags;
	put(octet + 34, 65535, 2);
	const struct frame f = {
		.at = octet,
		.captured = HEADERS + s->len,
		.length = HEADERS + s->len,
		.time = INT64_C(1000000) * s->ms,
		.linktype = LINK_RAW,
	};
	evidence_add_frame(e, &f);
}

void scene_handshake(struct evidence *e, uint16_t port)
{
	const struct scene_segment all[] = {
		{port, false, 1000, 0, 2, 0, 1},     {port, true, 5000, 1001, 18, 0, 2},
		{port, false, 1001, 5001, 16, 0, 3}, {port, false, 1001, 5001, 24, 5, 50},
		{port, true, 5001, 1006, 16, 0, 51},
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		scene_add(e, &all[i]);
}

struct exercise scene_exercise(const char *script)
{
	struct exercise e = {.script = strdup(script), .page = {strdup(""), strdup("")}};
	snprintf(e.name, sizeof e.name, "99-test");
	assert_true(e.script && e.page[0] && e.page[1]);
	return e;
}

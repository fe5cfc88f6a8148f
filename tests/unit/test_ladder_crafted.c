/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/views/ladder.h"
#include "tests/unit/ladder_scene.h"

static const struct step third_ack_lost[] = {
	{0, false, SYN, 1000, 0, 0, 0},          {0, true, SYN | ACK, 5000, 1001, 0, 10},
	{0, false, ACK, 1001, 5001, 0, 20},      {0, true, SYN | ACK, 5000, 1001, 0, 1000020},
	{0, false, ACK, 1001, 5001, 0, 1000030}, {.us = -1},
};

/* What the client sends is crafted, what the server sends is not. */
static const struct row {
	const char *name, *wanted;
	const struct step *step;
	struct look look;
} rows[] = {
	{"80 columns, ASCII",
	 "|============== SYN seq=x ==============>| SYN-RECEIVED\n"
	 "  2 0.000034 ESTABLISHED |<-------- SYN,ACK seq=y ack=x+1 --------|\n",
	 scene_example,
	 {.width = 80}},
	{"80 columns, unicode",
	 "│══════════════ SYN seq=x ══════════════▶│ SYN-RECEIVED\n"
	 "  2 0.000034 ESTABLISHED │◀──────── SYN,ACK seq=y ack=x+1 ────────│\n",
	 scene_example,
	 {.width = 80, .glyphs = GLYPHS_UNICODE}},
	{"80 columns, cjk",
	 "╎============== SYN seq=x ==============►╎ SYN-RECEIVED\n"
	 "  2 0.000034 ESTABLISHED ╎◄-------- SYN,ACK seq=y ack=x+1 --------╎\n",
	 scene_example,
	 {.width = 80, .glyphs = GLYPHS_CJK}},
	{"80 columns, a stream",
	 "|==== PSH,ACK seq=x+1 ack=y+1 len=5 ====>|\n",
	 scene_example,
	 {.width = 80, .stream = true}},
	{"120 columns, ASCII",
	 "|========= ACK seq=x+1 ack=y+1 =========>| ESTABLISHED   ack 179399305",
	 scene_example,
	 {.width = 120}},
	{"120 columns, unicode",
	 "│═════════ ACK seq=x+1 ack=y+1 ═════════▶│ ESTABLISHED   ✓ ack 179399305",
	 scene_example,
	 {.width = 120, .glyphs = GLYPHS_UNICODE}},
	{"120 columns, cjk",
	 "╎========= ACK seq=x+1 ack=y+1 =========►╎ ESTABLISHED   ✓ ack 179399305",
	 scene_example,
	 {.width = 120, .glyphs = GLYPHS_CJK}},
	{"40 columns, ASCII",
	 "\n  1 0.000000 => SYN\n    seq=x\n    client SYN-SENT, server SYN-RECEIVED\n"
	 "  2 0.000034 <- SYN,ACK\n",
	 scene_example,
	 {.width = 40}},
	{"40 columns, unicode",
	 "\n  1 0.000000 ═▶ SYN\n    seq=x\n    client SYN-SENT, server SYN-RECEIVED\n"
	 "  2 0.000034 ◀─ SYN,ACK\n",
	 scene_example,
	 {.width = 40, .glyphs = GLYPHS_UNICODE}},
	{"40 columns, cjk",
	 "\n  1 0.000000 =► SYN\n    seq=x\n    client SYN-SENT, server SYN-RECEIVED\n"
	 "  2 0.000034 ◄- SYN,ACK\n",
	 scene_example,
	 {.width = 40, .glyphs = GLYPHS_CJK}},
	{"lost",
	 "|========= ACK seq=x+1 ack=y+1 =========x| (lost)\n",
	 third_ack_lost,
	 {.width = 80}},
	{"lost, as a card", "\n  3 0.000020 =x ACK\n", third_ack_lost, {.width = 40}},
};

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct scene s = {"", rows[i].step, false};
		char *got = scene_ladder_crafted(&s, rows[i].look);
		if (!strstr(got, rows[i].wanted))
			fail_msg("%s: no\n%s\nin\n%s", rows[i].name, rows[i].wanted, got);
		free(got);
	}
}

/* Nothing but the shafts is another. */
static void test_shafts_only(void **state)
{
	(void)state;
	for (int width = 40; width <= 130; width += 9) {
		struct scene s = {"", scene_example, false};
		char *plain = scene_ladder(&s, (struct look){.width = width});
		char *got = scene_ladder_crafted(&s, (struct look){.width = width});
		assert_int_equal(strlen(plain), strlen(got));
		for (size_t i = 0; got[i]; i++)
			if (got[i] != plain[i] && !(got[i] == '=' && plain[i] == '-'))
				fail_msg("width %d: '%c' for '%c' in\n%s", width, got[i], plain[i],
					 got);
		assert_string_not_equal(plain, got);
		free(plain);
		free(got);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_shafts_only),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

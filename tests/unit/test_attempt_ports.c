/* SPDX-License-Identifier: MIT */
/* Whether a capture is that of the run it is handed in for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "labs/numbers.h"
#include "labs/stored.h"
#include "tests/unit/evidence_scene.h"
#include "tests/unit/rows.h"

enum { SERVER = 8080, CRAFTED = 1, CLIENT = 2 }; /* ports of a run: the scene's server has 8080 */

/* A run whose server has the scene's port. */
static struct attempt run_with_server(const char *exercise)
{
	struct attempt a = {.student = "bob"};
	snprintf(a.exercise, sizeof a.exercise, "%s", exercise);
	for (unsigned n = 0; n < 1000000; n++) {
		snprintf(a.run, sizeof a.run, "%016x", n);
		if (numbers_of(attempt_seed(&a)).server_port == SERVER)
			return a;
	}
	fail_msg("no run has port %d", SERVER);
	return a;
}

/* The ports that connections to 8080 come from, in their order; 0: no more. */
static const struct {
	const char *name, *exercise;
	int from[2], and[2]; /* a port of the run, or 0, and what is added to it */
	bool isn, good;
} ports[] = {
	{"its client", "99-test", {CLIENT, 0}, {0}, false, true},
	{"its last client", "99-test", {CLIENT, 0}, {31, 0}, false, true},
	{"not its client", "99-test", {CLIENT, 0}, {32, 0}, false, false},
	{"a client before", "99-test", {CLIENT, 0}, {-1, 0}, false, false},
	{"its crafted end", "99-test", {CRAFTED, 0}, {0}, false, true},
	{"a port of the kernel's", "99-test", {0, 0}, {40000, 0}, false, true},
	{"the first is another's", "99-test", {CLIENT, CLIENT}, {40, 0}, false, false},
	{"the second is another's", "99-test", {CLIENT, CLIENT}, {0, 40}, false, false},
	{"a server of another's", "99-test", {CLIENT, 0}, {0, 9000}, false, false},
	{"nothing", "99-test", {0, 0}, {0, 0}, false, false},
	{"as in the stored run", "01-three-segments", {CLIENT, 0}, {0}, false, true},
	{"not as in the stored run", "01-three-segments", {CLIENT, 0}, {1, 0}, false, false},
	{"crafted as in the stored run", "03-arithmetic", {CRAFTED, 0}, {0}, true, true},
	{"not crafted", "03-arithmetic", {0, 0}, {40000, 0}, true, false},
	{"its first number", "04-be-the-client", {0, 0}, {40000, 0}, true, true},
	{"not its first number", "04-be-the-client", {0, 0}, {40000, 0}, false, false},
};

static void test_ports(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < sizeof ports / sizeof *ports; i++) {
		struct attempt a = run_with_server(ports[i].exercise);
		struct numbers n = numbers_of(attempt_seed(&a));
		const int base[] = {0, n.crafted_port, n.client_port};
		struct evidence e = {.used = 0};
		char why[WHY_TEXT];
		for (int k = 0; k < 2; k++) {
			int port = base[ports[i].from[k]] + ports[i].and[k];
			uint32_t isn = ports[i].isn ? n.isn : 1000;
			if (port)
				scene_add(&e, &(struct scene_segment){(uint16_t)port, false, isn, 0,
								      2, 0, 1});
		}
		expect_number(ports[i].name, "good", attempt_has_its_ports(&a, &e, why),
			      ports[i].good);
		evidence_free(&e);
	}
}

/* The ports of another run, or of another student's, are not these. */
static void test_ports_of_another(void **unused)
{
	(void)unused;
	struct attempt a = run_with_server("99-test");
	struct evidence e = {.used = 0};
	char why[WHY_TEXT];
	scene_handshake(&e, numbers_of(attempt_seed(&a)).client_port);
	assert_true(attempt_has_its_ports(&a, &e, why));
	snprintf(a.student, sizeof a.student, "eve");
	assert_false(attempt_has_its_ports(&a, &e, why));
	evidence_free(&e);
}

static void test_stored(void **unused)
{
	(void)unused;
	struct attempt a = {.stored = true, .student = "bob"};
	struct evidence e;
	char name[EXERCISE_NAME], why[WHY_TEXT];
	assert_true(attempt_is_stored(&a));
	a = (struct attempt){.student = STORED_STUDENT};
	assert_true(attempt_is_stored(&a));
	snprintf(a.student, sizeof a.student, "bob");
	assert_false(attempt_is_stored(&a));
	for (unsigned i = 0; exercise_name(i, name); i++) {
		expect_number(name, "stored", stored_run(name, &a, &e), true);
		expect_number(name, "ports", attempt_has_its_ports(&a, &e, why), true);
		evidence_free(&e);
	}
	assert_false(stored_run("99-test", &a, &e));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ports),
		cmocka_unit_test(test_ports_of_another),
		cmocka_unit_test(test_stored),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

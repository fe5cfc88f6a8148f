/* SPDX-License-Identifier: MIT */
/* Every row of the table of differences, by an input that no other row explains so. */
#include "analysis/model/agree_side.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/rows.h"

static const struct {
	struct step ours, kernels;
	bool late;
	enum design design;
	const char *why;
} designs[] = {
	{{UNKNOWN, CLOSED},
	 {UNKNOWN, UNKNOWN},
	 true,
	 TAKES_OURS,
	 "the connection is older than the capture"},
	{{UNKNOWN, ESTABLISHED},
	 {ESTABLISHED, FIN_WAIT_1},
	 false,
	 TAKES_OURS,
	 "the connection is older than the capture"},
	{{CLOSED, UNKNOWN},
	 {UNKNOWN, UNKNOWN},
	 false,
	 TAKES_OURS,
	 "the end is not the one that was assumed"},
	{{ESTABLISHED, CLOSED},
	 {SYN_RECEIVED, ESTABLISHED},
	 false,
	 TAKES_OURS,
	 "an end that only TIME-WAIT's smaller socket kept, which says nothing"},
	{{CLOSED, SYN_RECEIVED},
	 {UNKNOWN, UNKNOWN},
	 false,
	 TAKES_OURS,
	 "a SYN makes a request, which is no socket yet and says nothing"},
	{{LISTEN, SYN_RECEIVED},
	 {UNKNOWN, UNKNOWN},
	 false,
	 TAKES_OURS,
	 "a SYN makes a request, which is no socket yet and says nothing"},
	{{TIME_WAIT, SYN_RECEIVED},
	 {UNKNOWN, UNKNOWN},
	 false,
	 TAKES_OURS,
	 "a SYN makes a request, which is no socket yet and says nothing"},
	{{UNKNOWN, UNKNOWN},
	 {LISTEN, SYN_RECEIVED},
	 false,
	 TAKES_KERNELS,
	 "of a request the kernel speaks only when its socket is made, at the third "
	 "segment"},
	{{UNKNOWN, UNKNOWN},
	 {CLOSED, LISTEN},
	 false,
	 TAKES_KERNELS,
	 "a listener is no end of a connection"},
	{{UNKNOWN, UNKNOWN},
	 {LISTEN, CLOSED},
	 false,
	 TAKES_KERNELS,
	 "a listener is no end of a connection"},
	{{SYN_RECEIVED, ESTABLISHED},
	 {CLOSED, SYN_SENT},
	 false,
	 TAKES_KERNELS,
	 "its own SYN came back to it: one row of ours"},
	{{SYN_RECEIVED, ESTABLISHED},
	 {SYN_SENT, SYN_RECEIVED},
	 false,
	 TAKES_KERNELS,
	 "its own SYN came back to it: one row of ours"},
	{{SYN_SENT, ESTABLISHED},
	 {SYN_SENT, CLOSED},
	 false,
	 TAKES_OURS,
	 "the program gave up before the SYN,ACK came, as the RST says that answers it"},
	{{CLOSED, TIME_WAIT},
	 {UNKNOWN, UNKNOWN},
	 false,
	 TAKES_OURS,
	 "what becomes of TIME-WAIT is unsaid"},
	{{UNKNOWN, UNKNOWN},
	 {UNKNOWN, FIN_WAIT_1},
	 true,
	 TAKES_KERNELS,
	 "its FIN never left: data stood before it, or a closed window"},
	{{UNKNOWN, UNKNOWN},
	 {UNKNOWN, LAST_ACK},
	 true,
	 TAKES_KERNELS,
	 "its FIN never left: data stood before it, or a closed window"},
	{{ESTABLISHED, CLOSED},
	 {ESTABLISHED, FIN_WAIT_1},
	 false,
	 TAKES_KERNELS,
	 "its FIN never left: data stood before it, or a closed window"},
	{{ESTABLISHED, CLOSE_WAIT},
	 {ESTABLISHED, FIN_WAIT_1},
	 true,
	 TAKES_KERNELS,
	 "its FIN never left: data stood before it, or a closed window"},
	{{ESTABLISHED, CLOSE_WAIT},
	 {FIN_WAIT_1, CLOSING},
	 true,
	 TAKES_BOTH,
	 "its FIN never left: data stood before it, or a closed window"},
	{{CLOSE_WAIT, CLOSED},
	 {CLOSE_WAIT, LAST_ACK},
	 false,
	 TAKES_KERNELS,
	 "its FIN never left: data stood before it, or a closed window"},
	{{SYN_RECEIVED, LISTEN},
	 {UNKNOWN, UNKNOWN},
	 false,
	 TAKES_OURS,
	 "a request goes as it came: unsaid"},
	{{SYN_RECEIVED, CLOSED},
	 {UNKNOWN, UNKNOWN},
	 true,
	 TAKES_OURS,
	 "a request goes as it came: unsaid"},
	{{FIN_WAIT_2, TIME_WAIT},
	 {FIN_WAIT_2, CLOSED},
	 false,
	 TAKES_BOTH,
	 "TIME-WAIT is kept by a smaller socket, which says nothing"},
	{{FIN_WAIT_1, TIME_WAIT},
	 {FIN_WAIT_1, FIN_WAIT_2},
	 false,
	 TAKES_KERNELS,
	 "ACK and FIN in one segment are two steps for the kernel"},
	{{FIN_WAIT_1, TIME_WAIT},
	 {FIN_WAIT_2, CLOSED},
	 false,
	 TAKES_BOTH,
	 "TIME-WAIT is kept by a smaller socket, which says nothing"},
	{{ESTABLISHED, CLOSING},
	 {ESTABLISHED, FIN_WAIT_1},
	 false,
	 TAKES_KERNELS,
	 "its own FIN and the one that crossed it are two steps for the kernel"},
	{{CLOSING, TIME_WAIT},
	 {CLOSING, CLOSED},
	 false,
	 TAKES_BOTH,
	 "TIME-WAIT is kept by a smaller socket, which says nothing"},
	{{UNKNOWN, UNKNOWN},
	 {FIN_WAIT_2, CLOSED},
	 true,
	 TAKES_KERNELS,
	 "nobody holds the socket any more: a smaller one waits for the FIN, and says "
	 "nothing"},
	{{FIN_WAIT_2, TIME_WAIT},
	 {UNKNOWN, UNKNOWN},
	 true,
	 TAKES_OURS,
	 "nobody holds the socket any more: a smaller one waits for the FIN, and says "
	 "nothing"},
	{{FIN_WAIT_2, CLOSED},
	 {UNKNOWN, UNKNOWN},
	 true,
	 TAKES_OURS,
	 "nobody holds the socket any more: a smaller one is reset, and says nothing"},
	{{TIME_WAIT, CLOSED},
	 {UNKNOWN, UNKNOWN},
	 false,
	 TAKES_OURS,
	 "what becomes of TIME-WAIT is unsaid"},
	{{UNKNOWN, UNKNOWN},
	 {SYN_SENT, CLOSED},
	 true,
	 TAKES_KERNELS,
	 "the program, or a timer, gave up; no segment says so"},
	{{UNKNOWN, UNKNOWN},
	 {FIN_WAIT_1, CLOSED},
	 true,
	 TAKES_KERNELS,
	 "a timer gave up; no segment says so"},
	{{UNKNOWN, UNKNOWN},
	 {LAST_ACK, CLOSED},
	 true,
	 TAKES_KERNELS,
	 "a timer gave up; no segment says so"},
	{{UNKNOWN, UNKNOWN},
	 {CLOSING, CLOSED},
	 true,
	 TAKES_KERNELS,
	 "a timer gave up; no segment says so"},
	{{UNKNOWN, UNKNOWN},
	 {ESTABLISHED, CLOSED},
	 true,
	 TAKES_KERNELS,
	 "a timer gave up; no segment says so"},
	{{UNKNOWN, UNKNOWN},
	 {CLOSE_WAIT, CLOSED},
	 true,
	 TAKES_KERNELS,
	 "a timer gave up; no segment says so"},
};

static void test_designs(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < sizeof designs / sizeof *designs; i++) {
		const char *why = "nothing";
		char name[64];
		snprintf(name, sizeof name, "row %zu, %.40s", i, designs[i].why);
		enum design d =
			agree_design(designs[i].ours, designs[i].kernels, designs[i].late, &why);
		expect_text(name, "why", why, designs[i].why);
		expect_number(name, "design", d, designs[i].design);
	}
}

static void test_no_design(void **unused)
{
	(void)unused;
	static const struct {
		const char *name;
		struct step ours, kernels;
		bool late;
	} row[] = {
		{"both the same", {SYN_SENT, ESTABLISHED}, {SYN_SENT, ESTABLISHED}, false},
		{"nothing at all", {UNKNOWN, UNKNOWN}, {UNKNOWN, UNKNOWN}, true},
		{"older than the capture: a word may come",
		 {UNKNOWN, CLOSE_WAIT},
		 {UNKNOWN, UNKNOWN},
		 false},
		{"a FIN that crosses it may come",
		 {ESTABLISHED, CLOSE_WAIT},
		 {ESTABLISHED, FIN_WAIT_1},
		 false},
		{"no word yet", {FIN_WAIT_2, TIME_WAIT}, {UNKNOWN, UNKNOWN}, false},
		{"no segment yet", {UNKNOWN, UNKNOWN}, {FIN_WAIT_2, CLOSED}, false},
		{"the kernel is silent", {SYN_SENT, ESTABLISHED}, {UNKNOWN, UNKNOWN}, true},
		{"no segment", {UNKNOWN, UNKNOWN}, {ESTABLISHED, CLOSE_WAIT}, true},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		const char *why = NULL;
		expect_number(row[i].name, "design",
			      agree_design(row[i].ours, row[i].kernels, row[i].late, &why),
			      NO_DESIGN);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_designs),
		cmocka_unit_test(test_no_design),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

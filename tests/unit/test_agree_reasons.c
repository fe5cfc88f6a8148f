/* SPDX-License-Identifier: MIT */
/* Every reason that the kernel has for a refusal, or a RST. */
#include "analysis/model/agree_side.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/rows.h"

static void test_reasons(void **unused)
{
	(void)unused;
	static const struct {
		const char *reason, *part;
		uint32_t arrivals;
	} row[] = {
		{"TCP_CSUM", "checksum", 1 << UNACCEPTABLE},
		{"TCP_INVALID_SYN", "RFC 5961 4", 1 << CHALLENGED | SAID_BEFORE},
		{"TCP_RESET", "RFC 5961 3.2", 1 << CHALLENGED},
		{"TCP_OLD_SEQUENCE", "before what is expected", 1 << UNACCEPTABLE | SAID_BEFORE},
		{"TCP_OLD_DATA", "had come before", 1 << UNACCEPTABLE | 1 << ARRIVED | SAID_BEFORE},
		{"TCP_INVALID_SEQUENCE", "lies outside", 1 << UNACCEPTABLE},
		{"TCP_INVALID_END_SEQUENCE", "ends outside", 1 << UNACCEPTABLE},
		{"TCP_ACK_UNSENT_DATA", "never sent", 1 << UNACCEPTABLE},
		{"TCP_TOO_OLD_ACK", "RFC 5961 5.2", 1 << UNACCEPTABLE},
		{"TCP_FLAGS", "no ACK", 1 << UNACCEPTABLE | 1 << NOT_EXPECTED},
		{"TCP_OLD_ACK", "less than", 1 << UNACCEPTABLE | 1 << ARRIVED | SAID_BEFORE},
		{"TCP_INVALID_ACK_SEQUENCE", "not of the SYN",
		 1 << UNACCEPTABLE | 1 << NOT_EXPECTED},
		{"TCP_CLOSE", "closed already", 1 << NOT_EXPECTED | 1 << UNACCEPTABLE},
		{"TCP_OVERWINDOW", "beyond the window", 1 << UNACCEPTABLE | UNSHOWN},
		{"TCP_ZEROWINDOW", "window is closed", 1 << UNACCEPTABLE | UNSHOWN},
		{"TCP_RFC7323_PAWS", "came before (RFC 7323 5.3)", 1 << UNACCEPTABLE | UNSHOWN},
		{"TCP_RFC7323_PAWS_ACK", "came before", 1 << UNACCEPTABLE | UNSHOWN},
		{"TCP_RFC7323_TW_PAWS", "RFC 6191 2", 1 << UNACCEPTABLE | UNSHOWN},
		{"TCP_RFC7323_TSECR", "echoes", 1 << UNACCEPTABLE | UNSHOWN},
		{"SOCKET_FILTER", "ignores it", UNSHOWN},
		{"TCP_LISTEN_OVERFLOW", "queue", UNSHOWN},
		{"TCP_MINTTL", "TTL", UNSHOWN},
		{"TCP_ABORT_ON_DATA", "reads no more", UNSHOWN},
		{"TCP_FASTOPEN", "RFC 7413", UNSHOWN},
		{"TCP_OFOMERGE", "there already", UNSHOWN | SAID_BEFORE},
		{"TCP_OFO_QUEUE_PRUNE", "memory", UNSHOWN},
		{"TCP_OFO_DROP", "memory", UNSHOWN},
		{"SOCKET_BACKLOG", "holds", UNSHOWN},
		{"SOCKET_RCVBUFF", "buffer", UNSHOWN},
		{"PROTO_MEM", "memory", UNSHOWN},
		{"TCP_AUTH_HDR", "RFC 5925", UNSHOWN},
		{"TCP_MD5NOTFOUND", "should be (RFC 2385)", UNSHOWN},
		{"TCP_MD5UNEXPECTED", "nobody knows the key (RFC 2385)", UNSHOWN},
		{"TCP_MD5FAILURE", "wrong (RFC 2385)", UNSHOWN},
		{"TCP_AONOTFOUND", "should be (RFC 5925)", UNSHOWN},
		{"TCP_AOUNEXPECTED", "knows the key (RFC 5925)", UNSHOWN},
		{"TCP_AOKEYNOTFOUND", "a key that", UNSHOWN},
		{"TCP_AOFAILURE", "wrong (RFC 5925)", UNSHOWN},
		{"NO_SOCKET", "nobody listens", 1 << NOT_EXPECTED | 1 << UNACCEPTABLE},
	};
	uint32_t arrivals = 0;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		const char *why = agree_refusal(row[i].reason, &arrivals);
		if (!why || !strstr(why, row[i].part))
			fail_msg("%s: %s", row[i].reason, why ? why : "nothing");
		expect_number(row[i].reason, "arrivals", arrivals, row[i].arrivals);
	}
	assert_null(agree_refusal("TCP_SOMETHING", &arrivals));
	assert_null(agree_reset("TCP_SOMETHING"));
}

static void test_resets(void **unused)
{
	(void)unused;
	static const char *const reason[] = {"NO_SOCKET",
					     "TCP_INVALID_ACK_SEQUENCE",
					     "TCP_RFC7323_PAWS",
					     "TCP_TOO_OLD_ACK",
					     "TCP_ACK_UNSENT_DATA",
					     "TCP_FLAGS",
					     "TCP_OLD_ACK",
					     "TCP_ABORT_ON_DATA",
					     "TCP_TIMEWAIT_SOCKET",
					     "INVALID_SYN",
					     "TCP_ABORT_ON_CLOSE",
					     "TCP_ABORT_ON_LINGER",
					     "TCP_ABORT_ON_MEMORY",
					     "TCP_STATE",
					     "TCP_KEEPALIVE_TIMEOUT",
					     "TCP_DISCONNECT_WITH_DATA"};
	for (size_t i = 0; i < sizeof reason / sizeof *reason; i++)
		if (!agree_reset(reason[i]))
			fail_msg("%s", reason[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_resets),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

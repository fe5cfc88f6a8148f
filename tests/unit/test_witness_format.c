/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "capture/witness_format.h"
#include "capture/witness_kernel.h"
#include "tests/unit/rows.h"

/* As tracefs hands them out, without the fields that all have in common. */
static const char kfree_skb_6_18[] =
	"name: kfree_skb\nID: 2310\nformat:\n"
	"\tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;\n"
	"\tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;\n\n"
	"\tfield:void * skbaddr;\toffset:8;\tsize:8;\tsigned:0;\n"
	"\tfield:void * location;\toffset:16;\tsize:8;\tsigned:0;\n"
	"\tfield:void * rx_sk;\toffset:24;\tsize:8;\tsigned:0;\n"
	"\tfield:unsigned short protocol;\toffset:32;\tsize:2;\tsigned:0;\n"
	"\tfield:enum skb_drop_reason reason;\toffset:36;\tsize:4;\tsigned:0;\n\n"
	"print fmt: \"skbaddr=%p rx_sk=%p protocol=%u location=%pS reason: %s\", REC->skbaddr, "
	"REC->rx_sk, REC->protocol, REC->location, __print_symbolic(REC->reason, { 2, "
	"\"NOT_SPECIFIED\" }, { 3, \"NO_SOCKET\" }, { 10, \"TCP_CSUM\" }, { 42, "
	"\"TCP_INVALID_SEQUENCE\" }, { 128, \"MAX\" })\n";

static const char kfree_skb_6_1[] =
	"name: kfree_skb\nID: 1524\nformat:\n"
	"\tfield:void * skbaddr;\toffset:8;\tsize:8;\tsigned:0;\n"
	"\tfield:void * location;\toffset:16;\tsize:8;\tsigned:0;\n"
	"\tfield:unsigned short protocol;\toffset:24;\tsize:2;\tsigned:0;\n"
	"\tfield:enum skb_drop_reason reason;\toffset:28;\tsize:4;\tsigned:0;\n\n"
	"print fmt: \"skbaddr=%p protocol=%u location=%p reason: %s\", REC->skbaddr, "
	"REC->protocol, REC->location, __print_symbolic(REC->reason, { 1, \"NOT_SPECIFIED\" }, "
	"{ 2, \"NO_SOCKET\" }, { 3, \"PKT_TOO_SMALL\" }, { 4, \"TCP_CSUM\" })\n";

/* 5.10: a protocol of one octet, and so addresses at odd offsets. */
static const char set_state_5_10[] =
	"name: inet_sock_set_state\nID: 1384\nformat:\n"
	"\tfield:const void * skaddr;\toffset:8;\tsize:8;\tsigned:0;\n"
	"\tfield:int oldstate;\toffset:16;\tsize:4;\tsigned:1;\n"
	"\tfield:__u8 protocol;\toffset:30;\tsize:1;\tsigned:0;\n"
	"\tfield:__u8 saddr[4];\toffset:31;\tsize:4;\tsigned:0;\n"
	"\tfield:__u8 saddr_v6[16];\toffset:39;\tsize:16;\tsigned:0;\n\n"
	"print fmt: \"state=%s\", REC->state ? __print_symbolic(REC->state, { TCP_ESTABLISHED, "
	"\"TCP_ESTABLISHED\" }) : \"UNKNOWN\"\n";

static const char tcp_probe_6_18[] =
	"name: tcp_probe\nID: 2273\nformat:\n"
	"\tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;\n"
	"\tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;\n\n"
	"\tfield:__u8 saddr[28];\toffset:8;\tsize:28;\tsigned:0;\n"
	"\tfield:__u8 daddr[28];\toffset:36;\tsize:28;\tsigned:0;\n"
	"\tfield:__u16 data_len;\toffset:76;\tsize:2;\tsigned:0;\n"
	"\tfield:__u32 snd_nxt;\toffset:80;\tsize:4;\tsigned:0;\n"
	"\tfield:__u32 snd_una;\toffset:84;\tsize:4;\tsigned:0;\n"
	"\tfield:__u64 sock_cookie;\toffset:112;\tsize:8;\tsigned:0;\n"
	"\tfield:const void * skbaddr;\toffset:120;\tsize:8;\tsigned:0;\n"
	"\tfield:const void * skaddr;\toffset:128;\tsize:8;\tsigned:0;\n\n"
	"print fmt: \"family=%s src=%pISpc dest=%pISpc\", __print_symbolic(REC->family, { 2, "
	"\"AF_INET\" }, { 10, \"AF_INET6\" }), REC->saddr, REC->daddr\n";

static const struct {
	const char *name, *text, *field;
	bool found, is_signed;
	uint16_t offset, size;
} fields[] = {
	{"a pointer", kfree_skb_6_18, "rx_sk", true, false, 24, 8},
	{"an enum", kfree_skb_6_18, "reason", true, false, 36, 4},
	{"its place in 6.1", kfree_skb_6_1, "reason", true, false, 28, 4},
	{"not there in 6.1", kfree_skb_6_1, "rx_sk", false, false, 0, 0},
	{"signed", set_state_5_10, "oldstate", true, true, 16, 4},
	{"an array", set_state_5_10, "saddr", true, false, 31, 4},
	{"a longer name", set_state_5_10, "saddr_v6", true, false, 39, 16},
	{"the end of a name is no name", set_state_5_10, "addr", false, false, 0, 0},
	{"nor is its beginning", set_state_5_10, "sk", false, false, 0, 0},
	{"nor a type", kfree_skb_6_18, "void", false, false, 0, 0},
	{"a sockaddr", tcp_probe_6_18, "saddr", true, false, 8, 28},
	{"SND.UNA", tcp_probe_6_18, "snd_una", true, false, 84, 4},
	{"SND.NXT", tcp_probe_6_18, "snd_nxt", true, false, 80, 4},
	{"a length", tcp_probe_6_18, "data_len", true, false, 76, 2},
	{"its socket", tcp_probe_6_18, "skaddr", true, false, 128, 8},
	{"nothing", "", "skaddr", false, false, 0, 0},
	{"no end", "\tfield:int x", "x", false, false, 0, 0},
	{"no size", "\tfield:int x;\toffset:8;\tsigned:0;\n", "x", false, false, 0, 0},
	{"a size of none", "\tfield:int x;\toffset:8;\tsize:0;\tsigned:0;\n", "x", false, false, 8,
	 0},
	{"too far", "\tfield:int x;\toffset:65536;\tsize:4;\tsigned:0;\n", "x", false, false, 0, 0},
	{"too large", "\tfield:int x;\toffset:8;\tsize:99999;\tsigned:0;\n", "x", false, false, 0,
	 0},
	{"below none", "\tfield:int x;\toffset:-8;\tsize:4;\tsigned:0;\n", "x", false, false, 0, 0},
	{"no name", "\tfield:;\toffset:8;\tsize:4;\tsigned:0;\n", "", false, false, 0, 0},
};

static void fields_are_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		struct format_field f = {9, 9, true};
		const char *name = fields[i].name;
		bool found = format_field(fields[i].text, fields[i].field, &f);
		expect_number(name, "found", found, fields[i].found);
		expect_number(name, "offset", f.offset, fields[i].offset);
		expect_number(name, "size", f.size, fields[i].size);
		expect_number(name, "signed", f.is_signed, fields[i].is_signed);
	}
}

static const struct {
	const char *name, *text;
	unsigned id;
} ids[] = {
	{"6.18", kfree_skb_6_18, 2310},    {"6.1", kfree_skb_6_1, 1524},
	{"none", "name: x\n", 0},          {"no number", "name: x\nID: y\n", 0},
	{"too large", "\nID: 65536\n", 0}, {"the largest", "\nID: 65535\n", 65535},
};

static void ids_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		expect_number(ids[i].name, "id", format_id(ids[i].text), ids[i].id);
}

#define SYMBOLS "__print_symbolic(REC->reason, "

static const struct {
	const char *name, *text, *field;
	size_t count;
	unsigned number;
	const char *called;
} names[] = {
	{"6.18", kfree_skb_6_18, "reason", 5, 10, "TCP_CSUM"},
	{"6.1", kfree_skb_6_1, "reason", 4, 4, "TCP_CSUM"},
	{"a hole", kfree_skb_6_18, "reason", 5, 4, ""},
	{"the last", kfree_skb_6_18, "reason", 5, 128, "MAX"},
	{"another field's", kfree_skb_6_18, "state", 0, 2, ""},
	{"words for numbers", set_state_5_10, "state", 0, 0, ""},
	{"hexadecimal", SYMBOLS "{ 0x10, \"A\" })", "reason", 1, 16, "A"},
	{"too large a number", SYMBOLS "{ 256, \"A\" }, { 3, \"B\" })", "reason", 1, 3, "B"},
	{"below none", SYMBOLS "{ -1, \"A\" }, { 3, \"B\" })", "reason", 1, 3, "B"},
	{"no end of a name", SYMBOLS "{ 3, \"B\" }, { 4, \"C })\n", "reason", 1, 3, "B"},
	{"no end of a pair", SYMBOLS "{ 3, \"B\"", "reason", 1, 3, "B"},
	{"a long name", SYMBOLS "{ 3, \"0123456789012345678901234567890123456789\" })", "reason", 1,
	 3, "012345678901234567890123456789012345678"},
};

static void names_are_read(void **state)
{
	static struct format_names n;
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		size_t count = format_names(names[i].text, names[i].field, &n);
		expect_number(names[i].name, "count", count, names[i].count);
		expect_text(names[i].name, "name", n.name[names[i].number], names[i].called);
	}
}

/* Each prefix of a text, on the heap, where ASan sees a step too far. */
static void every_prefix_is_safe(void **state)
{
	static struct format_names n;
	struct format_field f;
	(void)state;
	for (size_t len = 0; len < sizeof kfree_skb_6_18; len++) {
		char *text = strndup(kfree_skb_6_18, len);
		format_id(text);
		format_field(text, "reason", &f);
		assert_true(f.size == 0 || (f.offset == 36 && f.size == 4));
		assert_true(format_names(text, "reason", &n) <= 5);
		free(text);
	}
}

static const struct {
	const char *name, *record;
	struct format_field field;
	uint64_t value;
	size_t octets;
} numbers[] = {
	{"one octet", "01 ff", {1, 1, false}, 0xff, 1},
	{"one, signed", "01 ff", {1, 1, true}, UINT64_MAX, 1},
	{"two", "0000 1111", {2, 2, false}, 0x1111, 2},
	{"two, signed", "ffff", {0, 2, true}, UINT64_MAX, 2},
	{"four", "ffffffff", {0, 4, false}, UINT32_MAX, 4},
	{"four, signed", "ffffffff", {0, 4, true}, UINT64_MAX, 4},
	{"eight", "00 2222222222222222", {1, 8, false}, 0x2222222222222222, 8},
	{"three: no number", "010101", {0, 3, false}, 0, 3},
	{"none", "01", {0, 0, false}, 0, 0},
	{"beyond the end", "01010101", {1, 4, false}, 0, 0},
	{"far beyond", "01010101", {65535, 8, false}, 0, 0},
	{"of nothing", "", {0, 1, false}, 0, 0},
};

static void numbers_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct octets o = octets_of(numbers[i].record);
		struct bytes record = {o.at, o.len};
		expect_number(numbers[i].name, "value", format_number(record, &numbers[i].field),
			      numbers[i].value);
		expect_number(numbers[i].name, "octets",
			      format_octets(record, &numbers[i].field).len, numbers[i].octets);
		free(o.at);
	}
}

static const struct {
	const char *name, *octets;
	uint16_t port;
	const char *text; /* "": not known */
} ends[] = {
	{"IPv4", "7f000001", 80, "127.0.0.1:80"},
	{"IPv4, mapped", "00000000000000000000ffff 7f000001", 80, "127.0.0.1:80"},
	{"IPv6", "00000000000000000000000000000001", 80, "[::1]:80"},
	{"almost mapped", "00000000000000000000fffe 7f000001", 80, "[::fffe:7f00:1]:80"},
	{"nobody", "00000000000000000000ffff 00000000", 0, ""},
	{"nobody, IPv6", "00000000000000000000000000000000", 0, ""},
	{"any address", "00000000000000000000ffff 00000000", 80, "0.0.0.0:80"},
	{"no port yet", "7f000001", 0, "127.0.0.1:0"},
	{"half an address", "7f00", 80, ""},
	{"none", "", 80, ""},
};

static const char *print(const struct endpoint *e, char text[static ENDPOINT_TEXT])
{
	return e->address.family ? endpoint_print(e, text) : "";
}

static void ends_are_read(void **state)
{
	char text[ENDPOINT_TEXT];
	(void)state;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		struct octets o = octets_of(ends[i].octets);
		struct endpoint e = kernel_endpoint((struct bytes){o.at, o.len}, ends[i].port);
		expect_text(ends[i].name, "end", print(&e, text), ends[i].text);
		free(o.at);
	}
}

/* The family is the first two octets, in this machine's order: 2 or 10 on all that run Linux. */
static const struct {
	const char *name, *rest;
	uint16_t family;
	const char *text;
} sockaddrs[] = {
	{"IPv4", "0050 7f000001 0000000000000000 000000000000000000000000", 2, "127.0.0.1:80"},
	{"IPv6", "0050 00000000 00000000000000000000000000000001 00000000", 10, "[::1]:80"},
	{"mapped", "0050 00000000 00000000000000000000ffff7f000001 00000000", 10, "127.0.0.1:80"},
	{"none", "0050 00000000 00000000000000000000000000000001 00000000", 0, ""},
	{"IPv4, cut", "0050 7f0000", 2, ""},
	{"IPv6, cut", "0050 00000000 000000000000000000000000000000", 10, ""},
};

static void sockaddrs_are_read(void **state)
{
	char text[ENDPOINT_TEXT];
	(void)state;
	for (size_t i = 0; i < sizeof sockaddrs / sizeof *sockaddrs; i++) {
		char hex[80] = "0000";
		strncat(hex, sockaddrs[i].rest, sizeof hex - 5);
		struct octets o = octets_of(hex);
		memcpy(o.at, &sockaddrs[i].family, sizeof sockaddrs[i].family);
		struct endpoint e = kernel_sockaddr((struct bytes){o.at, o.len});
		expect_text(sockaddrs[i].name, "end", print(&e, text), sockaddrs[i].text);
		free(o.at);
	}
}

static void states_are_the_rfcs(void **state)
{
	static const char *const states[] = {
		"",           "ESTABLISHED", "SYN-SENT",     "SYN-RECEIVED", "FIN-WAIT-1",
		"FIN-WAIT-2", "TIME-WAIT",   "CLOSED",       "CLOSE-WAIT",   "LAST-ACK",
		"LISTEN",     "CLOSING",     "SYN-RECEIVED", "CLOSED",       "",
	};
	(void)state;
	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		enum tcp_state s = kernel_state(i);
		expect_text("state", "name", s == UNKNOWN ? "" : state_name(s), states[i]);
	}
	assert_int_equal(kernel_state(UINT64_MAX), UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_found),   cmocka_unit_test(ids_are_read),
		cmocka_unit_test(names_are_read),     cmocka_unit_test(every_prefix_is_safe),
		cmocka_unit_test(numbers_are_read),   cmocka_unit_test(ends_are_read),
		cmocka_unit_test(sockaddrs_are_read), cmocka_unit_test(states_are_the_rfcs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

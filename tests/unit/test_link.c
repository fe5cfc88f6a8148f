/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/decode/link.h"
#include "tests/unit/rows.h"

#define MACS "0102030405060708090a0b0c "
#define SLL "0000 0304 0006 000000000000 0000 "
#define SLL2 " 0000 00000001 0304 00 06 0000000000000000 "
#define PPPOE "11 00 0001 0020 "

/* `left` octets must be left for the IP header; frames end in its first octet, 45 or 60. */
static const struct {
	const char *name;
	int linktype;
	const char *hex;
	enum parse_status status;
	uint16_t type;
	size_t left;
} frames[] = {
	{"Ethernet, IPv4", 1, MACS "0800 45", PARSE_OK, TYPE_IPV4, 1},
	{"Ethernet, IPv6", 1, MACS "86dd 60", PARSE_OK, TYPE_IPV6, 1},
	{"Ethernet, ARP", 1, MACS "0806 0001", PARSE_NOT_IP, 0, 0},
	{"Ethernet, LLDP", 1, MACS "88cc 0207", PARSE_NOT_IP, 0, 0},
	{"VLAN", 1, MACS "8100 0064 0800 45", PARSE_OK, TYPE_IPV4, 1},
	{"802.1ad over 802.1Q", 1, MACS "88a8 0064 8100 0065 86dd 60", PARSE_OK, TYPE_IPV6, 1},
	{"old QinQ", 1, MACS "9100 0064 8100 0065 0800 45", PARSE_OK, TYPE_IPV4, 1},
	{"three tags", 1, MACS "8100 0001 8100 0002 8100 0003 0800 45", PARSE_OK, TYPE_IPV4, 1},
	{"VLAN, ARP", 1, MACS "8100 0064 0806 0001", PARSE_NOT_IP, 0, 0},
	{"VLAN, LLC-SNAP", 1, MACS "8100 0064 0024 aaaa03 000000 0800 45", PARSE_OK, TYPE_IPV4, 1},
	{"LLC-SNAP", 1, MACS "0024 aaaa03 000000 0800 45", PARSE_OK, TYPE_IPV4, 1},
	{"LLC-SNAP, 802.1H", 1, MACS "05dc aaaa03 0000f8 86dd 60", PARSE_OK, TYPE_IPV6, 1},
	{"LLC-SNAP, Cisco's OUI", 1, MACS "0024 aaaa03 00000c 2000 45", PARSE_NOT_IP, 0, 0},
	{"LLC, spanning tree", 1, MACS "0026 424203 0000", PARSE_NOT_IP, 0, 0},
	{"LLC, SNAP but no UI", 1, MACS "0026 aaaa13 000000 0800 45", PARSE_NOT_IP, 0, 0},
	{"neither length nor type", 1, MACS "05dd 45", PARSE_NOT_IP, 0, 0},
	{"PPPoE, IPv4", 1, MACS "8864 " PPPOE "0021 45", PARSE_OK, TYPE_IPV4, 1},
	{"PPPoE, IPv6", 1, MACS "8864 " PPPOE "0057 60", PARSE_OK, TYPE_IPV6, 1},
	{"PPPoE, LCP", 1, MACS "8864 " PPPOE "c021 01", PARSE_NOT_IP, 0, 0},
	{"PPPoE, no session", 1, MACS "8864 11 09 0001 0020 0021 45", PARSE_NOT_IP, 0, 0},
	{"PPPoE discovery", 1, MACS "8863 11 09 0000 0004", PARSE_NOT_IP, 0, 0},
	{"MPLS, IPv4", 1, MACS "8847 00010140 45", PARSE_OK, TYPE_IPV4, 1},
	{"MPLS, three labels, IPv6", 1, MACS "8848 00010040 00020040 00002140 60", PARSE_OK,
	 TYPE_IPV6, 1},
	{"MPLS, pseudowire", 1, MACS "8847 00010140 00", PARSE_NOT_IP, 0, 0},
	{"MPLS without a bottom", 1, MACS "8847 00010040 00020040", PARSE_TRUNCATED, 0, 0},
	{"MPLS over PPP", 9, "ff03 0281 00010140 45", PARSE_OK, TYPE_IPV4, 1},
	{"SLL, IPv4", 113, SLL "0800 45", PARSE_OK, TYPE_IPV4, 1},
	{"SLL, VLAN, IPv6", 113, SLL "8100 0001 86dd 60", PARSE_OK, TYPE_IPV6, 1},
	{"SLL, LLC", 113, SLL "0004 424203 00", PARSE_NOT_IP, 0, 0},
	{"SLL2, IPv6", 276, "86dd" SLL2 "60", PARSE_OK, TYPE_IPV6, 1},
	{"SLL2, ARP", 276, "0806" SLL2 "00", PARSE_NOT_IP, 0, 0},
	{"NULL, little endian", 0, "02000000 45", PARSE_OK, TYPE_IPV4, 1},
	{"NULL, big endian", 0, "00000002 45", PARSE_OK, TYPE_IPV4, 1},
	{"NULL, Linux", 0, "0a000000 60", PARSE_OK, TYPE_IPV6, 1},
	{"NULL, NetBSD", 0, "18000000 60", PARSE_OK, TYPE_IPV6, 1},
	{"NULL, FreeBSD", 0, "1c000000 60", PARSE_OK, TYPE_IPV6, 1},
	{"NULL, Darwin", 0, "0000001e 60", PARSE_OK, TYPE_IPV6, 1},
	{"NULL, another family", 0, "07000000 45", PARSE_NOT_IP, 0, 0},
	{"NULL, in between", 0, "00000200 45", PARSE_NOT_IP, 0, 0},
	{"LOOP, IPv4", 108, "00000002 45", PARSE_OK, TYPE_IPV4, 1},
	{"LOOP, IPv6", 108, "00000018 60", PARSE_OK, TYPE_IPV6, 1},
	{"RAW, IPv4", 101, "45", PARSE_OK, TYPE_IPV4, 1},
	{"RAW, IPv6", 101, "60", PARSE_OK, TYPE_IPV6, 1},
	{"RAW as DLT 12", 12, "60", PARSE_OK, TYPE_IPV6, 1},
	{"RAW as DLT 14", 14, "45", PARSE_OK, TYPE_IPV4, 1},
	{"IPV4", 228, "45", PARSE_OK, TYPE_IPV4, 1},
	{"IPV6", 229, "60", PARSE_OK, TYPE_IPV6, 1},
	{"PPP with address and control", 9, "ff03 0021 45", PARSE_OK, TYPE_IPV4, 1},
	{"PPP without", 9, "0057 60", PARSE_OK, TYPE_IPV6, 1},
	{"PPP, compressed protocol", 9, "21 45", PARSE_OK, TYPE_IPV4, 1},
	{"PPP, both kinds", 9, "ff03 57 60", PARSE_OK, TYPE_IPV6, 1},
	{"PPP, IPCP", 9, "8021 01", PARSE_NOT_IP, 0, 0},
	{"PPP_ETHER", 51, PPPOE "0021 45", PARSE_OK, TYPE_IPV4, 1},
	{"IEEE 802.11", 105, MACS "0800 45", PARSE_LINKTYPE, 0, 0},
	{"USB", 189, "0102", PARSE_LINKTYPE, 0, 0},
	{"a negative link type", -1, "45", PARSE_LINKTYPE, 0, 0},
};

static enum parse_status parse(int linktype, const struct octets *o, uint16_t *type, size_t *left)
{
	struct span s = {reader_of(o->at, o->len), 0};
	enum parse_status status = link_parse(linktype, &s, type);

	*left = s.r.left;
	return status;
}

static void links_lead_to_ip(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof frames / sizeof *frames; i++) {
		struct octets o = octets_of(frames[i].hex);
		uint16_t type = 0;
		size_t left;
		enum parse_status status = parse(frames[i].linktype, &o, &type, &left);

		expect_number(frames[i].name, "status", status, frames[i].status);
		if (status == PARSE_OK) {
			expect_number(frames[i].name, "type", type, frames[i].type);
			expect_number(frames[i].name, "left", left, frames[i].left);
		}
		free(o.at);
	}
}

/* The octet of IP may be missing, unless the link has to look at it. */
static void shorter_ones_are_truncated(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof frames / sizeof *frames; i++) {
		struct octets whole = octets_of(frames[i].hex);

		for (size_t len = 0; frames[i].status == PARSE_OK && len + 1 < whole.len; len++) {
			struct octets o = octets_prefix(&whole, len);
			uint16_t type;
			size_t left;

			expect_number(frames[i].name, "status when cut",
				      parse(frames[i].linktype, &o, &type, &left), PARSE_TRUNCATED);
			free(o.at);
		}
		free(whole.at);
	}
}

static void a_version_to_look_at_must_be_there(void **state)
{
	(void)state;
	struct octets raw = octets_of(""), mpls = octets_of(MACS "8847 00010140");
	uint16_t type;
	size_t left;

	assert_int_equal(parse(101, &raw, &type, &left), PARSE_TRUNCATED);
	assert_int_equal(parse(1, &mpls, &type, &left), PARSE_TRUNCATED);
	free(raw.at);
	free(mpls.at);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(links_lead_to_ip),
		cmocka_unit_test(shorter_ones_are_truncated),
		cmocka_unit_test(a_version_to_look_at_must_be_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

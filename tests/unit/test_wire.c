/* SPDX-License-Identifier: MIT */
#include <arpa/inet.h>
#include <linux/capability.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "capture/sandbox.h"
#include "inject/wire.h"
#include "tests/unit/rows.h"

enum { PATIENCE_MS = 5000 };

#define NOT_HERE                                                                                   \
	": crafted packets go from this host to this host only, and no option changes that\n"      \
	"Use 127.0.0.1, ::1 or another address that this shows: ip address"
#define ABSENT "is no address of this host"
#define AS_ROOT "sudo synfin inject"

static const struct budget plenty = {1000, 1000};

static struct address address_of(const char *text)
{
	struct address a = {.family = strchr(text, ':') ? 6 : 4};
	int family = a.family == 6 ? AF_INET6 : AF_INET;
	expect_number(text, "an address", inet_pton(family, text, a.octet) == 1, true);
	return a;
}

/* In a namespace with lo, and v0 with one address of each family: see main(). */
static const struct {
	const char *why, *addresses; /* NULL: they are reached */
} places[] = {
	{NULL, "127.0.0.1 127.0.0.0 127.255.1.2 ::1 192.0.2.1 2001:db8::1 198.51.100.1 "
	       "198.51.100.7 2001:db8:1::1"},
	{ABSENT, "126.255.255.255 128.0.0.1 8.8.8.8 192.0.2.0 192.0.2.2 192.0.2.255 198.51.100.8 "
		 "203.0.113.1 2001:db8::2 2001:db8:1::2 ::2 7f00:1:: fe80::1 240.0.0.1 "
		 "::127.0.0.1"},
	{"stands for no host", "0.0.0.0 ::"},
	{"is the broadcast address", "255.255.255.255"},
	{"is a multicast address", "224.0.0.1 239.255.255.255 ff02::1 ff0e::1"},
	{"is an IPv4 address in IPv6's clothes", "::ffff:8.8.8.8 ::ffff:127.0.0.1"},
};

static void expect_place(const char *text, const char *reason)
{
	struct address a = address_of(text);
	char why[WHY_TEXT] = "", wanted[WHY_TEXT] = "";
	if (reason)
		snprintf(wanted, sizeof wanted, "%s %s" NOT_HERE, text, reason);
	expect_number(text, "reached", wire_reaches(&a, why), !reason);
	expect_text(text, "why", why, wanted);
}

static void only_this_host_is_reached(void **state)
{
	char address[64];
	int len;
	(void)state;
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		for (const char *at = places[i].addresses; sscanf(at, "%63s%n", address, &len) == 1;
		     at += len)
			expect_place(address, places[i].why);
}

static void run(const char *command)
{
	expect_number(command, "status", (uint64_t)system(command), 0);
}

static void addresses_are_asked_anew(void **state)
{
	(void)state;
	run("ip link set v0 down");
	expect_place("192.0.2.1", ABSENT);
	run("ip link set v0 up && ip addr del 192.0.2.1/24 dev v0");
	expect_place("192.0.2.1", ABSENT);
	run("ip addr add 192.0.2.1/24 dev v0");
	expect_place("192.0.2.1", NULL);
	run("ip link set lo down");
	expect_place("127.0.0.1", ABSENT);
	run("ip link set lo up");
}

static struct packet segment(const char *src, const char *dst)
{
	const struct endpoint from = {address_of(src), 1234}, to = {address_of(dst), 9};
	return (struct packet){.src = from, .dst = to, .seg.flags = SYN};
}

static struct wire *open_wire(struct budget b)
{
	char why[WHY_TEXT] = "";
	struct wire *w = wire_open(b, AS_ROOT, why);
	expect_text("wire_open", "why", w ? "" : why, w ? "" : "none");
	return w;
}

static void send_it(struct wire *w, const char *row, const struct packet *p)
{
	char why[WHY_TEXT] = "";
	bool sent = wire_send(w, p, why);
	expect_text(row, "why", sent ? "" : why, "");
}

static void expect_refusal(struct wire *w, const struct packet *p, const char *wanted)
{
	char why[WHY_TEXT] = "";
	uint32_t before = wire_sent(w);
	expect_number(wanted, "sent", wire_send(w, p, why), false);
	expect_text(wanted, "why", why, wanted);
	expect_number(wanted, "counted", wire_sent(w), before);
}

/* All that passes on lo, from the IP header on. */
static int listen_to_lo(void)
{
	struct sockaddr_ll lo = {
		.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = 1};
	int fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, htons(ETH_P_ALL)), yes = 1;
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&lo, sizeof lo), 0);
	setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &yes, sizeof yes);
	return fd;
}

/* Wait for exactly this; the kernel's answers pass as well. */
static void expect_arrival(const char *row, int fd, const struct bytes *packet)
{
	struct pollfd ready = {.fd = fd, .events = POLLIN};
	uint8_t octets[CRAFT_ROOM];
	bool same = false;
	while (!same) {
		expect_number(row, "arrived", (uint64_t)poll(&ready, 1, PATIENCE_MS), 1);
		ssize_t len = recv(fd, octets, sizeof octets, 0);
		same = len == (ssize_t)packet->len && memcmp(octets, packet->at, packet->len) == 0;
	}
}

static const struct {
	const char *name, *src, *dst;
	struct packet p; /* its ends are to be set */
} segments[] = {
	{"SYN", "127.0.0.1", "127.0.0.1", {.seg.flags = SYN}},
	{"from and to addresses of lo", "127.1.2.3", "127.3.2.1", {.seg.flags = ACK}},
	{"from an interface", "192.0.2.1", "127.0.0.1", {.seg.flags = ACK}},
	{"to an interface", "127.0.0.1", "192.0.2.1", {.seg.flags = ACK}},
	{"to an interface, IPv6", "::1", "2001:db8::1", {.seg.flags = RST}},
	{"all flags", "127.0.0.1", "127.0.0.1", {.seg.flags = 0x1ff, .urgent = 5}},
	{"a bad sum", "127.0.0.1", "127.0.0.1", {.seg.flags = FIN, .sum = SUM_BAD}},
	{"ttl and id", "127.0.0.1", "127.0.0.1", {.ttl = 9, .ip_id = 0xabcd}},
	{"hop limit", "::1", "::1", {.ttl = 255, .seg.flags = SYN}},
	{"the largest", "127.0.0.1", "127.0.0.1", {.payload.len = CRAFT_ROOM - 40}},
	{"the largest, IPv6", "::1", "::1", {.payload.len = CRAFT_ROOM - 60}},
};

/* Also an identification of 0. */
static void what_is_sent_arrives_unchanged(void **state)
{
	static const uint8_t zeros[CRAFT_ROOM];
	struct wire *w = open_wire(plenty);
	struct craft *c = craft_new();
	int fd = listen_to_lo();
	(void)state;
	for (size_t i = 0; i < sizeof segments / sizeof *segments; i++) {
		struct bytes octets;
		char why[WHY_TEXT];
		struct packet p = segments[i].p;
		p.src = (struct endpoint){address_of(segments[i].src), 1234};
		p.dst = (struct endpoint){address_of(segments[i].dst), 9};
		p.payload.at = zeros;
		p.seg.len = (uint32_t)p.payload.len;
		send_it(w, segments[i].name, &p);
		assert_true(craft_packet(c, &p, &octets, why));
		expect_arrival(segments[i].name, fd, &octets);
	}
	assert_int_equal(wire_sent(w), sizeof segments / sizeof *segments);
	close(fd);
	craft_free(c);
	wire_close(w);
}

static void what_is_not_sent_says_why(void **state)
{
	static const uint8_t zeros[1600];
	struct wire *w = open_wire((struct budget){1, 1000});
	struct packet to = segment("127.0.0.1", "192.0.2.2"), large, odd;
	struct packet from = segment("192.0.2.2", "127.0.0.1");
	(void)state;
	expect_refusal(w, &to, "192.0.2.2 " ABSENT NOT_HERE);
	expect_refusal(w, &from, "192.0.2.2 " ABSENT NOT_HERE);
	large = odd = segment("127.0.0.1", "127.0.0.1");
	odd.seg.wnd = 65536;
	expect_refusal(w, &odd,
		       "the window is 65536, and the most is 65535\n"
		       "A larger one needs the window scale option.");
	large.payload = (struct bytes){zeros, large.seg.len = sizeof zeros};
	run("ip link set lo mtu 1500");
	expect_refusal(w, &large,
		       "the kernel sends no crafted IPv4 packet: Message too long\n"
		       "See whether lo is up (ip address), and whether a firewall is "
		       "in the way (nft list ruleset).");
	run("ip link set lo mtu 65536");
	send_it(w, "within the budget", &large);
	expect_refusal(w, &large,
		       "all 1 packets that may be sent have been sent\n"
		       "Send fewer.");
	wire_close(w);
}

/* Twenty at once, twenty a second later, one two seconds later, or later if the machine is busy. */
static void no_second_has_more_than_its_share(void **state)
{
	struct wire *w = open_wire((struct budget){41, 20});
	struct packet p = segment("127.0.0.1", "127.0.0.1");
	int64_t ms[42]; /* the beginning, and when each had gone */
	(void)state;
	for (int i = 0; i < 42; i++) {
		struct timespec t;
		if (i)
			send_it(w, "at its rate", &p);
		clock_gettime(CLOCK_MONOTONIC, &t);
		ms[i] = t.tv_sec * 1000LL + t.tv_nsec / 1000000;
	}
	assert_in_range(ms[20] - ms[0], 0, 900);
	assert_in_range(ms[21] - ms[0], 999, 2500);
	assert_in_range(ms[41] - ms[0], 1999, 5000);
	wire_close(w);
}

/* No descriptor is left for its socket: this fails as it does where the kernel has no IPv6. */
static void without_ipv6_there_is_ipv4(void **state)
{
	struct rlimit few, all;
	int next = dup(0);
	(void)state;
	close(next);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &all), 0);
	few = (struct rlimit){(rlim_t)next + 1, all.rlim_max};
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	struct wire *w = open_wire(plenty);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &all), 0);
	struct packet p = segment("127.0.0.1", "127.0.0.1"), p6 = segment("::1", "::1");
	send_it(w, "IPv4", &p);
	expect_refusal(w, &p6,
		       "the kernel sends no crafted IPv6 packet: Too many open files\n"
		       "Use IPv4: no raw socket could be opened for IPv6.");
	wire_close(w);
}

/* They are gone for good: what stands behind this has none. */
static void rights_are_needed_to_open_only(void **state)
{
	struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
	const struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0}};
	char why[WHY_TEXT] = "";
	struct packet p = segment("127.0.0.1", "127.0.0.1");
	struct wire *w = open_wire(plenty);
	(void)state;
	assert_int_equal(syscall(SYS_capset, &head, none), 0);
	send_it(w, "rights given up", &p);
	wire_close(w);
	assert_null(wire_open(plenty, AS_ROOT, why));
	assert_string_equal(why, "sending crafted packets needs rights (root, or CAP_NET_RAW)\n"
				 "sudo synfin inject");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_this_host_is_reached),
		cmocka_unit_test(what_is_sent_arrives_unchanged),
		cmocka_unit_test(what_is_not_sent_says_why),
		cmocka_unit_test(no_second_has_more_than_its_share),
		cmocka_unit_test(addresses_are_asked_anew),
		cmocka_unit_test(without_ipv6_there_is_ipv4),
		cmocka_unit_test(rights_are_needed_to_open_only), /* the last */
	};
	char why[WHY_TEXT] = "";
	if (!sandbox_enter(why, sizeof why) ||
	    system("ip link add v0 type veth peer name v1 && ip link set v0 up && "
		   "ip addr add 192.0.2.1/24 dev v0 && ip addr add 2001:db8::1/64 dev v0 nodad && "
		   "ip addr add 198.51.100.1/29 dev lo && ip addr add 2001:db8:1::1/64 dev lo") !=
		    0) {
		fprintf(stderr, "%s\n", why);
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "capture/rights.h"

#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "capture/record.h"
#include "capture/sandbox.h"
#include "tests/unit/rows.h"

enum { STATUS_TEXT = 4096, ADMIN = 1 << 12 /* CAP_NET_ADMIN: linux/capability.h */ };

/* What the child found, an octet each for the parent. */
struct found {
	char why[WHY_TEXT];
	unsigned long long effective, permitted, inheritable, ambient;
	unsigned long no_new_privs, uid, groups;
	bool sandboxed, dropped, sysctl, raw_socket, root_again;
};

static unsigned long long status_of(const char *field)
{
	static const char path[] = "/proc/self/status";
	char line[STATUS_TEXT];
	unsigned long long value = 999;
	size_t len = strlen(field);
	FILE *f = fopen(path, "re");
	while (f && fgets(line, sizeof line, f))
		if (strncmp(line, field, len) == 0 && line[len] == ':')
			value = strtoull(line + len + 1, NULL, strncmp(field, "Cap", 3) ? 10 : 16);
	if (f)
		fclose(f);
	return value;
}

static void look_around(struct found *f)
{
	char why[WHY_TEXT];
	f->effective = status_of("CapEff");
	f->permitted = status_of("CapPrm");
	f->inheritable = status_of("CapInh");
	f->ambient = status_of("CapAmb");
	f->no_new_privs = (unsigned long)status_of("NoNewPrivs");
	f->uid = (unsigned long)status_of("Uid");
	f->groups = (unsigned long)status_of("Groups");
	f->sysctl = sandbox_sysctl("net/ipv4/tcp_fin_timeout", "30", why, sizeof why);
	f->raw_socket = socket(AF_INET, SOCK_RAW, IPPROTO_TCP) >= 0;
	f->root_again = f->uid && (setuid(0) == 0 || seteuid(0) == 0);
}

/* Root of a user namespace in which nobody is not mapped stays root, and is none outside. */
static bool can_be_nobody(void)
{
	unsigned inside = 1, outside = 0, count = 0;
	FILE *f = fopen("/proc/self/uid_map", "re");
	assert_non_null(f);
	assert_int_equal(fscanf(f, "%u %u %u", &inside, &outside, &count), 3);
	fclose(f);
	return geteuid() == 0 && inside == 0 && count > 65534;
}

/* In a child, because what it does is for good. */
static struct found drop_in_child(bool (*drop)(char why[static WHY_TEXT]))
{
	struct found f = {.dropped = false};
	int ends[2], status;
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		f.sandboxed = sandbox_enter(f.why, sizeof f.why);
		f.dropped = f.sandboxed && drop(f.why);
		look_around(&f);
		_exit(write(ends[1], &f, sizeof f) != sizeof f);
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], &f, sizeof f), sizeof f);
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	if (!f.sandboxed || !f.dropped)
		fail_msg("%s", f.why);
	return f;
}

static void test_drop(void **unused)
{
	(void)unused;
	static const struct {
		const char *name;
		bool (*drop)(char why[static WHY_TEXT]);
		unsigned long long left;
		bool sysctl;
	} row[] = {
		{"all", rights_drop, 0, false},
		{"all but CAP_NET_ADMIN", rights_drop_but_admin, ADMIN, true},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct found f = drop_in_child(row[i].drop);
		expect_number(row[i].name, "effective", f.effective, row[i].left);
		expect_number(row[i].name, "permitted", f.permitted, row[i].left);
		expect_number(row[i].name, "inheritable", f.inheritable, 0);
		expect_number(row[i].name, "ambient", f.ambient, 0);
		expect_number(row[i].name, "no new privileges", f.no_new_privs, 1);
		expect_number(row[i].name, "a raw socket can be opened", f.raw_socket, 0);
		expect_number(row[i].name, "root again", f.root_again, 0);
		if (geteuid() == 0 && !can_be_nobody())
			continue; /* the namespace and its sysctls are this root's */
		expect_number(row[i].name, "a sysctl can be set", f.sysctl, row[i].sysctl);
		expect_number(row[i].name, "user is root", f.uid == 0, 0);
		if (geteuid() == 0)
			expect_number(row[i].name, "groups", f.groups, 0);
	}
}

static bool refuse_to_drop(char why[static WHY_TEXT])
{
	snprintf(why, WHY_TEXT, "no");
	return false;
}

static bool drop_nothing(char why[static WHY_TEXT])
{
	(void)why;
	return true;
}

/* A frame of a record without a device is read back as raw IP, to the nanosecond. */
static void test_record(void **unused)
{
	(void)unused;
	static const uint8_t octets[] = {0x45, 0, 0, 20};
	static const uint8_t header[] = {0x4d, 0x3c, 0xb2, 0xa1, 2, 0, 4, 0};
	static const uint8_t time[] = {0x15, 0xcd, 0x5b, 0x07}; /* 123456789 */
	char name[] = "/tmp/synfin-test-XXXXXX", why[WHY_TEXT];
	uint8_t got[64];
	struct record *r = NULL;
	int fd = mkstemp(name);
	assert_true(fd >= 0);
	const struct record_wish wish = {name, NULL, drop_nothing};
	bool good = record_drop_rights(&wish, &r, why);
	unlink(name);
	assert_true(good);
	record_put(r, &(struct frame){octets, 4, 20, 1700000000123456789, 1, 101, false});
	assert_true(record_flush(r));
	record_close(r);
	assert_int_equal(read(fd, got, sizeof got), 24 + 16 + 4);
	close(fd);
	assert_memory_equal(got, header, sizeof header);
	expect_number("record", "link type", got[20], 101);
	assert_memory_equal(got + 28, time, sizeof time);
	expect_number("record", "length", got[36], 20);
	assert_memory_equal(got + 40, octets, sizeof octets);
}

static void test_record_refused(void **unused)
{
	(void)unused;
	char why[WHY_TEXT];
	struct record *r;
	const struct record_wish none = {NULL, NULL, drop_nothing};
	const struct record_wish nowhere = {"/nonexistent/f.pcap", NULL, drop_nothing};
	const struct record_wish stays = {NULL, NULL, refuse_to_drop};
	assert_true(record_drop_rights(&none, &r, why));
	assert_null(r);
	assert_false(record_drop_rights(&nowhere, &r, why));
	assert_null(r);
	assert_non_null(strstr(why, "cannot write /nonexistent/f.pcap"));
	assert_false(record_drop_rights(&stays, &r, why));
	expect_text("rights stay", "why", why, "no");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_drop),
		cmocka_unit_test(test_record),
		cmocka_unit_test(test_record_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

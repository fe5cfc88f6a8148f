/* SPDX-License-Identifier: MIT */
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "capture/doctor_settings.h"
#include "capture/doctor_sysctl.h"
#include "tests/unit/rows.h"

static void test_retries(void **unused)
{
	(void)unused;
	static const struct {
		long retries, linear;
		const char *text;
	} row[] = {
		/* The first four as Linux 6.18 was seen to do it. */
		{1, 0, "again after 1 s; given up after 3 s"},
		{1, 2, "again after 1, 2 s; given up after 3 s"},
		{2, 1, "again after 1, 2, 4 s; given up after 8 s"},
		{2, 4, "again after 1, 2, 3, 4, 5 s; given up after 7 s"},
		/* As Documentation/networking/ip-sysctl.rst has it. */
		{6, 4, "again after 1, 2, 3, 4, 5, 7, 11, 19, 35, 67 s; given up after 131 s"},
		{6, 0, "again after 1, 3, 7, 15, 31, 63 s; given up after 127 s"},
		{5, 0, "again after 1, 3, 7, 15, 31 s; given up after 63 s"},
		{8, 0, "again after 1, 3, 7, 15, 31, 63, 127, 247 s; given up after 367 s"},
		{11, 0,
		 "again after 1, 3, 7, 15, 31, 63, 127, 247, 367, 487 ... s; given up after 727 s"},
		{0, 0, "not again; given up after 1 s"},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char text[WHY_TEXT], name[32];
		snprintf(name, sizeof name, "%ld and %ld", row[i].retries, row[i].linear);
		expect_text(name, "text", setting_retries(row[i].retries, row[i].linear, text),
			    row[i].text);
	}
}

/* What stands in for /proc/sys. */
struct settings {
	char at[32];
};

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st, (void)type, (void)where;
	return remove(path);
}

static void make_settings(struct settings *s)
{
	static const char *const below[] = {"user", "kernel", "net", "net/ipv4", "net/core"};
	char path[96];
	snprintf(s->at, sizeof s->at, "/tmp/synfin-sys-XXXXXX");
	assert_non_null(mkdtemp(s->at));
	for (size_t i = 0; i < sizeof below / sizeof *below; i++) {
		snprintf(path, sizeof path, "%s/%s", s->at, below[i]);
		assert_int_equal(mkdir(path, 0700), 0);
	}
}

static void remove_settings(const struct settings *s)
{
	assert_int_equal(nftw(s->at, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

static void put(const struct settings *s, const char *path, const char *value)
{
	char full[128];
	snprintf(full, sizeof full, "%s/%s", s->at, path);
	FILE *f = fopen(full, "we");
	assert_non_null(f);
	fputs(value, f);
	fclose(f);
}

static void test_forbidden_namespaces(void **unused)
{
	(void)unused;
	static const char clone[] = "kernel.unprivileged_userns_clone is 0, which forbids them\n"
				    "sudo sysctl -w kernel.unprivileged_userns_clone=1";
	static const char armor[] =
		"kernel.apparmor_restrict_unprivileged_userns is 1, which forbids them\n"
		"sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0";
	static const char net[] = "user.max_net_namespaces is 0, which forbids them\n"
				  "sudo sysctl -w user.max_net_namespaces=15000";
	static const struct {
		const char *name, *path, *value, *user, *root;
	} row[] = {
		{"none there", NULL, NULL, "", ""},
		{"Debian's", "kernel/unprivileged_userns_clone", "0\n", clone, ""},
		{"Debian's, allowed", "kernel/unprivileged_userns_clone", "1\n", "", ""},
		{"Ubuntu's", "kernel/apparmor_restrict_unprivileged_userns", "1\n", armor, ""},
		{"Ubuntu's, allowed", "kernel/apparmor_restrict_unprivileged_userns", "0\n", "",
		 ""},
		{"no network namespaces", "user/max_net_namespaces", "0\n", net, net},
		{"some", "user/max_user_namespaces", "15000\n", "", ""},
		{"not a number", "user/max_user_namespaces", "many\n", "", ""},
		{"nothing", "user/max_user_namespaces", "", "", ""},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct settings s;
		char user[WHY_TEXT] = "", root[WHY_TEXT] = "";
		make_settings(&s);
		if (row[i].path)
			put(&s, row[i].path, row[i].value);
		expect_number(row[i].name, "user", sysctl_forbids_namespaces(s.at, false, user),
			      *row[i].user != 0);
		expect_number(row[i].name, "root", sysctl_forbids_namespaces(s.at, true, root),
			      *row[i].root != 0);
		expect_text(row[i].name, "to a user", user, row[i].user);
		expect_text(row[i].name, "to root", root, row[i].root);
		remove_settings(&s);
	}
}

static struct setting read_setting(const struct settings *s, const char *name)
{
	struct setting t;
	for (size_t i = 0; setting_read(s->at, i, &t); i++)
		if (strcmp(t.name, name) == 0)
			return t;
	fail_msg("no setting %s", name);
	return t;
}

static void test_what_settings_mean(void **unused)
{
	(void)unused;
	static const struct {
		const char *path, *value, *begins;
	} row[] = {
		{"net/ipv4/tcp_fin_timeout", "60", "seconds that FIN-WAIT-2"},
		{"net/ipv4/tcp_syn_linear_timeouts", "0", "a lost SYN waits twice as long"},
		{"net/ipv4/tcp_syn_linear_timeouts", "4", "so often a lost SYN"},
		{"net/ipv4/tcp_syncookies", "0", "no cookies"},
		{"net/ipv4/tcp_syncookies", "1", "when the SYN queue is full"},
		{"net/ipv4/tcp_syncookies", "2", "every SYN,ACK"},
		{"net/ipv4/tcp_timestamps", "0", "no timestamps"},
		{"net/ipv4/tcp_timestamps", "1", "SYNs offer timestamps"},
		{"net/ipv4/tcp_tw_reuse", "0", "connect() never"},
		{"net/ipv4/tcp_tw_reuse", "1", "connect() may take"},
		{"net/ipv4/tcp_tw_reuse", "2", "on loopback, connect() may take"},
		{"net/ipv4/tcp_rfc1337", "0", "a RST with the right number ends"},
		{"net/ipv4/tcp_rfc1337", "1", "no RST ends"},
		{"net/ipv4/tcp_fastopen", "0", "no data in SYNs"},
		{"net/ipv4/tcp_fastopen", "1", "clients may send"},
		{"net/ipv4/tcp_fastopen", "2", "servers take"},
		{"net/ipv4/tcp_fastopen", "3", "clients and servers"},
		{"net/ipv4/tcp_fastopen", "1027", "bits: "},
		{"net/core/somaxconn", "128", "the longest accept queue"},
		{"net/ipv4/tcp_syn_retries", "2", "a lost SYN goes again after 1, 3 s; given up"},
		{"net/ipv4/tcp_synack_retries", "1", "a lost SYN,ACK goes again after 1 s; given"},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct settings s;
		char begins[WHY_TEXT], name[64];
		const char *last = strrchr(row[i].path, '/') + 1;
		make_settings(&s);
		put(&s, row[i].path, row[i].value);
		struct setting t = read_setting(&s, last);
		snprintf(name, sizeof name, "%s %s", last, row[i].value);
		snprintf(begins, sizeof begins, "%.*s", (int)strlen(row[i].begins), t.text);
		expect_number(name, "there", t.there, true);
		expect_number(name, "value", (uint64_t)t.value, strtoul(row[i].value, NULL, 10));
		expect_text(name, "text", begins, row[i].begins);
		remove_settings(&s);
	}
}

static void test_settings_that_a_kernel_lacks(void **unused)
{
	(void)unused;
	struct settings s;
	make_settings(&s);
	put(&s, "net/ipv4/tcp_syn_retries", "6\n");
	struct setting linear = read_setting(&s, "tcp_syn_linear_timeouts");
	struct setting retries = read_setting(&s, "tcp_syn_retries");
	expect_number("linear", "there", linear.there, false);
	expect_text("linear", "text", linear.text,
		    "a lost SYN waits twice as long each time, from 1 s on");
	expect_text("retries", "text", retries.text,
		    "a lost SYN goes again after 1, 3, 7, 15, 31, 63 s; given up after 127 s");
	put(&s, "net/ipv4/tcp_syn_linear_timeouts", "4\n");
	retries = read_setting(&s, "tcp_syn_retries");
	expect_text("both", "text", retries.text,
		    "a lost SYN goes again after 1, 2, 3, 4, 5, 7, 11, 19, 35, 67 s; given up "
		    "after 131 s");
	remove_settings(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_retries),
		cmocka_unit_test(test_forbidden_namespaces),
		cmocka_unit_test(test_what_settings_mean),
		cmocka_unit_test(test_settings_that_a_kernel_lacks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

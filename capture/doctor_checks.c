/* SPDX-License-Identifier: MIT */
#include <cap-ng.h>
#include <pcap/pcap.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "analysis/savefile.h"
#include "analysis/script.h"
#include "capture/doctor.h"
#include "capture/rights.h"
#include "capture/witness.h"

/* A file of one frame, which no path leads to. */
static int make_capture(void)
{
	static const u_char octets[20] = {0x45};
	const struct pcap_pkthdr head = {.caplen = sizeof octets, .len = sizeof octets};
	int fd = memfd_create("synfin-doctor", MFD_CLOEXEC), copy = fd < 0 ? -1 : dup(fd);
	pcap_t *p = pcap_open_dead(DLT_RAW, sizeof octets);
	FILE *file = copy < 0 ? NULL : fdopen(copy, "wb");
	pcap_dumper_t *d = p && file ? pcap_dump_fopen(p, file) : NULL;
	if (!d)
		return -1;
	pcap_dump((u_char *)d, &head, octets);
	pcap_dump_close(d);
	pcap_close(p);
	return lseek(fd, 0, SEEK_SET) == 0 ? fd : -1;
}

/* Read as standard input: that asks for no /proc. */
static void examine_files(struct finding *f)
{
	char why[WHY_TEXT] = "no memory for a file\nClose something.", dash[] = "-";
	char *const names[] = {dash};
	struct frame frame;
	int fd = make_capture();
	struct savefile *s =
		fd >= 0 && dup2(fd, STDIN_FILENO) == 0 ? savefile_open(names, 1, NULL, why) : NULL;
	if (s && savefile_next(s, &frame) && frame.captured == 20)
		finding_works(f, "pcap, pcapng; %s", pcap_lib_version());
	else
		finding_fails(f, s ? "a file was not read as it is\nInstall libpcap again." : why,
			      NULL);
}

static void examine_expressions(struct finding *f)
{
	char why[WHY_TEXT] = "";
	size_t at;
	struct script *s = script_new((struct limits){.memory = 1 << 20, .work = 1 << 20});
	if (s && script_compile(s, "", "a + 1 == 2", &at, why) &&
	    script_set_json(s, "{\"a\":1}", 7) && script_eval_bool(s, why))
		finding_works(f, "--assert and scenarios; %s", script_version());
	else
		finding_fails(f, "Lua does not count as it should\nInstall Lua 5.4 again.", NULL);
}

static void examine_live(struct finding *f)
{
	char why[WHY_TEXT], as_root[TALK_TEXT];
	finding_as_root("capture", as_root);
	struct live *l = live_open(&(struct live_wish){.interface = "lo", .as_root = as_root}, why);
	if (l)
		finding_works(f, "lo can be opened");
	else
		finding_fails(f, why, as_root);
	if (l)
		live_close(l);
}

static void examine_rights(struct finding *f)
{
	char why[WHY_TEXT];
	bool root = geteuid() == 0,
	     capable = capng_get_caps_process() == 0 &&
		       capng_have_capabilities(CAPNG_SELECT_CAPS) > CAPNG_NONE;
	if (!root && !capable)
		finding_works(f, "you have none beyond an ordinary user's");
	else if (!rights_drop(why))
		finding_fails(f, why, NULL);
	else
		finding_works(f, "all, before the first packet, as user %u", getuid());
}

/* In the order of the rows below. */
static const struct {
	const char *tells, *silent;
} sources[] = {
	{"sock_diag tells, when it is asked", "sockets cannot be asked for"},
	{"each change is told, when it happens",
	 "changes are not told: between two questions they are not seen"},
	{"why a segment was refused is told", "why a segment was refused is not told"},
	{"why a RST was sent is told", "why a RST was sent is not told"},
	{"what is sent again is told", "what is sent again is not told"},
	{"SND.UNA and SND.NXT are told, whenever a segment comes",
	 "SND.UNA and SND.NXT are not told"},
};

/* The first row that is missing has the witness's own words. Whether rights would bring it only
 * root knows. */
static void examine_witness(struct finding *f)
{
	char why[WHY_TEXT];
	struct witness *w = witness_open(why);
	struct witness_sources s = w ? *witness_sources(w) : (struct witness_sources){0};
	const char *lacks = w ? s.lacks : why, *cure = strchr(lacks, '\n');
	const bool has[] = {s.sockets, s.states, s.drops, s.resets, s.repeats, s.numbers};
	bool first = true, traced = s.states || s.drops || s.resets || s.repeats || s.numbers;
	for (size_t i = 0; i < sizeof has / sizeof *has; i++) {
		if (has[i]) {
			finding_works(&f[i], "%s", sources[i].tells);
			continue;
		}
		f[i].verdict = traced || geteuid() == 0 ? WORKS_NOT : NEEDS_RIGHTS;
		snprintf(f[i].text, WHY_TEXT, "%s%s", first ? lacks : sources[i].silent,
			 first || !cure ? "" : cure);
		first = false;
	}
	witness_close(w);
}

const struct check capture_checks[] = {
	{"See", examine_files, .vital = true, .row = {{"files", "capture files"}}},
	{"See", examine_expressions, .row = {{"expressions", "expressions"}}},
	{"See", examine_live, .row = {{"capture", "live capture"}}},
	{"See", examine_rights, .row = {{"drop-rights", "giving up rights"}}},
	{"See, with --witness", examine_witness,
	 .row = {{"witness-sockets", "sockets"},
		 {"witness-states", "states"},
		 {"witness-drops", "refused segments"},
		 {"witness-resets", "resets"},
		 {"witness-repeats", "repetitions"},
		 {"witness-numbers", "numbers"}}},
	{0},
};

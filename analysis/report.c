/* SPDX-License-Identifier: MIT */
#include "analysis/report.h"

#include <inttypes.h>

/* Frames of a link type that is not in the table of the decoder. */
static void report_linktype(const struct report *r, const struct flow *f, const struct savefile *s)
{
	const char *name = r->files == 1 ? savefile_linktype(s) : "one of the files";
	fprintf(stderr,
		"synfin: link type not supported (%s): %" PRIu64 " frames left out\n"
		"Capture on an Ethernet or loopback interface, or without monitor mode.\n",
		name, f->totals.skipped[PARSE_LINKTYPE]);
}

/* What --id named does not exist. */
static bool report_missing(const struct report *r, const struct flow *f)
{
	uint32_t last = f->tracker.connections;
	if (!r->id || (r->drawn && r->id <= last))
		return false;
	if (r->id <= last)
		fprintf(stderr,
			"synfin: connection #%" PRIu32 " has no segment %" PRIu32 "\n"
			"--id %" PRIu32 " shows all that it has.\n",
			r->id, r->segment, r->id);
	else if (last)
		fprintf(stderr,
			"synfin: there is no connection #%" PRIu32 ": the last is #%" PRIu32 "\n"
			"--as list shows which there are.\n",
			r->id, last);
	else
		fprintf(stderr, "synfin: there is no connection #%" PRIu32 ", nor any other\n",
			r->id);
	return true;
}

bool report_print(const struct report *r, const struct flow *f, const struct savefile *s)
{
	char text[WHY_TEXT];
	const char *complaint = r->enough ? NULL : savefile_complaint(s);
	uint64_t damaged = flow_damage(&f->totals, text, sizeof text);
	bool good = !complaint && !damaged && !f->tracker.out_of_memory;
	if (complaint)
		fprintf(stderr, "synfin: %s\n", complaint);
	if (damaged)
		fprintf(stderr, "synfin: %" PRIu64 " damaged frame%s left out: %s\n", damaged,
			damaged == 1 ? "" : "s", text);
	if (f->tracker.out_of_memory)
		fprintf(stderr, "synfin: out of memory: some connections are missing\n");
	if (f->totals.skipped[PARSE_LINKTYPE]) {
		report_linktype(r, f, s);
		good = false;
	}
	if (report_missing(r, f))
		good = false;
	else if (good && !r->quiet && !f->totals.connections)
		fprintf(stderr, "synfin: no TCP connection in %s\n",
			r->narrowed ? "the frames that -f and -p let through" : "the capture");
	if (r->verbose && flow_others(&f->totals, text, sizeof text)[0])
		fprintf(stderr, "synfin: not shown: %s\n", text);
	return good;
}

int report_no_memory(void)
{
	fputs("synfin: out of memory\nClose something, and try again.\n", stderr);
	return EXIT_FAILED;
}

/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "analysis/printable.h"
#include "analysis/savefile.h"
#include "labs/evidence.h"

static bool is_plain(const char *path, char why[static WHY_TEXT])
{
	struct stat is;
	char shown[PRINTABLE_TEXT];
	bool there = stat(path, &is) == 0;
	if (there && S_ISREG(is.st_mode) && is.st_size <= LONGEST_CAPTURE)
		return true;
	snprintf(why, WHY_TEXT,
		 "%s: %s\nA run of an exercise has capture.pcap, calls.jsonl and "
		 "answers.json.",
		 printable(path, shown),
		 !there                ? strerror(errno)
		 : S_ISREG(is.st_mode) ? "larger than any run of an exercise"
				       : "no ordinary file");
	return false;
}

bool evidence_read_frames(char *path, struct evidence *e, char why[static WHY_TEXT])
{
	struct frame f;
	struct savefile *s = savefile_open(&path, 1, NULL, why);
	if (!s)
		return false;
	while (!e->full && savefile_next(s, &f))
		evidence_add_frame(e, &f);
	const char *complaint = savefile_complaint(s);
	if (complaint)
		snprintf(why, WHY_TEXT, "%s", complaint);
	savefile_close(s);
	return !complaint;
}

/* What nobody marked is not taken for marked. */
static bool refuse_length(const char *path, char why[static WHY_TEXT])
{
	char shown[PRINTABLE_TEXT];
	snprintf(why, WHY_TEXT, "%s: longer than any run of an exercise\nRun it again.",
		 printable(path, shown));
	return false;
}

static bool read_calls(const char *path, struct evidence *e, char why[static WHY_TEXT])
{
	char shown[PRINTABLE_TEXT];
	FILE *f = fopen(path, "re");
	e->calls = calloc(1, MOST_CALLS + 1);
	if (f && e->calls)
		e->calls_len = fread(e->calls, 1, MOST_CALLS, f);
	bool good = f && e->calls && !ferror(f);
	if (!good)
		snprintf(why, WHY_TEXT, "%s: %s\nMake it readable, and try again.",
			 printable(path, shown), strerror(errno));
	bool more = good && fgetc(f) != EOF;
	if (f)
		fclose(f);
	return good && (!more || refuse_length(path, why));
}

bool evidence_read(const char *folder, struct evidence *e, char why[static WHY_TEXT])
{
	char frames[PATH_MAX], calls[PATH_MAX];
	snprintf(frames, sizeof frames, "%s/capture.pcap", folder);
	snprintf(calls, sizeof calls, "%s/calls.jsonl", folder);
	*e = (struct evidence){.used = 0};
	return is_plain(frames, why) && is_plain(calls, why) &&
	       evidence_read_frames(frames, e, why) && (!e->full || refuse_length(frames, why)) &&
	       read_calls(calls, e, why);
}

struct symbols evidence_symbols(const struct evidence *e)
{
	struct symbols s = {.known = false};
	bool opened = false;
	struct packet p;
	for (size_t i = 0; i < e->frames; i++) {
		struct frame f = evidence_frame(e, i);
		if (packet_parse(&f, &p) != PARSE_OK || p.kind != PACKET_TCP ||
		    !(p.seg.flags & SYN))
			continue;
		bool answer = p.seg.flags & ACK;
		if (answer && opened)
			s = (struct symbols){true, s.x, p.seg.seq.n};
		else if (!answer && (!opened || s.x != p.seg.seq.n))
			s = (struct symbols){false, p.seg.seq.n, 0};
		opened = true;
	}
	return s;
}

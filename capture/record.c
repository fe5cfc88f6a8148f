/* SPDX-License-Identifier: MIT */
#include "capture/record.h"

#include <errno.h>
#include <pcap/pcap.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture/rights.h"
#include "capture/talk.h"

enum { UNFLUSHED = 256, FRAME_HEADER = 16, LARGEST = 65535 };

struct record {
	pcap_dumper_t *dumper;
	int64_t unit;              /* nanoseconds in the second field of a frame's time */
	off_t ends[UNFLUSHED + 1]; /* where frames end: the last one flushed, and those after it */
	unsigned count;            /* of those after it */
};

static struct record *refuse(const char *name, const char *what, const char *cure,
			     char why[static WHY_TEXT])
{
	char shown[PRINTABLE_TEXT];
	snprintf(why, WHY_TEXT, "cannot write %s: %s\n%s", talk_savefile(name, shown), what, cure);
	return NULL;
}

static struct record *start(struct pcap *p, const char *name, char why[static WHY_TEXT])
{
	bool nano = pcap_get_tstamp_precision(p) == PCAP_TSTAMP_PRECISION_NANO;
	struct record *r = calloc(1, sizeof *r);
	FILE *f = !r ? NULL : strcmp(name, "-") == 0 ? stdout : fopen(name, "wb");
	if (f)
		r->dumper = pcap_dump_fopen(p, f);
	if (!f || !r->dumper) {
		refuse(name, f ? pcap_geterr(p) : strerror(errno),
		       "Choose a place that you may write to, with -w.", why);
		free(r);
		return NULL;
	}
	r->unit = nano ? 1 : 1000;
	r->ends[0] = pcap_dump_ftell(r->dumper);
	if (record_flush(r))
		return r;
	refuse(name, strerror(errno), talk_cure(errno), why);
	record_close(r);
	return NULL;
}

struct record *record_open(struct pcap *p, const char *name, char why[static WHY_TEXT])
{
	if (p)
		return start(p, name, why);
	p = pcap_open_dead_with_tstamp_precision(DLT_RAW, LARGEST, PCAP_TSTAMP_PRECISION_NANO);
	if (!p)
		return refuse(name, strerror(errno), talk_cure(errno), why);
	struct record *r = start(p, name, why);
	pcap_close(p); /* it was wanted for the header only */
	return r;
}

/* Behind sudo the file is opened as the user, so that it is his and lies where he may write. */
bool record_drop_rights(const struct record_wish *w, struct record **r, char why[static WHY_TEXT])
{
	bool early = w->name && !rights_are_borrowed();
	*r = early ? record_open(w->source, w->name, why) : NULL;
	if ((early && !*r) || !w->drop(why))
		return false;
	if (w->name && !early)
		*r = record_open(w->source, w->name, why);
	return !w->name || *r;
}

void record_put(struct record *r, const struct frame *f)
{
	struct pcap_pkthdr h = {
		.ts = {f->time / 1000000000, f->time % 1000000000 / r->unit},
		.caplen = f->captured,
		.len = f->length,
	};
	if (r->count == UNFLUSHED)
		record_flush(r);
	if (r->count == UNFLUSHED)
		return; /* that failed, as the next flush will say */
	pcap_dump((uint8_t *)r->dumper, &h, f->at);
	r->ends[r->count + 1] = r->ends[r->count] + FRAME_HEADER + f->captured;
	r->count++;
}

bool record_flush(struct record *r)
{
	bool good = !ferror(pcap_dump_file(r->dumper));
	good &= pcap_dump_flush(r->dumper) == 0;
	if (good) {
		r->ends[0] = r->ends[r->count];
		r->count = 0;
	}
	return good;
}

void record_mend(struct record *r)
{
	FILE *f = pcap_dump_file(r->dumper);
	struct stat st;
	__fpurge(f); /* or closing it would write that once more */
	if (fstat(fileno(f), &st) != 0 || !S_ISREG(st.st_mode))
		return;
	while (r->count && r->ends[r->count] > st.st_size)
		r->count--;
	if (r->ends[r->count] < st.st_size && ftruncate(fileno(f), r->ends[r->count]) != 0)
		return; /* the last frame stays cut: readers say so */
}

void record_close(struct record *r)
{
	if (pcap_dump_file(r->dumper) != stdout)
		pcap_dump_close(r->dumper);
	free(r);
}

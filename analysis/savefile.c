/* SPDX-License-Identifier: MIT */
#include "analysis/savefile.h"

#include <errno.h>
#include <inttypes.h>
#include <pcap/pcap.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "analysis/printable.h"

enum { READ_BUFFER = 1 << 18 };

/* One file, and the frame of it that comes next. */
struct reel {
	const char *name;
	pcap_t *pcap;
	char *buffer; /* stdio's: larger than its own, which costs a system call every 40 frames */
	struct pcap_pkthdr *header;
	const uint8_t *octets;
	bool ready, waits; /* waits: no regular file */
	int linktype;
	uint64_t frames;
};

struct savefile {
	struct reel *reel;
	size_t count, last; /* last: whose frame was handed out */
	uint64_t number;
	bool verify;
	char complaint[WHY_TEXT];
};

static bool refuse(char why[static WHY_TEXT], const char *name, const char *what, const char *cure)
{
	char shown[PRINTABLE_TEXT];
	snprintf(why, WHY_TEXT, "%s: %s\n%s", printable(name, shown), what, cure);
	return false;
}

static const char wants[] = "synfin reads pcap and pcapng files, as tcpdump -w, tshark -w and "
			    "synfin capture -w write them.";

/* Say in our words what libpcap says in its own. */
static bool refuse_format(struct reel *r, FILE *f, const char *error, char why[static WHY_TEXT])
{
	char what[PCAP_ERRBUF_SIZE + 32];
	if (ferror(f) || !feof(f) || ftell(f) > 0)
		snprintf(what, sizeof what, "not a capture file (%s)", error);
	else
		snprintf(what, sizeof what, "the file is empty");
	return refuse(why, r->name, what, wants);
}

static FILE *open_stream(struct reel *r, char why[static WHY_TEXT])
{
	struct stat st;
	FILE *f = strcmp(r->name, "-") == 0 ? stdin : fopen(r->name, "rb");
	if (!f) {
		refuse(why, r->name, strerror(errno),
		       errno == EACCES
			       ? "Ask its owner for the right to read it, or copy it with sudo."
			       : "Check the name: ls shows what is there.");
		return NULL;
	}
	if (fstat(fileno(f), &st) != 0)
		st.st_mode = 0;
	if (S_ISDIR(st.st_mode)) {
		refuse(why, r->name, "is a directory",
		       "Name the capture files in it: DIRECTORY/*.pcap");
		fclose(f);
		return NULL;
	}
	r->waits = !S_ISREG(st.st_mode);
	r->buffer = malloc(READ_BUFFER);
	if (r->buffer)
		setvbuf(f, r->buffer, _IOFBF, READ_BUFFER);
	return f;
}

static bool reel_open(struct reel *r, const char *filter, char why[static WHY_TEXT])
{
	char error[PCAP_ERRBUF_SIZE] = "";
	FILE *f = open_stream(r, why);
	if (!f)
		return false;
	r->pcap = pcap_fopen_offline_with_tstamp_precision(f, PCAP_TSTAMP_PRECISION_NANO, error);
	if (!r->pcap) {
		refuse_format(r, f, error, why);
		if (f != stdin)
			fclose(f);
		return false;
	}
	r->linktype = pcap_datalink(r->pcap);
	return !filter || filter_set(r->pcap, filter, why);
}

static void reel_advance(struct savefile *s, struct reel *r)
{
	int got = pcap_next_ex(r->pcap, &r->header, &r->octets);
	r->ready = got == 1;
	r->frames += r->ready;
	if (got != PCAP_ERROR)
		return;
	char where[64] = "nothing of it could be read", name[PRINTABLE_TEXT];
	if (r->frames)
		snprintf(where, sizeof where, "reading stopped after frame %" PRIu64, r->frames);
	snprintf(s->complaint, sizeof s->complaint,
		 "%s: %s: %s\n%seditcap or mergecap may save the rest.", printable(r->name, name),
		 where, pcap_geterr(r->pcap), r->frames ? "Everything before it is shown. " : "");
}

struct savefile *savefile_open(char *const *names, size_t count, const char *filter,
			       char why[static WHY_TEXT])
{
	struct savefile *s = calloc(1, sizeof *s);
	if (s)
		s->reel = calloc(count, sizeof *s->reel);
	if (!s || !s->reel) {
		free(s);
		refuse(why, names[0], "out of memory", "Close something, and try again.");
		return NULL;
	}
	for (; s->count < count; s->count++) {
		struct reel *r = &s->reel[s->count];
		r->name = names[s->count];
		if (!reel_open(r, filter, why)) {
			s->count++;
			savefile_close(s);
			return NULL;
		}
	}
	for (size_t i = 1; i < count; i++)
		reel_advance(s, &s->reel[i]);
	return s;
}

static bool earlier(const struct reel *a, const struct reel *b)
{
	if (a->header->ts.tv_sec != b->header->ts.tv_sec)
		return a->header->ts.tv_sec < b->header->ts.tv_sec;
	return a->header->ts.tv_usec < b->header->ts.tv_usec;
}

/* pcapng can date a frame far beyond what nanoseconds in 64 bits hold. */
static int64_t nanoseconds(const struct timeval *ts)
{
	static const int64_t last = INT64_MAX / 1000000000 - 1;
	int64_t s = ts->tv_sec < 0 ? 0 : ts->tv_sec > last ? last : ts->tv_sec;
	bool sane = ts->tv_usec >= 0 && ts->tv_usec < 1000000000;
	return s * 1000000000 + (sane ? ts->tv_usec : 0);
}

void savefile_verify(struct savefile *s, bool verify)
{
	s->verify = verify;
}

bool savefile_next(struct savefile *s, struct frame *f)
{
	reel_advance(s, &s->reel[s->last]);
	struct reel *r = NULL;
	for (size_t i = 0; i < s->count; i++)
		if (s->reel[i].ready && (!r || earlier(&s->reel[i], r)))
			r = &s->reel[i];
	if (!r)
		return false;
	s->last = (size_t)(r - s->reel);
	f->at = r->octets;
	f->captured = r->header->caplen;
	f->length = r->header->len;
	f->time = nanoseconds(&r->header->ts);
	f->number = ++s->number;
	f->linktype = r->linktype;
	f->verify = s->verify;
	return true;
}

const char *savefile_complaint(const struct savefile *s)
{
	return s->complaint[0] ? s->complaint : NULL;
}

const char *savefile_linktype(const struct savefile *s)
{
	const char *name = pcap_datalink_val_to_name(s->reel[0].linktype);
	return name ? name : "unknown";
}

bool savefile_waits(const struct savefile *s)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->reel[i].waits)
			return true;
	return false;
}

void savefile_close(struct savefile *s)
{
	for (size_t i = 0; i < s->count; i++) {
		if (s->reel[i].pcap)
			pcap_close(s->reel[i].pcap);
		free(s->reel[i].buffer);
	}
	free(s->reel);
	free(s);
}

static bool compiles(pcap_t *p, const char *text)
{
	struct bpf_program program;
	bool good = pcap_compile(p, &program, text, 1, PCAP_NETMASK_UNKNOWN) == 0;
	if (good)
		pcap_freecode(&program);
	return good;
}

/* Could the first `len` octets of the filter still become one, if something were added? */
static bool may_continue(pcap_t *p, const char *filter, size_t len)
{
	static const char *const rest[] = {"",         " ip",           " 1",
					   " 1.2.3.4", " host 1.2.3.4", " 1:2:3:4:5:6",
					   " = 1",     "] = 1",         " = 1]"};
	char text[512];
	for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
		for (int closing = 0; closing < 3; closing++) {
			snprintf(text, sizeof text, "%.*s%s%.*s", (int)len, filter, rest[i],
				 closing, ")))");
			if (compiles(p, text))
				return true;
		}
	return false;
}

/* The first word after which nothing can save the filter. */
static size_t bad_word(pcap_t *p, const char *filter)
{
	size_t at = strspn(filter, " ");
	while (filter[at]) {
		size_t end = at + strcspn(filter + at, " ");
		if (!may_continue(p, filter, end))
			return at;
		at = end + strspn(filter + end, " ");
	}
	return at;
}

bool filter_set(struct pcap *p, const char *filter, char why[static WHY_TEXT])
{
	struct bpf_program program;
	char error[PCAP_ERRBUF_SIZE];
	if (pcap_compile(p, &program, filter, 1, PCAP_NETMASK_UNKNOWN) == 0) {
		bool set = pcap_setfilter(p, &program) == 0;
		pcap_freecode(&program);
		return set || refuse(why, filter, pcap_geterr(p), "Try a simpler filter.");
	}
	snprintf(error, sizeof error, "%s", pcap_geterr(p));
	snprintf(why, WHY_TEXT,
		 "bad filter: %s\n  %.400s\n  %*s^\nExamples: 'port 80', 'host ::1 and "
		 "tcp', 'tcp[tcpflags] & tcp-syn != 0'; see pcap-filter(7).",
		 error, filter, (int)bad_word(p, filter) % 400, "");
	return false;
}

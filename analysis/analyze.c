/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/command.h"
#include "analysis/flow.h"
#include "analysis/look.h"
#include "analysis/overview.h"
#include "analysis/readahead.h"
#include "analysis/report.h"
#include "analysis/savefile.h"

struct request {
	struct look_choice look;
	char **files;
	size_t count;
	const char *filter, *output;
	uint32_t id, segment;
	uint64_t frames; /* stop after so many; 0: never */
	uint16_t port;
};

enum { KEY_ID = 0x200, KEY_SORT };

static const char about[] =
	"Show the TCP connections of capture files: how each opened, closed, and in which states "
	"both ends were.\n\n"
	"  synfin analyze pcaps/close-four.pcap          the list, and a ladder\n"
	"  synfin analyze --id 3 big.pcap --as ladder    one connection of many\n"
	"  synfin analyze a.pcap b.pcap -p 443           two files as one; a port\n"
	"  tcpdump -w - -c 100 | synfin analyze -        from a pipe\n"
	"  synfin analyze f.pcap --as jsonl:connection   for jq, an object a line\n"
	"\vExit status: 0 done, 1 something could not be read or written, 2 misuse.";

static const struct argp_option options[] = {
	{"id", KEY_ID, "N[.M]", 0, "only connection N, or only its segment M; '#3' works too", 1},
	{"port", 'p', "PORT", 0, "only segments from or to this port", 1},
	{"filter", 'f', "FILTER", 0, "only frames that this pcap-filter(7) expression matches", 1},
	{"count", 'c', "N", 0, "stop after N frames", 1},
	{"read", 'r', "FILE", 0, "the same as naming FILE", 1},
	{"output", 'o', "FILE", 0, "write to FILE instead of standard output", 1},
	{"sort", KEY_SORT, "HOW", 0,
	 "connections in order of id, or of their end: then each is printed as it ends", 1},
	{NULL, 'n', NULL, OPTION_HIDDEN, NULL, 1}, /* names are never looked up */
	{0},
};

/* A whole number from 1 to `most`, or misuse. */
static uint64_t number(struct argp_state *state, const char *what, const char *arg, uint64_t most)
{
	char *end;
	errno = 0;
	unsigned long long n = strtoull(arg, &end, 10);
	if (errno || *end || end == arg || *arg == '-' || n == 0 || n > most)
		argp_error(state, "%s is a number from 1 to %" PRIu64 ", not '%s'", what, most,
			   arg);
	return n;
}

/* Digits, not 0 and no more than an id can have; *at moves behind them. */
static bool counting_number(const char **at, uint32_t *n)
{
	uint64_t sum = 0;
	for (; **at >= '0' && **at <= '9' && sum <= UINT32_MAX; ++*at)
		sum = sum * 10 + (uint64_t)(**at - '0');
	*n = (uint32_t)sum;
	return sum && sum <= UINT32_MAX;
}

static void parse_id(struct request *r, struct argp_state *state, const char *arg)
{
	const char *at = arg + (*arg == '#');
	bool good = counting_number(&at, &r->id);
	if (good && *at == '.') {
		at++;
		good = counting_number(&at, &r->segment);
	}
	if (!good || *at)
		argp_error(state, "--id is a connection's number, 3, or a segment's, 3.7, not '%s'",
			   arg);
}

static bool parse_sort(struct argp_state *state, const char *arg)
{
	if (strcmp(arg, "id") != 0 && strcmp(arg, "end") != 0)
		argp_error(state, "--sort is id or end, not '%s'", arg);
	return strcmp(arg, "end") == 0;
}

static void add_file(struct request *r, struct argp_state *state, char *name)
{
	for (size_t i = 0; i < r->count; i++)
		if (strcmp(name, "-") == 0 && strcmp(r->files[i], "-") == 0)
			argp_error(state, "- is standard input, which can be read only once");
	char **files = realloc(r->files, (r->count + 1) * sizeof *files);
	if (!files) {
		argp_failure(state, EXIT_FAILED, ENOMEM, "%s", name);
		return;
	}
	r->files = files;
	files[r->count++] = name;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct request *r = state->input;
	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &r->look;
		return 0;
	case KEY_ID:
		parse_id(r, state, arg);
		return 0;
	case KEY_SORT:
		r->look.look.by_ending = parse_sort(state, arg);
		return 0;
	case 'p':
		r->port = (uint16_t)number(state, "-p PORT", arg, UINT16_MAX);
		return 0;
	case 'c':
		r->frames = number(state, "-c", arg, UINT64_MAX);
		return 0;
	case 'f':
		r->filter = arg;
		return 0;
	case 'o':
		r->output = arg;
		return 0;
	case 'n':
		return 0;
	case 'r':
	case ARGP_KEY_ARG:
		add_file(r, state, arg);
		return 0;
	case ARGP_KEY_END:
		if (!r->count)
			argp_error(state, "name a capture file, or - for standard input");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = {{&look_argp, 0, NULL, 0}, {0}};
static const struct argp analyze_argp = {options, parse, "FILE...", about, children, NULL, NULL};

static bool same_file(const char *a, const char *b)
{
	struct stat x, y;
	bool known = strcmp(b, "-") == 0 ? fstat(STDIN_FILENO, &y) == 0 : stat(b, &y) == 0;
	return known && stat(a, &x) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static FILE *open_output(const struct request *r)
{
	if (!r->output || strcmp(r->output, "-") == 0)
		return stdout;
	for (size_t i = 0; i < r->count; i++)
		if (same_file(r->output, r->files[i])) {
			fprintf(stderr,
				"synfin: %s is read from: writing to it would destroy it\n"
				"Choose another name after -o.\n",
				r->output);
			return NULL;
		}
	FILE *out = fopen(r->output, "w");
	if (!out)
		fprintf(stderr,
			"synfin: cannot write %s: %s\nChoose a place that you may write to.\n",
			r->output, strerror(errno));
	return out;
}

static bool close_output(const struct request *r, FILE *out)
{
	bool good = !ferror(out);
	good &= fflush(out) == 0;
	if (!good)
		fprintf(stderr,
			"synfin: cannot write %s: %s\nWhat was written is not whole: make room, "
			"and "
			"try again.\n",
			r->output ? r->output : "to standard output", strerror(errno));
	if (out != stdout)
		fclose(out);
	return good;
}

static bool wants_more(const struct request *r, const struct flow *flow)
{
	return !r->frames || flow->totals.frames < r->frames;
}

/* From a pipe, frames are followed as they come; from a file, another thread reads ahead. */
static void follow(const struct request *r, struct savefile *s, struct flow *flow)
{
	struct readahead *ahead = savefile_waits(s) ? NULL : readahead_new(s);
	const struct decoded *d;
	struct frame frame;
	while (ahead && wants_more(r, flow) && (d = readahead_next(ahead)))
		flow_decoded(flow, d);
	while (!ahead && wants_more(r, flow) && savefile_next(s, &frame))
		flow_frame(flow, &frame);
	if (ahead)
		readahead_end(ahead);
}

static bool out_of_memory(void)
{
	fputs("synfin: out of memory\nClose something, and try again.\n", stderr);
	return false;
}

static bool draw(const struct request *r, struct savefile *s, FILE *out)
{
	const struct view *view = r->look.view ? r->look.view : r->id ? &view_ladder : &view_list;
	struct run *run = run_new(view, out, r->look.look);
	bool lone = !r->look.view && !r->id;
	struct overview overview;
	struct sink sink;
	struct flow flow;

	if (!run)
		return out_of_memory();
	run_only(run, r->id, r->segment);
	sink = lone ? overview_begin(&overview, run, r->look.look) : run_sink(run);
	if (!flow_init(&flow, run, sink, r->look.environment->seed))
		return out_of_memory();
	flow.port = r->port;
	run_begin(run, &(struct source){r->count == 1 ? r->files[0] : "several files",
					savefile_linktype(s)});
	follow(r, s, &flow);
	flow_end(&flow);
	struct report report = {
		.id = r->id,
		.segment = r->segment,
		.drawn = !r->segment || !view->event || run_drawn(run),
		.quiet = r->look.quiet,
		.verbose = r->look.verbose,
		.narrowed = r->filter || r->port,
		.enough = !wants_more(r, &flow),
		.files = r->count,
	};
	run_end(run, &flow.totals);
	if (lone)
		overview_end(&overview, out);
	fflush(out);
	return report_print(&report, &flow, s);
}

int analyze_main(int argc, char **argv, const struct environment *e)
{
	struct request r = {0};
	char why[WHY_TEXT];
	int code = EXIT_FAILED;

	look_init(&r.look, e);
	argp_parse(&analyze_argp, argc, argv, 0, NULL, &r);
	struct savefile *s = savefile_open(r.files, r.count, r.filter, why);
	FILE *out = s ? open_output(&r) : NULL;
	if (!s)
		fprintf(stderr, "synfin: %s\n", why);
	if (s && out) {
		bool good = draw(&r, s, out);
		code = close_output(&r, out) && good ? EXIT_DONE : EXIT_FAILED;
	}
	if (s)
		savefile_close(s);
	free(r.files);
	return code;
}

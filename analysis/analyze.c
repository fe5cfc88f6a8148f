/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "analysis/command.h"
#include "analysis/flow.h"
#include "analysis/look.h"
#include "analysis/savefile.h"

/* The list is followed by the ladder of a lone connection, unless that is longer than this. */
enum { LADDER_SEGMENTS = 1000 };

struct request {
	struct look_choice look;
	char **files;
	size_t count;
	const char *filter, *output;
	uint32_t id, segment;
	uint64_t frames; /* stop after so many; 0: never */
	uint16_t port;
};

/* The list, and the lone connection's ladder in waiting. */
struct both {
	struct run *list, *ladder;
	char *text; /* the ladder, once it is drawn */
	size_t size;
	FILE *memory;
};

enum { KEY_ID = 0x200, KEY_SORT };

static const char before_options[] =
	"Show the TCP connections of capture files: how each opened, closed, and what both ends "
	"were."
	"\vExamples:\n"
	"  synfin analyze pcaps/close-four.pcap             the list, and a lone connection's "
	"ladder\n"
	"  synfin analyze --id 3 big.pcap --as ladder       one connection of many\n"
	"  synfin analyze a.pcap b.pcap -p 443              two files, one timeline, one port\n"
	"  tcpdump -w - -c 100 | synfin analyze -           from a pipe\n"
	"  synfin analyze f.pcap --as jsonl:connection      for jq, one object per line\n\n"
	"Exit status: 0 done, 1 something could not be read or written, 2 misuse.";

static const struct argp_option options[] = {
	{"id",							KEY_ID, "N[.M]", 0, "only connection N, or only its segment M; '#3' works too", 1},
	{"port",						    'p', "PORT", 0, "only segments from or to this port", 1},
	{"filter", 'f', "FILTER", 0, "only frames that this pcap-filter(7) expression matches", 1},
	{"count",							   'c', "N", 0, "stop after N frames", 1},
	{"read",     'r', "FILE", 0, "the same as naming FILE", 1},
	{"output",							  'o', "FILE", 0, "write to FILE instead of standard output", 1},
	{"sort",							  KEY_SORT, "HOW", 0,
	 "connections in order of id, or of their end: then each is printed as it ends", 1},
	{NULL,						    'n', NULL, OPTION_HIDDEN, NULL, 1}, /* names are never looked up */
	{0						  },
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

static void parse_id(struct request *r, struct argp_state *state, const char *arg)
{
	char rest;
	const char *digits = arg + (*arg == '#');
	int n = sscanf(digits, "%" SCNu32 "%c%" SCNu32 "%c", &r->id, &rest, &r->segment, &rest);
	bool whole = strspn(digits, "0123456789.") == strlen(digits);
	if (!whole || (n != 1 && (n != 3 || rest != '.' || !r->segment)) || !r->id)
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
	char **files = realloc(r->files, (r->count + 1) * sizeof *files);
	if (!files)
		argp_failure(state, EXIT_FAILED, ENOMEM, "%s", name);
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

static const struct argp_child children[] = {
	{&look_argp, 0, NULL, 0},
        {0     }
};
static const struct argp analyze_argp = {options,  parse, "FILE...", before_options,
					 children, NULL,  NULL};

static bool same_file(const char *a, const char *b)
{
	struct stat x, y;
	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
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

static void both_event(void *to, const struct connection *c, const struct event *e)
{
	struct both *b = to;
	struct sink ladder = b->ladder ? run_sink(b->ladder) : (struct sink){0};
	if (b->ladder && (c->id > 1 || c->n > LADDER_SEGMENTS)) {
		run_end(b->ladder, &(struct totals){0});
		b->ladder = NULL;
	} else if (b->ladder) {
		ladder.event(ladder.to, c, e);
	}
}

static void both_ended(void *to, const struct connection *c)
{
	struct both *b = to;
	struct sink list = run_sink(b->list);
	list.ended(list.to, c);
	if (b->ladder) {
		struct sink ladder = run_sink(b->ladder);
		ladder.ended(ladder.to, c);
	}
}

static void both_begin(struct both *b, struct look look)
{
	b->memory = open_memstream(&b->text, &b->size);
	b->ladder = b->memory ? run_new(&view_ladder, b->memory, look) : NULL;
}

static void both_end(struct both *b, FILE *out)
{
	bool lone = b->ladder;
	if (b->ladder)
		run_end(b->ladder, &(struct totals){0});
	if (b->memory)
		fclose(b->memory);
	if (lone && b->size)
		fprintf(out, "\n%s", b->text);
	free(b->text);
}

/* One sentence on standard error for each thing that was not as it should be. */
static bool report(const struct request *r, const struct flow *f, const struct savefile *s)
{
	char text[WHY_TEXT];
	const char *complaint = savefile_complaint(s);
	uint64_t damaged = flow_damage(&f->totals, text, sizeof text);
	bool found = !r->id || f->tracker.connections >= r->id;
	if (complaint)
		fprintf(stderr, "synfin: %s\n", complaint);
	if (damaged)
		fprintf(stderr, "synfin: %" PRIu64 " damaged frame%s left out: %s\n", damaged,
			damaged == 1 ? "" : "s", text);
	if (f->tracker.out_of_memory)
		fprintf(stderr, "synfin: out of memory: some connections are missing\n");
	if (!found)
		fprintf(stderr,
			"synfin: there is no connection #%" PRIu32 ": the last is #%" PRIu32 "\n",
			r->id, f->tracker.connections);
	else if (!r->look.quiet && !f->totals.connections)
		fprintf(stderr, "synfin: no TCP connection in %" PRIu64 " frames%s\n",
			f->totals.frames,
			r->filter || r->port ? " that the filter lets through" : "");
	if (r->look.verbose && flow_others(&f->totals, text, sizeof text)[0])
		fprintf(stderr, "synfin: not shown: %s\n", text);
	return !complaint && !damaged && !f->tracker.out_of_memory && found;
}

static bool draw(const struct request *r, struct savefile *s, FILE *out)
{
	const struct view *view = r->look.view ? r->look.view : r->id ? &view_ladder : &view_list;
	struct look look = r->look.look;
	struct both both = {.list = run_new(view, out, look)};
	struct sink sink = {&both, both_event, both_ended};
	bool lone = !r->look.view && !r->id;
	struct frame frame;
	struct flow flow;

	if (!both.list)
		return false;
	run_only(both.list, r->id, r->segment);
	if (lone)
		both_begin(&both, look);
	if (!flow_init(&flow, both.list, lone ? sink : run_sink(both.list),
		       r->look.environment->seed))
		return false;
	flow.port = r->port;
	run_begin(both.list, &(struct source){r->count == 1 ? r->files[0] : "several files",
					      savefile_linktype(s)});
	while ((!r->frames || flow.totals.frames < r->frames) && savefile_next(s, &frame))
		flow_frame(&flow, &frame);
	flow_end(&flow);
	run_end(both.list, &flow.totals);
	if (lone)
		both_end(&both, out);
	fflush(out);
	return report(r, &flow, s);
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

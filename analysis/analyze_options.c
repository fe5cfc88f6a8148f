/* SPDX-License-Identifier: MIT */
#include "analysis/analyze_options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/count.h"
#include "analysis/printable.h"

enum { KEY_ID = 0x200, KEY_SORT, KEY_ASSERT };

static const char about[] =
	"Show the TCP connections of capture files: how each opened, closed, and in which states "
	"both ends were.\n\n"
	"  synfin analyze pcaps/close-four.pcap          the list, and a ladder\n"
	"  synfin analyze --id 3 big.pcap --as ladder    one connection of many\n"
	"  synfin analyze a.pcap b.pcap -p 443           two files as one; a port\n"
	"  tcpdump -w - -c 100 | synfin analyze -        from a pipe\n"
	"  synfin analyze f.pcap --as jsonl:connection   for jq, an object a line\n"
	"  synfin analyze f.pcap --assert 'segments < 20'   a test: silent when true\n"
	"\vExit status: 0 done, 1 something could not be read or written, 2 misuse, 3 an EXPR is "
	"not true.";

static const struct argp_option options[] = {
	{"id", KEY_ID, "N[.M]", 0, "only connection N, or only its segment M; '#3' works too", 1},
	{"port", 'p', "PORT", 0, "only segments from or to this port", 1},
	{"filter", 'f', "FILTER", 0, "only frames that this pcap-filter(7) expression matches", 1},
	{"count", 'c', "N", 0, "stop after N frames", 1},
	{"read", 'r', "FILE", 0, "the same as naming FILE", 1},
	{"assert", KEY_ASSERT, "EXPR", 0,
	 "test: this Lua expression is true of every connection, or else those of which it is not "
	 "are printed, and the exit status is 3; may be given several times",
	 1},
	{"output", 'o', "FILE", 0, "write to FILE instead of standard output", 1},
	{"sort", KEY_SORT, "HOW", 0,
	 "connections in order of id, or of their end: then each is printed as it ends", 1},
	{NULL, 'n', NULL, OPTION_HIDDEN, NULL, 1}, /* names are never looked up */
	{0},
};

static void parse_id(struct analyze_request *r, struct argp_state *state, const char *arg)
{
	char shown[PRINTABLE_TEXT];
	const char *at = arg + (*arg == '#');
	uint64_t id, segment = 1;
	bool good = count_read(&at, UINT32_MAX, &id) && id;
	bool second = good && *at == '.';
	if (second) {
		at++;
		good = count_read(&at, UINT32_MAX, &segment) && segment;
	}
	if (!good || *at)
		argp_error(state, "--id is a connection's number, 3, or a segment's, 3.7, not '%s'",
			   printable(arg, shown));
	r->id = (uint32_t)id;
	r->segment = second ? (uint32_t)segment : 0;
}

static bool parse_sort(struct argp_state *state, const char *arg)
{
	char shown[PRINTABLE_TEXT];
	if (strcmp(arg, "id") != 0 && strcmp(arg, "end") != 0)
		argp_error(state, "--sort is id or end, not '%s'", printable(arg, shown));
	return strcmp(arg, "end") == 0;
}

static void add_word(struct words *w, struct argp_state *state, char *word)
{
	char **at = realloc(w->at, (w->count + 1) * sizeof *at);
	if (!at) {
		argp_failure(state, EXIT_FAILED, ENOMEM, "the command line");
		return;
	}
	w->at = at;
	at[w->count++] = word;
}

static void add_file(struct analyze_request *r, struct argp_state *state, char *name)
{
	for (size_t i = 0; i < r->files.count; i++)
		if (strcmp(name, "-") == 0 && strcmp(r->files.at[i], "-") == 0)
			argp_error(state, "- is standard input, which can be read only once");
	add_word(&r->files, state, name);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct analyze_request *r = state->input;
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
		r->port = (uint16_t)count_argument(state, "-p PORT", arg, 1, UINT16_MAX);
		return 0;
	case 'c':
		r->frames = count_argument(state, "-c", arg, 1, UINT64_MAX);
		return 0;
	case 'f':
		r->filter = arg;
		return 0;
	case 'o':
		r->output = arg;
		return 0;
	case KEY_ASSERT:
		add_word(&r->assertions, state, arg);
		return 0;
	case 'n':
		return 0;
	case 'r':
	case ARGP_KEY_ARG:
		add_file(r, state, arg);
		return 0;
	case ARGP_KEY_END:
		if (!r->files.count)
			argp_error(state, "name a capture file, or - for standard input");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = {{&look_argp, 0, NULL, 0}, {0}};
static const struct argp analyze_argp = {options, parse, "FILE...", about, children, NULL, NULL};

void analyze_options_parse(struct analyze_request *r, int argc, char **argv,
			   const struct environment *e)
{
	*r = (struct analyze_request){0};
	look_init(&r->look, e);
	argp_parse(&analyze_argp, argc, argv, 0, NULL, r);
}

void analyze_options_free(struct analyze_request *r)
{
	free(r->assertions.at);
	free(r->files.at);
}

/* SPDX-License-Identifier: MIT */
#include "analysis/explain_options.h"

#include "analysis/count.h"
#include "analysis/printable.h"

enum { KEY_ID = 0x200, KEY_LIST };

static const char about[] =
	"Tell what a name means: a diagnosis, a state, a flag or an option; or tell the story of a "
	"connection. Without NAME or FILE: all names.\n\n"
	"  synfin explain close-three            meaning, rule, example, causes\n"
	"  synfin explain FIN-WAIT-2             a state, its arrows in Figure 5\n"
	"  synfin explain MSS                    an option; RST: a flag\n"
	"  synfin explain refused --as words     the example in sentences\n"
	"  synfin explain pcaps/close-four.pcap  the story of its only connection\n"
	"  synfin explain big.pcap --id 3        ... of one of many"
	"\vWhat has a . or a / in it, or is the name of a file that exists, is a FILE; so is - for "
	"standard input. With --as an example is drawn by another view.\n\n"
	"Exit status: 0 done, 1 something could not be read, 2 misuse or an unknown name.";

static const struct argp_option options[] = {
	{"id", KEY_ID, "N", 0, "the connection of FILE whose story is told; '#3' works too", 1},
	{"list", KEY_LIST, NULL, 0, "only the names, one on a line", 1},
	{0},
};

static uint32_t parse_id(struct argp_state *state, const char *arg)
{
	char shown[PRINTABLE_TEXT];
	const char *at = arg + (*arg == '#');
	uint64_t id;
	if (!count_read(&at, UINT32_MAX, &id) || !id || *at)
		argp_error(state, "--id is a connection's number, 3, not '%s'",
			   printable(arg, shown));
	return (uint32_t)id;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct explain_request *r = state->input;
	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &r->look;
		return 0;
	case KEY_ID:
		r->id = parse_id(state, arg);
		return 0;
	case KEY_LIST:
		r->list = true;
		return 0;
	case ARGP_KEY_ARG:
		if (r->word)
			argp_error(state, "one name or one file at a time");
		r->word = arg;
		return 0;
	case ARGP_KEY_END:
		if (r->id && !r->word)
			argp_error(state, "--id is of a connection: name a capture file too");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = {{&look_argp, 0, NULL, 0}, {0}};
static const struct argp explain_argp = {options,  parse, "[NAME|FILE]", about,
					 children, NULL,  NULL};

void explain_options_parse(struct explain_request *r, int argc, char **argv,
			   const struct environment *e)
{
	*r = (struct explain_request){0};
	look_init(&r->look, e);
	argp_parse(&explain_argp, argc, argv, 0, NULL, r);
}

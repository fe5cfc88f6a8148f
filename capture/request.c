/* SPDX-License-Identifier: MIT */
#include "capture/request.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/count.h"
#include "analysis/printable.h"
#include "capture/record_option.h"

enum { KEY_CONNECTIONS = 0x200, KEY_WITNESS };
enum { MOST_SNAPLEN = 262144, MOST_BUFFER = 1 << 20, MOST_SECONDS = 1 << 30 };

static const char doc[] =
	"Watch the TCP connections of an interface live, as they open, talk and close."
	"\n\n"
	"  sudo synfin capture -p 8080                 one port on lo, as a ladder\n"
	"  sudo synfin capture -i any --as list        a line for each connection\n"
	"  sudo synfin capture --conns 1 net 127.0.0.0/8   until one is over\n"
	"  sudo synfin capture -i eth0 -w all.pcap -q  draw and keep\n"
	"  sudo synfin capture -w - | wireshark -k -i -    into a pipe\n"
	"\vFILTER is a pcap-filter(7) expression. Rights are given up before the first packet is "
	"looked at.\n"
	"Exit status: 0 done, 1 something could not be opened or written, 2 misuse.";

static const struct argp_option options[] = {
	{"interface", 'i', "IF", 0, "listen there; lo by default, any for all", 1},
	{"port", 'p', "PORT", 0,
	 "only segments from or to this port, and ICMP errors that quote it", 1},
	{"count", 'c', "PACKETS", 0, "stop after so many packets", 1},
	{"conns", KEY_CONNECTIONS, "N", 0, "stop when at least so many connections are over", 1},
	{"seconds", 't', "SECONDS", 0, "stop after so long", 1},
	{"write", 'w', "FILE", 0, "keep the packets, in a pcap file; - is standard output", 1},
	{"snaplen", 's', "OCTETS", 0, "of each packet; all by default", 1},
	{"buffer", 'B', "KIB", 0, "in the kernel; 16384 by default", 1},
	{"witness", KEY_WITNESS, NULL, 0,
	 "put what the kernel itself says of its sockets beside what the segments say", 1},
	{"list-interfaces", 'D', NULL, 0, "list the interfaces", 1},
	{"read", 'r', "FILE", OPTION_HIDDEN, NULL, 1},
	{NULL, 'n', NULL, OPTION_HIDDEN, NULL, 1}, /* names are never looked up */
	{0},
};

/* The filter is all words, joined by blanks. */
static void add_word(struct request *r, struct argp_state *state, const char *word)
{
	size_t had = r->words ? strlen(r->words) : 0, more = strlen(word) + 2;
	char *words = realloc(r->words, had + more);
	if (!words)
		argp_failure(state, EXIT_FAILED, ENOMEM, "the filter");
	snprintf(words + had, more, "%s%s", had ? " " : "", word);
	r->live.filter = r->words = words;
}

static error_t parse_limit(struct request *r, int key, const char *arg, struct argp_state *state)
{
	switch (key) {
	case 'c':
		r->packets = count_argument(state, "-c", arg, 1, UINT64_MAX);
		return 0;
	case KEY_CONNECTIONS:
		r->connections = (uint32_t)count_argument(state, "--conns", arg, 1, UINT32_MAX);
		return 0;
	case 't':
		r->seconds = count_argument(state, "-t", arg, 1, MOST_SECONDS);
		return 0;
	case 's':
		/* -s 0 is all of it, as for tcpdump */
		r->live.snaplen = (int)count_argument(state, "-s", arg, 0, MOST_SNAPLEN);
		return 0;
	case 'B':
		r->live.buffer = (int)count_argument(state, "-B", arg, 1, MOST_BUFFER);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct request *r = state->input;
	char shown[PRINTABLE_TEXT];
	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &r->look;
		return 0;
	case 'i':
		r->live.interface = arg;
		return 0;
	case 'p':
		r->live.port = (uint16_t)count_argument(state, "-p", arg, 1, UINT16_MAX);
		return 0;
	case 'w':
		r->savefile = arg;
		return 0;
	case KEY_WITNESS:
		r->look.look.witness = true;
		return 0;
	case 'D':
		r->list = true;
		return 0;
	case 'n':
		return 0;
	case 'r':
		argp_failure(state, EXIT_MISUSE, 0,
			     "capture is live; a file is read by\nsynfin analyze %s",
			     printable(arg, shown));
		return 0;
	case ARGP_KEY_ARG:
		add_word(r, state, arg);
		return 0;
	case ARGP_KEY_END:
		r->taken = record_takes_stdout(state, r->savefile, r->look.view);
		return 0;
	default:
		return parse_limit(r, key, arg, state);
	}
}

static const struct argp_child children[] = {{&look_argp, 0, NULL, 0}, {0}};
static const struct argp capture_argp = {options, parse, "[FILTER]", doc, children, NULL, NULL};

void request_parse(struct request *r, int argc, char **argv, const struct environment *e)
{
	*r = (struct request){.live = {.interface = "lo"}};
	look_init(&r->look, e);
	r->look.look.stream = true;
	argp_parse(&capture_argp, argc, argv, 0, NULL, r);
}

void request_free(struct request *r)
{
	free(r->words);
}

/* SPDX-License-Identifier: MIT */
#include "inject/order.h"

#include <string.h>

#include "analysis/count.h"
#include "analysis/printable.h"
#include "capture/record_option.h"
#include "inject/words.h"

enum { NETNS_PORT = 8080, MOST_LINGER_MS = 60000, AN_HOUR = 3600 };

const char *const close_names[] = {"four", "three", "rst", "half", "simultaneous", NULL};

static const char doc[] =
	"Play one end of a TCP connection with crafted packets, while the capture beside it draws "
	"what the kernel answers. Only this host is ever sent to."
	"\n\n"
	"  synfin inject session --netns               in a private namespace, no root\n"
	"  sudo synfin inject syn 127.0.0.1:8080       one SYN, and what comes back\n"
	"  sudo synfin inject session 8080 --close rst against a server of this host\n"
	"  sudo synfin inject listen 8080              for nc or curl to connect to\n"
	"  sudo synfin inject into 8080 rst --off 1    a RST that is wrong by one\n"
	"  synfin inject run lost-third-ack --netns    a scenario; inject list has them\n"
	"\n"
	"WHAT is syn, ack, fin, rst, data, session, listen, into, adopt, run or list.\n"
	"\v--seq N, a number, is that of the one segment. Rights are given up before the first "
	"packet is looked at.\n"
	"Exit status: 0 done, 1 it did not work or nobody answered, 2 misuse, 3 the kernel did "
	"otherwise than was expected.";

static const struct argp_option options[] = {
	{"netns", KEY_NETNS, NULL, 0,
	 "in a network namespace of its own, with a server of the kernel in it; needs no root", 1},
	{"with", KEY_WITH, "SERVER", 0,
	 "that server: echo, sink, close-now, or linger:MS, which echoes and closes so many "
	 "milliseconds late; by default what --close needs",
	 1},
	{"step", KEY_STEP, NULL, 0, "wait for Enter before each segment", 1},
	{"dry-run", KEY_DRY_RUN, NULL, 0,
	 "send nothing, need no rights: show, and with -w keep, what would be sent", 1},
	{"write", 'w', "FILE", 0, "keep the packets, in a pcap file; - is standard output", 1},
	{"no-shield", KEY_NO_SHIELD, NULL, 0,
	 "let the kernel answer for the crafted end: with RST, as it does", 1},
	{"witness", KEY_WITNESS, NULL, 0,
	 "put what the kernel itself says of its sockets beside what the segments say", 1},
	{"seconds", KEY_SECONDS, "N", 0,
	 "listen: give up waiting after so long; an hour by default", 1},
	{"sport", KEY_SPORT, "PORT", 0, "our port; a free one by default", 2},
	{"isn", KEY_ISN, "N", 0, "our first number, x; random by default", 2},
	{"win", KEY_WIN, "N", 0, "our window; 65535 by default", 2},
	{"opt", KEY_OPT, "LIST", 0,
	 "TCP options, mss=1460 by default: mss=N, sackok, ts=N:N, ws=N, nop, eol, fo, fo=HEX, "
	 "uto=N, hex=HEX, with commas between them; or none",
	 2},
	{"data", KEY_DATA, "TEXT", 0,
	 "what is said, with \\r \\n \\t \\0 \\\\ and \\x41; hello by default", 2},
	{"ack", KEY_ACK, "N", 0, "one segment: what it acknowledges", 3},
	{"flags", KEY_FLAGS, "FLAGS", 0, "one segment: its flags, SYN,ACK or SA, or none", 3},
	{"bad-sum", KEY_BAD_SUM, NULL, 0, "one segment: with a wrong TCP checksum", 3},
	{"close", KEY_CLOSE, "HOW", 0, "session, listen: four, three, rst, half or simultaneous",
	 4},
	{"conns", KEY_CONNS, "N", 0, "listen: stop after so many connections; 1 by default", 4},
	{"off", KEY_OFF, "N", 0, "into: make the number wrong by N", 4},
	{0},
};

static const char *name_of(int key)
{
	const struct argp_option *o = options;
	while (o->key != key)
		o++;
	return o->name;
}

static void check_given(const struct order *o, struct argp_state *state)
{
	for (int key = KEY_FIRST; key < KEY_LAST; key++)
		if (order_has(o, (enum order_key)key) && !word_in(o->act->takes, name_of(key)))
			argp_error(state, "inject %s takes no --%s", o->act->name, name_of(key));
}

/* The server that lets a close go as it is wished for. */
static const struct service_wish fitting[] = {
	[CLOSE_FOUR_WAY] = {SERVICE_LINGER, 200},  [CLOSE_THREE_WAY] = {SERVICE_ECHO, 0},
	[CLOSE_RST] = {SERVICE_ECHO, 0},           [CLOSE_HALF] = {SERVICE_ECHO, 0},
	[CLOSE_CROSSING] = {SERVICE_CLOSE_NOW, 0},
};

/* Without a word it is where the server of --netns listens. */
static void aim(struct order *o, struct argp_state *state)
{
	char why[WHY_TEXT];
	o->target = (struct endpoint){.address = {{127, 0, 0, 1}, 4}, .port = NETNS_PORT};
	if (!o->words && !o->netns && !o->dry)
		argp_error(state, "inject %s wants to know whom to: %s, or --netns", o->act->name,
			   o->act->words);
	if (o->words && !word_endpoint(o->word[0], &o->target, why))
		argp_error(state, "%s", why);
}

static void check(struct order *o, struct argp_state *state)
{
	const struct act *a = o->act;
	if (!a) {
		argp_error(state, "say what to inject: syn, ack, fin, rst, data, session, listen, "
				  "into, adopt, run or list");
		return;
	}
	if (o->words < a->least)
		argp_error(state, "inject %s %s", a->name, a->words);
	check_given(o, state);
	if (o->look.has_number && !a->flags)
		argp_error(state, "inject %s takes no number with --seq", a->name);
	if (a->aims)
		aim(o, state);
	if (order_has(o, KEY_WITH) && !o->netns)
		argp_error(state, "--with is the server of --netns: on this host, start one");
	if (o->dry && o->netns)
		argp_error(state, "--dry-run sends nothing: leave out --netns");
	if (!order_has(o, KEY_WITH))
		o->with = fitting[o->close];
	o->taken = record_takes_stdout(state, o->savefile, o->look.view);
}

static void choose_act(struct order *o, struct argp_state *state, const char *word)
{
	const char *names[32] = {0};
	for (size_t n = 0; o->acts[n].name; n++)
		names[n] = o->acts[n].name;
	o->act = &o->acts[look_choose(state, "injection", word, names)];
}

static void add_word(struct order *o, struct argp_state *state, const char *word)
{
	char shown[PRINTABLE_TEXT];
	if (state->arg_num == 0)
		choose_act(o, state, word);
	else if (o->words == o->act->most)
		argp_error(state, "inject %s does not want '%s'", o->act->name,
			   printable(word, shown));
	else
		o->word[o->words++] = word;
}

/* "linger:200" */
static void parse_with(struct order *o, struct argp_state *state, const char *arg)
{
	char name[32];
	size_t len = strcspn(arg, ":");
	snprintf(name, sizeof name, "%.*s", (int)len, arg);
	o->with.service = (enum service)look_choose(state, "--with", name, service_names);
	if (arg[len])
		o->with.linger_ms = (unsigned)count_argument(state, "--with linger:MS",
							     arg + len + 1, 0, MOST_LINGER_MS);
}

static void parse_word(struct order *o, int key, const char *arg, struct argp_state *state)
{
	char why[WHY_TEXT];
	size_t len = 0;
	bool good = key == KEY_FLAGS ? word_flags(arg, &o->set.flags, why)
		    : key == KEY_OPT
			    ? word_options(arg, o->set.option, TCP_OPTION_ROOM, &len, why)
			    : word_octets(arg, o->set.data, DATA_ROOM, &o->set.data_len, why);
	if (key == KEY_OPT)
		o->set.options = (uint8_t)len;
	if (!good)
		argp_error(state, "--%s: %s", name_of(key), why);
}

static void parse_off(struct order *o, struct argp_state *state, const char *arg)
{
	bool minus = *arg == '-';
	int64_t n = (int64_t)count_argument(state, "--off", arg + (minus || *arg == '+'), 0,
					    UINT32_MAX);
	o->set.off = minus ? -n : n;
}

static void parse_close(struct order *o, struct argp_state *state, const char *arg)
{
	o->close = (enum close_kind)look_choose(state, "--close", arg, close_names);
}

static error_t parse_number(struct order *o, int key, const char *arg, struct argp_state *state)
{
	static const uint32_t most[KEY_LAST - KEY_FIRST] = {
		[KEY_SPORT - KEY_FIRST] = UINT16_MAX, [KEY_ISN - KEY_FIRST] = UINT32_MAX,
		[KEY_ACK - KEY_FIRST] = UINT32_MAX,   [KEY_WIN - KEY_FIRST] = UINT16_MAX,
		[KEY_CONNS - KEY_FIRST] = UINT32_MAX, [KEY_SECONDS - KEY_FIRST] = AN_HOUR,
	};
	if (key < KEY_FIRST || key >= KEY_LAST || !most[key - KEY_FIRST])
		return ARGP_ERR_UNKNOWN;
	bool counts = key == KEY_SPORT || key == KEY_CONNS || key == KEY_SECONDS;
	char name[32];
	snprintf(name, sizeof name, "--%s", name_of(key));
	uint32_t n = (uint32_t)count_argument(state, name, arg, counts, most[key - KEY_FIRST]);
	switch (key) {
	case KEY_SPORT:
		o->set.sport = (uint16_t)n;
		return 0;
	case KEY_ISN:
		o->set.isn = n;
		return 0;
	case KEY_ACK:
		o->set.ack = n;
		return 0;
	case KEY_WIN:
		o->set.win = (uint16_t)n;
		return 0;
	case KEY_CONNS:
		o->connections = n;
		return 0;
	default:
		o->seconds = n;
		return 0;
	}
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct order *o = state->input;
	if (key >= KEY_FIRST && key < KEY_LAST)
		o->given |= key_bit((enum order_key)key);
	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &o->look;
		return 0;
	case KEY_NETNS:
		o->netns = true;
		return 0;
	case KEY_STEP:
		o->step = true;
		return 0;
	case KEY_DRY_RUN:
		o->dry = true;
		return 0;
	case KEY_NO_SHIELD:
		o->no_shield = true;
		return 0;
	case KEY_WITNESS:
		o->look.look.witness = true;
		return 0;
	case KEY_BAD_SUM:
		o->set.bad_sum = true;
		return 0;
	case KEY_WITH:
		parse_with(o, state, arg);
		return 0;
	case KEY_CLOSE:
		parse_close(o, state, arg);
		return 0;
	case KEY_OFF:
		parse_off(o, state, arg);
		return 0;
	case KEY_FLAGS:
	case KEY_OPT:
	case KEY_DATA:
		parse_word(o, key, arg, state);
		return 0;
	case 'w':
		o->savefile = arg;
		return 0;
	case ARGP_KEY_ARG:
		add_word(o, state, arg);
		return 0;
	case ARGP_KEY_END:
		check(o, state);
		return 0;
	default:
		return parse_number(o, key, arg, state);
	}
}

static const struct argp_child children[] = {{&look_argp, 0, NULL, 0}, {0}};
static const struct argp inject_argp = {options, parse, "WHAT [ARG...]", doc, children, NULL, NULL};

void order_parse(struct order *o, const struct act *acts, int argc, char **argv,
		 const struct environment *e)
{
	static const char hello[] = "hello";
	*o = (struct order){.acts = acts, .connections = 1, .seconds = AN_HOUR};
	memcpy(o->set.data, hello, o->set.data_len = sizeof hello - 1);
	look_init(&o->look, e);
	o->look.look.stream = o->look.takes_number = true;
	argp_parse(&inject_argp, argc, argv, 0, NULL, o);
}

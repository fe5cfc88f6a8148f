/* SPDX-License-Identifier: MIT */
#include "capture/actors.h"
#include "capture/sandbox.h"
#include "tests/live/observer.h"

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>

enum { DONE = 0, FAILED = 1, USAGE = 2, MOST_CASES = 64 };
enum { KEY_NETNS = 256, KEY_PORT, KEY_CLIENT_PORT, KEY_TIMES, KEY_WITH, KEY_SEED, KEY_LIST };

struct wish {
	struct stage stage;
	bool list;
	unsigned times;
	const char *observer;
	const struct actor_case *cases[MOST_CASES];
	size_t n;
};

static const struct argp_option options[] = {
	{"netns", KEY_NETNS, NULL, 0, "Play in a private network namespace", 0},
	{NULL, '6', NULL, 0, "On ::1 instead of 127.0.0.1", 0},
	{"port", KEY_PORT, "N", 0, "The server's port (0, the default, is any)", 0},
	{"client-port", KEY_CLIENT_PORT, "N", 0, "The client's port (0 is any)", 0},
	{"times", KEY_TIMES, "N", 0, "Play the cases N times", 0},
	{"with", KEY_WITH, "COMMAND", 0,
	 "Run a capture program meanwhile, in the same namespace; stop it with SIGINT", 0},
	{"seed", KEY_SEED, "N", 0, "Another crowd", 0},
	{"list", KEY_LIST, NULL, 0, "Print the cases and what they show", 0},
	{0},
};

static unsigned number(const char *arg, unsigned long most, struct argp_state *state)
{
	char *end;
	unsigned long n = strtoul(arg, &end, 10);

	if (*arg < '0' || *arg > '9' || *end || n > most)
		argp_error(state, "not a number up to %lu: %s", most, arg);
	return (unsigned)n;
}

static void add_case(struct wish *w, const char *name, struct argp_state *state)
{
	const struct actor_case *c = actor_case_find(name);

	if (!c)
		argp_error(state, "no such case: %s (see --list)", name);
	else if (w->n == MOST_CASES)
		argp_error(state, "more than %d cases", MOST_CASES);
	else
		w->cases[w->n++] = c;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct wish *w = state->input;

	if (key == KEY_NETNS)
		w->stage.isolated = true;
	else if (key == '6')
		w->stage.six = true;
	else if (key == KEY_PORT)
		w->stage.server_port = (uint16_t)number(arg, UINT16_MAX, state);
	else if (key == KEY_CLIENT_PORT)
		w->stage.client_port = (uint16_t)number(arg, UINT16_MAX, state);
	else if (key == KEY_TIMES)
		w->times = number(arg, 1000000, state);
	else if (key == KEY_SEED)
		w->stage.seed = number(arg, UINT32_MAX, state);
	else if (key == KEY_WITH)
		w->observer = arg;
	else if (key == KEY_LIST)
		w->list = true;
	else if (key == ARGP_KEY_ARG)
		add_case(w, arg, state);
	else if (key == ARGP_KEY_END && w->n == 0 && !w->list)
		argp_error(state, "which case? (see --list)");
	else
		return key < KEY_NETNS && key > 0 ? ARGP_ERR_UNKNOWN : 0;
	return 0;
}

static int print_list(void)
{
	const struct actor_case *c;

	for (size_t i = 0; (c = actor_case_at(i)); i++)
		printf("%-19s %s\n", c->name, c->shows);
	return DONE;
}

static bool play_all(struct wish *w)
{
	for (unsigned t = 0; t < w->times; t++)
		for (size_t i = 0; i < w->n; i++) {
			if (actor_case_play(w->cases[i], &w->stage))
				continue;
			fprintf(stderr, "actor: %s: %s\n", w->cases[i]->name, w->stage.why);
			return false;
		}
	return true;
}

static int play_watched(struct wish *w)
{
	pid_t observer = observer_start(w->observer);

	if (observer < 0)
		return FAILED;
	bool played = play_all(w);
	int status = observer_stop(observer);
	return played ? status : FAILED;
}

int main(int argc, char **argv)
{
	struct wish w = {.times = 1};
	const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "CASE...",
		.doc = "Play kernel sockets, client and server, step by step on loopback.",
	};

	argp_err_exit_status = USAGE;
	argp_parse(&argp, argc, argv, 0, NULL, &w);
	if (w.list)
		return print_list();
	if (w.stage.isolated && !sandbox_enter(w.stage.why, sizeof w.stage.why)) {
		fprintf(stderr, "actor: %s\n", w.stage.why);
		return FAILED;
	}
	if (w.observer)
		return play_watched(&w);
	return play_all(&w) ? DONE : FAILED;
}

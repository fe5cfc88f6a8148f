/* SPDX-License-Identifier: MIT */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "analysis/command.h"
#include "analysis/look.h"
#include "analysis/views/version.h"
#include "inject/checks.h"

static int doctor_main(int argc, char **argv, const struct environment *e);
static int help_main(int argc, char **argv, const struct environment *e);

/* Dispatch and help in one: what is not here cannot be called. */
static const struct command commands[] = {
	{"capture", "See", "live connections of an interface, lo by default (sudo)", capture_main},
	{"analyze", "See", "connections of capture files (no rights needed)", analyze_main},
	{"explain", "See", "what a name means, or a connection's story (no rights needed)",
	 explain_main},
	{"inject", "Make", "crafted packets against the kernel's TCP (sudo, or --netns)",
	 inject_main},
	{"lab", "Learn", "exercises, marked by the packets (no rights needed)", lab_main},
	{"doctor", "Help", "what works on this host, what to do about the rest", doctor_main},
	{"help", "Help", "this text, or the help of a command", help_main},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static void usage(FILE *out)
{
	fputs("synfin - watch TCP connections from SYN to FIN, with the arithmetic\n\n"
	      "  sudo synfin capture -p 8080              ladder of live connections on lo\n"
	      "  synfin analyze pcaps/close-four.pcap     the same from a capture file (no "
	      "root)\n"
	      "  synfin inject session --netns            play a client with crafted packets\n"
	      "  synfin lab next                          learn: the next exercise\n\n",
	      out);
	for (int i = 0; i < COMMANDS; i++)
		fprintf(out, "%-9s%-9s %s\n",
			i && strcmp(commands[i].group, commands[i - 1].group) == 0
				? ""
				: commands[i].group,
			commands[i].name, commands[i].help);
	fputs("\nsynfin COMMAND --help tells more; synfin --version the version.\n", out);
}

static const struct command *find(const char *name)
{
	for (int i = 0; i < COMMANDS; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static int unknown(const char *word)
{
	const char *names[COMMANDS + 1] = {0};
	for (int i = 0; i < COMMANDS; i++)
		names[i] = commands[i].name;
	const char *near = did_you_mean(word, strlen(word), names);
	fprintf(stderr, "synfin: unknown command '%s'%s%s%s\n", word,
		near ? ": did you mean '" : "", near ? near : "", near ? "'?" : "");
	fputs("synfin help lists the commands.\n", stderr);
	return EXIT_MISUSE;
}

static int run(const struct command *c, int argc, char **argv, const struct environment *e)
{
	char name[64];
	snprintf(name, sizeof name, "synfin %s", c->name);
	argv[0] = name;
	return c->run(argc, argv, e);
}

/* The doctor lives below inject/, and is told here what to try of it. */
static int doctor_main(int argc, char **argv, const struct environment *e)
{
	return doctor(argc, argv, e, inject_checks);
}

static int help_main(int argc, char **argv, const struct environment *e)
{
	char help[] = "--help", *args[] = {NULL, help, NULL};
	if (argc < 2 || *argv[1] == '-' || strcmp(argv[1], "help") == 0) {
		usage(stdout);
		return EXIT_DONE;
	}
	const struct command *c = find(argv[1]);
	return c ? run(c, 2, args, e) : unknown(argv[1]);
}

static int terminal_columns(void)
{
	struct winsize w;
	const char *columns = getenv("COLUMNS");
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col)
		return w.ws_col;
	int n = columns ? atoi(columns) : 0;
	return n > 0 ? n : 80;
}

static struct environment ask_environment(void)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
	struct environment e = {
		.columns = terminal_columns(),
		.terminal = isatty(STDOUT_FILENO),
		.no_color = (no_color && *no_color) || !term || strcmp(term, "dumb") == 0,
	};
	if (getrandom(e.seed, sizeof e.seed, GRND_NONBLOCK) != sizeof e.seed)
		e.seed[0] = (uint64_t)time(NULL) << 20 ^ (uint64_t)getpid();
	return e;
}

int main(int argc, char **argv)
{
	struct environment e = ask_environment();
	argp_err_exit_status = EXIT_MISUSE;
	if (argc < 2) {
		usage(stdout);
		return EXIT_DONE;
	}
	if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
		puts("synfin " SYNFIN_VERSION);
		return EXIT_DONE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return help_main(1, argv, &e);
	const struct command *c = find(argv[1]);
	return c ? run(c, argc - 1, argv + 1, &e) : unknown(argv[1]);
}

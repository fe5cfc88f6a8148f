/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_COMMAND_H
#define SYNFIN_COMMAND_H

#include "analysis/environment.h"

/* A subcommand: one row of the table in synfin.c is both dispatch and help. */
struct command {
	const char *name, *group, *help;
	/* Returns the exit code. argv[0] is "synfin NAME". */
	int (*run)(int argc, char **argv, const struct environment *e);
};

int analyze_main(int argc, char **argv, const struct environment *e);
int explain_main(int argc, char **argv, const struct environment *e);
int capture_main(int argc, char **argv, const struct environment *e);
int inject_main(int argc, char **argv, const struct environment *e);
int lab_main(int argc, char **argv, const struct environment *e);

#endif

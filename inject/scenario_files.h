/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SCENARIO_FILES_H
#define SYNFIN_SCENARIO_FILES_H

/* A file of inject/scenarios: "three-way", and its text, which ends with a zero. */
struct scenario_file {
	const char *name, *text;
};

/* All of them, in order of name; after the last one NULL. Made by tests/tools/embed.sh. */
extern const struct scenario_file scenario_files[];

#endif

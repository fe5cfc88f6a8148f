/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_LAB_FILES_H
#define SYNFIN_LAB_FILES_H

#include <stddef.h>

/* A file below labs/: "exercises/01-three-segments/lab.lua", and its octets, behind which stands a
 * zero that is not counted. */
struct lab_file {
	const char *name;
	const unsigned char *octets;
	size_t len;
};

/* All of them, in order of name; after the last one NULL. Made by tests/tools/embed.sh. */
extern const struct lab_file lab_files[];

/* The one of that name, or NULL. */
const struct lab_file *lab_file_named(const char *name);

#endif

/* SPDX-License-Identifier: MIT */
#include "labs/lab_files.h"

#include <string.h>

const struct lab_file *lab_file_named(const char *name)
{
	for (const struct lab_file *f = lab_files; f->name; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

/* SPDX-License-Identifier: MIT */
#include "analysis/output.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/printable.h"

static bool same_file(const char *a, const char *b)
{
	struct stat x, y;
	bool known = strcmp(b, "-") == 0 ? fstat(STDIN_FILENO, &y) == 0 : stat(b, &y) == 0;
	return known && stat(a, &x) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

FILE *output_open(const char *name, char *const *inputs, size_t count)
{
	char shown[PRINTABLE_TEXT];
	if (!name || strcmp(name, "-") == 0)
		return stdout;
	for (size_t i = 0; i < count; i++)
		if (same_file(name, inputs[i])) {
			fprintf(stderr,
				"synfin: %s is read from: writing to it would destroy it\n"
				"Choose another name after -o.\n",
				printable(name, shown));
			return NULL;
		}
	FILE *out = fopen(name, "w");
	if (!out)
		fprintf(stderr,
			"synfin: cannot write %s: %s\nChoose a place that you may write to.\n",
			printable(name, shown), strerror(errno));
	return out;
}

bool output_close(const char *name, FILE *out)
{
	char shown[PRINTABLE_TEXT];
	bool good = !ferror(out);
	good &= fflush(out) == 0;
	if (!good)
		fprintf(stderr,
			"synfin: cannot write %s: %s\n"
			"What was written is not whole: make room, and try again.\n",
			printable(name ? name : "to standard output", shown), strerror(errno));
	if (out != stdout)
		fclose(out);
	return good;
}

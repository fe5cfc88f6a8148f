/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/printable.h"
#include "capture/rights.h"
#include "inject/acts.h"
#include "inject/scenario.h"
#include "inject/scenario_files.h"

enum { LONGEST_FILE = 65536 };

static char *read_file(const char *name, char why[static WHY_TEXT])
{
	char shown[PRINTABLE_TEXT];
	FILE *f = fopen(name, "re");
	char *text = f ? calloc(1, LONGEST_FILE + 1) : NULL;
	size_t len = text ? fread(text, 1, LONGEST_FILE + 1, f) : 0;
	bool good = text && !ferror(f) && len <= LONGEST_FILE && !memchr(text, 0, len);
	if (!good)
		snprintf(why, WHY_TEXT, "%s: %s\nsynfin inject list shows those that are built in.",
			 printable(name, shown),
			 !f || ferror(f)      ? strerror(errno)
			 : len > LONGEST_FILE ? "longer than 64 KiB"
					      : "no text");
	if (f)
		fclose(f);
	if (good)
		return text;
	free(text);
	return NULL;
}

/* One that is built in, else a file. */
static char *find(const char *name, char why[static WHY_TEXT])
{
	for (const struct scenario_file *f = scenario_files; f->name; f++)
		if (strcmp(f->name, name) == 0)
			return strdup(f->text);
	return read_file(name, why);
}

int act_run(struct order *o)
{
	char why[WHY_TEXT];
	rights_open_as_user(true);
	char *text = find(o->word[0], why);
	rights_open_as_user(false);
	if (!text)
		return act_refuse(why);
	struct scenario *s = calloc(1, sizeof *s);
	int code = EXIT_FAILED;
	if (s) {
		s->order = o;
		s->name = o->word[0];
		s->text = text;
		if (scenario_open(s, s->scene.why))
			code = scenario_perform(s, why);
		code = scenario_close(s, code);
	}
	free(s);
	free(text);
	return code;
}

/* The first line of each is a comment that says what it shows. */
int act_list(struct order *o)
{
	(void)o;
	for (const struct scenario_file *f = scenario_files; f->name; f++)
		printf("%-24s %.*s\n", f->name, (int)strcspn(f->text + 3, "\n"), f->text + 3);
	if (fflush(stdout) == 0)
		return EXIT_DONE;
	fprintf(stderr, "synfin: cannot write the list: %s\nSend it somewhere else.\n",
		strerror(errno));
	return EXIT_FAILED;
}

/* SPDX-License-Identifier: MIT */
#include "labs/exercise.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "analysis/printable.h"
#include "labs/lab_files.h"
#include "labs/page.h"

static const char exercises[] = "exercises/", script[] = "/lab.lua";

/* The name of what has this script below the folder, and its length; 0: it is none. */
static size_t script_of(const struct lab_file *f, const char *below, const char **name)
{
	size_t len = strlen(f->name), before = strlen(below), behind = sizeof script - 1;
	if (len <= before + behind || strncmp(f->name, below, before) != 0 ||
	    strcmp(f->name + len - behind, script) != 0)
		return 0;
	*name = f->name + before;
	return len - before - behind;
}

bool exercise_name_below(const char *below, unsigned i, char name[static EXERCISE_NAME])
{
	const char *at;
	for (const struct lab_file *f = lab_files; f->name; f++) {
		size_t len = script_of(f, below, &at);
		if (len && i-- == 0) {
			snprintf(name, EXERCISE_NAME, "%.*s", (int)len, at);
			return true;
		}
	}
	return false;
}

unsigned exercise_count(void)
{
	char name[EXERCISE_NAME];
	unsigned n = 0;
	while (exercise_name(n, name))
		n++;
	return n;
}

bool exercise_name(unsigned i, char name[static EXERCISE_NAME])
{
	return exercise_name_below(exercises, i, name);
}

static bool is_called(const char *name, const char *word)
{
	char *end;
	unsigned long n = strtoul(word, &end, 10);
	if (end != word && !*end)
		return strtoul(name, NULL, 10) == n;
	const char *behind = strchr(name, '-');
	return strncmp(name, word, strlen(word)) == 0 ||
	       (behind && strncmp(behind + 1, word, strlen(word)) == 0);
}

int exercise_find_below(const char *below, const char *word)
{
	char name[EXERCISE_NAME];
	int found = -1;
	for (unsigned i = 0; *word && exercise_name_below(below, i, name); i++) {
		if (strcmp(name, word) == 0)
			return (int)i;
		if (is_called(name, word))
			found = found == -1 ? (int)i : -2;
	}
	return found < 0 ? -1 : found;
}

int exercise_find(const char *word)
{
	return exercise_find_below(exercises, word);
}

static char *copy_of(const char *below, const char *folder, const char *name)
{
	char path[PATH_MAX];
	snprintf(path, sizeof path, "%s%s/%s", below, folder, name);
	const struct lab_file *f = lab_file_named(path);
	return strdup(f ? (const char *)f->octets : "");
}

bool exercise_take_below(const char *below, unsigned i, struct exercise *e)
{
	char page[16];
	*e = (struct exercise){.script = NULL};
	exercise_name_below(below, i, e->name);
	bool good = (e->script = copy_of(below, e->name, "lab.lua"));
	for (int l = 0; l < LANGUAGES && good; l++) {
		snprintf(page, sizeof page, "%s.md", language_names[l]);
		good = (e->page[l] = copy_of(below, e->name, page));
	}
	return good;
}

bool exercise_take(unsigned i, struct exercise *e)
{
	return exercise_take_below(exercises, i, e);
}

static char *read_text(const char *folder, const char *name, char why[static WHY_TEXT])
{
	char path[PATH_MAX], shown[PRINTABLE_TEXT];
	struct stat is;
	snprintf(path, sizeof path, "%s/%s", folder, name);
	errno = 0;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC); /* it may be a pipe */
	FILE *f = fd < 0 ? NULL : fdopen(fd, "r");
	bool plain = f && fstat(fileno(f), &is) == 0 && S_ISREG(is.st_mode);
	char *text = plain ? calloc(1, LONGEST_PAGE + 1) : NULL;
	size_t len = f && text ? fread(text, 1, LONGEST_PAGE + 1, f) : 0;
	bool good = text && !ferror(f) && len <= LONGEST_PAGE && !memchr(text, 0, len);
	if (!good)
		snprintf(why, WHY_TEXT, "%s: %s\nAn exercise is a folder with %s",
			 printable(path, shown),
			 errno                ? strerror(errno)
			 : !plain             ? "no ordinary file"
			 : len > LONGEST_PAGE ? "longer than 64 KiB"
					      : "no text",
			 "lab.lua, en.md and zh_CN.md: see synfin-exercises(7).");
	if (f)
		fclose(f);
	if (good)
		return text;
	free(text);
	return NULL;
}

bool exercise_read(const char *folder, struct exercise *e, char why[static WHY_TEXT])
{
	size_t len = strlen(folder);
	char page[16];
	while (len > 1 && folder[len - 1] == '/')
		len--;
	size_t from = len;
	while (from && folder[from - 1] != '/')
		from--;
	*e = (struct exercise){.script = NULL};
	snprintf(e->name, sizeof e->name, "%.*s", (int)(len - from), folder + from);
	if (!(e->script = read_text(folder, "lab.lua", why)))
		return false;
	for (int l = 0; l < LANGUAGES; l++) {
		snprintf(page, sizeof page, "%s.md", language_names[l]);
		if (!(e->page[l] = read_text(folder, page, why)))
			return false;
	}
	return true;
}

void exercise_free(struct exercise *e)
{
	free(e->script);
	for (int l = 0; l < LANGUAGES; l++)
		free(e->page[l]);
	*e = (struct exercise){.script = NULL};
}

const char *exercise_misconceptions(enum language l)
{
	char name[64];
	snprintf(name, sizeof name, "misconceptions/%s.md", language_names[l]);
	const struct lab_file *f = lab_file_named(name);
	return f ? (const char *)f->octets : "";
}

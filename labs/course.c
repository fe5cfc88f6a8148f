/* SPDX-License-Identifier: MIT */
#include "labs/course.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/printable.h"
#include "capture/rights.h"

static const char *const parts[] = {"capture.pcap", "calls.jsonl", "answers.json", "seal"};
enum { PARTS = 4 };

/* Of sudo's user, not of root. */
static const struct passwd *user(void)
{
	const char *uid = rights_are_borrowed() ? getenv("SUDO_UID") : NULL;
	return getpwuid(uid ? (uid_t)strtoul(uid, NULL, 10) : getuid());
}

static bool make_folders(char *path)
{
	for (char *at = path + 1; (at = strchr(at, '/')); at++) {
		*at = 0;
		bool good = mkdir(path, 0755) == 0 || errno == EEXIST;
		*at = '/';
		if (!good)
			return false;
	}
	return mkdir(path, 0755) == 0 || errno == EEXIST;
}

static void find_folder(char *path, size_t room)
{
	const struct passwd *u = user();
	const char *state = rights_are_borrowed() ? NULL : getenv("XDG_STATE_HOME");
	const char *home = rights_are_borrowed() ? NULL : getenv("HOME");
	if (state && *state == '/')
		snprintf(path, room, "%s/synfin/lab", state);
	else
		snprintf(path, room, "%s/.local/state/synfin/lab",
			 home && *home == '/' ? home
			 : u                  ? u->pw_dir
					      : "/tmp");
}

static bool fail(const char *path, const char *cure, char why[static WHY_TEXT])
{
	char shown[PRINTABLE_TEXT];
	snprintf(why, WHY_TEXT, "%s: %s\n%s", printable(path, shown), strerror(errno), cure);
	return false;
}

static void read_student(struct course *c, const char *path)
{
	const struct passwd *u = user();
	FILE *f = fopen(path, "re");
	if (f && fgets(c->student, sizeof c->student, f))
		c->student[strcspn(c->student, "\n")] = 0;
	if (f)
		fclose(f);
	if (!*c->student)
		snprintf(c->student, sizeof c->student, "%s", u ? u->pw_name : "student");
}

bool course_open(struct course *c, const char *student, char why[static WHY_TEXT])
{
	char path[PATH_MAX];
	*c = (struct course){.student = ""};
	find_folder(c->folder, sizeof c->folder);
	rights_open_as_user(true);
	bool good = make_folders(c->folder) ||
		    fail(c->folder, "Name another place: XDG_STATE_HOME=/tmp/state synfin lab ...",
			 why);
	snprintf(path, sizeof path, "%s/student", c->folder);
	if (good && student) {
		FILE *f = fopen(path, "we");
		good = f && fprintf(f, "%s\n", student) > 0;
		good = f && fclose(f) == 0 && good;
		good = good || fail(path, "Make it writable, and try again.", why);
	}
	if (good)
		read_student(c, path);
	rights_open_as_user(false);
	return good;
}

const char *course_path(const struct course *c, const char *exercise, const char *which,
			char path[static PATH_MAX])
{
	snprintf(path, PATH_MAX, "%s/%s/%s", c->folder, exercise, which);
	return path;
}

bool course_has(const struct course *c, const char *exercise, const char *which)
{
	char path[PATH_MAX], seal[PATH_MAX + 8];
	snprintf(seal, sizeof seal, "%s/seal", course_path(c, exercise, which, path));
	return access(seal, F_OK) == 0;
}

static void remove_run(const struct course *c, const char *exercise, const char *which)
{
	char path[PATH_MAX], part[PATH_MAX + 16];
	course_path(c, exercise, which, path);
	for (int i = 0; i < PARTS; i++) {
		snprintf(part, sizeof part, "%s/%s", path, parts[i]);
		unlink(part);
	}
	rmdir(path);
}

bool course_begin_run(const struct course *c, const char *exercise, char why[static WHY_TEXT])
{
	char path[PATH_MAX];
	rights_open_as_user(true);
	remove_run(c, exercise, "new");
	course_path(c, exercise, "new", path);
	bool good = make_folders(path) || fail(path, "Make it writable, and try again.", why);
	rights_open_as_user(false);
	return good;
}

/* The same files under another name. */
static bool link_run(const char *from, char *to)
{
	char old[PATH_MAX + 16], new[PATH_MAX + 16];
	bool good = make_folders(to);
	for (int i = 0; i < PARTS && good; i++) {
		snprintf(old, sizeof old, "%s/%s", from, parts[i]);
		snprintf(new, sizeof new, "%s/%s", to, parts[i]);
		good = link(old, new) == 0;
	}
	return good;
}

bool course_keep_run(const struct course *c, const char *exercise, bool passed,
		     char why[static WHY_TEXT])
{
	char new[PATH_MAX], last[PATH_MAX], best[PATH_MAX];
	course_path(c, exercise, "new", new);
	course_path(c, exercise, "last", last);
	course_path(c, exercise, "passed", best);
	rights_open_as_user(true);
	remove_run(c, exercise, "last");
	bool good = rename(new, last) == 0;
	if (good && passed) {
		remove_run(c, exercise, "passed");
		good = link_run(last, best);
	}
	good = good || fail(last, "Make room, and run it again.", why);
	rights_open_as_user(false);
	return good;
}

void course_drop_run(const struct course *c, const char *exercise)
{
	char path[PATH_MAX];
	remove_run(c, exercise, "new");
	snprintf(path, sizeof path, "%s/%s", c->folder, exercise);
	rmdir(path); /* unless there are others */
}

void course_forget(const struct course *c, const char *exercise)
{
	remove_run(c, exercise, "last");
	remove_run(c, exercise, "passed");
	course_drop_run(c, exercise);
}

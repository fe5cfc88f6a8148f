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

enum { FOLDER_TEXT = 3 * STUDENT_TEXT };

static const char elsewhere[] = "Name another place: XDG_STATE_HOME=/tmp/state synfin lab ...";

/* Of sudo's user, not of root. */
static uid_t user_id(void)
{
	const char *uid = rights_are_borrowed() ? getenv("SUDO_UID") : NULL;
	return uid ? (uid_t)strtoul(uid, NULL, 10) : getuid();
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

static const char *find_home(void)
{
	const struct passwd *u = getpwuid(user_id());
	const char *home = rights_are_borrowed() ? NULL : getenv("HOME");
	return home && *home == '/' ? home : u && *u->pw_dir == '/' ? u->pw_dir : NULL;
}

/* Under sudo XDG_STATE_HOME may be root's; it counts if the user has no home. */
static bool find_folder(char *path, size_t room, char why[static WHY_TEXT])
{
	const char *state = getenv("XDG_STATE_HOME"), *home = find_home();
	bool given = state && *state == '/' && !(rights_are_borrowed() && home);
	if (!given && !home) {
		snprintf(why, WHY_TEXT, "user %u has no home to keep the runs in\n%s",
			 (unsigned)user_id(), elsewhere);
		return false;
	}
	int len = snprintf(path, room, "%s%s/synfin/lab", given ? state : home,
			   given ? "" : "/.local/state");
	if (len >= 0 && (size_t)len + FOLDER_TEXT < room)
		return true;
	snprintf(why, WHY_TEXT, "the name of the folder to keep the runs in is too long\n%s",
		 elsewhere);
	return false;
}

static bool fail(const char *path, const char *cure, char why[static WHY_TEXT])
{
	char shown[PRINTABLE_TEXT];
	snprintf(why, WHY_TEXT, "%s: %s\n%s", printable(path, shown), strerror(errno), cure);
	return false;
}

/* ---- the student */

static void read_student(struct course *c, const char *path)
{
	const struct passwd *u = getpwuid(user_id());
	FILE *f = fopen(path, "re");
	if (f && fgets(c->student, sizeof c->student, f))
		c->student[strcspn(c->student, "\n")] = 0;
	if (f)
		fclose(f);
	if (!*c->student)
		snprintf(c->student, sizeof c->student, "%s", u ? u->pw_name : "student");
}

/* No folder of a student's begins with a dot, so that none is in the way. */
static bool know_student(struct course *c, const char *student, char why[static WHY_TEXT])
{
	char path[PATH_MAX];
	snprintf(path, sizeof path, "%s/.student", c->folder);
	if (student) {
		FILE *f = fopen(path, "we");
		bool good = f && fprintf(f, "%s\n", student) > 0;
		good = f && fclose(f) == 0 && good;
		if (!good)
			return fail(path, "Make it writable, and try again.", why);
	}
	read_student(c, path);
	return true;
}

/* Letters, digits, - _ . stand for themselves, but for a dot at the beginning; all else is %XX. */
static void enter_folder(struct course *c)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "-_.";
	char *to = c->folder + strlen(c->folder);
	*to++ = '/';
	for (const char *at = c->student; *at; at++) {
		bool dot = at == c->student && *at == '.';
		if (strchr(plain, *at) && !dot)
			*to++ = *at;
		else
			to += snprintf(to, 4, "%%%02X", (unsigned char)*at);
	}
	*to = 0;
}

bool course_open(struct course *c, const char *student, char why[static WHY_TEXT])
{
	*c = (struct course){.student = ""};
	if (!find_folder(c->folder, sizeof c->folder, why))
		return false;
	rights_open_as_user(true);
	bool good = make_folders(c->folder) || fail(c->folder, elsewhere, why);
	good = good && know_student(c, student, why);
	if (good)
		enter_folder(c);
	good = good && (make_folders(c->folder) || fail(c->folder, elsewhere, why));
	rights_open_as_user(false);
	if (good)
		course_clean(c);
	return good;
}

/* ---- what is kept */

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

bool course_latest(const struct course *c, char exercise[static EXERCISE_NAME])
{
	char path[PATH_MAX], name[EXERCISE_NAME];
	struct timespec latest = {0};
	bool found = false;
	for (unsigned i = 0; exercise_name(i, name); i++) {
		struct stat is;
		if (stat(course_path(c, name, "last/seal", path), &is) != 0)
			continue;
		bool later = is.st_mtim.tv_sec != latest.tv_sec
				     ? is.st_mtim.tv_sec > latest.tv_sec
				     : is.st_mtim.tv_nsec >= latest.tv_nsec;
		if (found && !later)
			continue;
		found = true;
		latest = is.st_mtim;
		memcpy(exercise, name, sizeof name);
	}
	return found;
}

/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/printable.h"
#include "capture/rights.h"
#include "labs/course.h"

static const char *const parts[] = {"capture.pcap", "calls.jsonl", "answers.json", "seal"};
enum { PARTS = 4 };

static bool fail(const char *path, const char *cure, char why[static WHY_TEXT])
{
	char shown[PRINTABLE_TEXT];
	snprintf(why, WHY_TEXT, "%s: %s\n%s", printable(path, shown), strerror(errno), cure);
	return false;
}

/* ---- whose it is */

static int open_folder(const char *path)
{
	return open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* From now on nobody else makes, renames or removes folders of the course; and what is there is the
 * user's. -1: such a lock is not to be had there, on a network's file system, say. */
static int enter(const struct course *c)
{
	rights_open_as_user(true);
	int fd = open_folder(c->folder);
	while (fd >= 0 && flock(fd, LOCK_EX) < 0 && errno == EINTR)
		;
	return fd;
}

static void leave(int fd)
{
	int error = errno;
	if (fd >= 0)
		close(fd);
	rights_open_as_user(false);
	errno = error;
}

/* ---- removing */

/* What others have put there stays; and where a link leads to. */
static void remove_run(const struct course *c, const char *exercise, const char *which)
{
	char path[PATH_MAX];
	struct stat is;
	course_path(c, exercise, which, path);
	if (lstat(path, &is) == 0 && S_ISLNK(is.st_mode))
		unlink(path);
	int fd = open_folder(path);
	for (int i = 0; i < PARTS && fd >= 0; i++)
		unlinkat(fd, parts[i], 0);
	if (fd >= 0)
		close(fd);
	rmdir(path);
}

static void remove_exercise(const struct course *c, const char *exercise)
{
	char path[PATH_MAX];
	snprintf(path, sizeof path, "%s/%s", c->folder, exercise);
	rmdir(path); /* unless there is something left */
}

/* The processes of a run hold a lock on its folder. */
static bool is_stale(const struct course *c, const char *exercise, const char *which)
{
	char path[PATH_MAX];
	if (strncmp(which, "new-", 4) != 0 && strncmp(which, "old-", 4) != 0)
		return false;
	int fd = open_folder(course_path(c, exercise, which, path));
	bool stale = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0;
	if (fd >= 0)
		close(fd);
	return stale;
}

static void clean(const struct course *c, const char *exercise)
{
	char path[PATH_MAX];
	const struct dirent *entry;
	snprintf(path, sizeof path, "%s/%s", c->folder, exercise);
	DIR *d = opendir(path);
	if (!d)
		return;
	while ((entry = readdir(d)))
		if (is_stale(c, exercise, entry->d_name))
			remove_run(c, exercise, entry->d_name);
	closedir(d);
	remove_exercise(c, exercise);
}

void course_clean(const struct course *c)
{
	char name[EXERCISE_NAME];
	int lock = enter(c);
	for (unsigned i = 0; exercise_name(i, name); i++)
		clean(c, name);
	leave(lock);
}

void course_forget(const struct course *c, const char *exercise)
{
	int lock = enter(c);
	remove_run(c, exercise, "last");
	remove_run(c, exercise, "passed");
	remove_exercise(c, exercise);
	leave(lock);
}

/* ---- a run */

static bool make(const struct course *c, const char *exercise, const char *path)
{
	char above[PATH_MAX];
	snprintf(above, sizeof above, "%s/%s", c->folder, exercise);
	return (mkdir(above, 0755) == 0 || errno == EEXIST) && mkdir(path, 0755) == 0;
}

bool course_begin_run(const struct course *c, const char *exercise, const char *number,
		      struct course_run *r, char why[static WHY_TEXT])
{
	char path[PATH_MAX];
	snprintf(r->which, sizeof r->which, "new-%s", number);
	course_path(c, exercise, r->which, path);
	int lock = enter(c);
	bool good = make(c, exercise, path) || fail(path, "Make it writable, and try again.", why);
	r->lock = good ? open_folder(path) : -1;
	if (r->lock >= 0)
		flock(r->lock, LOCK_EX | LOCK_NB);
	leave(lock);
	return good;
}

/* The same files under another name. */
static bool link_run(const struct course *c, const char *exercise, const char *which,
		     const char *other)
{
	char from[PATH_MAX], to[PATH_MAX], old[PATH_MAX + 16], new[PATH_MAX + 16];
	course_path(c, exercise, which, from);
	bool good = mkdir(course_path(c, exercise, other, to), 0755) == 0;
	for (int i = 0; i < PARTS && good; i++) {
		snprintf(old, sizeof old, "%s/%s", from, parts[i]);
		snprintf(new, sizeof new, "%s/%s", to, parts[i]);
		good = link(old, new) == 0;
	}
	return good;
}

/* Rename it. What had that name goes; what others have put there is left under another one. */
static bool put(const struct course *c, const char *exercise, const char *which, const char *name)
{
	char from[PATH_MAX], to[PATH_MAX], aside[PATH_MAX], old[2 * WHICH_TEXT];
	snprintf(old, sizeof old, "old-%s-%s", name, which);
	course_path(c, exercise, which, from);
	course_path(c, exercise, name, to);
	course_path(c, exercise, old, aside);
	bool good = rename(to, aside) == 0 || errno == ENOENT;
	good = good && rename(from, to) == 0;
	remove_run(c, exercise, old);
	return good;
}

static void end(struct course_run *r)
{
	if (r->lock >= 0)
		close(r->lock);
	r->lock = -1;
}

bool course_keep_run(const struct course *c, const char *exercise, struct course_run *r,
		     bool passed, char why[static WHY_TEXT])
{
	char path[PATH_MAX], twin[WHICH_TEXT];
	int lock = enter(c);
	snprintf(twin, sizeof twin, "new-%.16s-2", r->which + strlen("new-"));
	bool good = !passed ||
		    (link_run(c, exercise, r->which, twin) && put(c, exercise, twin, "passed"));
	good = good && put(c, exercise, r->which, "last");
	good = good ||
	       fail(course_path(c, exercise, "last", path), "Make room, and run it again.", why);
	remove_run(c, exercise, twin);
	end(r);
	leave(lock);
	return good;
}

void course_drop_run(const struct course *c, const char *exercise, struct course_run *r)
{
	int lock = enter(c);
	remove_run(c, exercise, r->which);
	remove_exercise(c, exercise);
	end(r);
	leave(lock);
}

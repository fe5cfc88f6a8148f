/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/printable.h"
#include "labs/marking.h"

/* ---- one paper */

/* The sentence alone: what to do is for who ran it. The folder is named beside it. */
static void complain(struct paper *p, const char *why)
{
	size_t folder = strlen(p->folder);
	if (p->problem)
		return;
	if (strncmp(why, p->folder, folder) == 0 && (why[folder] == '/' || why[folder] == ':'))
		why += folder + (why[folder] == '/' ? 1 : 2);
	p->problem = strndup(why, strcspn(why, "\n"));
}

static bool take_marks(struct paper *p, const struct score *s, const struct replies *r)
{
	p->mark = calloc(s->count + 1, sizeof *p->mark);
	for (unsigned i = 0; p->mark && i < s->count; i++) {
		const struct mark *m = &s->mark[i];
		const struct reply *reply = reply_to(r, m->id);
		struct paper_mark *k = &p->mark[p->marks++];
		*k = (struct paper_mark){.verdict = m->verdict, .hints = reply ? reply->hints : 0};
		memcpy(k->id, m->id, sizeof k->id);
		memcpy(k->given, m->given, sizeof k->given);
		memcpy(k->right, m->right, sizeof k->right);
		memcpy(k->misconception, m->misconception, sizeof k->misconception);
		p->hints += k->hints;
	}
	p->right = s->right;
	return p->mark;
}

static void grade_paper(struct paper *p, const struct attempt *a)
{
	struct exercise e;
	struct score *s = malloc(sizeof *s);
	char why[WHY_TEXT];
	int i = exercise_find(a->exercise);
	if (i < 0 || !exercise_take((unsigned)i, &e)) {
		complain(p, "there is no such exercise");
	} else {
		bool good = s && attempt_grade(p->folder, &e, NULL, s, why);
		if (!good || !take_marks(p, s, &a->replies))
			complain(p, good ? "out of memory" : why);
		exercise_free(&e);
	}
	free(s);
}

/* "": it cannot be read, or there is nothing in it. */
static void digest(const struct paper *p, const char *part, char to[static SEAL_TEXT])
{
	char why[WHY_TEXT];
	if (!attempt_digest(p->folder, part, to, why))
		*to = 0;
}

static void mark_paper(struct paper *p)
{
	struct attempt a;
	char why[WHY_TEXT];
	digest(p, "capture.pcap", p->capture);
	digest(p, "calls.jsonl", p->calls);
	if (!attempt_read(p->folder, &a, why)) {
		complain(p, why);
		return;
	}
	snprintf(p->student, sizeof p->student, "%s", a.student);
	snprintf(p->exercise, sizeof p->exercise, "%s", a.exercise);
	p->stored = attempt_is_stored(&a);
	grade_paper(p, &a);
}

static void note(struct papers *p, const char *what)
{
	char *was = p->note;
	if (was && strstr(was, what))
		return;
	if (asprintf(&p->note, "%s%s%s", was ? was : "", was ? "; " : "", what) < 0)
		p->note = was;
	else
		free(was);
}

/* Takes the paper, or frees it: it is not wanted, or memory is short. Whose it is that cannot be
 * told may be anybody's. */
static void add_paper(struct papers *all, struct paper p, const char *student)
{
	bool wanted = !student || !*p.student || strcmp(p.student, student) == 0;
	struct paper *more = wanted ? realloc(all->at, (all->count + 1) * sizeof p) : NULL;
	if (wanted && !more)
		note(all, "out of memory");
	if (!more) {
		paper_free(&p);
		return;
	}
	all->at = more;
	all->at[all->count++] = p;
}

/* ---- the folders */

/* Whether it has a file that a paper has, were it a broken one. */
static bool is_paper(const char *folder)
{
	static const char *const parts[] = {"answers.json", "capture.pcap", "calls.jsonl", "seal"};
	char path[PATH_MAX];
	struct stat is;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, parts[i]);
		if (lstat(path, &is) == 0)
			return true;
	}
	return false;
}

/* A folder that is a paper; or, with an error, what might hold one. */
static void add_folder(struct papers *all, const char *path, int error, const char *student)
{
	char why[WHY_TEXT];
	struct paper p = {.folder = strdup(path)};
	if (!p.folder) {
		note(all, "out of memory");
		return;
	}
	snprintf(why, sizeof why, "it cannot be read: %s", strerror(error));
	if (error)
		complain(&p, why);
	else
		mark_paper(&p);
	add_paper(all, p, student);
}

static void enter(FTS *fts, FTSENT *e, struct papers *all, const char *student)
{
	if (e->fts_level > DEEPEST) {
		note(all, "folders in folders, more than six deep, are left out");
		fts_set(fts, e, FTS_SKIP);
	} else if (faccessat(AT_FDCWD, e->fts_path, R_OK | X_OK, AT_EACCESS) != 0) {
		add_folder(all, e->fts_path, errno, student);
		fts_set(fts, e, FTS_SKIP);
	} else if (is_paper(e->fts_path)) {
		add_folder(all, e->fts_path, 0, student);
	}
}

/* Links are not followed: they may lead anywhere, and round in circles. */
static void look_at(FTS *fts, FTSENT *e, struct papers *all, const char *student)
{
	if (e->fts_info == FTS_D)
		enter(fts, e, all, student);
	if (e->fts_info == FTS_SL || e->fts_info == FTS_SLNONE)
		note(all, "links are not followed");
	if (e->fts_info == FTS_DNR || e->fts_info == FTS_ERR || e->fts_info == FTS_NS)
		add_folder(all, e->fts_path, e->fts_errno, student);
}

static void look_into(char *folder, struct papers *all, const char *student)
{
	char *const paths[] = {folder, NULL};
	FTS *fts = fts_open(paths, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, NULL);
	FTSENT *e;
	for (unsigned n = 0; fts && (e = fts_read(fts)); n++) {
		if (all->count == MOST_PAPERS || n == MOST_ENTRIES) {
			note(all, "there is more than is looked at in one go");
			break;
		}
		look_at(fts, e, all, student);
	}
	if (fts)
		fts_close(fts);
}

static int by_student(const void *a, const void *b)
{
	const struct paper *p = a, *q = b;
	int order = strcmp(p->student, q->student);
	order = order ? order : strcmp(p->exercise, q->exercise);
	return order ? order : strcmp(p->folder, q->folder);
}

/* What of them is the same: their packets' times, ports and numbers cannot be so by chance, nor the
 * times of their calls. NULL: nothing. */
static const char *same_in(const struct paper *a, const struct paper *b)
{
	return *a->capture && strcmp(a->capture, b->capture) == 0 ? "run was"
	       : *a->calls && strcmp(a->calls, b->calls) == 0     ? "calls were"
								  : NULL;
}

/* Beside what else is wrong with it. */
static void say_copied(struct paper *a, const struct paper *b, const char *what)
{
	char shown[PRINTABLE_TEXT], *was = a->problem;
	if (asprintf(&a->problem, "%s%sthe same %s handed in as %s", was ? was : "",
		     was ? "; " : "", what, printable(b->folder, shown)) < 0)
		a->problem = was;
	else
		free(was);
}

static void find_copies(struct papers *p)
{
	for (size_t i = 0; i < p->count; i++)
		for (size_t j = 0; j < p->count && !p->at[i].stored; j++) {
			const char *what = i == j ? NULL : same_in(&p->at[i], &p->at[j]);
			if (!what)
				continue;
			say_copied(&p->at[i], &p->at[j], what);
			break;
		}
}

bool papers_mark(const char *folder, const char *student, struct papers *p,
		 char why[static WHY_TEXT])
{
	char shown[PRINTABLE_TEXT], from[PATH_MAX];
	DIR *d = opendir(folder);
	*p = (struct papers){.count = 0};
	snprintf(from, sizeof from, "%s", folder);
	for (size_t len = strlen(from); len > 1 && from[len - 1] == '/';)
		from[--len] = 0;
	if (d) {
		closedir(d);
		look_into(from, p, student);
	}
	if (p->count) {
		qsort(p->at, p->count, sizeof *p->at, by_student);
		find_copies(p);
		return true;
	}
	snprintf(why, WHY_TEXT, "%s: %s\nName the folder that holds what synfin lab submit made.",
		 printable(folder, shown),
		 !d        ? strerror(errno)
		 : student ? "nothing of that student is in it"
			   : "nothing that was handed in is in it");
	return false;
}

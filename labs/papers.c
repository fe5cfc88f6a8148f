/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/printable.h"
#include "labs/marking.h"

/* On the way through the folders. */
struct walk {
	struct papers *papers;
	const char *student;
	unsigned entries;
};

/* ---- one paper */

static void complain(struct paper *p, const char *why)
{
	if (p->problem)
		return;
	p->problem = strdup(why);
	for (char *c = p->problem; c && (c = strchr(c, '\n')); c++)
		*c = ' ';
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

static void mark_paper(struct paper *p)
{
	struct attempt a;
	char why[WHY_TEXT];
	if (!attempt_read(p->folder, &a, why)) {
		complain(p, why);
		return;
	}
	snprintf(p->student, sizeof p->student, "%s", a.student);
	snprintf(p->exercise, sizeof p->exercise, "%s", a.exercise);
	p->stored = a.stored;
	if (!attempt_seal(p->folder, p->digest, why))
		*p->digest = 0;
	grade_paper(p, &a);
}

static bool is_full(const struct papers *p)
{
	return p->count == MOST_PAPERS;
}

static void add_paper(struct walk *w, const char *folder)
{
	struct papers *all = w->papers;
	struct paper p = {.folder = strdup(folder)};
	struct paper *more = realloc(all->at, (all->count + 1) * sizeof p);
	if (!more || !p.folder) {
		free(p.folder);
		return;
	}
	all->at = more;
	mark_paper(&p);
	all->at[all->count++] = p;
	if (w->student && strcmp(p.student, w->student) != 0)
		paper_free(&all->at[--all->count]);
}

/* ---- the folders */

static void note(struct papers *p, const char *what)
{
	if (!p->note)
		p->note = strdup(what);
}

static void look_into(struct walk *w, const char *folder, unsigned depth);

/* Links are not followed: they may lead anywhere, and round in circles. */
static void look_at(struct walk *w, const char *folder, const struct dirent *d, unsigned depth)
{
	char path[PATH_MAX];
	struct stat is;
	if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
		return;
	int len = snprintf(path, sizeof path, "%s/%s", folder, d->d_name);
	if (len >= (int)sizeof path || lstat(path, &is) != 0)
		note(w->papers, "a name is too long, or something cannot be read");
	else if (S_ISLNK(is.st_mode))
		note(w->papers, "links are not followed");
	else if (S_ISDIR(is.st_mode) && depth == DEEPEST)
		note(w->papers, "folders in folders, more than six deep, are left out");
	else if (S_ISDIR(is.st_mode))
		look_into(w, path, depth + 1);
	else if (strcmp(d->d_name, "answers.json") == 0)
		add_paper(w, folder);
}

static void look_into(struct walk *w, const char *folder, unsigned depth)
{
	DIR *d = opendir(folder);
	struct dirent *entry;
	if (!d)
		note(w->papers, "a folder cannot be opened");
	while (d && (entry = readdir(d))) {
		if (is_full(w->papers) || ++w->entries > MOST_ENTRIES) {
			note(w->papers, "there is more than is looked at in one go");
			break;
		}
		look_at(w, folder, entry, depth);
	}
	if (d)
		closedir(d);
}

static int by_student(const void *a, const void *b)
{
	const struct paper *p = a, *q = b;
	int order = strcmp(p->student, q->student);
	order = order ? order : strcmp(p->exercise, q->exercise);
	return order ? order : strcmp(p->folder, q->folder);
}

/* The same run handed in twice: its packets' times, ports and numbers cannot be so by chance. */
static void find_copies(struct papers *p)
{
	char shown[PRINTABLE_TEXT], why[WHY_TEXT];
	for (size_t i = 0; i < p->count; i++)
		for (size_t j = 0; j < p->count && *p->at[i].digest; j++) {
			struct paper *a = &p->at[i];
			const struct paper *b = &p->at[j];
			if (i == j || a->stored || strcmp(a->digest, b->digest) != 0)
				continue;
			snprintf(why, sizeof why, "the same run was handed in as %s",
				 printable(b->folder, shown));
			complain(a, why);
			break;
		}
}

bool papers_mark(const char *folder, const char *student, struct papers *p,
		 char why[static WHY_TEXT])
{
	struct walk w = {p, student, 0};
	char shown[PRINTABLE_TEXT], from[PATH_MAX];
	DIR *d = opendir(folder);
	*p = (struct papers){.count = 0};
	snprintf(from, sizeof from, "%s", folder);
	for (size_t len = strlen(from); len > 1 && from[len - 1] == '/';)
		from[--len] = 0;
	if (d) {
		closedir(d);
		look_into(&w, from, 0);
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

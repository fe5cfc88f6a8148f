/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* Takes the paper, or frees it: it is not wanted, or memory is short. */
static void add_paper(struct papers *all, struct paper p, const char *student)
{
	bool wanted = !student || strcmp(p.student, student) == 0;
	struct paper *more = wanted ? realloc(all->at, (all->count + 1) * sizeof p) : NULL;
	if (!more) {
		paper_free(&p);
		return;
	}
	all->at = more;
	all->at[all->count++] = p;
}

/* ---- the folders */

static void note(struct papers *p, const char *what)
{
	if (!p->note)
		p->note = strdup(what);
}

/* The folder that this file lies in, if it is what a paper has. */
static bool is_paper(const FTSENT *e, struct paper *p)
{
	*p = (struct paper){.marks = 0};
	if (e->fts_info != FTS_F || strcmp(e->fts_name, "answers.json") != 0)
		return false;
	p->folder = strndup(e->fts_path, (size_t)(e->fts_pathlen - e->fts_namelen - 1));
	return p->folder;
}

/* Links are not followed: they may lead anywhere, and round in circles. */
static void look_at(FTS *fts, FTSENT *e, struct papers *all, const char *student)
{
	struct paper p;
	if (e->fts_info == FTS_D && e->fts_level > DEEPEST) {
		note(all, "folders in folders, more than six deep, are left out");
		fts_set(fts, e, FTS_SKIP);
	}
	if (e->fts_info == FTS_SL || e->fts_info == FTS_SLNONE)
		note(all, "links are not followed");
	if (e->fts_info == FTS_DNR || e->fts_info == FTS_ERR || e->fts_info == FTS_NS)
		note(all, "something cannot be read");
	if (!is_paper(e, &p))
		return;
	mark_paper(&p);
	add_paper(all, p, student);
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

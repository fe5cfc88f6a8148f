/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/printable.h"
#include "capture/rights.h"
#include "labs/attempt.h"
#include "labs/lab.h"

static const char *const parts[] = {"capture.pcap", "calls.jsonl", "answers.json", "seal"};
enum { PARTS = 4, MOST_EXERCISES = 100 };

/* What is to be handed in: names of exercises. */
struct parcel {
	char folder[PATH_MAX / 2];
	char name[MOST_EXERCISES][EXERCISE_NAME];
	unsigned count;
};

static bool fail(const char *path, const char *cure, char why[static WHY_TEXT])
{
	char shown[PRINTABLE_TEXT];
	snprintf(why, WHY_TEXT, "%s: %s\n%s", printable(path, shown), strerror(errno), cure);
	return false;
}

/* ---- what goes in */

/* Marked once more, from its packets: what was right has to be right now. */
static bool is_right(const struct lab_order *o, const struct exercise *e, char why[static WHY_TEXT])
{
	char folder[PATH_MAX], reason[WHY_TEXT];
	struct score s = {.count = 0};
	bool last = course_has(&o->course, e->name, "last");
	if (!course_has(&o->course, e->name, "passed")) {
		snprintf(why, WHY_TEXT, "%s is not passed%s\nDo this first: synfin lab run %.2s",
			 e->name, last ? " yet: not every answer is right" : ": it was never run",
			 e->name);
		return false;
	}
	course_path(&o->course, e->name, "passed", folder);
	if (!attempt_grade(folder, e, o->course.student, &s, reason))
		snprintf(why, WHY_TEXT, "%.*s\n%s: synfin lab run %.2s", (int)strcspn(reason, "\n"),
			 reason, "Run it again", e->name);
	else if (s.right != s.count)
		snprintf(why, WHY_TEXT,
			 "%s: only %u of %u answers are right by its packets\nRun it "
			 "again: synfin lab run %.2s",
			 e->name, s.right, s.count, e->name);
	else
		return true;
	return false;
}

static bool add(struct parcel *p, const char *name)
{
	for (unsigned i = 0; i < p->count; i++)
		if (strcmp(p->name[i], name) == 0)
			return true;
	if (p->count < MOST_EXERCISES)
		snprintf(p->name[p->count++], EXERCISE_NAME, "%s", name);
	return true;
}

static bool choose_one(const struct lab_order *o, const char *word, struct parcel *p)
{
	struct exercise e;
	char why[WHY_TEXT];
	if (!lab_exercise(word, &e))
		return false;
	bool good = is_right(o, &e, why) && add(p, e.name);
	exercise_free(&e);
	if (!good)
		lab_refuse(why);
	return good;
}

/* Those that are named; else all that are passed. */
static bool choose(const struct lab_order *o, struct parcel *p)
{
	char name[EXERCISE_NAME];
	for (unsigned i = 0; i < o->words; i++)
		if (!choose_one(o, o->word[i], p))
			return false;
	for (unsigned i = 0; !o->words && exercise_name(i, name); i++)
		if (course_has(&o->course, name, "passed") && !choose_one(o, name, p))
			return false;
	if (!p->count)
		lab_refuse("nothing is passed yet\nsynfin lab next runs an exercise.");
	return p->count;
}

/* ---- the folder */

static bool copy(const char *from, const char *to)
{
	char octets[4096];
	size_t n;
	FILE *in = fopen(from, "re"), *out = in ? fopen(to, "wxe") : NULL;
	while (out && (n = fread(octets, 1, sizeof octets, in)) > 0)
		fwrite(octets, 1, n, out);
	bool good = out && !ferror(in) && !ferror(out);
	if (in)
		fclose(in);
	return out && fclose(out) == 0 && good;
}

/* One exercise into its folder, or out of it again. */
static bool put(const struct lab_order *o, const struct parcel *p, const char *name,
		char why[static WHY_TEXT])
{
	char to[PATH_MAX], run[PATH_MAX], file[PATH_MAX + 16], from[PATH_MAX + 16];
	course_path(&o->course, name, "passed", run);
	snprintf(to, sizeof to, "%s/%s", p->folder, name);
	bool good = mkdir(to, 0755) == 0;
	for (int i = 0; i < PARTS && good; i++) {
		snprintf(from, sizeof from, "%s/%s", run, parts[i]);
		snprintf(file, sizeof file, "%s/%s", to, parts[i]);
		good = copy(from, file);
	}
	return good || fail(to, "Make room, and try again.", why);
}

static void remove_all(const struct parcel *p)
{
	char folder[PATH_MAX], file[PATH_MAX + 16];
	for (unsigned n = 0; n < p->count; n++) {
		snprintf(folder, sizeof folder, "%s/%s", p->folder, p->name[n]);
		for (int i = 0; i < PARTS; i++) {
			snprintf(file, sizeof file, "%s/%s", folder, parts[i]);
			unlink(file);
		}
		rmdir(folder);
	}
	rmdir(p->folder);
}

static bool make(const struct lab_order *o, const struct parcel *p, char why[static WHY_TEXT])
{
	if (mkdir(p->folder, 0755) != 0)
		return fail(p->folder,
			    errno == EEXIST ? "Remove it, or name another folder with -o."
					    : "Name a folder that can be made, with -o.",
			    why);
	for (unsigned i = 0; i < p->count; i++)
		if (!put(o, p, p->name[i], why)) {
			remove_all(p);
			return false;
		}
	return true;
}

static int hand_in(const struct lab_order *o, struct parcel *p)
{
	char why[WHY_TEXT], shown[PRINTABLE_TEXT];
	if (!choose(o, p))
		return EXIT_FAILED;
	rights_open_as_user(true);
	bool good = make(o, p, why);
	rights_open_as_user(false);
	if (!good)
		return lab_refuse(why);
	for (unsigned i = 0; i < p->count; i++)
		puts(p->name[i]);
	printf(lab_says(o->language, SAY_SUBMITTED), p->count, printable(p->folder, shown));
	fputc('\n', stdout);
	return EXIT_DONE;
}

int lab_submit(struct lab_order *o)
{
	struct parcel *p = calloc(1, sizeof *p);
	if (!p)
		return lab_refuse("out of memory\nClose something, and try again.");
	const char *name = o->output ? o->output : o->course.student;
	int len = snprintf(p->folder, sizeof p->folder, "%s%s", o->output ? "" : "synfin-", name);
	int code = len < (int)sizeof p->folder
			   ? hand_in(o, p)
			   : lab_refuse("that name is too long\nTake a shorter one.");
	free(p);
	return code;
}

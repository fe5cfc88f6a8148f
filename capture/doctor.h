/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_DOCTOR_H
#define SYNFIN_DOCTOR_H

#include "analysis/environment.h"
#include "capture/talk.h"

enum verdict { WORKS, NEEDS_RIGHTS, WORKS_NOT };

/* What a trial has shown. The first line is what is so, each further one something to do about it.
 */
struct finding {
	enum verdict verdict;
	char text[WHY_TEXT];
};

enum { MOST_FINDINGS = 6 };

/* Something to be tried, which has a finding for each of its rows. `examine` runs in a process of
 * its own, so it may become somebody else or move into a namespace; rows that it leaves alone could
 * not be tried. */
struct check {
	const char *group;
	void (*examine)(struct finding *f);
	bool vital;   /* without it synfin is of no use to anybody */
	bool as_root; /* only of interest to root */
	struct {
		const char *id, *label;
	} row[MOST_FINDINGS + 1];
};

/* Those of capture/; each table ends with a check that has no `examine`. */
extern const struct check capture_checks[];

/* `synfin doctor`: the checks of capture/ and then `others`. Returns the exit code. */
int doctor(int argc, char **argv, const struct environment *e, const struct check *others);

/* It works; the rest is printf's. */
void finding_works(struct finding *f, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* It does not, and `why` is its text. When what is to be done is `as_root`, rights are missing. */
void finding_fails(struct finding *f, const char *why, const char *as_root);

/* Move from *text to line what stands before its next newline. NULL when nothing is left. */
const char *finding_line(const char **text, char line[static WHY_TEXT]);

/* "sudo ./synfin capture". */
void finding_as_root(const char *command, char text[static TALK_TEXT]);

/* Whether lo leads to 127.0.0.1; if not, f says so. */
bool finding_has_loopback(struct finding *f);

/* Whether --netns works: for an ordinary user, whoever we are; for root. */
void examine_namespaces(struct finding *f);
void examine_namespaces_as_root(struct finding *f);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ATTEMPT_H
#define SYNFIN_ATTEMPT_H

#include "labs/course.h"

enum { RUN_TEXT = 17, SEAL_TEXT = 65 };

/* Who ran what is stored with the exercises. */
#define STORED_STUDENT "stored"

/* Who ran what, and what was answered: answers.json. */
struct attempt {
	char exercise[EXERCISE_NAME], student[STUDENT_TEXT], run[RUN_TEXT];
	bool stored; /* there was no sandbox: the evidence is the exercise's stored capture */
	struct replies replies;
};

/* A new run with a number of its own. */
void attempt_begin(struct attempt *a, const char *exercise, const char *student);

/* Whether it is the stored run: it says so, or has its name. */
bool attempt_is_stored(const struct attempt *a);

/* Where the chance of a run comes from: student, exercise and run. */
uint64_t attempt_seed(const struct attempt *a);

void attempt_write(const struct attempt *a, FILE *to);

/* Read such a text. Hostile ones give false. */
bool attempt_parse(const char *text, size_t len, struct attempt *a);

/* Read a folder's answers.json. Hostile texts give false and a sentence. */
bool attempt_read(const char *folder, struct attempt *a, char why[static WHY_TEXT]);

/* The seal of what a folder holds. It shows that something was changed by hand; it is no secret,
 * and no proof against who builds a synfin of his own. False with a sentence. */
bool attempt_seal(const char *folder, char seal[static SEAL_TEXT], char why[static WHY_TEXT]);
bool attempt_write_seal(const char *folder, char why[static WHY_TEXT]);
bool attempt_check_seal(const char *folder, char why[static WHY_TEXT]);

/* SHA-256 of one of its files; "" for an empty one. False with a sentence. */
bool attempt_digest(const char *folder, const char *part, char digest[static SEAL_TEXT],
		    char why[static WHY_TEXT]);

/* Whether the ports are those of that run: its first packet has all the numbers of the run that the
 * first packet of the stored run has, every packet of TCP or UDP has a port of the run at one of
 * its ends, and none has a port of the ranges they are drawn from that is not the run's. False with
 * a sentence. */
bool attempt_has_its_ports(const struct attempt *a, const struct evidence *e,
			   char why[static WHY_TEXT]);

/* What a folder holds: a run of that exercise, whose files are as they were. `student`, unless
 * NULL, is whose it has to be. False with a sentence; in any case free the evidence. */
struct taken {
	struct attempt attempt;
	struct evidence evidence;
};
bool attempt_take(const char *folder, const struct exercise *e, const char *student,
		  struct taken *t, char why[static WHY_TEXT]);

/* Mark the run in a folder from nothing but what lies there. `student`, unless NULL, is whose it
 * has to be. False with a sentence: it cannot be marked. */
bool attempt_grade(const char *folder, const struct exercise *e, const char *student,
		   struct score *score, char why[static WHY_TEXT]);

#endif

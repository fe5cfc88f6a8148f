/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_EXERCISE_H
#define SYNFIN_EXERCISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "analysis/environment.h"
#include "labs/say.h"

enum { EXERCISE_NAME = 64, LONGEST_PAGE = 65536 };

/* An exercise: a script and its pages, all of them texts that end with a zero. */
struct exercise {
	char name[EXERCISE_NAME]; /* "01-three-segments" */
	char *script;             /* lab.lua */
	char *page[LANGUAGES];    /* en.md, zh_CN.md */
};

/* How many exercises there are; the name of the i-th, from 0; false: there is none. */
unsigned exercise_count(void);
bool exercise_name(unsigned i, char name[static EXERCISE_NAME]);

/* The index of the exercise that is so called: "3", "03", its name, or the beginning of it without
 * the number; -1: none, or more than one. */
int exercise_find(const char *word);

/* Take a built-in one; false only when memory is short. Free it with exercise_free. */
bool exercise_take(unsigned i, struct exercise *e);

/* The same of what is built in below another folder, "demos/". */
bool exercise_name_below(const char *below, unsigned i, char name[static EXERCISE_NAME]);
int exercise_find_below(const char *below, const char *word);
bool exercise_take_below(const char *below, unsigned i, struct exercise *e);

/* Read one from a folder. False with a sentence. */
bool exercise_read(const char *folder, struct exercise *e, char why[static WHY_TEXT]);

void exercise_free(struct exercise *e);

/* The misconceptions that many exercises share: a page. */
const char *exercise_misconceptions(enum language l);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SAY_H
#define SYNFIN_SAY_H

enum language { ENGLISH, CHINESE, LANGUAGES };

/* "en", "zh_CN": the names of the pages of an exercise; NULL behind the last. */
extern const char *const language_names[];

/* The language of the user, by LC_ALL, LC_MESSAGES and LANG. */
enum language language_of_user(void);

/* What the lab itself says, but for what stands in pages; formats of printf. */
enum say {
	SAY_PROMPT,
	SAY_PROMPT_HELP,
	SAY_PROGRAM,
	SAY_PROGRAM_FAILED,
	SAY_PROGRAM_SLOW,
	SAY_PROGRAM_SILENT,
	SAY_PROGRAM_STOPPED,
	SAY_PROGRAM_LONG,
	SAY_PROGRAM_NOBODY,
	SAY_PROGRAM_TYPED,
	SAY_NO_MORE_HINTS,
	SAY_QUIT,
	SAY_RIGHT,
	SAY_WRONG,
	SAY_UNSEEN,
	SAY_SKIPPED,
	SAY_HINTED,
	SAY_LEFT_OPEN,
	SAY_SCORE,
	SAY_PASSED,
	SAY_NOT_PASSED,
	SAY_NEXT,
	SAY_ALL_DONE,
	SAY_STORED,
	SAY_AS_ROOT,
	SAY_CALLS,
	SAY_TITLE,
	SAY_PROGRESS,
	SAY_NEVER_RUN,
	SAY_SUBMITTED,
	SAY_EXERCISE_GOOD,
	SAYINGS,
};

const char *lab_says(enum language l, enum say what);

/* What an answer of that kind (enum answer_kind) looks like, for who typed something else. */
const char *lab_says_kind(enum language l, unsigned kind);

#endif

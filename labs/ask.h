/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_LABS_ASK_H
#define SYNFIN_LABS_ASK_H

#include "inject/scenario.h"
#include "labs/lane.h"
#include "labs/stage.h"

/* A question of the script, and how far it has got. */
struct asked {
	char id[ID_TEXT];
	enum answer_kind kind;
	bool late;   /* marked at the end only */
	bool asked;  /* somebody was */
	bool marked; /* ... and has been told what is right */
};

/* A run on its way. */
struct stage {
	struct performance *given;
	struct scenario scenario;
	struct evidence evidence;
	struct lane lane;
	struct asked question[MARKS];
	unsigned questions, nth; /* nth: how many have been asked */
	bool playing;
	bool prompting, broken; /* a prompt stands at the end of the screen; rows came behind it */
	uint64_t random;
};

struct asked *stage_question(struct stage *s, const char *id);

/* All of these return false when the run is over: quit, Ctrl-C, nobody reads. */

/* Let everything that is on its way be drawn. */
bool stage_settle(struct stage *s);

/* Show where to type; what is drawn meanwhile goes above it. */
void stage_prompt(struct stage *s);

/* Read what is said to a question, from the file of answers or standard input: where that ended
 * early it is "quit", or "skip" when answers had IDs. */
bool stage_read_line(struct stage *s, const struct asked *q, char line[static ANSWER_LINE]);

/* Title and introduction. */
void stage_begin(struct stage *s);

/* Ask, with hints, until there is an answer or none is wanted. */
bool stage_ask(struct stage *s, struct asked *q);

/* Mark what was asked and can be judged by now; at the `last`, all. */
bool stage_mark(struct stage *s, bool last);

/* Say a passage "tell ID" of the page. */
bool stage_tell(struct stage *s, const char *id);

/* The passage "end", and how many answers are right. */
void stage_end(struct stage *s);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_LABS_STAGE_H
#define SYNFIN_LABS_STAGE_H

#include "analysis/look.h"
#include "labs/answers_file.h"

/* A run of an exercise: what is played, for whom, and where it is kept. */
struct performance {
	const struct exercise *exercise;
	enum language language;
	struct look_choice look;
	uint64_t seed;
	const char *as_root;    /* the command line that has the rights */
	const char *capture;    /* the pcap file to be written; NULL: none */
	FILE *calls;            /* ... and the calls; NULL: none */
	FILE *answers;          /* read the answers from here; NULL: from the terminal */
	struct answers written; /* what stands there, or was typed before it was asked for */
	bool silent;            /* ask nobody, and say nothing but what went wrong */
	int seconds;            /* how long it may take without the student; 0: SCENARIO_SECONDS */
	const struct luaL_Reg *functions; /* what the script calls beside an exercise's; or NULL */
	struct evidence *evidence; /* gets what was seen, and no marks are given; NULL: nobody */
	struct replies replies;    /* what was said, in the end */
	struct score score;
};

enum { EXIT_NO_SANDBOX = 77, EXIT_UNHEARD = 78 };

/* Play it in a namespace of its own, ask, and mark the answers. Returns an exit code: DONE all is
 * right, FALSE not all, FAILED it did not come to its end, UNHEARD nobody read on, NO_SANDBOX it
 * could not begin: then `why` says why. For a process that does nothing else. */
int perform(struct performance *p, char why[static WHY_TEXT]);

struct attempt;

/* Make it an attempt at the stored run of the exercise; false: there is none. */
bool replay_attempt(const struct exercise *e, struct attempt *a);

/* The same as perform() with the stored run, whose seed it has to be, for hosts without namespaces:
 * nothing is sent. `why` says what there is none for. */
int replay(struct performance *p, char why[static WHY_TEXT]);

#endif

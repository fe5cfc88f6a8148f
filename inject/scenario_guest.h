/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SCENARIO_GUEST_H
#define SYNFIN_SCENARIO_GUEST_H

#include <lua.h>

#include "inject/scene_wish.h"

enum { ACTOR_TEXT = 24 };

/* One call of a socket of the kernel's, and what it gave. */
struct call {
	int64_t time;     /* when it was made; of one that waited, when it returned: since 1970 */
	const char *who;  /* the script's name for the program: "client" */
	const char *call; /* "send(\"hello\")" */
	const char *gave; /* "5", "-1 ECONNREFUSED"; "" while it is not known */
	bool opener;      /* it is the end that connects */
};

/* Who has a script played: it may give it more functions, and hears of each call. */
struct scenario_guest {
	void (*open)(lua_State *lua, void *to);
	void (*called)(void *to, const struct call *c);
	void *to;
	struct scene_guest scene;
};

/* Who holds a socket of the kernel's, for those who hear of its calls. */
struct actor {
	char who[ACTOR_TEXT];
	bool opener; /* it is the end that connects */
};

#endif

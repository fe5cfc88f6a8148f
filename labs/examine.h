/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_EXAMINE_H
#define SYNFIN_EXAMINE_H

#include <lauxlib.h>

#include "labs/evidence.h"
#include "labs/page.h"

/* A script that has been played, run once more over what was seen: play() does nothing then. The
 * seed is the one that the run's numbers came from. `expand`, if there is one, is a text with
 * "${EXPRESSION}" of Lua in it: *expanded is then an allocated text that has their values, or NULL.
 */
struct examination {
	const char *name, *script;
	const struct evidence *evidence;
	uint64_t seed;
	const luaL_Reg *functions; /* what it calls beside play() and random(); may raise errors */
	void *to;                  /* for them: examined() */
	struct passage expand;
	char **expanded;
};

/* A pure function of these. False with a sentence when the script fails. */
bool examine(const struct examination *x, char why[static WHY_TEXT]);

/* In one of its functions: the member `to`; push the script's table of globals. */
void *examined(lua_State *lua);
void push_examined_globals(lua_State *lua);

#endif

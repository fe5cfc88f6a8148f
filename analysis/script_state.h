/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SCRIPT_STATE_H
#define SYNFIN_SCRIPT_STATE_H

#include <lua.h>

#include "analysis/script.h"

/* What the files of the script know of each other. */

/* On Lua's stack stand the compiled expression, and the globals for it. */
enum { SCRIPT_CHUNK = 1, SCRIPT_GLOBALS };

struct script {
	lua_State *lua;
	struct meter meter;
	bool full;                            /* it wanted too much memory */
	bool stopped;                         /* by script_stop */
	const struct script_program *program; /* at work; NULL: an expression */
};

struct script *script_of(lua_State *lua);

/* Go on when within the limits, else raise an error. */
void script_check(lua_State *lua, bool within);

/* Begin to count anew. */
void script_begin(struct script *s);

/* After a lua_pcall that returned status: which limit ended it; NULL for none. */
const char *script_limit(struct script *s, int status);

/* Lua's message at the stack's top, or what there is instead. */
const char *script_message(lua_State *lua);

/* For lua_pcall, without arguments and results: open the library. */
int script_open_library(lua_State *lua);

/* Push a table with a copy of the library. May raise an error. */
void script_push_library(lua_State *lua);

/* Make it an error to use a name that the table at the stack's top does not have. */
void script_guard_names(lua_State *lua);

/* JSON text that is read. */
struct cursor {
	const char *at, *end;
	int depth;
};

/* For lua_pcall: the argument is a struct cursor, the result a table of globals. */
int script_make_globals(lua_State *lua);

#endif

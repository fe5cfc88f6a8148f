/* SPDX-License-Identifier: MIT */
#include "labs/examine.h"

#include <stdio.h>
#include <string.h>

#include "analysis/script.h"
#include "labs/grade_parts.h"

static const struct limits limits = {64 << 20, 200000000};
static const char registered[] = "examiner", globals[] = "globals";

/* At work: it is light userdata in the registry. */
struct examiner {
	const struct examination *given;
	uint64_t random;
};

static struct examiner *examiner_of(lua_State *lua)
{
	lua_rawgetp(lua, LUA_REGISTRYINDEX, registered);
	struct examiner *x = lua_touserdata(lua, -1);
	lua_pop(lua, 1);
	return x;
}

void *examined(lua_State *lua)
{
	return examiner_of(lua)->given->to;
}

void push_examined_globals(lua_State *lua)
{
	lua_rawgetp(lua, LUA_REGISTRYINDEX, globals);
}

static int random_number(lua_State *lua)
{
	return push_random(lua, &examiner_of(lua)->random);
}

/* What has happened is over: it is not played again. */
static int play(lua_State *lua)
{
	luaL_checktype(lua, 1, LUA_TFUNCTION);
	return 0;
}

static void open_globals(lua_State *lua, void *to)
{
	static const luaL_Reg functions[] = {
		{"random", random_number}, {"play", play}, {NULL, NULL}};
	struct examiner *x = to;
	lua_pushlightuserdata(lua, to);
	lua_rawsetp(lua, LUA_REGISTRYINDEX, registered);
	lua_pushvalue(lua, -1);
	lua_rawsetp(lua, LUA_REGISTRYINDEX, globals);
	luaL_setfuncs(lua, functions, 0);
	luaL_setfuncs(lua, x->given->functions, 0);
	evidence_push(lua, x->given->evidence);
	lab_open_prelude(lua, x->given->seed);
}

static void close_globals(lua_State *lua, void *to)
{
	const struct examiner *x = to;
	if (x->given->expand.at)
		*x->given->expanded = expand(lua, x->given->expand);
}

bool examine(const struct examination *given, char why[static WHY_TEXT])
{
	struct examiner x = {given, given->seed};
	struct script *script = script_new(limits);
	struct script_program program = {
		.name = given->name,
		.text = given->script,
		.len = strlen(given->script),
		.open = open_globals,
		.close = close_globals,
		.to = &x,
	};
	if (given->expand.at)
		*given->expanded = NULL;
	bool good = script && script_run(script, &program, why);
	if (!script)
		snprintf(why, WHY_TEXT, "out of memory\nClose something, and try again.");
	if (script)
		script_free(script);
	return good;
}

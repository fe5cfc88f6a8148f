/* SPDX-License-Identifier: MIT */
#include <lauxlib.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "analysis/script_state.h"

/* Compiling is not metered, and its time grows with the square of what it is given, at worst. */
enum { LONGEST = 262144 };

/* On the stack of `run`. */
enum { PROGRAM = 1, NAME, CHUNK, GLOBALS };

/* What Lua will call it: of a long name the end. */
static void shorten(const char *name, char shown[static LUA_IDSIZE])
{
	size_t len = strlen(name), most = LUA_IDSIZE - 1, dots = 3;
	bool whole = len <= most;
	snprintf(shown, LUA_IDSIZE, "%s%s", whole ? "" : "...",
		 whole ? name : name + (len - (most - dots)));
}

/* For lua_pcall: the arguments are the program and its short name. */
static int run(lua_State *lua)
{
	const struct script_program *p = lua_touserdata(lua, PROGRAM);
	lua_pushfstring(lua, "@%s", lua_touserdata(lua, NAME));
	lua_replace(lua, NAME);
	if (luaL_loadbufferx(lua, p->text, p->len, lua_tostring(lua, NAME), "t") != LUA_OK)
		return lua_error(lua);
	script_push_library(lua);
	script_guard_names(lua);
	if (p->open)
		p->open(lua, p->to);
	lua_settop(lua, GLOBALS);
	lua_pushvalue(lua, CHUNK);
	lua_pushvalue(lua, GLOBALS);
	lua_setupvalue(lua, -2, 1); /* _ENV */
	lua_call(lua, 0, 0);
	if (p->close)
		p->close(lua, p->to);
	return 0;
}

static bool fail(const char *shown, const char *what, char why[static WHY_TEXT])
{
	size_t len = strlen(shown);
	bool named = strncmp(what, shown, len) == 0 && what[len] == ':';
	snprintf(why, WHY_TEXT, "%s%s%s", named ? "" : shown, named ? "" : ": ", what);
	return false;
}

bool script_run(struct script *s, const struct script_program *p, char why[static WHY_TEXT])
{
	struct script_program program = *p;
	char shown[LUA_IDSIZE];
	shorten(p->name, shown);
	if (p->len > LONGEST)
		return fail(shown, "it is longer than 256 KiB", why);
	script_begin(s);
	lua_settop(s->lua, 0);
	lua_pushcfunction(s->lua, run);
	lua_pushlightuserdata(s->lua, &program);
	lua_pushlightuserdata(s->lua, shown);
	s->program = &program;
	int status = lua_pcall(s->lua, 2, 0, 0);
	s->program = NULL;
	const char *limit = script_limit(s, status);
	if (limit || status != LUA_OK)
		fail(shown, limit ? limit : script_message(s->lua), why);
	lua_settop(s->lua, 0);
	return !limit && status == LUA_OK;
}

int script_stop(struct lua_State *lua, const char *format, ...)
{
	va_list args;
	script_of(lua)->stopped = true;
	luaL_where(lua, 1);
	va_start(args, format);
	lua_pushvfstring(lua, format, args);
	va_end(args);
	lua_concat(lua, 2);
	return lua_error(lua);
}

/* SPDX-License-Identifier: MIT */
#include <lauxlib.h>
#include <lualib.h>
#include <string.h>

#include "analysis/script_state.h"

/* What is in no row is not there: chance, files, metatables (whose __gc the hook does not see), and
 * sort, which compares strings as often as it likes. Functions in C run without the hook, so each
 * is called by way of `charged`, and what else could make it run long stands in its row. */

enum charge {
	BY_MEMORY, /* it looks at its arguments once */
	BY_NUMBER, /* it counts up to a number that it is given */
	BY_PATTERN,
};

static const struct row {
	const char *library;
	lua_CFunction open;
	const char *names;
	enum charge charge;
} library[] = {
	{LUA_GNAME, luaopen_base, "assert error ipairs next select tonumber tostring type",
	 BY_MEMORY},
	{LUA_STRLIBNAME, luaopen_string, "byte char format len lower reverse sub upper", BY_MEMORY},
	{LUA_STRLIBNAME, luaopen_string, "rep", BY_NUMBER},
	{LUA_STRLIBNAME, luaopen_string, "find gmatch gsub match", BY_PATTERN},
	{LUA_TABLIBNAME, luaopen_table, "insert pack remove", BY_MEMORY},
	{LUA_TABLIBNAME, luaopen_table, "concat move unpack", BY_NUMBER},
	{LUA_MATHLIBNAME, luaopen_math,
	 "abs acos asin atan ceil cos deg exp floor fmod huge log max maxinteger min mininteger "
	 "modf pi rad sin sqrt tan tointeger type ult",
	 BY_MEMORY},
};

static uint64_t work_of(lua_State *lua, enum charge charge)
{
	uint64_t sum = 0;
	size_t subject, len;
	for (int i = 1; charge == BY_NUMBER && i <= lua_gettop(lua); i++) {
		lua_Number n = lua_tonumber(lua, i);
		n = n < 0 ? -n : n;
		sum += n < INT32_MAX ? (uint64_t)n : INT32_MAX; /* NaN too */
	}
	if (charge == BY_PATTERN) {
		luaL_checklstring(lua, 1, &subject);
		const char *pattern = luaL_checklstring(lua, 2, &len);
		sum = pattern_work(pattern, len, subject);
	}
	return sum;
}

/* Upvalues: the function, its charge. */
static int charged(lua_State *lua)
{
	struct meter *m = &script_of(lua)->meter;
	enum charge charge = (enum charge)lua_tointeger(lua, lua_upvalueindex(2));
	script_check(lua, meter_call(m) && meter_work(m, work_of(lua, charge)));
	return lua_tocfunction(lua, lua_upvalueindex(1))(lua);
}

/* Lua's own would catch what a limit or script_stop threw. */
static int checked_pcall(lua_State *lua)
{
	struct script *s = script_of(lua);
	luaL_checkany(lua, 1);
	int status = lua_pcall(lua, lua_gettop(lua) - 1, LUA_MULTRET, 0);
	s->full |= status == LUA_ERRMEM;
	if (s->stopped && status != LUA_OK)
		return lua_error(lua);
	script_check(lua, !s->full && meter_call(&s->meter));
	lua_pushboolean(lua, status == LUA_OK);
	lua_insert(lua, 1);
	return lua_gettop(lua);
}

/* Lua's own would hand out a `next` that is not charged. Upvalue: the one that is. */
static int pairs(lua_State *lua)
{
	luaL_checktype(lua, 1, LUA_TTABLE);
	lua_pushvalue(lua, lua_upvalueindex(1));
	lua_pushvalue(lua, 1);
	lua_pushnil(lua);
	return 3;
}

/* The row's names, from the library at the stack's top into the table `to`. */
static void allow(lua_State *lua, const struct row *r, int to)
{
	int from = lua_gettop(lua);
	for (const char *name = r->names; *name; name += strspn(name, " ")) {
		size_t len = strcspn(name, " ");
		lua_pushlstring(lua, name, len);
		lua_pushvalue(lua, -1);
		lua_rawget(lua, from);
		if (lua_iscfunction(lua, -1)) {
			lua_pushinteger(lua, r->charge);
			lua_pushcclosure(lua, charged, 2);
		}
		lua_rawset(lua, to);
		name += len;
	}
}

int script_open_library(lua_State *lua)
{
	lua_newtable(lua);
	for (size_t i = 0; i < sizeof library / sizeof *library; i++) {
		const struct row *r = &library[i];
		if (strcmp(r->library, LUA_GNAME) == 0)
			lua_pushvalue(lua, 1);
		else
			luaL_getsubtable(lua, 1, r->library);
		luaL_requiref(lua, r->library, r->open, 0);
		allow(lua, r, 2);
		lua_settop(lua, 1);
	}
	lua_pushcfunction(lua, checked_pcall);
	lua_setfield(lua, 1, "pcall");
	lua_getfield(lua, 1, "next");
	lua_pushcclosure(lua, pairs, 1);
	lua_setfield(lua, 1, "pairs");
	lua_pushliteral(lua, ""); /* ('a'):upper() is looked up here */
	lua_getmetatable(lua, -1);
	lua_getfield(lua, 1, LUA_STRLIBNAME);
	lua_setfield(lua, -2, "__index");
	lua_pushvalue(lua, 1);
	lua_rawsetp(lua, LUA_REGISTRYINDEX, library);
	return 0;
}

/* Put a copy in the place of the table at the stack's top. */
static void copy(lua_State *lua)
{
	lua_newtable(lua);
	for (lua_pushnil(lua); lua_next(lua, -3);) {
		lua_pushvalue(lua, -2);
		lua_insert(lua, -2);
		lua_rawset(lua, -4);
	}
	lua_remove(lua, -2);
}

void script_push_library(lua_State *lua)
{
	static const char *const tables[] = {LUA_STRLIBNAME, LUA_TABLIBNAME, LUA_MATHLIBNAME};
	lua_rawgetp(lua, LUA_REGISTRYINDEX, library);
	copy(lua);
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		lua_getfield(lua, -1, tables[i]);
		copy(lua);
		lua_setfield(lua, -2, tables[i]);
	}
}

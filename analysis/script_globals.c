/* SPDX-License-Identifier: MIT */
#include <lauxlib.h>
#include <stdio.h>

#include "analysis/json_read.h"
#include "analysis/script_state.h"

enum { DEEPEST = 16, NUMBER_ROOM = 64 };

/* A name that is no member. Upvalues: a table of the members that are null, the object's name. */
static int no_member(lua_State *lua)
{
	lua_pushvalue(lua, 2);
	lua_rawget(lua, lua_upvalueindex(1));
	if (lua_toboolean(lua, -1))
		return 0;
	const char *name = luaL_tolstring(lua, 2, NULL);
	const char *object = lua_tostring(lua, lua_upvalueindex(2));
	if (object)
		return luaL_error(lua, "there is no '%s' in '%s'", name, object);
	return luaL_error(lua, "there is no '%s'", name);
}

/* Let no_member speak for the table at the index `table`. At the top stand, and are taken, a table
 * of its members that are null, and its name or nil. */
static void guard(lua_State *lua, int table)
{
	lua_pushcclosure(lua, no_member, 2);
	lua_createtable(lua, 0, 1);
	lua_insert(lua, -2);
	lua_setfield(lua, -2, "__index");
	lua_setmetatable(lua, table);
}

void script_guard_names(lua_State *lua)
{
	lua_newtable(lua);
	lua_pushnil(lua);
	guard(lua, lua_gettop(lua) - 2);
}

static void push_string(lua_State *lua, struct json_token t)
{
	luaL_Buffer b;
	char *to = luaL_buffinitsize(lua, &b, t.len);
	luaL_pushresultsize(&b, json_unescape(t, to));
}

static void push_number(lua_State *lua, struct json_token t)
{
	char text[NUMBER_ROOM];
	snprintf(text, sizeof text, "%.*s", (int)t.len, t.at);
	if (t.len >= sizeof text || !lua_stringtonumber(lua, text))
		luaL_error(lua, "not JSON");
}

static void push_value(lua_State *lua, struct cursor *c, struct json_token t);

/* Into the table at the stack's top, below which the object's name stands. */
static void put_members(lua_State *lua, struct cursor *c)
{
	int table = lua_gettop(lua), null = table + 1;
	struct json_token t;
	lua_newtable(lua);
	while ((t = json_next(&c->at, c->end)).kind == JSON_STRING) {
		push_string(lua, t);
		t = json_next(&c->at, c->end);
		if (t.kind == JSON_NULL)
			lua_pushboolean(lua, true);
		else
			push_value(lua, c, t);
		lua_rawset(lua, t.kind == JSON_NULL ? null : table);
	}
	if (t.kind != JSON_CLOSE_OBJECT)
		luaL_error(lua, "not JSON");
	lua_pushvalue(lua, table - 1);
	guard(lua, table);
}

static void put_elements(lua_State *lua, struct cursor *c)
{
	struct json_token t;
	for (int i = 1; (t = json_next(&c->at, c->end)).kind != JSON_CLOSE_ARRAY; i++) {
		push_value(lua, c, t);
		lua_rawseti(lua, -2, i);
	}
}

static void push_value(lua_State *lua, struct cursor *c, struct json_token t)
{
	if (++c->depth > DEEPEST || t.kind == JSON_WRONG || t.kind == JSON_CLOSE_OBJECT ||
	    t.kind == JSON_CLOSE_ARRAY)
		luaL_error(lua, "not JSON");
	luaL_checkstack(lua, LUA_MINSTACK, NULL);
	if (t.kind == JSON_STRING) {
		push_string(lua, t);
	} else if (t.kind == JSON_NUMBER) {
		push_number(lua, t);
	} else if (t.kind == JSON_NULL) {
		lua_pushnil(lua);
	} else if (t.kind == JSON_TRUE || t.kind == JSON_FALSE) {
		lua_pushboolean(lua, t.kind == JSON_TRUE);
	} else {
		lua_newtable(lua);
		(t.kind == JSON_OPEN_OBJECT ? put_members : put_elements)(lua, c);
	}
	c->depth--;
}

int script_make_globals(lua_State *lua)
{
	struct cursor *c = lua_touserdata(lua, 1);
	if (json_next(&c->at, c->end).kind != JSON_OPEN_OBJECT)
		return luaL_error(lua, "not JSON");
	script_push_library(lua);
	put_members(lua, c);
	return 1;
}

void script_push_json(struct lua_State *lua, const char *json, size_t len)
{
	struct cursor c = {.at = json, .end = json + len};
	lua_pushnil(lua); /* it has no name */
	push_value(lua, &c, json_next(&c.at, c.end));
	lua_remove(lua, -2);
}

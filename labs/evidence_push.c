/* SPDX-License-Identifier: MIT */
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/script.h"
#include "labs/evidence.h"

/* Where a line of jsonl belongs, by its type. */
static const struct {
	const char *type, *list;
	bool of_connection;
} places[] = {
	{"segment", "seg", true},           {"diagnosis", "diagnosis", true},
	{"correction", "correction", true}, {"datagram", "datagram", false},
	{"icmp", "datagram", false},
};

static const char *const lists[] = {"seg", "diagnosis", "correction"};

/* Push conn[id], made with its lists if it is not there. `conn` is at that index. */
static void push_connection(lua_State *lua, int conn, lua_Integer id)
{
	if (lua_rawgeti(lua, conn, id) == LUA_TTABLE)
		return;
	lua_pop(lua, 1);
	lua_newtable(lua);
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		lua_newtable(lua);
		lua_setfield(lua, -2, lists[i]);
	}
	lua_pushvalue(lua, -1);
	lua_rawseti(lua, conn, id);
}

/* Append the value at the top, which is taken, to the list below it, which stays. */
static void append(lua_State *lua, int list)
{
	lua_rawseti(lua, list, (lua_Integer)lua_rawlen(lua, list) + 1);
}

/* The members of a "connection" join what is known of it. */
static void join(lua_State *lua, int line, int to)
{
	for (lua_pushnil(lua); lua_next(lua, line); lua_pop(lua, 1)) {
		lua_pushvalue(lua, -2);
		lua_pushvalue(lua, -2);
		lua_rawset(lua, to);
	}
}

static lua_Integer member(lua_State *lua, int table, const char *name)
{
	lua_pushstring(lua, name);
	lua_rawget(lua, table);
	lua_Integer n = lua_tointeger(lua, -1);
	lua_pop(lua, 1);
	return n;
}

/* A line at the top of the stack, which is taken; the globals are at 1, conn at 2. */
static void place(lua_State *lua)
{
	int line = lua_gettop(lua);
	lua_Integer id = member(lua, line, "conn");
	lua_getfield(lua, line, "type");
	const char *type = lua_tostring(lua, -1);
	if (strcmp(type, "connection") == 0) {
		push_connection(lua, 2, id);
		join(lua, line, lua_gettop(lua));
	}
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		if (strcmp(type, places[i].type) != 0)
			continue;
		if (places[i].of_connection)
			push_connection(lua, 2, id);
		else
			lua_pushvalue(lua, 1);
		lua_getfield(lua, -1, places[i].list);
		lua_pushvalue(lua, line);
		append(lua, lua_gettop(lua) - 1);
	}
	lua_settop(lua, line - 1);
}

static void push_lines(lua_State *lua, const char *text, size_t len, void (*take)(lua_State *lua))
{
	const char *end = text + len;
	while (text < end) {
		const char *next = memchr(text, '\n', (size_t)(end - text));
		size_t line = next ? (size_t)(next - text) : (size_t)(end - text);
		if (line)
			script_push_json(lua, text, line);
		if (line)
			take(lua);
		text += line + 1;
	}
}

/* What is no call, but a question, is left out. */
static void take_call(lua_State *lua)
{
	if (!lua_istable(lua, -1))
		luaL_error(lua, "calls.jsonl: a line is no call");
	lua_pushliteral(lua, "call");
	bool is = lua_rawget(lua, -2) == LUA_TSTRING;
	lua_pop(lua, 1);
	if (!is) {
		lua_pop(lua, 1);
		return;
	}
	lua_getfield(lua, 1, "call");
	lua_insert(lua, -2);
	append(lua, lua_gettop(lua) - 1);
	lua_pop(lua, 1);
}

static void push_frames(lua_State *lua, const struct evidence *e)
{
	lua_newtable(lua);
	for (size_t i = 0; i < e->frames; i++) {
		struct frame f = evidence_frame(e, i);
		lua_createtable(lua, 0, 3);
		lua_pushinteger(lua, (lua_Integer)f.number);
		lua_setfield(lua, -2, "frame");
		lua_pushnumber(lua, (lua_Number)f.time / 1e9);
		lua_setfield(lua, -2, "t");
		lua_pushlstring(lua, (const char *)f.at, f.captured);
		lua_setfield(lua, -2, "octets");
		append(lua, lua_gettop(lua) - 1);
	}
	lua_setfield(lua, 1, "frame");
}

/* Arguments: the globals, and as light userdata a text that is freed elsewhere, its length, the
 * evidence. */
static int push_all(lua_State *lua)
{
	const char *text = lua_touserdata(lua, 2);
	size_t len = (size_t)lua_tointeger(lua, 3);
	const struct evidence *e = lua_touserdata(lua, 4);
	lua_settop(lua, 1);
	lua_newtable(lua);
	for (int i = 0; i < 2; i++) {
		lua_newtable(lua);
		lua_setfield(lua, 1, i ? "call" : "datagram");
	}
	push_lines(lua, text, len, place);
	push_connection(lua, 2, 1);
	lua_getfield(lua, -1, "seg");
	lua_setfield(lua, 1, "seg");
	lua_settop(lua, 2);
	lua_setfield(lua, 1, "conn");
	push_lines(lua, e->calls ? e->calls : "", e->calls_len, take_call);
	push_frames(lua, e);
	return 0;
}

void evidence_push(lua_State *lua, const struct evidence *e)
{
	size_t len = 0;
	char *text = evidence_jsonl(e, &len);
	lua_pushcfunction(lua, push_all);
	lua_pushvalue(lua, -2);
	lua_pushlightuserdata(lua, text);
	lua_pushinteger(lua, (lua_Integer)len);
	lua_pushlightuserdata(lua, (void *)e);
	int status = text ? lua_pcall(lua, 4, 0, 0) : LUA_ERRMEM;
	free(text);
	if (!text)
		luaL_error(lua, "out of memory");
	if (status != LUA_OK)
		lua_error(lua);
}

/* SPDX-License-Identifier: MIT */
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "labs/grade_parts.h"
#include "labs/lab_files.h"
#include "labs/numbers.h"

static const char opening[] = "${", prelude[] = "prelude.lua";

/* Push the text that an expression gives. */
static void push_value(lua_State *lua, int globals, const char *at, size_t len)
{
	lua_pushfstring(lua, "return %s", lua_pushlstring(lua, at, len));
	bool good = luaL_loadstring(lua, lua_tostring(lua, -1)) == LUA_OK;
	if (good) {
		lua_pushvalue(lua, globals);
		lua_setupvalue(lua, -2, 1); /* _ENV */
		good = lua_pcall(lua, 0, 1, 0) == LUA_OK && !lua_isnil(lua, -1);
	}
	if (good)
		luaL_tolstring(lua, -1, NULL);
	else
		lua_pushstring(lua, "?");
}

static void add_expanded(lua_State *lua, luaL_Buffer *b, int globals, struct passage p)
{
	const char *end = p.at + p.len;
	for (const char *at = p.at; at < end;) {
		const char *from = memmem(at, (size_t)(end - at), opening, 2);
		const char *to = from ? memchr(from, '}', (size_t)(end - from)) : NULL;
		luaL_addlstring(b, at, (size_t)((to ? from : end) - at));
		at = to ? to + 1 : end;
		if (!to)
			continue;
		int top = lua_gettop(lua);
		push_value(lua, globals, from + 2, (size_t)(to - from - 2));
		lua_replace(lua, top + 1);
		lua_settop(lua, top + 1);
		luaL_addvalue(b);
	}
}

char *expand(lua_State *lua, struct passage text)
{
	luaL_Buffer b;
	int globals = lua_gettop(lua);
	luaL_buffinit(lua, &b);
	add_expanded(lua, &b, globals, text);
	luaL_pushresult(&b);
	char *copy = strdup(lua_tostring(lua, -1));
	lua_pop(lua, 1);
	return copy;
}

static void put_numbers(lua_State *lua, struct numbers n)
{
	const struct {
		const char *name;
		lua_Integer value;
	} numbers[] = {{"server_port", n.server_port},
		       {"crafted_port", n.crafted_port},
		       {"client_port", n.client_port},
		       {"isn", n.isn}};
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		lua_pushinteger(lua, numbers[i].value);
		lua_setfield(lua, -2, numbers[i].name);
	}
}

void lab_open_prelude(lua_State *lua, uint64_t seed)
{
	put_numbers(lua, numbers_of(seed));
	const struct lab_file *f = lab_file_named(prelude);
	if (!f)
		return;
	if (luaL_loadbufferx(lua, (const char *)f->octets, f->len, "=prelude", "t") != LUA_OK)
		lua_error(lua);
	lua_pushvalue(lua, -2);
	lua_setupvalue(lua, -2, 1); /* _ENV */
	lua_call(lua, 0, 0);
}

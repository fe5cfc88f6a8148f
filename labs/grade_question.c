/* SPDX-License-Identifier: MIT */
#include <lauxlib.h>
#include <string.h>

#include "labs/grade_parts.h"
#include "labs/numbers.h"

int question_kind(lua_State *lua)
{
	lua_getfield(lua, 1, "kind");
	const char *kind = luaL_optstring(lua, -1, answer_kinds[ANSWER_NUMBER]);
	for (int k = 0; k < ANSWER_KINDS; k++)
		if (strcmp(kind, answer_kinds[k]) == 0) {
			lua_pop(lua, 1);
			return k;
		}
	return luaL_error(lua, "there is no kind of question '%s'", kind);
}

bool question_late(lua_State *lua)
{
	lua_getfield(lua, 1, "late");
	bool late = lua_toboolean(lua, -1);
	lua_pop(lua, 1);
	return late;
}

const char *question_id(lua_State *lua, char id[static ID_TEXT])
{
	luaL_checktype(lua, 1, LUA_TTABLE);
	lua_getfield(lua, 1, "id");
	size_t len;
	const char *text = luaL_checklstring(lua, -1, &len);
	if (!len || len >= ID_TEXT || strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") != len)
		luaL_error(lua, "an id is 1 to %d of a-z, 0-9 and -", ID_TEXT - 1);
	memcpy(id, text, len + 1);
	lua_pop(lua, 1);
	return id;
}

bool take_answer(lua_State *lua, enum answer_kind kind, struct symbols s, struct answer *a)
{
	*a = (struct answer){.kind = kind};
	if (lua_istable(lua, -1) && kind == ANSWER_LIST) {
		for (lua_Integer i = 1; lua_rawgeti(lua, -1, i) != LUA_TNIL; i++) {
			lua_Integer n = lua_tointeger(lua, -1);
			lua_pop(lua, 1);
			if (n < 1 || n > 31)
				return false;
			a->number |= UINT32_C(1) << n;
		}
		lua_pop(lua, 1);
		return true;
	}
	if (lua_istable(lua, -1) && kind == ANSWER_FLAGS) { /* as jsonl has them */
		luaL_Buffer b;
		lua_Integer n = luaL_len(lua, -1);
		int table = lua_gettop(lua);
		luaL_buffinit(lua, &b);
		for (lua_Integer i = 1; i <= n; i++) {
			luaL_addstring(&b, i > 1 ? "," : "");
			lua_rawgeti(lua, table, i);
			luaL_addvalue(&b);
		}
		luaL_pushresult(&b);
		bool good = answer_parse(kind, n ? lua_tostring(lua, -1) : "none", s, a);
		lua_pop(lua, 1);
		return good;
	}
	if (lua_type(lua, -1) == LUA_TNUMBER && kind == ANSWER_TIME)
		a->seconds = lua_tonumber(lua, -1);
	else if (lua_isinteger(lua, -1) && kind == ANSWER_NUMBER)
		a->number = (uint32_t)lua_tointeger(lua, -1);
	else if (lua_type(lua, -1) == LUA_TSTRING)
		return answer_parse(kind, lua_tostring(lua, -1), s, a);
	else
		return false;
	return true;
}

int push_random(lua_State *lua, uint64_t *state)
{
	lua_Integer lo = luaL_checkinteger(lua, 1), hi = luaL_checkinteger(lua, 2);
	if (lo > hi || (uint64_t)hi - (uint64_t)lo > UINT32_MAX)
		return luaL_error(lua, "random wants two numbers, the lower one first");
	lua_pushinteger(lua, lab_random(state, lo, hi));
	return 1;
}

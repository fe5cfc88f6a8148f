/* SPDX-License-Identifier: MIT */
#include "analysis/script.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/script_state.h"

enum { HOOK_EVERY = 100 /* instructions */ };

static const char chunk_name[] = "=line", first_line[] = "line:1: ";

static void *allocate(void *to, void *old, size_t had, size_t wanted)
{
	struct script *s = to;
	if (!old)
		had = 0; /* it is a type then */
	if (!meter_memory(&s->meter, had, wanted))
		return NULL;
	if (!wanted) {
		free(old);
		return NULL;
	}
	void *new = realloc(old, wanted);
	if (!new)
		meter_memory(&s->meter, wanted, had);
	return new;
}

struct script *script_of(lua_State *lua)
{
	void *s;
	lua_getallocf(lua, &s);
	return s;
}

void script_check(lua_State *lua, bool within)
{
	if (!within)
		luaL_error(lua, "limit"); /* what script_eval_bool says of it depends on which */
}

static void on_count(lua_State *lua, lua_Debug *unused)
{
	(void)unused;
	struct script *s = script_of(lua);
	const struct script_program *p = s->program;
	const char *why = p && p->stop ? p->stop(p->to) : NULL;
	if (why)
		script_stop(lua, "%s", why);
	script_check(lua, meter_instructions(&s->meter, HOOK_EVERY));
}

const char *script_version(void)
{
	return LUA_RELEASE;
}

struct script *script_new(struct limits l)
{
	struct script *s = calloc(1, sizeof *s);
	if (!s)
		return NULL;
	s->meter.limits = l;
	s->lua = lua_newstate(allocate, s);
	if (s->lua) {
		lua_pushcfunction(s->lua, script_open_library);
		if (lua_pcall(s->lua, 0, 0, 0) == LUA_OK) {
			lua_sethook(s->lua, on_count, LUA_MASKCOUNT, HOOK_EVERY);
			return s;
		}
	}
	script_free(s);
	return NULL;
}

void script_free(struct script *s)
{
	if (s->lua)
		lua_close(s->lua);
	free(s);
}

void script_begin(struct script *s)
{
	s->full = s->stopped = false;
	s->meter.work = 0;
}

const char *script_limit(struct script *s, int status)
{
	if (s->full || status == LUA_ERRMEM)
		return "it takes too much memory";
	return meter_work(&s->meter, 0) ? NULL : "it takes too long";
}

const char *script_message(lua_State *lua)
{
	return lua_type(lua, -1) == LUA_TSTRING ? lua_tostring(lua, -1)
						: "an error that is no text";
}

/* Lua's message without a place that says nothing. */
static void copy_message(lua_State *lua, char why[static WHY_TEXT])
{
	const char *text = script_message(lua);
	if (strncmp(text, first_line, sizeof first_line - 1) == 0)
		text += sizeof first_line - 1;
	snprintf(why, WHY_TEXT, "%s", text);
}

/* ---- compiling: what is read, piece by piece, the expression in single octets, so that we know
 * where Lua stopped */

struct source_text {
	const char *piece[3], *at; /* at: in the last of them */
	int next;
	bool ended;
};

enum { PIECES = 3 };

static const char *read_piece(lua_State *lua, void *from, size_t *len)
{
	struct source_text *t = from;
	(void)lua;
	while (t->next < PIECES - 1) {
		const char *piece = t->piece[t->next++];
		*len = strlen(piece);
		if (*len) /* none would be the end */
			return piece;
	}
	t->ended = !*t->at;
	*len = !t->ended;
	return t->ended ? NULL : t->at++;
}

/* Lua has read one octet beyond the token that it complains of, unless the text ended there. */
static size_t place(const struct source_text *t, const char *why)
{
	const char *end = t->piece[PIECES - 1];
	size_t given = (size_t)(t->at - end), behind = t->ended ? 1 : 2;
	if (t->ended && strstr(why, "near <eof>"))
		behind = 0;
	return given > behind ? given - behind : 0;
}

bool script_compile(struct script *s, const char *before, const char *expression, size_t *at,
		    char why[static WHY_TEXT])
{
	struct source_text t = {.piece = {before, " return ", expression}, .at = expression};
	lua_settop(s->lua, 0);
	int status = lua_load(s->lua, read_piece, &t, chunk_name, "t");
	if (status == LUA_OK)
		return true;
	copy_message(s->lua, why);
	*at = place(&t, why);
	return false;
}

bool script_set_json(struct script *s, const char *json, size_t len)
{
	struct cursor c = {.at = json, .end = json + len};
	lua_settop(s->lua, SCRIPT_CHUNK);
	lua_pushcfunction(s->lua, script_make_globals);
	lua_pushlightuserdata(s->lua, &c);
	bool good = lua_pcall(s->lua, 1, 1, 0) == LUA_OK;
	if (!good)
		lua_settop(s->lua, SCRIPT_CHUNK);
	return good;
}

/* The results stand above SCRIPT_GLOBALS. */
static bool verdict(lua_State *lua, char why[static WHY_TEXT])
{
	int results = lua_gettop(lua) - SCRIPT_GLOBALS, type = lua_type(lua, SCRIPT_GLOBALS + 1);
	if (!results) /* of several the first counts, as in an if of Lua */
		snprintf(why, WHY_TEXT, "it has no value");
	else if (type != LUA_TBOOLEAN && type != LUA_TNIL)
		snprintf(why, WHY_TEXT, "it is a %s, neither true nor false",
			 lua_typename(lua, type));
	return !*why && lua_toboolean(lua, SCRIPT_GLOBALS + 1);
}

bool script_eval_bool(struct script *s, char why[static WHY_TEXT])
{
	lua_State *lua = s->lua;
	bool holds = false;
	*why = 0;
	script_begin(s);
	lua_pushvalue(lua, SCRIPT_CHUNK);
	lua_pushvalue(lua, SCRIPT_GLOBALS);
	lua_setupvalue(lua, -2, 1); /* _ENV */
	int status = lua_pcall(lua, 0, LUA_MULTRET, 0);
	const char *limit = script_limit(s, status);
	if (limit)
		snprintf(why, WHY_TEXT, "%s", limit);
	else if (status != LUA_OK)
		copy_message(lua, why);
	else
		holds = verdict(lua, why);
	lua_settop(lua, SCRIPT_CHUNK);
	return holds;
}

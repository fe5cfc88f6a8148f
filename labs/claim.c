/* SPDX-License-Identifier: MIT */
#include "labs/claim.h"

#include <stdio.h>
#include <string.h>

#include "labs/examine.h"
#include "labs/lab_files.h"

static const char below[] = "claims/", behind[] = ".lua";

static bool is_claim(const struct lab_file *f)
{
	size_t len = strlen(f->name), around = sizeof below + sizeof behind - 2;
	return len > around && len - around < CLAIM_ID &&
	       strncmp(f->name, below, sizeof below - 1) == 0 &&
	       strcmp(f->name + len - (sizeof behind - 1), behind) == 0;
}

bool claim_at(unsigned i, struct claim *c)
{
	const struct lab_file *f = lab_files;
	while (f->name && (!is_claim(f) || i-- > 0))
		f++;
	if (!f->name)
		return false;
	const char *id = f->name + sizeof below - 1;
	c->script = (const char *)f->octets;
	snprintf(c->id, sizeof c->id, "%.*s", (int)(strlen(id) - (sizeof behind - 1)), id);
	return true;
}

struct passage claim_passage(const struct claim *c, enum language l, const char *sub)
{
	char name[32];
	snprintf(name, sizeof name, "%s%s.md", below, language_names[l]);
	const struct lab_file *f = lab_file_named(name);
	return f ? page_find((const char *)f->octets, c->id, sub, 0) : (struct passage){0};
}

/* ---- over the evidence */

struct judge {
	struct judgement *judgement;
	bool judged;
	const struct evidence *evidence;
};

static enum truth truth_of(lua_State *lua, int at)
{
	static const char *const words[] = {"true", "partly", "false", NULL};
	return (enum truth)luaL_checkoption(lua, at, NULL, words);
}

/* documented "false": what is found on Linux 6.18. */
static int documented(lua_State *lua)
{
	struct judge *j = examined(lua);
	j->judgement->documented = truth_of(lua, 1);
	return 0;
}

static const char *text_of(lua_State *lua, int table, const char *name)
{
	lua_pushstring(lua, name);
	lua_rawget(lua, table);
	const char *text = lua_tostring(lua, -1);
	lua_pop(lua, 1); /* the table holds it */
	return text ? text : "";
}

static void add_call(lua_State *lua, struct lane *lane, int at)
{
	lua_getfield(lua, at, "time");
	double time = lua_tonumber(lua, -1);
	lua_getfield(lua, at, "opener");
	lane_add(lane, &(struct call){
			       .time = (int64_t)(time * 1e9),
			       .who = text_of(lua, at, "who"),
			       .call = text_of(lua, at, "call"),
			       .gave = text_of(lua, at, "gave"),
			       .opener = lua_toboolean(lua, -1),
		       });
	lua_pop(lua, 2);
}

enum { MOST_PROOFS = 10000 };

/* What is at the top, and taken, when it is a segment, a datagram or a call; false: it is none. */
static bool take_proof(lua_State *lua, struct judge *j)
{
	int at = lua_gettop(lua);
	lua_pushstring(lua, "frame");
	lua_rawget(lua, at);
	lua_Integer n = lua_tointeger(lua, -1);
	bool of_frame = n > 0 && (size_t)n <= j->evidence->frames;
	bool of_call = !of_frame && *text_of(lua, at, "call");
	if (of_frame)
		j->judgement->frame[(n - 1) / 8] |= (uint8_t)(1u << (n - 1) % 8);
	if (of_call)
		add_call(lua, &j->judgement->calls, at);
	lua_settop(lua, of_frame || of_call ? at - 1 : at);
	return of_frame || of_call;
}

/* All that is in the list at the top, which is taken, and in lists that are in it. */
static void add_proofs(lua_State *lua, struct judge *j)
{
	int bottom = lua_gettop(lua);
	for (int n = 0; lua_gettop(lua) >= bottom; n++) {
		int list = lua_gettop(lua);
		luaL_checktype(lua, list, LUA_TTABLE);
		if (n == MOST_PROOFS)
			luaL_error(lua, "too much proof");
		if (take_proof(lua, j))
			continue;
		lua_Integer count = (lua_Integer)lua_rawlen(lua, list);
		luaL_checkstack(lua, (int)(count < MOST_PROOFS ? count : MOST_PROOFS) + 8, "proof");
		for (lua_Integer i = 1; i <= count && i <= MOST_PROOFS; i++)
			lua_rawgeti(lua, list, i);
		lua_remove(lua, list);
	}
}

/* verdict(function() return "false", {seg[3], calls("client", "send")} end) */
static int verdict(lua_State *lua)
{
	struct judge *j = examined(lua);
	luaL_checktype(lua, 1, LUA_TFUNCTION);
	lua_settop(lua, 1);
	lua_call(lua, 0, 2);
	j->judgement->found = truth_of(lua, 1);
	add_proofs(lua, j);
	j->judged = true;
	return 0;
}

static const luaL_Reg functions[] = {
	{"documented", documented}, {"verdict", verdict}, {NULL, NULL}};

bool claim_judge(const struct claim *c, const struct evidence *e, uint64_t seed,
		 struct judgement *f, char why[static WHY_TEXT])
{
	struct judge j = {.judgement = f, .evidence = e};
	const struct examination x = {.name = c->id,
				      .script = c->script,
				      .evidence = e,
				      .seed = seed,
				      .functions = functions,
				      .to = &j};
	*f = (struct judgement){.found = HOLDS};
	if (!examine(&x, why))
		return false;
	if (!j.judged)
		snprintf(why, WHY_TEXT, "%s: the script has no verdict", c->id);
	return j.judged;
}

char *claim_expand(const struct claim *c, const struct evidence *e, uint64_t seed,
		   struct passage text, char why[static WHY_TEXT])
{
	char *expanded = NULL;
	struct judgement f;
	struct judge j = {.judgement = &f, .evidence = e};
	const struct examination x = {.name = c->id,
				      .script = c->script,
				      .evidence = e,
				      .seed = seed,
				      .functions = functions,
				      .to = &j,
				      .expand = text,
				      .expanded = &expanded};
	f = (struct judgement){.found = HOLDS};
	*why = 0;
	return text.at && examine(&x, why) ? expanded : NULL;
}

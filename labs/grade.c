/* SPDX-License-Identifier: MIT */
#include "labs/grade.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "labs/examine.h"
#include "labs/grade_parts.h"

const struct reply *reply_to(const struct replies *r, const char *id)
{
	for (unsigned i = 0; i < r->count; i++)
		if (strcmp(r->at[i].id, id) == 0)
			return &r->at[i];
	return NULL;
}

/* At work. */
struct grader {
	const struct grading *given;
	struct score *score;
};

/* ---- marking a question */

/* Push the member, or what it returns when it is a function. False: there is an error's message
 * at the top instead. */
static bool push_member(lua_State *lua, const char *name)
{
	if (lua_getfield(lua, 1, name) != LUA_TFUNCTION)
		return true;
	return lua_pcall(lua, 0, 1, 0) == LUA_OK;
}

static struct symbols symbols_of(lua_State *lua)
{
	struct symbols s = {.known = false};
	int top = lua_gettop(lua);
	lua_getfield(lua, 1, "conn");
	lua_Integer i = luaL_optinteger(lua, -1, 1);
	push_examined_globals(lua);
	lua_getfield(lua, -1, "conn");
	if (lua_rawgeti(lua, -1, i) == LUA_TTABLE) {
		lua_pushstring(lua, "isn");
		lua_rawget(lua, -2);
		for (int n = 0; n < 2 && lua_istable(lua, -1); n++) {
			lua_pushstring(lua, n ? "y" : "x");
			lua_rawget(lua, -2);
			s.known = lua_isinteger(lua, -1) || (n && s.known);
			*(n ? &s.y : &s.x) = (uint32_t)lua_tointeger(lua, -1);
			lua_pop(lua, 1);
		}
	}
	lua_settop(lua, top);
	return s;
}

/* One of the list `wrong`, {"name", value}, at the top. */
static void take_mistake(lua_State *lua, struct mark *m, struct symbols s,
			 const struct answer *right)
{
	struct answer a;
	struct mistake *k = &m->mistake[m->mistakes++];
	lua_rawgeti(lua, -1, 1);
	snprintf(k->name, sizeof k->name, "%s", luaL_tolstring(lua, -1, NULL));
	lua_rawgeti(lua, -3, 2);
	if (!take_answer(lua, m->kind, s, &a))
		return;
	k->same = answer_same(&a, right, 0);
	answer_print(&a, k->answer);
}

static void note_mistakes(lua_State *lua, struct mark *m, struct symbols s,
			  const struct answer *right)
{
	int top = lua_gettop(lua);
	bool told = push_member(lua, "wrong"), given = told && lua_istable(lua, -1);
	int list = lua_gettop(lua);
	if (!told)
		snprintf(m->why, sizeof m->why, "wrong: %s", luaL_tolstring(lua, -1, NULL));
	else if (!given && !lua_isnil(lua, -1))
		snprintf(m->why, sizeof m->why, "wrong: it is no list");
	for (lua_Integer i = 1; given && lua_rawgeti(lua, list, i) != LUA_TNIL; i++) {
		if (m->mistakes == MISTAKES || !lua_istable(lua, -1)) {
			snprintf(m->why, sizeof m->why, "wrong: no. %d %s", (int)i,
				 lua_istable(lua, -1) ? "is one too many" : "is no {NAME, ANSWER}");
			break;
		}
		take_mistake(lua, m, s, right);
		lua_settop(lua, list);
	}
	lua_settop(lua, top);
}

static void judge(struct mark *m, struct symbols s, const struct answer *right, double within)
{
	struct answer a, k;
	const struct symbols any = {true, 0, 0};
	m->verdict = MARK_WRONG;
	if (!answer_parse(m->kind, m->given, s, &a)) {
		if (answer_parse(m->kind, m->given, any, &a)) /* an x that nobody has seen */
			m->verdict = MARK_UNSEEN;
		return;
	}
	answer_print(&a, m->given);
	if (answer_same(&a, right, within))
		m->verdict = MARK_RIGHT;
	for (unsigned i = 0; m->verdict == MARK_WRONG && i < m->mistakes; i++)
		if (!*m->misconception && answer_parse(m->kind, m->mistake[i].answer, s, &k) &&
		    answer_same(&a, &k, within))
			memcpy(m->misconception, m->mistake[i].name, sizeof m->misconception);
}

static double within_of(lua_State *lua)
{
	lua_getfield(lua, 1, "within");
	double within = luaL_optnumber(lua, -1, 0.25);
	lua_pop(lua, 1);
	return within;
}

static void mark_question(lua_State *lua, struct grader *g, struct mark *m)
{
	const struct reply *r = reply_to(g->given->replies, m->id);
	struct symbols s = symbols_of(lua);
	double within = within_of(lua);
	struct answer right;
	bool seen = push_member(lua, "right");
	if (!seen || !take_answer(lua, m->kind, s, &right)) {
		m->verdict = MARK_UNSEEN;
		snprintf(m->why, sizeof m->why, "%s",
			 seen ? "right gives no such thing" : luaL_tolstring(lua, -1, NULL));
		return;
	}
	lua_pop(lua, 1);
	answer_print(&right, m->right);
	note_mistakes(lua, m, s, &right);
	m->verdict = MARK_NONE;
	if (!r || !*r->text)
		return;
	snprintf(m->given, sizeof m->given, "%s", r->text);
	judge(m, s, &right, within);
}

static int question(lua_State *lua)
{
	struct grader *g = examined(lua);
	struct score *s = g->score;
	if (s->count == MARKS)
		return luaL_error(lua, "more than %d questions", MARKS);
	struct mark *m = &s->mark[s->count];
	*m = (struct mark){.id = ""};
	question_id(lua, m->id);
	m->kind = (enum answer_kind)question_kind(lua);
	m->late = question_late(lua);
	mark_question(lua, g, m);
	s->right += m->verdict == MARK_RIGHT;
	s->count++;
	return 0;
}

bool grade(const struct grading *given, struct score *score, char why[static WHY_TEXT])
{
	static const luaL_Reg functions[] = {{"question", question}, {NULL, NULL}};
	struct grader g = {given, score};
	const struct examination x = {
		.name = given->exercise->name,
		.script = given->exercise->script,
		.evidence = given->evidence,
		.seed = given->seed,
		.functions = functions,
		.to = &g,
		.expand = given->expand,
		.expanded = given->expanded,
	};
	*score = (struct score){.count = 0};
	return examine(&x, why);
}

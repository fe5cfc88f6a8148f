/* SPDX-License-Identifier: MIT */
#include "inject/scenario_call.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "analysis/decode/text.h"
#include "capture/clock.h"

/* What a program in C would have written. Those that wait are told of when they have returned. */
static const struct {
	const char *name, *call;
	bool waits;
	const char *after;
} calls[] = {
	{"accept", "accept", true, ""},
	{"connect", "connect", false, ""},
	{"connected", "connect", true, ""},
	{"say", "send", false, ""},
	{"send_to", "sendto", false, ""},
	{"fast_open", "sendto MSG_FASTOPEN ", false, ""},
	{"hear", "recv", true, ""},
	{"hear_from", "recvfrom", true, ""},
	{"shutdown", "shutdown", false, ""},
	{"close", "close", false, ""},
	{"abort", "close", false, " with SO_LINGER 0"},
	{"set", "setsockopt", false, ""},
};

static int find_call(const char *name)
{
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
		if (strcmp(calls[i].name, name) == 0)
			return (int)i;
	return -1;
}

void scenario_name_actor(lua_State *lua, lua_Integer i, const char *otherwise, bool opener)
{
	struct actor *a = &scenario_of(lua)->actor[i];
	a->opener = opener;
	if (lua_istable(lua, 1) && lua_getfield(lua, 1, "name") == LUA_TSTRING)
		otherwise = lua_tostring(lua, -1);
	snprintf(a->who, sizeof a->who, "%s", otherwise);
}

/* Octets as a C string of some length; a long one is cut. */
static void add_octets(struct text *t, const char *octets, size_t len)
{
	enum { SHOWN = 24 };
	text_char(t, '"');
	for (size_t i = 0; i < len && i < SHOWN; i++) {
		char c = octets[i], hex[8];
		snprintf(hex, sizeof hex, c == '\n' ? "\\n" : "\\x%02x", (unsigned char)c);
		if (c >= ' ' && c <= '~')
			text_char(t, c);
		else
			text_add(t, hex);
	}
	text_add(t, len > SHOWN ? "\"..." : "\"");
}

static void add_value(struct text *t, lua_State *lua, int at)
{
	size_t len;
	const char *octets;
	if (lua_type(lua, at) != LUA_TSTRING) {
		octets = luaL_tolstring(lua, at, NULL);
		text_add(t, octets);
		lua_pop(lua, 1);
		return;
	}
	octets = lua_tolstring(lua, at, &len);
	add_octets(t, octets, len);
}

/* What a program would have written where a script says it otherwise. */
static void add_argument(struct text *t, lua_State *lua, int which, int at)
{
	const char *name = calls[which].name;
	if (strcmp(name, "set") == 0 && at == 1)
		text_add(t, luaL_checkstring(lua, at));
	else if (strcmp(name, "say") == 0 && at == 2)
		text_add(t, "MSG_MORE");
	else
		add_value(t, lua, at);
}

/* "send("hello")", of the arguments on the stack; for how long it waits is no argument of the
 * system call. */
static void print_call(lua_State *lua, int which, char text[static CALL_TEXT])
{
	struct text t = text_in(text, CALL_TEXT);
	text_add(&t, calls[which].call);
	text_char(&t, '(');
	int first = calls[which].waits ? 2 : 1;
	for (int at = first; at <= lua_gettop(lua); at++) {
		text_add(&t, at > first ? ", " : "");
		add_argument(&t, lua, which, at);
	}
	text_char(&t, ')');
	text_add(&t, calls[which].after);
}

/* "5", "3 "abc"", "3 "abc" from 5000", "-1 EPIPE", of the results from `first` on. */
static void print_gave(lua_State *lua, int first, char text[static CALL_TEXT])
{
	struct text t = text_in(text, CALL_TEXT);
	size_t len;
	if (lua_gettop(lua) < first || lua_istable(lua, first)) {
		text_add(&t, lua_istable(lua, first) ? "a connection" : "0");
	} else if (lua_isnil(lua, first)) {
		text_add(&t, "-1 ");
		text_add(&t, luaL_optstring(lua, first + 1, ""));
	} else if (lua_type(lua, first) == LUA_TSTRING) {
		const char *octets = lua_tolstring(lua, first, &len);
		text_number(&t, len);
		text_add(&t, len ? " " : "");
		if (len)
			add_octets(&t, octets, len);
		if (lua_isinteger(lua, first + 1)) {
			text_add(&t, " from ");
			add_value(&t, lua, first + 1);
		}
	} else {
		add_value(&t, lua, first);
	}
}

static void tell(struct scenario *s, lua_Integer i, const struct call *c)
{
	struct call call = *c;
	call.who = s->actor[i].who;
	call.opener = s->actor[i].opener;
	if (s->guest.called)
		s->guest.called(s->guest.to, &call);
}

void scenario_called(lua_State *lua, lua_Integer i, int64_t time, const char *call, ssize_t gave)
{
	char text[PUPPET_TEXT], *brace;
	puppet_print(gave, text);
	if ((brace = strstr(text, " (")))
		*brace = 0;
	tell(scenario_of(lua), i,
	     &(struct call){.time = time, .call = call, .gave = *call == 'c' && !gave ? "" : text});
}

/* Upvalues: the function, the socket's number, which call it is. */
static int call(lua_State *lua)
{
	char text[CALL_TEXT], gave[CALL_TEXT];
	lua_Integer i = lua_tointeger(lua, lua_upvalueindex(2));
	int which = (int)lua_tointeger(lua, lua_upvalueindex(3)), arguments = lua_gettop(lua);
	print_call(lua, which, text);
	int64_t time = clock_ns(CLOCK_REALTIME);
	lua_pushvalue(lua, lua_upvalueindex(1));
	lua_insert(lua, 1);
	lua_call(lua, arguments, LUA_MULTRET);
	print_gave(lua, 1, gave);
	tell(scenario_of(lua), i,
	     &(struct call){.time = calls[which].waits ? clock_ns(CLOCK_REALTIME) : time,
			    .call = text,
			    .gave = strcmp(calls[which].name, "connect") == 0 ? "" : gave});
	return lua_gettop(lua);
}

void scenario_push_function(lua_State *lua, lua_Integer i, const luaL_Reg *f)
{
	int which = find_call(f->name);
	lua_pushinteger(lua, i);
	lua_pushcclosure(lua, f->func, 1);
	if (which < 0)
		return;
	lua_pushinteger(lua, i);
	lua_pushinteger(lua, which);
	lua_pushcclosure(lua, call, 3);
}

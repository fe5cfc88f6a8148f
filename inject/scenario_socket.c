/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "analysis/script.h"
#include "capture/clock.h"
#include "capture/puppet_datagram.h"
#include "capture/sandbox.h"
#include "inject/scenario_call.h"
#include "inject/scenario_datagram.h"
#include "inject/scenario_socket.h"
#include "inject/words.h"

/* How long a call of a script waits for what is on its way; how often it looks. */
enum { PATIENCE_MS = 1000, LOOK_MS = 2, HEAR_ROOM = 65536 };

/* Functions of a socket have its number as upvalue. */
struct puppet *scenario_socket(lua_State *lua)
{
	return &scenario_of(lua)->puppet[lua_tointeger(lua, lua_upvalueindex(1))];
}

/* What a call gave: a number, or nil and the error's name. */
int scenario_push_gave(lua_State *lua, ssize_t gave)
{
	if (gave >= 0) {
		lua_pushinteger(lua, gave);
		return 1;
	}
	lua_pushnil(lua);
	lua_pushstring(lua, strerrorname_np((int)-gave));
	return 2;
}

/* Let others act for a moment. False: it is `until`. */
bool scenario_pause(lua_State *lua, int64_t until)
{
	struct scenario *s = scenario_of(lua);
	int64_t next = in_ms(LOOK_MS);
	if (!scene_pause(&s->scene, next < until ? next : until))
		script_stop(lua, "%s", s->scene.why);
	return clock_ns(CLOCK_MONOTONIC) < until;
}

/* A free place for one more socket. */
struct puppet *scenario_new_socket(lua_State *lua)
{
	struct scenario *s = scenario_of(lua);
	if (s->puppets == PUPPETS)
		luaL_error(lua, "more than %d sockets", PUPPETS);
	s->puppet[s->puppets] = NO_PUPPET;
	return &s->puppet[s->puppets];
}

uint16_t scenario_port(lua_State *lua, lua_Integer n)
{
	if (n < 0 || n > UINT16_MAX)
		luaL_error(lua, "a port is from 1 to 65535, or 0 for a free one");
	return (uint16_t)n;
}

void scenario_set_option(lua_State *lua, struct puppet p, const char *name, lua_Integer value)
{
	int gave = puppet_option(p, name, (int)value);
	if (gave == -ENOENT)
		luaL_error(lua, "there is no socket option '%s'", name);
	if (gave < 0)
		luaL_error(lua, "%s: %s", name, strerror(-gave));
}

static int socket_connect(lua_State *lua)
{
	struct scenario *s = scenario_of(lua);
	struct endpoint to = s->party[0]->play.tcp.local;
	if (!lua_isnoneornil(lua, 1))
		to.port = scenario_port(lua, luaL_checkinteger(lua, 1));
	int gave = puppet_connect(*scenario_socket(lua), &to);
	return scenario_push_gave(lua, gave == -EINPROGRESS ? 0 : gave);
}

static int socket_accept(lua_State *lua)
{
	struct scenario *s = scenario_of(lua);
	int64_t until = scenario_deadline(lua, luaL_optnumber(lua, 1, PATIENCE_MS / 1000.0));
	struct puppet listener = *scenario_socket(lua), *p = scenario_new_socket(lua);
	int gave;
	do
		gave = puppet_accept(listener, p);
	while (gave == -EAGAIN && scenario_pause(lua, until));
	if (gave < 0)
		return scenario_push_gave(lua, gave);
	s->actor[s->puppets] = s->actor[lua_tointeger(lua, lua_upvalueindex(1))];
	scenario_push_socket(lua, s->puppets++);
	return 1;
}

/* What became of connect(): 0, or nil and the error's name. Waits for it. */
static int socket_connected(lua_State *lua)
{
	int64_t until = scenario_deadline(lua, luaL_optnumber(lua, 1, PATIENCE_MS / 1000.0));
	struct puppet p = *scenario_socket(lua);
	while (puppet_state(p) == SYN_SENT && scenario_pause(lua, until))
		;
	int gave = puppet_error(p);
	bool waits = !gave && puppet_state(p) == SYN_SENT;
	return scenario_push_gave(lua, waits ? -EINPROGRESS : gave);
}

/* What has these flags, and of those named in `among` no others, gets lost behind the tap. */
static int socket_lose(lua_State *lua)
{
	uint16_t flags = 0, among = FIN | SYN | RST | PSH | ACK;
	char why[WHY_TEXT];
	if (lua_isnoneornil(lua, 1))
		return scenario_push_gave(lua, puppet_lose_nothing(*scenario_socket(lua)));
	if (!word_flags(luaL_checkstring(lua, 1), &flags, why) ||
	    (!lua_isnoneornil(lua, 2) && !word_flags(luaL_checkstring(lua, 2), &among, why)))
		return luaL_error(lua, "%s", strtok(why, "\n"));
	return scenario_push_gave(
		lua, puppet_lose(*scenario_socket(lua), (uint8_t)among, (uint8_t)flags));
}

/* What is said with "more" waits for what is said next. */
static int socket_say(lua_State *lua)
{
	static const char *const manners[] = {"", "more", NULL};
	size_t len;
	const char *text = luaL_checklstring(lua, 1, &len);
	struct bytes octets = {(const uint8_t *)text, len};
	bool more = luaL_checkoption(lua, 2, *manners, manners);
	return scenario_push_gave(
		lua, (more ? puppet_say_more : puppet_say)(*scenario_socket(lua), octets));
}

static int socket_fast_open(lua_State *lua)
{
	size_t len;
	const char *text = luaL_checklstring(lua, 1, &len);
	struct bytes octets = {(const uint8_t *)text, len};
	struct endpoint to = scenario_of(lua)->party[0]->play.tcp.local;
	return scenario_push_gave(lua, puppet_fast_open_say(*scenario_socket(lua), &to, octets));
}

struct hearing_wish scenario_hearing(lua_State *lua)
{
	int64_t until = scenario_deadline(lua, luaL_optnumber(lua, 1, PATIENCE_MS / 1000.0));
	lua_Integer size = luaL_optinteger(lua, 2, HEAR_ROOM);
	if (size < 1 || size > HEAR_ROOM)
		luaL_error(lua, "a buffer has 1 to %d octets", HEAR_ROOM);
	return (struct hearing_wish){until, (size_t)size};
}

/* What came, so much at most; of a stream "" is the end. Waits for it. */
static int socket_hear(lua_State *lua)
{
	struct hearing_wish w = scenario_hearing(lua);
	luaL_Buffer b;
	char *room = luaL_buffinitsize(lua, &b, w.size);
	ssize_t gave;
	do
		gave = puppet_hear(*scenario_socket(lua), room, w.size);
	while (gave == -EAGAIN && scenario_pause(lua, w.until));
	if (gave < 0)
		return scenario_push_gave(lua, gave);
	luaL_pushresultsize(&b, (size_t)gave);
	return 1;
}

static int socket_shutdown(lua_State *lua)
{
	return scenario_push_gave(lua, puppet_shutdown(*scenario_socket(lua)));
}

static int socket_close(lua_State *lua)
{
	return scenario_push_gave(lua, puppet_close(scenario_socket(lua)));
}

static int socket_abort(lua_State *lua)
{
	return scenario_push_gave(lua, puppet_abort(scenario_socket(lua)));
}

static int socket_set(lua_State *lua)
{
	scenario_set_option(lua, *scenario_socket(lua), luaL_checkstring(lua, 1),
			    luaL_checkinteger(lua, 2));
	return 0;
}

static int socket_error(lua_State *lua)
{
	return scenario_push_gave(lua, puppet_error(*scenario_socket(lua)));
}

static int socket_state(lua_State *lua)
{
	lua_pushstring(lua, state_name(puppet_state(*scenario_socket(lua))));
	return 1;
}

static int socket_port(lua_State *lua)
{
	struct endpoint at;
	if (puppet_local(*scenario_socket(lua), &at) != 0)
		return luaL_error(lua, "the socket has no port");
	lua_pushinteger(lua, at.port);
	return 1;
}

static const luaL_Reg socket_functions[] = {
	{"accept", socket_accept},
	{"connect", socket_connect},
	{"connected", socket_connected},
	{"lose", socket_lose},
	{"say", socket_say},
	{"send_to", socket_send_to},
	{"fast_open", socket_fast_open},
	{"hear", socket_hear},
	{"hear_from", socket_hear_from},
	{"shutdown", socket_shutdown},
	{"close", socket_close},
	{"abort", socket_abort},
	{"set", socket_set},
	{"error", socket_error},
	{"state", socket_state},
	{"port", socket_port},
	{NULL, NULL},
};

void scenario_push_socket(lua_State *lua, lua_Integer i)
{
	lua_newtable(lua);
	for (const luaL_Reg *f = socket_functions; f->name; f++) {
		scenario_push_function(lua, i, f);
		lua_setfield(lua, -2, f->name);
	}
}

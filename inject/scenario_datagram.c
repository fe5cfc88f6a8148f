/* SPDX-License-Identifier: MIT */
#include "inject/scenario_datagram.h"

#include <errno.h>
#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "capture/clock.h"
#include "capture/puppet_datagram.h"
#include "inject/scenario_call.h"
#include "inject/scenario_socket.h"

/* kernel.udp{port=, name=, set=, fails=}. Who chooses a port is somebody to be found: a server. */
int kernel_udp(lua_State *lua)
{
	struct scenario *s = scenario_of(lua);
	struct puppet *p = scenario_new_socket(lua);
	lua_Integer wanted = scenario_field(lua, "port", 0);
	uint16_t port = wanted ? scenario_port(lua, wanted) : scenario_next_port(s);
	struct endpoint at = {s->listener.address, port};
	char call[CALL_TEXT], why[WHY_TEXT];
	int64_t time = clock_ns(CLOCK_REALTIME);
	int gave = puppet_open_udp(p, &at);
	if (gave < 0 && !scenario_field(lua, "fails", 0)) {
		puppet_explain(gave, &at, why);
		return luaL_error(lua, "%s", strtok(why, "\n"));
	}
	if (gave >= 0) {
		scenario_set_options(lua, *p);
		puppet_local(*p, &at);
	}
	snprintf(call, sizeof call, "socket(SOCK_DGRAM) bind(%u)", at.port);
	return scenario_push_opened(lua, p, gave,
				    &(struct call){.time = time, .call = call, .opener = !wanted});
}

/* Sockets that no packet tells of: they are drawn as the ends of a connection are. */
static void push_end(lua_State *lua, struct puppet end, bool first)
{
	struct scenario *s = scenario_of(lua);
	*scenario_new_socket(lua) = end;
	s->actor[s->puppets].opener = first;
	snprintf(s->actor[s->puppets].who, ACTOR_TEXT, "%s", luaL_checkstring(lua, first ? 2 : 3));
	scenario_push_socket(lua, s->puppets++);
}

static void push_name(lua_State *lua, const char *field, const char *otherwise)
{
	if (lua_getfield(lua, 1, field) == LUA_TSTRING)
		return;
	lua_pop(lua, 1);
	lua_pushstring(lua, otherwise);
}

/* kernel.unix{type=, name=, other=}: both ends. */
int kernel_unix(lua_State *lua)
{
	static const char *const types[] = {"stream", "datagram", NULL};
	struct puppet pair[2];
	struct scenario *s = scenario_of(lua);
	if (!lua_istable(lua, 1))
		lua_newtable(lua);
	lua_getfield(lua, 1, "type");
	bool stream = luaL_checkoption(lua, -1, *types, types) == 0;
	lua_settop(lua, 1);
	push_name(lua, "name", "one");
	push_name(lua, "other", "other");
	if (s->puppets + 2 > PUPPETS)
		return luaL_error(lua, "more than %d sockets", PUPPETS);
	int64_t time = clock_ns(CLOCK_REALTIME);
	int gave = puppet_open_pair(pair, stream);
	if (gave < 0)
		return luaL_error(lua, "socketpair: %s", strerror(-gave));
	push_end(lua, pair[0], true);
	push_end(lua, pair[1], false);
	scenario_called(
		lua, s->puppets - 2, time,
		stream ? "socketpair(AF_UNIX, SOCK_STREAM)" : "socketpair(AF_UNIX, SOCK_DGRAM)", 0);
	return 2;
}

int socket_send_to(lua_State *lua)
{
	size_t len;
	struct endpoint to = scenario_of(lua)->listener;
	to.port = scenario_port(lua, luaL_checkinteger(lua, 1));
	const char *text = luaL_checklstring(lua, 2, &len);
	struct bytes octets = {(const uint8_t *)text, len};
	return scenario_push_gave(lua, puppet_send_to(*scenario_socket(lua), &to, octets));
}

int socket_hear_from(lua_State *lua)
{
	struct hearing_wish w = scenario_hearing(lua);
	struct endpoint from;
	luaL_Buffer b;
	char *room = luaL_buffinitsize(lua, &b, w.size);
	ssize_t gave;
	do
		gave = puppet_hear_from(*scenario_socket(lua), room, w.size, &from);
	while (gave == -EAGAIN && scenario_pause(lua, w.until));
	if (gave < 0)
		return scenario_push_gave(lua, gave);
	luaL_pushresultsize(&b, (size_t)gave);
	if (!from.port)
		return 1;
	lua_pushinteger(lua, from.port);
	return 2;
}

/* SPDX-License-Identifier: MIT */
#include <lauxlib.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/clock.h"
#include "capture/process.h"
#include "capture/sandbox.h"
#include "inject/scenario.h"
#include "labs/claim.h"

/* For who is judged later. */
static int nothing(lua_State *lua)
{
	luaL_checkany(lua, 1);
	return 0;
}

/* saw("the state of the client", client.state()): the kernel's word becomes a call of the evidence.
 * Returns what was seen. */
static int saw(lua_State *lua)
{
	struct scenario *s = scenario_of(lua);
	const char *what = luaL_checkstring(lua, 1);
	lua_settop(lua, 2);
	s->guest.called(s->guest.to, &(struct call){
					     .time = clock_ns(CLOCK_REALTIME),
					     .who = "kernel",
					     .call = what,
					     .gave = luaL_tolstring(lua, 2, NULL),
					     .opener = true, /* at the left */
				     });
	lua_settop(lua, 2);
	return 1;
}

static struct endpoint endpoint_of(lua_State *lua, int at)
{
	struct endpoint e = scenario_of(lua)->listener;
	lua_Integer port = luaL_checkinteger(lua, at);
	luaL_argcheck(lua, port > 0 && port <= UINT16_MAX, at, "no port");
	e.port = (uint16_t)port;
	return e;
}

/* state(PORT, ITS_PEERS): what the kernel says of an end, also of one that no socket has. */
static int state(lua_State *lua)
{
	struct endpoint local = endpoint_of(lua, 1), remote = endpoint_of(lua, 2);
	lua_pushstring(lua, state_name(puppet_state_of(&local, &remote)));
	return 1;
}

/* timer(PORT, ITS_PEERS): how many seconds its timer still runs; nil: none does. */
static int timer(lua_State *lua)
{
	struct endpoint local = endpoint_of(lua, 1), remote = endpoint_of(lua, 2);
	long left = puppet_timer_of(&local, &remote);
	if (left < 0)
		lua_pushnil(lua);
	else
		lua_pushnumber(lua, (lua_Number)left / 1000);
	return 1;
}

/* sysctl("net/ipv4/tcp_retries2"): its value, a text. */
static int sysctl(lua_State *lua)
{
	char path[256], value[256];
	const char *name = luaL_checkstring(lua, 1);
	if (!sandbox_has_sysctl(name))
		return luaL_error(lua, "only sysctls below net/");
	snprintf(path, sizeof path, "/proc/sys/%s", name);
	FILE *f = fopen(path, "re");
	bool good = f && fgets(value, sizeof value, f);
	if (f)
		fclose(f);
	if (!good)
		return luaL_error(lua, "there is no sysctl %s", name);
	value[strcspn(value, "\n")] = 0;
	lua_pushstring(lua, value);
	return 1;
}

/* The number of the socket whose table kernel.listen and others gave: its functions have it as an
 * upvalue. */
static lua_Integer socket_at(lua_State *lua, int at)
{
	luaL_checktype(lua, at, LUA_TTABLE);
	lua_getfield(lua, at, "port");
	if (!lua_iscfunction(lua, -1) || !lua_getupvalue(lua, -1, 1) || !lua_isinteger(lua, -1))
		luaL_error(lua, "a socket is wanted");
	lua_Integer i = lua_tointeger(lua, -1);
	lua_pop(lua, 2);
	return i;
}

/* killed(SOCKET...): a program that has these sockets, and nobody else has, is killed. */
static int killed(lua_State *lua)
{
	struct scenario *s = scenario_of(lua);
	const struct actor *a = &s->actor[socket_at(lua, 1)];
	pid_t self = getpid(), program = fork();
	if (program < 0)
		return luaL_error(lua, "no process could be started");
	if (program == 0) {
		while (process_dies_with(self))
			pause();
		_exit(EXIT_FAILED);
	}
	for (int at = 1; at <= lua_gettop(lua); at++)
		puppet_close(&s->puppet[socket_at(lua, at)]);
	int64_t time = clock_ns(CLOCK_REALTIME);
	kill(program, SIGKILL);
	waitpid(program, NULL, 0);
	s->guest.called(s->guest.to, &(struct call){.time = time,
						    .who = a->who,
						    .call = "killed by SIGKILL",
						    .gave = "",
						    .opener = a->opener});
	return 0;
}

/* named(SOCKET, "thread 1"): who makes this socket's calls from now on. Returns the socket. */
static int named(lua_State *lua)
{
	struct actor *a = &scenario_of(lua)->actor[socket_at(lua, 1)];
	snprintf(a->who, sizeof a->who, "%s", luaL_checkstring(lua, 2));
	lua_settop(lua, 1);
	return 1;
}

const luaL_Reg claim_functions[] = {
	{"documented", nothing}, {"verdict", nothing}, {"saw", saw},
	{"state", state},        {"timer", timer},     {"sysctl", sysctl},
	{"killed", killed},      {"named", named},     {NULL, NULL},
};

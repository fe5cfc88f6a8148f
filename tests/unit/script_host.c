/* SPDX-License-Identifier: MIT */
#include "tests/unit/script_host.h"

#include <lauxlib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "tests/unit/rows.h"
#include "tests/unit/script_rows.h"

static struct host *host_of(lua_State *lua)
{
	return lua_touserdata(lua, lua_upvalueindex(1));
}

static int tell(lua_State *lua)
{
	struct host *h = host_of(lua);
	size_t used = strlen(h->told);
	snprintf(h->told + used, sizeof h->told - used, "%s;", luaL_checkstring(lua, 1));
	h->calls++;
	return 0;
}

static int stop(lua_State *lua)
{
	host_of(lua)->calls++;
	return script_stop(lua, "expected %s, got %d", "ACK", 7);
}

static int refuse(lua_State *lua)
{
	return luaL_error(lua, "no such flag");
}

static int doze(lua_State *lua)
{
	static const struct timespec while_ = {.tv_nsec = 100000000};
	(void)lua;
	nanosleep(&while_, NULL);
	return 0;
}

void script_open_host(lua_State *lua, void *to)
{
	static const luaL_Reg functions[] = {
		{"tell", tell}, {"stop", stop}, {"refuse", refuse}, {"doze", doze}, {NULL, NULL},
	};
	lua_pushlightuserdata(lua, to);
	luaL_setfuncs(lua, functions, 1);
}

bool script_run_text(struct script *s, const char *text, struct host *h, char why[static WHY_TEXT])
{
	size_t len = strlen(text);
	struct octets o = octets_prefix(&(struct octets){(uint8_t *)text, len}, len);
	struct script_program p = {
		.name = "three.lua",
		.text = (char *)o.at,
		.len = o.len,
		.open = script_open_host,
		.to = h,
	};
	*why = 0;
	bool good = script_run(s, &p, why);
	free(o.at);
	return good;
}

struct script *script_fresh(void)
{
	struct script *s = script_new(script_limits);
	assert_non_null(s);
	return s;
}

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SCENARIO_CALL_H
#define SYNFIN_SCENARIO_CALL_H

#include <lauxlib.h>

#include "inject/scenario.h"

enum { CALL_TEXT = 160 };

/* Name the holder of socket i: the member `name` of the function's argument, else `otherwise`. */
void scenario_name_actor(lua_State *lua, lua_Integer i, const char *otherwise, bool opener);

/* The guest hears that the holder of socket i has made a call, at that time, which gave so
 * much, or -errno. */
void scenario_called(lua_State *lua, lua_Integer i, int64_t time, const char *call, ssize_t gave);

/* Push the function f of socket i, of which the guest hears whenever it is called, unless it is
 * one that only asks. */
void scenario_push_function(lua_State *lua, lua_Integer i, const luaL_Reg *f);

#endif

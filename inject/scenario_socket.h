/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SCENARIO_SOCKET_H
#define SYNFIN_SCENARIO_SOCKET_H

#include "inject/scenario.h"

/* Sockets of the kernel's: a free place for one, its table of functions, what a call gave (a
 * number, or nil and the error's name). */
struct puppet *scenario_new_socket(lua_State *lua);
void scenario_push_socket(lua_State *lua, lua_Integer i);
int scenario_push_gave(lua_State *lua, ssize_t gave);
void scenario_set_option(lua_State *lua, struct puppet p, const char *name, lua_Integer value);

/* A port, or an error. */
uint16_t scenario_port(lua_State *lua, lua_Integer n);

#endif

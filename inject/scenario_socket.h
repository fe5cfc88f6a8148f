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

/* The member `set` of a function's argument: options by name. */
void scenario_set_options(lua_State *lua, struct puppet p);

/* A member of a function's argument that is a number, or true or false. */
lua_Integer scenario_field(lua_State *lua, const char *name, lua_Integer otherwise);

/* Hand a new socket to the script, or say why there is none; `c` is the call that made it. */
int scenario_push_opened(lua_State *lua, struct puppet *p, int gave, const struct call *c);

/* The socket that a function belongs to: its upvalue is the number. */
struct puppet *scenario_socket(lua_State *lua);

/* The arguments of what hears: how long it waits, and for how much at most. */
struct hearing_wish {
	int64_t until;
	size_t size;
};
struct hearing_wish scenario_hearing(lua_State *lua);

/* A port, or an error. The one for the next socket that asks for none; 0: the kernel chooses. */
uint16_t scenario_port(lua_State *lua, lua_Integer n);
uint16_t scenario_next_port(struct scenario *s);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_GRADE_PARTS_H
#define SYNFIN_GRADE_PARTS_H

#include <lua.h>

#include "labs/grade.h"

/* What grading and playing share. The argument of question{} is at 1. */
int question_kind(lua_State *lua);
bool question_late(lua_State *lua);
const char *question_id(lua_State *lua, char id[static ID_TEXT]);
/* The value at the top as an answer of that kind; lists are tables of numbers. False: it is none.
 */
bool take_answer(lua_State *lua, enum answer_kind kind, struct symbols s, struct answer *a);
int push_random(lua_State *lua, uint64_t *state);

/* Into the table of globals at the top: the functions of labs/prelude.lua, and the numbers of the
 * run: server_port, crafted_port, client_port and isn, of the crafted end. */
void lab_open_prelude(lua_State *lua, uint64_t seed);

/* The text with its "${EXPRESSION}" replaced by their values, computed with the table of globals at
 * the top; what has none becomes "?". Allocated; may raise an error. */
char *expand(lua_State *lua, struct passage text);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SCENARIO_PARTY_H
#define SYNFIN_SCENARIO_PARTY_H

#include "inject/scenario.h"

/* x, or y, is known once the SYN that has it was sent (ours) or heard. */
void party_learns_opener(struct party *y, const struct segment *s, bool ours);

/* Functions of a party. */
int party_expect(lua_State *lua);
int party_drop(lua_State *lua);
int party_silence(lua_State *lua);
int party_settle(lua_State *lua);

#endif

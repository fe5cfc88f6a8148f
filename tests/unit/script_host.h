/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TESTS_SCRIPT_HOST_H
#define SYNFIN_TESTS_SCRIPT_HOST_H

#include "analysis/script.h"

/* A host: what the program told it. */
struct host {
	char told[64];
	unsigned calls;
};

/* For script_program.open, with a struct host: tell(text), stop(), refuse(), doze(). */
void script_open_host(struct lua_State *lua, void *to);

/* A script with the usual limits, or else the test fails. */
struct script *script_fresh(void);

/* script_run of a copy of exactly the text's size, as "three.lua", with the host's functions. */
bool script_run_text(struct script *s, const char *text, struct host *h, char why[static WHY_TEXT]);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SCRIPT_H
#define SYNFIN_SCRIPT_H

#include "analysis/environment.h"
#include "analysis/meter.h"

struct lua_State;

/* A Lua 5.4 expression that can be asked again and again, each time with other globals, or a whole
 * program. It cannot reach files, the clock or chance, and ends when it has used up its limits:
 * nothing that it calls can go on longer, and no pcall of its own can keep it alive. */
struct script;

/* "Lua 5.4.4". */
const char *script_version(void);

/* NULL when memory is short. Free it with script_free. */
struct script *script_new(struct limits l);
void script_free(struct script *s);

/* Compile the expression; before it stand Lua statements of ours, on one line. On failure `why` is
 * Lua's message, and *at counts the octets of the expression before the one that it is about. */
bool script_compile(struct script *s, const char *before, const char *expression, size_t *at,
		    char why[static WHY_TEXT]);

/* The globals of the next evaluation: the library and the members of the object that this JSON
 * text is, and nothing that an earlier evaluation left. A member that is null is nil; to use a name
 * that is no member is an error. False when it is no object, or memory is short. */
bool script_set_json(struct script *s, const char *json, size_t len);

/* Whether the expression is true; nil counts as false. When it has no such value `why` says what
 * happened, else it is "". Once for each script_set_json. */
bool script_eval_bool(struct script *s, char why[static WHY_TEXT]);

/* Lua statements, and what they may do beside the library. */
struct script_program {
	const char *name; /* begins each error: "NAME:LINE: what", or "NAME: what" */
	const char *text;
	size_t len;
	/* NULL, or puts functions of the host into the table of globals at the stack's top. It may
	 * raise errors, and so may they. What they do themselves counts for no limit: they may
	 * block. */
	void (*open)(struct lua_State *lua, void *to);
	/* NULL, or called when it has come to its end, with its globals at the stack's top. */
	void (*close)(struct lua_State *lua, void *to);
	void *to;
	/* NULL, or asked now and then whether it is to end: then why. */
	const char *(*stop)(void *to);
};

/* Run the program to its end; nothing of it stays. To use a name that is not there is an error. On
 * failure `why` says what happened, perhaps in octets that the program chose. */
bool script_run(struct script *s, const struct script_program *p, char why[static WHY_TEXT]);

/* For a function of the host: push the value of a JSON text. Members that are null are nil; others
 * that are not there, and what is no JSON, raise errors. */
void script_push_json(struct lua_State *lua, const char *json, size_t len);

/* For a function of the host: raise an error that no pcall of the program catches. The format is
 * lua_pushfstring's. Never returns. */
int script_stop(struct lua_State *lua, const char *format, ...);

#endif

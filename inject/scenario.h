/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SCENARIO_H
#define SYNFIN_SCENARIO_H

#include <lua.h>

#include "capture/puppet.h"
#include "capture/second_host.h"
#include "inject/play.h"
#include "inject/scenario_guest.h"

enum { PARTIES = 20, PUPPETS = 32, SCENARIO_SECONDS = 60 };

/* One crafted end, and what a script calls it: party 0 is the one of the global functions. */
struct party {
	struct play play;
	int64_t last;  /* when its last segment was captured, in ns since 1970; 0: none yet */
	bool client;   /* the kernel's end: it opened */
	bool opened;   /* a SYN has been seen: x is the number of the first */
	bool lost_syn; /* the other end's SYN was dropped: its number is known, no more */
	bool spoofs;   /* it speaks for a socket of the kernel's */
};

/* A script at work. What it calls finds it as light userdata in the registry. */
struct scenario {
	struct scene scene;
	const struct order *order;
	const char *name, *text;
	int seconds;   /* how long it may take; 0: SCENARIO_SECONDS */
	int64_t until; /* when its time is up */
	struct party *party[PARTIES];
	unsigned parties;
	struct puppet puppet[PUPPETS];
	struct actor actor[PUPPETS];
	unsigned puppets;
	struct scenario_guest guest;
	uint16_t next_port;       /* for the next socket that connects; 0: the kernel chooses */
	struct endpoint listener; /* the kernel's: port 8080 in a namespace */
	struct second_host second;
	bool failed; /* an expectation: it has been told */
};

/* Set up the scene, after order, name, text, guest. False with a sentence. Close it anyway. */
bool scenario_open(struct scenario *s, char why[static WHY_TEXT]);

/* Run the script; returns the exit code, after having said why. */
int scenario_perform(struct scenario *s, char why[static WHY_TEXT]);

/* Free all but s itself. Returns the exit code, which is `code` if nothing went wrong. */
int scenario_close(struct scenario *s, int code);

struct scenario *scenario_of(lua_State *lua);

/* A new crafted end; raises an error when there is no room or no port. Pushes nothing. */
struct party *scenario_party(lua_State *lua, uint16_t port);

/* Into the table at the stack's top: the functions of a party, of the kernel's sockets. */
void scenario_add_party(lua_State *lua);
void scenario_add_kernel(lua_State *lua);

/* The end that a function belongs to: its upvalue is the number. */
struct party *party_of(lua_State *lua);

/* Say what the kernel did otherwise, and end the script. */
void scenario_differs(lua_State *lua, const char *expected, const char *actual,
		      const char *differs);

/* The member of a row that is a number, or otherwise. */
double row_number(lua_State *lua, const char *name, double otherwise);

/* Let others act for a moment. False: it is `until`. */
bool scenario_pause(lua_State *lua, int64_t until);

/* Wait until a segment for this end has come. False: it is `until`. May end the script. */
bool scenario_next(lua_State *lua, struct party *y, int64_t until, struct packet *p);

/* The arguments of a function: seconds, as nanoseconds from now, within the script's time. */
int64_t scenario_deadline(lua_State *lua, double seconds);

#endif

/* SPDX-License-Identifier: MIT */
#include "inject/scenario.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/printable.h"
#include "analysis/script.h"
#include "capture/clock.h"
#include "inject/acts.h"

enum { KERNEL_PORT = 8080 };

static const struct limits limits = {8 << 20, 2000000000};
static const char registered[] = "scenario";

struct scenario *scenario_of(lua_State *lua)
{
	lua_rawgetp(lua, LUA_REGISTRYINDEX, registered);
	struct scenario *s = lua_touserdata(lua, -1);
	lua_pop(lua, 1);
	return s;
}

static int seconds_of(const struct scenario *s)
{
	return s->seconds ? s->seconds : SCENARIO_SECONDS;
}

int64_t scenario_deadline(lua_State *lua, double seconds)
{
	struct scenario *s = scenario_of(lua);
	if (!(seconds >= 0 && seconds <= seconds_of(s)))
		luaL_error(lua, "a time is from 0 to %d seconds", seconds_of(s));
	int64_t until = in_ms((int64_t)(seconds * 1000));
	if (clock_ns(CLOCK_MONOTONIC) >= s->until)
		script_stop(lua, "it takes longer than %d seconds", seconds_of(s));
	return until < s->until ? until : s->until;
}

bool scenario_next(lua_State *lua, struct party *y, int64_t until, struct packet *p)
{
	struct scenario *s = scenario_of(lua);
	struct tcp *t = &y->play.tcp;
	const struct endpoint *from = t->remote.port ? &t->remote : NULL;
	enum heard h = scene_hear(&s->scene, until, &t->local, from, p);
	if (h == HEARD_END)
		script_stop(lua, "%s", s->scene.stopped ? "stopped" : s->scene.why);
	if (h == HEARD_SEGMENT && !from)
		t->remote = p->src;
	return h == HEARD_SEGMENT;
}

static struct party *add_party(struct scenario *s, uint16_t port, char why[static WHY_TEXT])
{
	bool first = !s->parties;
	struct endpoint at = {s->listener.address,
			      first && order_has(s->order, KEY_SPORT) ? s->order->set.sport : port};
	struct party *y = calloc(1, sizeof *y);
	if (!y) {
		snprintf(why, WHY_TEXT, "out of memory\nClose something, and try again.");
		return NULL;
	}
	y->spoofs = port;
	s->party[s->parties++] = y;
	if (port) {
		y->play = (struct play){.scene = &s->scene, .shield = {-1}};
		tcp_init(&y->play.tcp, &at, (struct seq){0});
	} else if (!play_begin(&y->play, &s->scene, s->order, &at, why)) {
		return NULL;
	} else if (!first && s->order->inside) {
		at = y->play.tcp.local; /* each end of an exercise has numbers of its own */
		tcp_init(&y->play.tcp, &at, random_isn());
	}
	y->play.tcp.remote = (struct endpoint){s->listener.address, 0};
	return y;
}

struct party *scenario_party(lua_State *lua, uint16_t port)
{
	struct scenario *s = scenario_of(lua);
	char why[WHY_TEXT];
	if (s->parties == PARTIES)
		luaL_error(lua, "more than %d crafted ends", PARTIES);
	if (!s->order->netns)
		luaL_error(lua,
			   "more than one crafted end: in a namespace of its own only, --netns");
	struct party *y = add_party(s, port, why);
	if (!y)
		luaL_error(lua, "%s", why);
	y->play.tcp.remote.port = s->party[0]->play.tcp.remote.port;
	return y;
}

/* ---- functions of no party */

static int wait(lua_State *lua)
{
	struct scenario *s = scenario_of(lua);
	if (!scene_pause(&s->scene, scenario_deadline(lua, luaL_checknumber(lua, 1))))
		script_stop(lua, "%s", s->scene.stopped ? "stopped" : s->scene.why);
	return 0;
}

static int note(lua_State *lua)
{
	char shown[PRINTABLE_TEXT];
	scene_flush(&scenario_of(lua)->scene);
	if (!scenario_of(lua)->order->look.quiet)
		fprintf(stderr, "  %s\n", printable(luaL_checkstring(lua, 1), shown));
	return 0;
}

/* Lua computes without asking us: it is asked instead. */
static const char *stop(void *to)
{
	struct scenario *s = to;
	if (!scene_check(&s->scene))
		return s->scene.stopped ? "stopped" : s->scene.why;
	return clock_ns(CLOCK_MONOTONIC) < s->until ? NULL : "it takes too long";
}

static void add_globals(lua_State *lua, void *to)
{
	lua_pushlightuserdata(lua, to);
	lua_rawsetp(lua, LUA_REGISTRYINDEX, registered);
	lua_pushcfunction(lua, wait);
	lua_setfield(lua, -2, "wait");
	lua_pushcfunction(lua, note);
	lua_setfield(lua, -2, "note");
	scenario_add_kernel(lua);
	if (scenario_of(lua)->guest.open)
		scenario_of(lua)->guest.open(lua, scenario_of(lua)->guest.to);
	scenario_add_party(lua);
}

static bool wants_two_hosts(const char *text)
{
	static const char line[] = "\n-- Hosts: 2\n";
	return strstr(text, line) || strstr(text, line + 1) == text;
}

static bool open_second_host(struct scenario *s, struct scene_wish *w, char why[static WHY_TEXT])
{
	if (!wants_two_hosts(s->text))
		return true;
	if (!s->order->netns) {
		snprintf(why, WHY_TEXT, "two hosts need a namespace of their own\nAdd --netns.");
		return false;
	}
	w->also = second_host_interface;
	return second_host_open(&s->second, why);
}

bool scenario_open(struct scenario *s, char why[static WHY_TEXT])
{
	const struct order *o = s->order;
	struct scene_wish wish = act_wish(o);
	wish.look = o->look;
	wish.guest = s->guest.scene;
	s->listener = (struct endpoint){{{127, 0, 0, 1}, 4}, o->netns ? KERNEL_PORT : 0};
	if (o->target.port)
		s->listener = o->target;
	if (!act_isolate(o, why) || !open_second_host(s, &wish, why) || !add_party(s, 0, why))
		return false;
	wish.port = o->netns ? 0 : s->party[0]->play.tcp.local.port;
	return scene_open(&s->scene, &wish);
}

int scenario_perform(struct scenario *s, char why[static WHY_TEXT])
{
	struct script *script = script_new(limits);
	struct script_program program = {
		.name = s->name,
		.text = s->text,
		.len = strlen(s->text),
		.open = add_globals,
		.to = s,
		.stop = stop,
	};
	char shown[PRINTABLE_TEXT];
	if (!script) {
		scene_fail(&s->scene, "out of memory");
		return EXIT_FAILED;
	}
	s->until = in_ms(seconds_of(s) * INT64_C(1000));
	bool good = script_run(script, &program, why);
	script_free(script);
	if (good)
		return EXIT_DONE;
	if (s->failed)
		return EXIT_FALSE;
	if (!s->scene.ended)
		fprintf(stderr, "synfin: %s\n", printable(why, shown));
	return EXIT_FAILED;
}

int scenario_close(struct scenario *s, int code)
{
	code = scene_close(&s->scene, code);
	if (s->second.pid)
		second_host_close(&s->second);
	for (unsigned i = 0; i < s->puppets; i++)
		if (s->puppet[i].fd >= 0)
			puppet_close(&s->puppet[i]);
	for (unsigned i = 0; i < s->parties; i++) {
		play_end(&s->party[i]->play);
		free(s->party[i]);
	}
	return code;
}

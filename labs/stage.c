/* SPDX-License-Identifier: MIT */
#include "labs/stage.h"

#include <errno.h>
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/script.h"
#include "capture/clock.h"
#include "capture/process.h"
#include "capture/sandbox.h"
#include "inject/acts.h"
#include "inject/scenario.h"
#include "labs/arp.h"
#include "labs/ask.h"
#include "labs/grade_parts.h"
#include "labs/numbers.h"

/* How long a call waits for segments before it that are still on their way to us; how long the end
 * of a run waits for its last segment. */
static const int64_t lag = 40000000;
enum { TAIL_MS = 80 };

static const char registered[] = "stage";

static struct stage *stage_of(lua_State *lua)
{
	lua_rawgetp(lua, LUA_REGISTRYINDEX, registered);
	struct stage *s = lua_touserdata(lua, -1);
	lua_pop(lua, 1);
	return s;
}

/* ---- what a script calls */

static int question(lua_State *lua)
{
	struct stage *s = stage_of(lua);
	if (s->questions == MARKS)
		return luaL_error(lua, "more than %d questions", MARKS);
	struct asked *a = &s->question[s->questions];
	question_id(lua, a->id);
	a->kind = (enum answer_kind)question_kind(lua);
	a->late = question_late(lua);
	s->questions++;
	return 0;
}

static int random_number(lua_State *lua)
{
	struct stage *s = stage_of(lua);
	if (s->playing)
		return luaL_error(lua, "random is for what stands before play");
	return push_random(lua, &s->random);
}

static int play(lua_State *lua)
{
	luaL_checktype(lua, 1, LUA_TFUNCTION);
	stage_of(lua)->playing = true;
	lua_settop(lua, 1);
	lua_call(lua, 0, 0);
	stage_of(lua)->playing = false;
	return 0;
}

static void stop_unless(lua_State *lua, bool good)
{
	struct stage *s = stage_of(lua);
	if (!good)
		script_stop(lua, "%s", *s->scenario.scene.why ? s->scenario.scene.why : "stopped");
}

/* Thinking takes none of the script's time. */
static bool ask_patiently(struct stage *s, struct asked *q)
{
	int64_t from = clock_ns(CLOCK_MONOTONIC);
	bool goes_on = stage_ask(s, q);
	s->scenario.until += clock_ns(CLOCK_MONOTONIC) - from;
	return goes_on;
}

/* Returns the answer: a number, a text, or nil when there is none. */
static int ask(lua_State *lua)
{
	struct stage *s = stage_of(lua);
	const char *id = luaL_checkstring(lua, 1);
	struct answer a;
	struct asked *q = stage_question(s, id);
	if (!q)
		return luaL_error(lua, "there is no question '%s'", id);
	stop_unless(lua, stage_settle(s) && stage_mark(s, false));
	evidence_add_cue(&s->evidence, "ask", id, clock_ns(CLOCK_REALTIME));
	stop_unless(lua, ask_patiently(s, q));
	const struct reply *r = reply_to(&s->given->replies, id);
	struct symbols symbols = evidence_symbols(&s->evidence);
	if (!r || !*r->text || !answer_parse(q->kind, r->text, symbols, &a))
		lua_pushnil(lua);
	else if (q->kind == ANSWER_NUMBER)
		lua_pushinteger(lua, a.number);
	else if (q->kind == ANSWER_TIME)
		lua_pushnumber(lua, a.seconds);
	else
		lua_pushstring(lua, r->text);
	return 1;
}

static int tell(lua_State *lua)
{
	struct stage *s = stage_of(lua);
	const char *id = luaL_checkstring(lua, 1);
	stop_unless(lua, stage_settle(s) && stage_mark(s, false));
	evidence_add_cue(&s->evidence, "tell", id, clock_ns(CLOCK_REALTIME));
	stop_unless(lua, stage_tell(s, id));
	return 0;
}

/* ---- what the scenario tells its guest */

static void open_globals(lua_State *lua, void *to)
{
	static const luaL_Reg functions[] = {{"question", question}, {"random", random_number},
					     {"play", play},         {"ask", ask},
					     {"tell", tell},         {NULL, NULL}};
	lua_pushlightuserdata(lua, to);
	lua_rawsetp(lua, LUA_REGISTRYINDEX, registered);
	luaL_setfuncs(lua, functions, 0);
	if (stage_of(lua)->given->functions)
		luaL_setfuncs(lua, stage_of(lua)->given->functions, 0);
	lab_open_prelude(lua, stage_of(lua)->given->seed);
}

static void called(void *to, const struct call *c)
{
	struct stage *s = to;
	evidence_add_call(&s->evidence, c);
	if (!s->given->silent)
		lane_add(&s->lane, c);
}

void stage_prompt(struct stage *s)
{
	FILE *out = s->scenario.scene.out;
	fprintf(out, lab_says(s->given->language, SAY_PROMPT), s->nth, s->questions);
	s->prompting = true;
	s->broken = false;
}

static void frame(void *to, const struct frame *f)
{
	struct stage *s = to;
	if (s->prompting && !s->broken)
		fputc('\n', s->scenario.scene.out);
	s->broken = s->prompting;
	lane_print(&s->lane, f->time, s->scenario.scene.out);
	arp_print(f, s->scenario.scene.out);
	evidence_add_frame(&s->evidence, f);
}

static void turn(void *to)
{
	struct stage *s = to;
	lane_print(&s->lane, clock_ns(CLOCK_REALTIME) - lag, s->scenario.scene.out);
	if (s->prompting && s->broken) {
		stage_prompt(s);
		scene_flush(&s->scenario.scene);
	}
}

/* ---- the whole */

/* Other ports and first numbers for each run and each student. */
static void choose_numbers(struct performance *p, struct order *o, struct scenario *s)
{
	struct numbers n = numbers_of(p->seed);
	o->target = (struct endpoint){{{127, 0, 0, 1}, 4}, n.server_port};
	o->set.sport = n.crafted_port;
	o->set.isn = n.isn;
	o->given = key_bit(KEY_SPORT) | key_bit(KEY_ISN);
	s->next_port = n.client_port;
}

static bool keep(struct stage *s)
{
	FILE *f = s->given->calls;
	size_t len = s->evidence.calls_len;
	return !f || (fwrite(s->evidence.calls, 1, len, f) == len && fflush(f) == 0) ||
	       scene_fail(&s->scenario.scene,
			  "cannot keep the run: %s\nMake room, and run it again.", strerror(errno));
}

static int end(struct stage *s, int code)
{
	struct performance *p = s->given;
	bool good = code == EXIT_DONE && stage_settle(s);
	scene_finish(&s->scenario.scene);
	good = good && (p->evidence || stage_mark(s, true));
	if (good)
		stage_end(s);
	if (good && !keep(s))
		return EXIT_FAILED;
	return !good ? EXIT_FAILED : p->score.right == p->score.count ? EXIT_DONE : EXIT_FALSE;
}

/* Where there can be no second host the stored run has one. */
static int refuse(struct scenario *play, char why[static WHY_TEXT])
{
	if (play->second.line >= 0)
		return scenario_close(play, EXIT_FAILED);
	memcpy(why, play->scene.why, WHY_TEXT);
	*play->scene.why = 0;
	return scenario_close(play, EXIT_NO_SANDBOX);
}

static int run(struct stage *s, char why[static WHY_TEXT])
{
	pid_t parent = getppid();
	struct scenario *play = &s->scenario;
	play->guest = (struct scenario_guest){open_globals, called, s, {frame, turn, s}};
	if (!scenario_open(play, play->scene.why))
		return refuse(play, why);
	if (!process_dies_with(parent)) /* rights have been given up */
		return scenario_close(play, EXIT_FAILED);
	stage_begin(s);
	int code = scenario_perform(play, why);
	if (code == EXIT_DONE)
		scene_pause(&play->scene, in_ms(TAIL_MS));
	code = scenario_close(play, end(s, code));
	return play->scene.unheard ? EXIT_UNHEARD : code;
}

int perform(struct performance *p, char why[static WHY_TEXT])
{
	static const struct act act = {.name = "lab", .takes = "", .admin = true};
	struct order order = {.act = &act, .as_root = p->as_root, .savefile = p->capture};
	if (p->answers && !answers_read(&p->written, p->answers, p->exercise, why)) {
		fprintf(stderr, "synfin: %s\n", why);
		return EXIT_FAILED;
	}
	struct stage *s = calloc(1, sizeof *s);
	if (!s || !sandbox_enter(why, WHY_TEXT)) {
		free(s);
		return EXIT_NO_SANDBOX;
	}
	s->given = p;
	s->random = p->seed;
	s->lane = (struct lane){.width = p->look.look.width, .color = p->look.look.color};
	choose_numbers(p, &order, &s->scenario);
	order.look = p->look;
	order.taken = p->evidence; /* nobody looks on */
	order.look.quiet = order.netns = order.inside = true;
	s->scenario.order = &order;
	s->scenario.name = p->exercise->name;
	s->scenario.text = p->exercise->script;
	s->scenario.seconds = p->seconds;
	int code = run(s, why);
	if (p->evidence)
		*p->evidence = s->evidence;
	else
		evidence_free(&s->evidence);
	free(s);
	return code;
}

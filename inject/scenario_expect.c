/* SPDX-License-Identifier: MIT */
#include <lauxlib.h>
#include <stdio.h>

#include "analysis/script.h"
#include "inject/scenario_party.h"
#include "inject/scenario_row.h"

static const double second = 1e9;

/* The functions of a party have its number as upvalue. */
struct party *party_of(lua_State *lua)
{
	return scenario_of(lua)->party[lua_tointeger(lua, lua_upvalueindex(1))];
}

double row_number(lua_State *lua, const char *name, double otherwise)
{
	int good = 1;
	lua_getfield(lua, 1, name);
	double n = lua_isnil(lua, -1) ? otherwise : lua_tonumberx(lua, -1, &good);
	lua_pop(lua, 1);
	if (!good || n != n)
		luaL_error(lua, "'%s' is to be a number", name);
	return n;
}

static void party_learns_lost(struct party *y, struct seq irs)
{
	y->play.tcp.tcb.irs = irs;
	y->lost_syn = true;
}

/* x, or y, is known once the SYN that has it was sent or heard. */
void party_learns_opener(struct party *y, const struct segment *s, bool ours)
{
	if (!(s->flags & SYN) || y->opened)
		return;
	y->opened = true;
	y->client = ours == !!(s->flags & ACK);
}

void scenario_differs(lua_State *lua, const char *expected, const char *actual, const char *differs)
{
	struct scenario *s = scenario_of(lua);
	scene_flush(&s->scene);
	luaL_where(lua, 1);
	fprintf(stderr,
		"synfin: %sthe kernel did otherwise\n  expected  %s\n  actual    %s\n"
		"  differs   %s\n",
		lua_tostring(lua, -1), expected, actual, differs);
	s->failed = true;
	script_stop(lua, "it did otherwise");
}

static void tell_differs(lua_State *lua, struct party *y, const struct row *want,
			 const struct packet *got, const char *differs)
{
	char expected[ROW_TEXT], actual[ROW_TEXT];
	row_print(y, want, false, expected);
	scenario_differs(lua, expected, row_print_packet(y, got, want, actual), differs);
}

static void tell_silence(lua_State *lua, struct party *y, const struct row *want, double seconds)
{
	char expected[ROW_TEXT], actual[ROW_TEXT];
	row_print(y, want, false, expected);
	snprintf(actual, sizeof actual, "nothing within %g s", seconds);
	scenario_differs(lua, expected, actual, "silence: no segment came");
}

static void check_after(lua_State *lua, struct party *y, const struct row *want,
			const struct packet *got)
{
	char differs[80];
	double after = row_number(lua, "after", 0);
	double took = (double)(got->time - y->last) / second;
	if (after <= 0 || took >= after)
		return;
	snprintf(differs, sizeof differs, "time: %.3f s after the segment before, not %g", took,
		 after);
	tell_differs(lua, y, want, got, differs);
}

static int push_segment(lua_State *lua, const struct packet *p)
{
	lua_newtable(lua);
	lua_pushinteger(lua, p->seg.seq.n);
	lua_setfield(lua, -2, "seq");
	lua_pushinteger(lua, p->seg.ack.n);
	lua_setfield(lua, -2, "ack");
	lua_pushinteger(lua, p->seg.len);
	lua_setfield(lua, -2, "len");
	lua_pushinteger(lua, p->seg.wnd);
	lua_setfield(lua, -2, "win");
	lua_pushinteger(lua, p->seg.flags);
	lua_setfield(lua, -2, "flags");
	lua_pushlstring(lua, (const char *)p->payload.at, p->payload.len);
	lua_setfield(lua, -2, "data");
	lua_pushnumber(lua, (double)p->time / second);
	lua_setfield(lua, -2, "time");
	lua_pushlstring(lua, (const char *)p->options.at, p->options.len);
	lua_setfield(lua, -2, "options");
	return 1;
}

static void take_in(struct party *y, const struct packet *p)
{
	struct tcb *t = &y->play.tcp.tcb;
	if (t->state == CLOSED && !t->syn_sent && !t->syn_heard)
		tcb_step(t, PASSIVE_OPEN);
	tcb_arrives(t, &p->seg);
}

/* expect and drop: what is dropped has not come, as far as this end knows. */
static int expect(lua_State *lua, bool takes)
{
	struct party *y = party_of(lua);
	struct row want;
	struct packet got;
	row_read(lua, "flags seq ack len win data opt within after", &want);
	double within = row_number(lua, "within", 1);
	if (!scenario_next(lua, y, scenario_deadline(lua, within), &got))
		tell_silence(lua, y, &want, within);
	enum row_field f = row_differs(&want, &got);
	if (f != ROW_FIELDS)
		tell_differs(lua, y, &want, &got, row_field_name(f));
	check_after(lua, y, &want, &got);
	y->last = got.time;
	party_learns_opener(y, &got.seg, false);
	if (takes)
		take_in(y, &got);
	else if (got.seg.flags & SYN)
		party_learns_lost(y, got.seg.seq);
	return push_segment(lua, &got);
}

int party_expect(lua_State *lua)
{
	return expect(lua, true);
}

int party_drop(lua_State *lua)
{
	return expect(lua, false);
}

int party_silence(lua_State *lua)
{
	struct party *y = party_of(lua);
	char expected[64], actual[ROW_TEXT];
	struct packet got;
	double seconds = luaL_checknumber(lua, 1);
	if (!scenario_next(lua, y, scenario_deadline(lua, seconds), &got))
		return 0;
	snprintf(expected, sizeof expected, "nothing for %g s", seconds);
	scenario_differs(lua, expected, row_print_packet(y, &got, NULL, actual),
			 "silence: a segment came");
	return 0;
}

int party_settle(lua_State *lua)
{
	struct party *y = party_of(lua);
	struct packet got;
	int64_t until = scenario_deadline(lua, luaL_checknumber(lua, 1));
	lua_Integer n = 0;
	for (; scenario_next(lua, y, until, &got); n++) {
		y->last = got.time;
		party_learns_opener(y, &got.seg, false);
		take_in(y, &got);
	}
	lua_pushinteger(lua, n);
	return 1;
}

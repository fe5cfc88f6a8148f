/* SPDX-License-Identifier: MIT */
#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/script.h"
#include "capture/clock.h"
#include "inject/scenario_party.h"
#include "inject/scenario_row.h"
#include "inject/scenario_socket.h"

/* ---- functions */

/* What the other end expects of the socket that we speak for, as the capture knows it. */
static void learn_numbers(struct scenario *s, struct party *y)
{
	struct tcp *t = &y->play.tcp;
	struct packet ends = {.src = t->remote, .dst = t->local};
	const struct connection *c = tracker_find(&s->scene.flow.tracker, &ends);
	if (!c)
		return;
	int to = endpoint_eq(&c->endpoint[0], &t->remote) ? 0 : 1;
	t->tcb = c->peer[1 - to].now;
	t->tcb.snd.nxt = c->peer[to].now.rcv.nxt;
	t->tcb.rcv.nxt = c->peer[to].now.snd.nxt;
	y->opened = true;
	y->client = c->client == to;
}

/* The port of the other end, once one was given. */
static uint16_t read_port(lua_State *lua, uint16_t otherwise)
{
	double to = row_number(lua, "to", otherwise);
	if (to == 0)
		luaL_error(lua, "to which port? kernel.listen{} first, or say to=8080");
	if (!(to >= 1 && to <= UINT16_MAX))
		luaL_error(lua, "'to' is to be a port from 1 to 65535");
	return (uint16_t)to;
}

static struct packet make(lua_State *lua, struct party *y, const struct row *r)
{
	struct tcp *t = &y->play.tcp;
	struct packet p = {.src = t->local, .seg = r->seg};
	if (y->spoofs)
		learn_numbers(scenario_of(lua), y);
	t->remote = (struct endpoint){t->local.address, read_port(lua, t->remote.port)};
	p.dst = t->remote;
	if (!r->given[ROW_FLAGS])
		p.seg.flags = r->data_len ? PSH | ACK : ACK;
	if (!r->given[ROW_SEQ])
		p.seg.seq = t->tcb.snd_known ? t->tcb.snd.nxt : t->iss;
	if (!r->given[ROW_ACK] && p.seg.flags & ACK)
		p.seg.ack = t->tcb.rcv.nxt;
	if (!r->given[ROW_WIN])
		p.seg.wnd = t->wnd;
	p.seg.len = (uint32_t)r->data_len;
	return p;
}

static bool is_true(lua_State *lua, const char *name)
{
	lua_getfield(lua, 1, name);
	bool is = lua_toboolean(lua, -1);
	lua_pop(lua, 1);
	return is;
}

/* It is ours, and we know of it. What a socket of the kernel's is said to have sent is not. */
static void departs(struct party *y, const struct segment *s)
{
	party_learns_opener(y, s, true);
	if (!y->spoofs)
		tcb_departs(&y->play.tcp.tcb, s);
}

static int party_send(lua_State *lua)
{
	struct scenario *s = scenario_of(lua);
	struct party *y = party_of(lua);
	char reason[ROW_TEXT];
	struct row r;
	row_read(lua, "flags seq ack win data opt to bad_sum forged", &r);
	struct packet p = make(lua, y, &r);
	p.payload = (struct bytes){r.data, r.data_len};
	bool syn = p.seg.flags & SYN && !r.given[ROW_OPT];
	p.options = syn ? (struct bytes){y->play.tcp.option, y->play.tcp.options}
			: (struct bytes){r.option, r.options};
	p.sum = is_true(lua, "bad_sum") ? SUM_BAD : SUM_UNKNOWN;
	if (p.sum != SUM_BAD && !is_true(lua, "forged"))
		departs(y, &p.seg);
	if (!scene_send(&s->scene, &p, row_print_packet(y, &p, NULL, reason)))
		return script_stop(lua, "%s", s->scene.why);
	y->last = clock_ns(CLOCK_REALTIME);
	return 0;
}

/* Another connection between the same ends: as if the crafted one had forgotten all. */
static int party_again(lua_State *lua)
{
	struct party *y = party_of(lua);
	struct tcp *t = &y->play.tcp;
	struct endpoint local = t->local, remote = t->remote;
	struct seq iss = lua_isnoneornil(lua, 1)
				 ? random_isn()
				 : (struct seq){(uint32_t)luaL_checkinteger(lua, 1)};
	tcp_init(t, &local, iss);
	t->remote = remote;
	y->opened = false;
	return 0;
}

static int party_speak(lua_State *lua);

static const luaL_Reg functions[] = {
	{"send", party_send},     {"expect", party_expect},
	{"drop", party_drop},     {"silence", party_silence},
	{"settle", party_settle}, {"again", party_again},
	{"peer", party_speak},    {NULL, NULL},
};

/* ---- symbols */

static int symbol(lua_State *lua, struct party *y, const char *name)
{
	const struct tcp *t = &y->play.tcp;
	bool ours = (*name == 'x') != y->client;
	if (y->spoofs)
		learn_numbers(scenario_of(lua), y);
	if (strcmp(name, "seq") == 0)
		lua_pushinteger(lua, t->tcb.snd_known ? t->tcb.snd.nxt.n : t->iss.n);
	else if (strcmp(name, "ack") == 0)
		lua_pushinteger(lua, t->tcb.rcv.nxt.n);
	else if (strcmp(name, "port") == 0)
		lua_pushinteger(lua, t->local.port);
	else if (strcmp(name, "x") != 0 && strcmp(name, "y") != 0)
		return luaL_error(lua, "there is no '%s'", name);
	else if (!ours && !t->tcb.syn_heard && !y->lost_syn)
		return luaL_error(lua, "%s is not known before the other end's SYN", name);
	else
		lua_pushinteger(lua, ours ? t->iss.n : t->tcb.irs.n);
	return 1;
}

static int party_symbol(lua_State *lua)
{
	return symbol(lua, party_of(lua), luaL_checkstring(lua, 2));
}

/* Into the table at the top: functions and symbols of party i. */
static void add(lua_State *lua, lua_Integer i)
{
	for (const luaL_Reg *f = functions; f->name; f++) {
		lua_pushinteger(lua, i);
		lua_pushcclosure(lua, f->func, 1);
		lua_setfield(lua, -2, f->name);
	}
	lua_newtable(lua);
	lua_pushinteger(lua, i);
	lua_pushcclosure(lua, party_symbol, 1);
	lua_setfield(lua, -2, "__index");
	lua_setmetatable(lua, -2);
}

/* peer(): another crafted end. peer(socket): one that speaks for that socket of the kernel's. */
static int party_speak(lua_State *lua)
{
	struct scenario *s = scenario_of(lua);
	lua_Integer port = 0;
	if (lua_istable(lua, 1)) {
		lua_getfield(lua, 1, "port");
		port = scenario_port(lua, luaL_checkinteger(lua, -1));
		lua_getfield(lua, 1, "peer_port");
	}
	lua_Integer to = port ? scenario_port(lua, luaL_checkinteger(lua, -1)) : 0;
	struct party *y = scenario_party(lua, (uint16_t)port);
	if (port)
		y->play.tcp.remote.port = (uint16_t)to;
	lua_newtable(lua);
	add(lua, s->parties - 1);
	return 1;
}

void scenario_add_party(lua_State *lua)
{
	add(lua, 0);
}

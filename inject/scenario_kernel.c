/* SPDX-License-Identifier: MIT */
#include <arpa/inet.h>
#include <errno.h>
#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "capture/clock.h"
#include "capture/sandbox.h"
#include "inject/scenario_call.h"
#include "inject/scenario_datagram.h"
#include "inject/scenario_socket.h"

enum { PATIENCE_MS = 1000 };

lua_Integer scenario_field(lua_State *lua, const char *name, lua_Integer otherwise)
{
	if (!lua_istable(lua, 1))
		return otherwise;
	lua_getfield(lua, 1, name);
	lua_Integer n = lua_isboolean(lua, -1) ? lua_toboolean(lua, -1)
					       : luaL_optinteger(lua, -1, otherwise);
	lua_pop(lua, 1);
	return n;
}

/* The member `set` of the argument: options by name. */
void scenario_set_options(lua_State *lua, struct puppet p)
{
	if (!lua_istable(lua, 1) || lua_getfield(lua, 1, "set") == LUA_TNIL)
		return;
	luaL_checktype(lua, -1, LUA_TTABLE);
	for (lua_pushnil(lua); lua_next(lua, -2); lua_pop(lua, 1)) {
		if (lua_type(lua, -2) != LUA_TSTRING)
			luaL_error(lua, "options have names: set={nodelay=1}");
		scenario_set_option(lua, p, lua_tostring(lua, -2), luaL_checkinteger(lua, -1));
	}
}

/* The member `host` of the argument: whom to connect to; by default ourselves. */
static struct address host_of(lua_State *lua)
{
	struct scenario *s = scenario_of(lua);
	struct address a = {.family = 4};
	if (!lua_istable(lua, 1) || lua_getfield(lua, 1, "host") == LUA_TNIL)
		return s->listener.address;
	if (!s->second.pid)
		luaL_error(lua, "other hosts are there in a script with the line '-- Hosts: 2'");
	if (inet_pton(AF_INET, luaL_checkstring(lua, -1), a.octet) != 1 ||
	    memcmp(a.octet, second_host_far.octet, 3) != 0)
		luaL_error(lua, "a host is one of 192.0.2.0/24; the second one is 192.0.2.2");
	return a;
}

/* Which of our addresses the kernel would choose to speak to that one. */
static struct address near(const struct scenario *s, const struct address *to)
{
	bool ours = memcmp(to, &s->listener.address, sizeof *to) == 0;
	return ours ? *to : second_host_near;
}

/* An ordinary socket of the kernel's, bound to the argument's port. Where it `fails`, for a script
 * that asks for that, *gave says why. */
static struct puppet *open_socket(lua_State *lua, uint16_t port, int *gave)
{
	struct scenario *s = scenario_of(lua);
	struct puppet *p = scenario_new_socket(lua);
	struct address host = host_of(lua);
	struct endpoint at = {near(s, &host),
			      scenario_port(lua, scenario_field(lua, "port", port))};
	char why[WHY_TEXT];
	*gave = puppet_open(p, &at, scenario_field(lua, "reuse", 1));
	if (*gave < 0 && !scenario_field(lua, "fails", 0)) {
		puppet_explain(*gave, &at, why);
		luaL_error(lua, "%s", strtok(why, "\n"));
	}
	if (*gave >= 0)
		scenario_set_options(lua, *p);
	return p;
}

/* Hand the socket to the script, or say why there is none. */
int scenario_push_opened(lua_State *lua, struct puppet *p, int gave, const struct call *c)
{
	struct scenario *s = scenario_of(lua);
	scenario_name_actor(lua, s->puppets, c->opener ? "client" : "server", c->opener);
	scenario_called(lua, s->puppets, c->time, c->call, gave);
	if (gave >= 0) {
		scenario_push_socket(lua, scenario_of(lua)->puppets++);
		return 1;
	}
	if (p->fd >= 0)
		puppet_close(p);
	return scenario_push_gave(lua, gave);
}

/* The first listener is the one that the crafted end speaks to. */
static int kernel_listen(lua_State *lua)
{
	struct scenario *s = scenario_of(lua);
	int gave, backlog = (int)scenario_field(lua, "backlog", 16);
	int64_t time = clock_ns(CLOCK_REALTIME);
	char call[CALL_TEXT];
	uint16_t asked = scenario_port(lua, scenario_field(lua, "port", s->listener.port));
	struct puppet *p = open_socket(lua, asked, &gave);
	if (gave >= 0)
		gave = puppet_listen(*p, backlog);
	if (gave < 0 && !scenario_field(lua, "fails", 0))
		luaL_error(lua, "listen: %s", strerror(-gave));
	struct endpoint at = {s->listener.address, asked};
	bool first = s->parties == 1 && !s->party[0]->play.tcp.remote.port;
	if (gave >= 0)
		puppet_local(*p, &at);
	if (gave >= 0 && first)
		s->party[0]->play.tcp.remote = at;
	snprintf(call, sizeof call, "%sbind(%u) listen(%d)",
		 scenario_field(lua, "reuse", 0) ? "SO_REUSEADDR " : "", at.port, backlog);
	return scenario_push_opened(lua, p, gave, &(struct call){.time = time, .call = call});
}

static int kernel_socket(lua_State *lua)
{
	int gave;
	struct puppet *p = open_socket(lua, 0, &gave);
	return scenario_push_opened(
		lua, p, gave, &(struct call){.time = clock_ns(CLOCK_REALTIME), .call = "socket()"});
}

uint16_t scenario_next_port(struct scenario *s)
{
	return s->next_port ? s->next_port++ : 0;
}

static int kernel_connect(lua_State *lua)
{
	struct scenario *s = scenario_of(lua);
	int gave;
	char call[CALL_TEXT], where[ENDPOINT_TEXT];
	int64_t time = clock_ns(CLOCK_REALTIME);
	struct puppet *p = open_socket(lua, scenario_next_port(s), &gave);
	struct endpoint to = s->party[0]->play.tcp.local;
	to.address = host_of(lua);
	to.port = scenario_port(lua, scenario_field(lua, "to", to.port));
	if (gave >= 0)
		gave = puppet_connect(*p, &to);
	if (gave == -EINPROGRESS)
		gave = 0;
	if (gave < 0 && !scenario_field(lua, "fails", 0))
		luaL_error(lua, "connect: %s", strerror(-gave));
	if (memcmp(&to.address, &s->listener.address, sizeof to.address) == 0)
		snprintf(call, sizeof call, "connect(%u)", to.port);
	else
		snprintf(call, sizeof call, "connect(%s)", endpoint_print(&to, where));
	return scenario_push_opened(lua, p, gave,
				    &(struct call){.time = time, .call = call, .opener = true});
}

/* kernel.is("TIME-WAIT"): within a second the kernel says so of its end of party 0. */
static void check_state(lua_State *lua, const char *name)
{
	for (int s = CLOSED; s < TCP_STATES; s++)
		if (strcmp(state_name((enum tcp_state)s), name) == 0)
			return;
	luaL_error(lua, "there is no state '%s'", name);
}
static int kernel_is(lua_State *lua)
{
	struct scenario *s = scenario_of(lua);
	const struct tcp *t = &s->party[0]->play.tcp;
	const char *want = luaL_checkstring(lua, 1), *is;
	check_state(lua, want);
	int64_t until = scenario_deadline(lua, PATIENCE_MS / 1000.0);
	do
		is = state_name(puppet_state_of(&t->remote, &t->local));
	while (strcmp(is, want) != 0 && scenario_pause(lua, until));
	if (strcmp(is, want) == 0)
		return 0;
	scenario_differs(lua, want, is, "the state of the kernel's end");
	return 0;
}
static int kernel_sysctl(lua_State *lua)
{
	const char *name = luaL_checkstring(lua, 1), *value = luaL_checkstring(lua, 2);
	char why[WHY_TEXT];
	if (!scenario_of(lua)->order->netns)
		return luaL_error(lua, "sysctls are set in a namespace of its own only: --netns");
	if (!sandbox_has_sysctl(name))
		return luaL_error(lua, "only sysctls below net/");
	if (!sandbox_sysctl(name, value, why, sizeof why))
		return luaL_error(lua, "%s", strtok(why, "\n"));
	return 0;
}
/* Of two lines "Group: A B" and "Group: 1 2", which are cut up, the value below a name, or NULL. */
static const char *counter_in(char *names, char *values, const char *group, const char *name)
{
	char *n, *v, *word = strtok_r(names, ": ", &n);
	const char *value;
	strtok_r(values, ": ", &v);
	if (!word || strcmp(word, group) != 0)
		return NULL;
	do {
		word = strtok_r(NULL, " \n", &n);
		value = strtok_r(NULL, " \n", &v);
	} while (word && value && strcmp(word, name) != 0);
	return word ? value : NULL;
}
static bool push_counter(lua_State *lua, const char *file, const char *group, const char *name)
{
	char names[8192], values[8192];
	const char *value = NULL;
	FILE *f = fopen(file, "re");
	while (f && !value && fgets(names, sizeof names, f) && fgets(values, sizeof values, f))
		value = counter_in(names, values, group, name);
	if (f)
		fclose(f);
	return value && lua_stringtonumber(lua, value);
}
/* A counter of netstat(8), as in proc_net_netstat: kernel.count("TcpExt", "SyncookiesSent"). */
static int kernel_count(lua_State *lua)
{
	const char *group = luaL_checkstring(lua, 1), *name = luaL_checkstring(lua, 2);
	if (push_counter(lua, "/proc/self/net/netstat", group, name) ||
	    push_counter(lua, "/proc/self/net/snmp", group, name))
		return 1;
	return luaL_error(lua, "there is no counter %s %s", group, name);
}
static const luaL_Reg kernel_functions[] = {
	{"listen", kernel_listen}, {"connect", kernel_connect}, {"socket", kernel_socket},
	{"udp", kernel_udp},       {"unix", kernel_unix},       {"is", kernel_is},
	{"sysctl", kernel_sysctl}, {"count", kernel_count},     {NULL, NULL},
};
void scenario_add_kernel(lua_State *lua)
{
	lua_newtable(lua);
	luaL_setfuncs(lua, kernel_functions, 0);
	lua_setfield(lua, -2, "kernel");
}

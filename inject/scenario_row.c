/* SPDX-License-Identifier: MIT */
#include <lauxlib.h>
#include <string.h>

#include "analysis/views/number.h"
#include "inject/scenario_row.h"
#include "inject/tell.h"
#include "inject/words.h"

enum { SHOWN_DATA = 20 };

static const char *const names[ROW_FIELDS] = {
	[ROW_FLAGS] = "flags", [ROW_SEQ] = "seq",   [ROW_ACK] = "ack", [ROW_LEN] = "len",
	[ROW_WIN] = "win",     [ROW_DATA] = "data", [ROW_OPT] = "opt",
};

static void check_names(lua_State *lua, const char *members)
{
	for (lua_pushnil(lua); lua_next(lua, 1); lua_pop(lua, 1)) {
		const char *name = lua_type(lua, -2) == LUA_TSTRING ? lua_tostring(lua, -2) : NULL;
		if (!name)
			luaL_error(lua, "a row has names, flags=\"S\", and no list");
		else if (!word_in(members, name))
			luaL_error(lua, "a row of this kind has no '%s'", name);
	}
}

const char *row_field_name(enum row_field f)
{
	return names[f];
}

/* Numbers are modulo 2^32, so that scripts can count beyond the wrap. */
static uint32_t number(lua_State *lua, const char *name)
{
	int good;
	lua_Integer n = lua_tointegerx(lua, -1, &good);
	if (!good)
		luaL_error(lua, "'%s' is to be a whole number", name);
	return (uint32_t)n;
}

static const char *string(lua_State *lua, const char *name, size_t *len)
{
	if (lua_type(lua, -1) != LUA_TSTRING)
		luaL_error(lua, "'%s' is to be a text", name);
	return lua_tolstring(lua, -1, len);
}

static void read_text(lua_State *lua, enum row_field f, struct row *r)
{
	char why[WHY_TEXT] = "";
	size_t len;
	const char *text = string(lua, names[f], &len);
	bool good = true;
	if (f == ROW_FLAGS)
		good = word_flags(text, &r->seg.flags, why);
	else if (f == ROW_OPT)
		good = word_options(text, r->option, sizeof r->option, &r->options, why);
	else if (len > sizeof r->data)
		luaL_error(lua, "'data' has at most %d octets", (int)sizeof r->data);
	else
		memcpy(r->data, text, r->data_len = len);
	if (!good)
		luaL_error(lua, "%s: %s", names[f], strtok(why, "\n"));
}

static void read_field(lua_State *lua, enum row_field f, struct row *r)
{
	switch (f) {
	case ROW_SEQ:
		r->seg.seq.n = number(lua, names[f]);
		break;
	case ROW_ACK:
		r->seg.ack.n = number(lua, names[f]);
		break;
	case ROW_LEN:
		r->seg.len = number(lua, names[f]);
		break;
	case ROW_WIN:
		r->seg.wnd = number(lua, names[f]);
		break;
	default:
		read_text(lua, f, r);
	}
}

void row_read(lua_State *lua, const char *members, struct row *r)
{
	*r = (struct row){0};
	luaL_checktype(lua, 1, LUA_TTABLE);
	check_names(lua, members);
	for (int f = 0; f < ROW_FIELDS; f++) {
		lua_getfield(lua, 1, names[f]);
		r->given[f] = !lua_isnil(lua, -1);
		if (r->given[f])
			read_field(lua, (enum row_field)f, r);
		lua_pop(lua, 1);
	}
	if (r->given[ROW_DATA] && !r->given[ROW_LEN])
		r->seg.len = (uint32_t)r->data_len;
}

/* PSH is the sender's affair: it is compared only where the row has it. */
static bool same_flags(uint16_t want, uint16_t got)
{
	return want == (want & PSH ? got : got & ~PSH);
}

static bool same_octets(const uint8_t *a, size_t len, struct bytes b)
{
	return len == b.len && (!len || memcmp(a, b.at, len) == 0);
}

static bool same(enum row_field f, const struct row *want, const struct packet *got)
{
	switch (f) {
	case ROW_FLAGS:
		return same_flags(want->seg.flags, got->seg.flags);
	case ROW_SEQ:
		return seq_eq(want->seg.seq, got->seg.seq);
	case ROW_ACK:
		return seq_eq(want->seg.ack, got->seg.ack);
	case ROW_LEN:
		return want->seg.len == got->seg.len;
	case ROW_WIN:
		return want->seg.wnd == got->seg.wnd;
	case ROW_DATA:
		return same_octets(want->data, want->data_len, got->payload);
	default:
		return same_octets(want->option, want->options, got->options);
	}
}

enum row_field row_differs(const struct row *want, const struct packet *got)
{
	enum row_field f = ROW_FLAGS;
	while (f < ROW_FIELDS && (!want->given[f] || same(f, want, got)))
		f++;
	return f;
}

/* ---- printing */

/* "y+1" where the letter's first number is known and near, else the number itself. */
static void add_number(struct text *to, const struct party *y, bool ours, struct seq n)
{
	const struct tcb *t = &y->play.tcp.tcb;
	bool known = ours ? t->syn_sent : t->syn_heard;
	struct seq base = ours ? t->iss : t->irs;
	int32_t d = seq_diff(n, base);
	if (!known || d < -9999 || d > 99999999)
		text_number(to, n.n);
	else
		tell_number(to, ours == y->client ? 'y' : 'x', base, n);
}

static void add_field(struct text *to, const char *name, uint32_t n)
{
	text_char(to, ' ');
	text_add(to, name);
	text_char(to, '=');
	text_number(to, n);
}

static void add_hex(struct text *to, uint8_t octet)
{
	static const char digits[] = "0123456789abcdef";
	text_char(to, digits[octet / 16]);
	text_char(to, digits[octet % 16]);
}

/* As a Lua string would have it, but not all of a long one. */
static void add_data(struct text *to, const struct row *r)
{
	size_t shown = r->data_len < SHOWN_DATA ? r->data_len : SHOWN_DATA;
	text_add(to, " data=\"");
	for (size_t i = 0; i < shown; i++) {
		bool plain = r->data[i] >= ' ' && r->data[i] < 0x7f;
		if (plain)
			text_char(to, (char)r->data[i]);
		else
			text_add(to, "\\x");
		if (!plain)
			add_hex(to, r->data[i]);
	}
	text_add(to, shown < r->data_len ? "\"..." : "\"");
}

static void add_options(struct text *to, const struct row *r)
{
	text_add(to, r->options ? " opt=hex=" : " opt=none");
	for (size_t i = 0; i < r->options; i++)
		add_hex(to, r->option[i]);
}

const char *row_print(const struct party *y, const struct row *r, bool ours,
		      char text[static ROW_TEXT])
{
	struct text to = text_in(text, ROW_TEXT);
	char flags[FLAGS_TEXT];
	text_add(&to, r->given[ROW_FLAGS] ? flags_print(r->seg.flags, flags) : "any");
	if (r->given[ROW_SEQ]) {
		text_add(&to, " seq=");
		add_number(&to, y, ours, r->seg.seq);
	}
	if (r->given[ROW_ACK]) {
		text_add(&to, " ack=");
		add_number(&to, y, !ours, r->seg.ack);
	}
	if (r->given[ROW_LEN] || r->given[ROW_DATA])
		add_field(&to, "len", r->seg.len);
	if (r->given[ROW_WIN])
		add_field(&to, "win", r->seg.wnd);
	if (r->given[ROW_DATA])
		add_data(&to, r);
	if (r->given[ROW_OPT])
		add_options(&to, r);
	return text;
}

static size_t copy(uint8_t *to, size_t room, struct bytes from)
{
	size_t len = from.len < room ? from.len : room;
	if (len)
		memcpy(to, from.at, len);
	return len;
}

const char *row_print_packet(const struct party *y, const struct packet *p, const struct row *like,
			     char text[static ROW_TEXT])
{
	bool ours = endpoint_eq(&p->src, &y->play.tcp.local);
	struct row r = {.seg = p->seg};
	r.given[ROW_FLAGS] = r.given[ROW_SEQ] = r.given[ROW_LEN] = r.given[ROW_WIN] = true;
	r.given[ROW_ACK] = p->seg.flags & ACK || (like && like->given[ROW_ACK]);
	r.given[ROW_DATA] = like && like->given[ROW_DATA];
	r.given[ROW_OPT] = like && like->given[ROW_OPT];
	r.data_len = copy(r.data, sizeof r.data, p->payload);
	r.options = copy(r.option, sizeof r.option, p->options);
	return row_print(y, &r, ours, text);
}

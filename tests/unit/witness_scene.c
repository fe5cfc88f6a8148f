/* SPDX-License-Identifier: MIT */
#include "tests/unit/witness_scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/rows.h"

const struct format states = {11,
			      "skaddr 8 8 oldstate 16 4 newstate 20 4 sport 24 2 dport 26 2 "
			      "protocol 30 2 saddr[4] 32 4 daddr[4] 36 4 saddr_v6[16] 40 16 "
			      "daddr_v6[16] 56 16",
			      ""};
const struct format resets = {
	12, "skbaddr 8 8 skaddr 16 8 state 24 4 reason 28 4 saddr[28] 32 28 daddr[28] 60 28",
	"{ 1, \"NO_SOCKET\" }, { 14, \"TCP_STATE\" })"};
const struct format resets_6_1 = {
	12,
	"skbaddr 8 8 skaddr 16 8 state 24 4 sport 28 2 dport 30 2 saddr[4] 34 4 daddr[4] 38 4 "
	"saddr_v6[16] 42 16 daddr_v6[16] 58 16",
	""};
const struct format syn_acks = {
	15, "skaddr 8 8 req 16 8 sport 24 2 dport 26 2 saddr_v6[16] 38 16 daddr_v6[16] 54 16", ""};
const struct format bad_sums = {16, "skbaddr 8 8 saddr[28] 16 28 daddr[28] 44 28", ""};
const struct format dropped = {17, "skbaddr 8 8 rx_sk 24 8 reason 36 4",
			       "{ 2, \"NOT_SPECIFIED\" }, { 3, \"NO_SOCKET\" }, { 10, "
			       "\"TCP_CSUM\" }, { 42, \"TCP_INVALID_SEQUENCE\" }, { 99, "
			       "\"IP_CSUM\" })"};
const struct format dropped_6_1 = {17, "skbaddr 8 8 reason 28 4",
				   "{ 2, \"NO_SOCKET\" }, { 4, \"TCP_CSUM\" })"};
const struct format dropped_old = {17, "skbaddr 8 8 protocol 24 2", ""};
const struct format arrivals = {18,
				"saddr[28] 8 28 daddr[28] 36 28 sport 64 2 dport 66 2 family 68 2 "
				"mark 72 4 data_len 76 2 snd_nxt 80 4 snd_una 84 4 snd_cwnd 88 4 "
				"sock_cookie 112 8 skbaddr 120 8 skaddr 128 8",
				""};
const struct format arrivals_6_1 = {
	18, "saddr[28] 8 28 daddr[28] 36 28 data_len 76 2 snd_nxt 80 4 snd_una 84 4", ""};
const struct format no_format = {0, "", ""};

bool learn_one(struct trace_events *e, enum trace_event which, const struct format *f)
{
	char name[32], text[4096];
	unsigned offset, size;
	int read;
	int at = snprintf(text, sizeof text, "\nID: %u\n", f->id);
	for (const char *s = f->fields; sscanf(s, "%31s %u %u%n", name, &offset, &size, &read) == 3;
	     s += read)
		at += snprintf(text + at, sizeof text - (size_t)at,
			       "\tfield:int %s;\toffset:%u;\tsize:%u;\tsigned:0;\n", name, offset,
			       size);
	snprintf(text + at, sizeof text - (size_t)at, "__print_symbolic(REC->reason, %s",
		 f->symbols);
	return events_learn(e, which, text);
}

void put(struct record *r, size_t offset, uint64_t value, size_t size)
{
	const uint8_t u8 = (uint8_t)value;
	const uint16_t u16 = (uint16_t)value;
	const uint32_t u32 = (uint32_t)value;
	const void *const from[] = {[1] = &u8, [2] = &u16, [4] = &u32, [8] = &value};
	memcpy(r->at + offset, from[size], size);
	r->len = offset + size > r->len ? offset + size : r->len;
}

void put_mapped(struct record *r, size_t offset, uint8_t n)
{
	static const uint8_t mapped[] = {[10] = 0xff, [11] = 0xff, 127, 0, 0, 0};
	memcpy(r->at + offset, mapped, sizeof mapped);
	put(r, offset + 15, n, 1);
}

static void put_sockaddr(struct record *r, size_t offset, uint8_t n, uint16_t port)
{
	const uint8_t rest[] = {(uint8_t)(port >> 8), (uint8_t)port, 127, 0, 0, n};
	put(r, offset, 2, 2);
	memcpy(r->at + offset + 2, rest, sizeof rest);
	r->len = offset + 28;
}

struct record record_of(uint16_t id)
{
	struct record r = {.len = 8};
	put(&r, 0, id, 2);
	return r;
}

struct record state_record(uint64_t socket, unsigned from, unsigned to, uint16_t sport)
{
	struct record r = record_of(11);
	put(&r, 8, socket, 8);
	put(&r, 16, from, 4);
	put(&r, 20, to, 4);
	put(&r, 24, sport, 2);
	put(&r, 26, 80, 2);
	put_mapped(&r, 40, 1);
	put_mapped(&r, 56, 2);
	return r;
}

struct record reset_record(uint64_t segment, uint64_t socket, unsigned reason)
{
	struct record r = record_of(12);
	put(&r, 8, segment, 8);
	put(&r, 16, socket, 8);
	put(&r, 24, 2, 4);
	put(&r, 28, reason, 4);
	put_sockaddr(&r, 32, 1, 1000);
	put_sockaddr(&r, 60, 2, 80);
	return r;
}

struct record dropped_record(uint64_t segment, uint64_t socket, unsigned reason)
{
	struct record r = record_of(17);
	put(&r, 8, segment, 8);
	put(&r, 24, socket, 8);
	put(&r, 36, reason, 4);
	return r;
}

struct record bad_sum_record(uint64_t segment)
{
	struct record r = record_of(16);
	put(&r, 8, segment, 8);
	put_sockaddr(&r, 16, 2, 80);
	put_sockaddr(&r, 44, 1, 1000);
	return r;
}

struct record arrival_record(uint32_t una, uint32_t nxt, uint16_t len)
{
	struct record r = record_of(18);
	put_sockaddr(&r, 8, 1, 1000);
	put_sockaddr(&r, 36, 2, 80);
	put(&r, 76, len, 2);
	put(&r, 80, nxt, 4);
	put(&r, 84, una, 4);
	put(&r, 128, 5, 8);
	return r;
}

struct trace_events *learn(void)
{
	struct trace_events *e = calloc(1, sizeof *e);
	assert_non_null(e);
	assert_true(learn_one(e, EVENT_STATE, &states));
	assert_true(learn_one(e, EVENT_RESET_SENT, &resets));
	assert_true(learn_one(e, EVENT_AGAIN_SYN_ACK, &syn_acks));
	assert_true(learn_one(e, EVENT_BAD_SUM, &bad_sums));
	assert_true(learn_one(e, EVENT_DROPPED, &dropped));
	assert_true(learn_one(e, EVENT_ARRIVAL, &arrivals));
	return e;
}

bool decode(struct trace_events *e, const struct record *r, size_t len, int64_t time,
	    struct testimony *t)
{
	struct octets o = octets_prefix(&(struct octets){(uint8_t *)r->at, r->len}, len);
	bool said = events_decode(e, (struct bytes){o.at, o.len}, time, t);
	free(o.at);
	return said;
}

static const char *print(const struct endpoint *e, char text[static ENDPOINT_TEXT])
{
	return e->address.family ? endpoint_print(e, text) : "-";
}

void expect_ends(const char *row, const struct testimony *t, const char *local, const char *remote)
{
	char text[ENDPOINT_TEXT];
	expect_text(row, "local", print(&t->local, text), local);
	expect_text(row, "remote", print(&t->remote, text), remote);
}

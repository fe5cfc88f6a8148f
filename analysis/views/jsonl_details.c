/* SPDX-License-Identifier: MIT */
#include "analysis/views/jsonl.h"
#include "analysis/views/number.h"

/* An option that one end or both have offered, and whether it is in use: {"client":7,"server":7,
 * "used":true}. */
struct option {
	const char *name;
	bool offered[2], numeric, used;
	unsigned value[2];
};

static void put_option(struct json *j, const struct option *o)
{
	static const char *const end[] = {"client", "server"};
	json_open(j, o->name, '{');
	for (int i = 0; i < 2; i++) {
		if (o->numeric && o->offered[i])
			json_uint(j, end[i], o->value[i]);
		else if (o->numeric)
			json_null(j, end[i]);
		else
			json_bool(j, end[i], o->offered[i]);
	}
	json_bool(j, "used", o->used);
	json_close(j, '{');
}

/* MSS is each end's own limit; a window scale, and all the others, need both ends. */
void jsonl_put_options(struct json *j, const struct connection *c)
{
	const struct offer *a = &c->notes.end[c->client].offer,
			   *b = &c->notes.end[!c->client].offer;
	const struct option options[] = {
		{"mss", {a->has_mss, b->has_mss}, true, true, {a->mss, b->mss}},
		{"window_scale",
		 {a->has_scale, b->has_scale},
		 true,
		 a->has_scale && b->has_scale,
		 {a->scale, b->scale}},
		{"sack", {a->sack, b->sack}, false, a->sack && b->sack, {0}},
		{"timestamps",
		 {a->timestamps, b->timestamps},
		 false,
		 a->timestamps && b->timestamps,
		 {0}},
		{"ecn", {a->ecn, b->ecn}, false, a->ecn && b->ecn, {0}},
		{"accecn", {a->accecn, b->accecn}, false, a->accecn && b->accecn, {0}},
		{"fast_open",
		 {a->fast_open, b->fast_open},
		 false,
		 notes_told(&c->notes, TFO_ACCEPTED),
		 {0}},
		{"mptcp", {a->mptcp, b->mptcp}, false, a->mptcp && b->mptcp, {0}},
	};
	if (!a->seen && !b->seen)
		return;
	json_open(j, "options", '{');
	for (size_t i = 0; i < sizeof options / sizeof *options; i++)
		put_option(j, &options[i]);
	json_close(j, '{');
}

/* How long an end was in each state that it has left. */
static void put_stays(struct json *j, const char *key, const struct end_notes *n)
{
	json_open(j, key, '{');
	for (enum tcp_state s = 0; s < TCP_STATES; s++)
		if (n->stay[s])
			json_time(j, state_name(s), n->stay[s]);
	json_close(j, '{');
}

void jsonl_put_stays(struct json *j, const struct connection *c)
{
	const struct end_notes *client = &c->notes.end[c->client];
	const struct end_notes *server = &c->notes.end[!c->client];
	if (!client->since && !server->since)
		return;
	json_open(j, "stay", '{');
	put_stays(j, "client", client);
	put_stays(j, "server", server);
	json_close(j, '{');
}

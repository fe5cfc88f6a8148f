/* SPDX-License-Identifier: MIT */
#include "analysis/views/jsonl.h"
#include "analysis/views/number.h"
#include "analysis/views/witness.h"

/* What each end offers, client first, and whether it is in use: ready-made, because every
 * connection says it of six options. */
static void put_option(struct json *j, const char *key, const bool offered[2], bool used)
{
	static const char *const text[2][2][2] = {
		{{"{\"client\":false,\"server\":false,\"used\":false}",
		  "{\"client\":false,\"server\":false,\"used\":true}"},
		 {"{\"client\":false,\"server\":true,\"used\":false}",
		  "{\"client\":false,\"server\":true,\"used\":true}"}},
		{{"{\"client\":true,\"server\":false,\"used\":false}",
		  "{\"client\":true,\"server\":false,\"used\":true}"},
		 {"{\"client\":true,\"server\":true,\"used\":false}",
		  "{\"client\":true,\"server\":true,\"used\":true}"}},
	};
	json_raw(j, key, text[offered[0]][offered[1]][used]);
}

static void put_both(struct json *j, const char *key, bool a, bool b)
{
	put_option(j, key, (const bool[]){a, b}, a && b);
}

/* An option with a value; null where an end did not offer it. */
static void put_value(struct json *j, const char *key, const bool offered[2],
		      const unsigned value[2], bool used)
{
	static const char *const end[] = {"client", "server"};
	json_open(j, key, '{');
	for (int i = 0; i < 2; i++) {
		if (offered[i])
			json_uint(j, end[i], value[i]);
		else
			json_null(j, end[i]);
	}
	json_bool(j, "used", used);
	json_close(j, '{');
}

/* MSS is each end's own limit; a window scale, and all the others, need both ends. */
void jsonl_put_options(struct json *j, const struct connection *c)
{
	const struct offer *a = &c->notes.end[c->client].offer,
			   *b = &c->notes.end[!c->client].offer;
	if (!a->seen && !b->seen)
		return;
	json_open(j, "options", '{');
	put_value(j, "mss", (const bool[]){a->has_mss, b->has_mss},
		  (const unsigned[]){a->mss, b->mss}, a->has_mss || b->has_mss);
	put_value(j, "window_scale", (const bool[]){a->has_scale, b->has_scale},
		  (const unsigned[]){a->scale, b->scale}, a->has_scale && b->has_scale);
	put_both(j, "sack", a->sack, b->sack);
	put_both(j, "timestamps", a->timestamps, b->timestamps);
	put_both(j, "ecn", a->ecn, b->ecn);
	put_both(j, "accecn", a->accecn, b->accecn);
	put_option(j, "fast_open", (const bool[]){a->fast_open, b->fast_open},
		   notes_told(&c->notes, TFO_ACCEPTED));
	put_both(j, "mptcp", a->mptcp, b->mptcp);
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

void jsonl_put_word(struct json *j, const char *end, const struct word *w)
{
	bool refused = w->reason[0];
	json_string(j, "end", end);
	json_string(j, "verdict", agreement_name((enum agreement)w->agreement));
	json_string(j, "ours", state_name((enum tcp_state)w->ours));
	if (w->kernels != UNKNOWN)
		json_string(j, "kernel", state_name((enum tcp_state)w->kernels));
	if (refused)
		json_string(j, "reason", w->reason);
	if (w->why)
		json_string(j, "why", w->why);
}

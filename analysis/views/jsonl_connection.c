/* SPDX-License-Identifier: MIT */
#include "analysis/views/jsonl.h"
#include "analysis/views/number.h"

void jsonl_put_states(struct json *j, const char *key, const struct connection *c,
		      const enum tcp_state state[2])
{
	json_open(j, key, '{');
	json_string(j, "client", state_name(state[c->client]));
	json_string(j, "server", state_name(state[connection_other(c, c->client)]));
	json_close(j, '{');
}

static void put_isn(struct json *j, const char *key, const struct connection *c, int end)
{
	if (c->based[end] && !c->guessed[end])
		json_uint(j, key, c->base[end].n);
	else
		json_null(j, key);
}

static void put_ends(struct json *j, const struct connection *c)
{
	char text[ENDPOINT_TEXT];
	int client = c->client, server = connection_other(c, client);
	json_string(j, "client", endpoint_print(&c->endpoint[client], text));
	json_string(j, "server", endpoint_print(&c->endpoint[server], text));
	if (c->role_guessed)
		json_bool(j, "role_guessed", true);
	json_open(j, "isn", '{');
	put_isn(j, "x", c, client);
	put_isn(j, "y", c, server);
	json_close(j, '{');
}

/* Between two things that were both captured. */
static void put_span(struct json *j, const char *key, int64_t from, int64_t to)
{
	if (from && to && to >= from)
		json_time(j, key, to - from);
	else
		json_null(j, key);
}

static void put_handshake(struct json *j, const struct connection *c)
{
	const struct milestones *m = &c->mark;
	const struct end_notes *a = &c->notes.end[0], *b = &c->notes.end[1];

	json_open(j, "handshake", '{');
	json_bool(j, "complete", m->handshake);
	if (m->handshake)
		json_uint(j, "segments", m->handshake_segments);
	else
		json_null(j, "segments");
	put_span(j, "rtt", m->syn_at, m->synack_at);
	put_span(j, "ack", m->synack_at, a->third_n ? a->third_at : b->third_at);
	json_close(j, '{');
}

static void put_role(struct json *j, const char *key, const struct connection *c, unsigned end)
{
	static const char both[] = "both";
	json_string(j, key, end > 1 ? both : role_name(c, (int)end));
}

/* A reset ends what FINs had begun: it is then the RST that closed it. */
static void put_close(struct json *j, const struct connection *c)
{
	const struct milestones *m = &c->mark;
	bool rst = m->reset_by != 2, fin = !rst && m->first_fin;
	json_open(j, "close", '{');
	if (rst)
		put_role(j, "by", c, m->reset_by);
	else if (fin)
		put_role(j, "by", c, m->simultaneous ? 3 : m->fin_by);
	else
		json_null(j, "by");
	if (rst || fin)
		json_string(j, "kind", rst ? "rst" : "fin");
	else
		json_null(j, "kind");
	if (fin && m->close_segments)
		json_uint(j, "segments", m->close_segments);
	else
		json_null(j, "segments");
	if (fin)
		put_span(j, "ack", c->notes.end[m->fin_by].fin_at,
			 c->notes.end[!m->fin_by].fin_ack_at);
	else
		json_null(j, "ack");
	json_close(j, '{');
}

static void put_pair(struct json *j, const char *key, uint64_t c2s, uint64_t s2c)
{
	json_open(j, key, '{');
	json_uint(j, "c2s", c2s);
	json_uint(j, "s2c", s2c);
	json_close(j, '{');
}

static void put_diagnoses(struct json *j, const struct connection *c)
{
	json_open(j, "diagnoses", '[');
	for (unsigned word = 0; word < 2; word++)
		for (uint64_t left = notes_told_word(&c->notes, word); left; left &= left - 1) {
			unsigned id = word * 64 + (unsigned)__builtin_ctzll(left);
			json_string(j, NULL, catalogue_row((enum diagnosis_id)id)->name);
		}
	json_close(j, '[');
}

void jsonl_put_connection(struct json *j, const struct connection *c)
{
	char shape[SHAPE_TEXT];
	const struct tally *client = &c->tally[c->client], *server = &c->tally[!c->client];
	enum tcp_state final[2] = {connection_final(c, 0), connection_final(c, 1)};
	json_uint(j, "conn", c->id);
	json_time(j, "start", c->first_time);
	int64_t duration = c->last_time - c->first_time;
	json_time(j, "duration", duration < 0 ? 0 : duration); /* a clock set back */
	put_ends(j, c);
	json_string(j, "shape", shape_print(&c->shape, shape));
	put_handshake(j, c);
	jsonl_put_options(j, c);
	put_close(j, c);
	put_pair(j, "bytes", client->bytes, server->bytes);
	put_pair(j, "packets", client->packets, server->packets);
	json_uint(j, "segments", c->n);
	jsonl_put_states(j, "final", c, final);
	jsonl_put_stays(j, c);
	put_diagnoses(j, c);
	json_uint(j, "first_frame", c->first_frame);
	json_uint(j, "last_frame", c->last_frame);
}

/* SPDX-License-Identifier: MIT */
#include "analysis/views/jsonl.h"

#include <string.h>

#include "analysis/views/number.h"
#include "analysis/views/version.h"

/* clang-format off */
enum type {
	CAPTURE, SEGMENT, DIAGNOSIS, CORRECTION, INFERRED, WITNESS, CONNECTION, DATAGRAM, ICMP, END
};
/* clang-format on */

static const char *const type_name[] = {
	[CAPTURE] = "capture",
	[SEGMENT] = "segment",
	[DIAGNOSIS] = "diagnosis",
	[CORRECTION] = "correction",
	[INFERRED] = "inferred",
	[WITNESS] = "witness",
	[CONNECTION] = "connection",
	[DATAGRAM] = "datagram",
	[ICMP] = "icmp",
	[END] = "end",
};

enum { TYPES = sizeof type_name / sizeof *type_name, VERSION = 1 };

const char *jsonl_type_name(unsigned i)
{
	return i < TYPES ? type_name[i] : NULL;
}

static bool parse_word(const char *word, size_t len, unsigned *types)
{
	for (unsigned i = 0; i < TYPES; i++)
		if (strlen(type_name[i]) == len && memcmp(type_name[i], word, len) == 0) {
			*types |= 1u << i;
			return true;
		}
	return false;
}

bool jsonl_types_parse(const char *list, unsigned *types, const char **word, size_t *len)
{
	*types = 0;
	for (const char *at = list;; at += *len + 1) {
		*word = at;
		*len = strcspn(at, ",");
		if (!parse_word(at, *len, types))
			return false;
		if (!at[*len])
			return true;
	}
}

/* Begin a line, unless its type is not wanted. */
static bool begin(struct json *j, const struct drawing *d, enum type type)
{
	if (d->look.types && !(d->look.types >> type & 1))
		return false;
	json_begin(j, d->out);
	json_string(j, "type", type_name[type]);
	json_uint(j, "v", VERSION);
	return true;
}

static void put_flags(struct json *j, unsigned flags)
{
	const char *name;
	unsigned bit;
	json_open(j, "flags", '[');
	for (unsigned i = 0; (name = flag_name(i, &bit)); i++)
		if (flags & bit)
			json_string(j, NULL, name);
	json_close(j, '[');
}

/* "x+1"; nothing where the number is in no known space. */
static void put_symbol(struct json *j, const char *key, const struct connection *c, int end,
		       struct seq n)
{
	static const struct look symbols = {.seq = SEQ_SYM};
	char text[NUMBER_TEXT];
	if (number_print(&symbols, c, end, n, text)[0] > '9')
		json_string(j, key, text);
}

static void put_after(struct json *j, const struct connection *c, const struct event *e)
{
	enum tcp_state after[2] = {(enum tcp_state)e->after[0], (enum tcp_state)e->after[1]};
	jsonl_put_states(j, "state", c, after);
}

static void put_arithmetic(struct json *j, const struct event *e)
{
	json_open(j, "arith", '{');
	json_uint(j, "ack", e->seg.ack.n);
	json_uint(j, "from", e->ack.from.n);
	json_uint(j, "syn", e->ack.syn);
	json_uint(j, "data", e->ack.data);
	json_uint(j, "fin", e->ack.fin);
	json_close(j, '{');
}

static void put_numbers(struct json *j, const struct connection *c, const struct event *e)
{
	const struct segment *s = &e->seg;
	json_uint(j, "seq", s->seq.n);
	if (s->flags & ACK)
		json_uint(j, "ack", s->ack.n);
	json_uint(j, "len", s->len);
	put_symbol(j, "seq_sym", c, e->end, s->seq);
	if (s->flags & ACK)
		put_symbol(j, "ack_sym", c, connection_other(c, e->end), s->ack);
}

static void draw_segment(struct json *j, const struct connection *c, const struct event *e)
{
	json_uint(j, "frame", e->frame);
	json_time(j, "t", e->time - c->first_time);
	json_string(j, "dir", e->end == c->client ? "c2s" : "s2c");
	put_flags(j, e->seg.flags);
	put_numbers(j, c, e);
	put_after(j, c, e);
	if (e->ack.moved)
		put_arithmetic(j, e);
	if (e->again)
		json_bool(j, "again", true);
	if (e->copy)
		json_bool(j, "copy", true);
	if (e->damaged)
		json_bool(j, "damaged", true);
	if (e->crafted)
		json_bool(j, "crafted", true);
	if (e->forged)
		json_bool(j, "forged", true);
	if (e->retold)
		json_bool(j, "retold", true);
}

static void draw_correction(struct json *j, const struct connection *c, const struct event *e)
{
	json_uint(j, "corrects", e->corrects);
	json_string(j, "kind", correction_name((enum correction)e->correction));
	json_string(j, "end", role_name(c, e->end));
	json_string(j, "state", state_name((enum tcp_state)e->after[e->end]));
}

static void draw_inferred(struct json *j, const struct connection *c, const struct event *e)
{
	json_string(j, "end", role_name(c, e->end));
	put_flags(j, FIN);
	put_after(j, c, e);
}

static void jsonl_event(struct drawing *d, const struct connection *c, const struct event *e)
{
	static const struct {
		enum type type;
		void (*draw)(struct json *j, const struct connection *c, const struct event *e);
	} kind[] = {
		[EVENT_SEGMENT] = {SEGMENT, draw_segment},
		[EVENT_CORRECTION] = {CORRECTION, draw_correction},
		[EVENT_INFERRED] = {INFERRED, draw_inferred},
	};
	struct json j;
	if (!begin(&j, d, kind[e->kind].type))
		return;
	json_uint(&j, "conn", c->id);
	json_uint(&j, "n", e->n);
	kind[e->kind].draw(&j, c, e);
	json_end(&j);
}

static void jsonl_diagnosed(struct drawing *d, const struct connection *c, const struct event *e)
{
	const struct diagnosis *found = &e->diagnosis;
	const struct catalogue_row *row = catalogue_row((enum diagnosis_id)found->id);
	char text[DIAGNOSIS_TEXT];
	struct json j;
	if (!begin(&j, d, DIAGNOSIS))
		return;
	json_uint(&j, "conn", c->id);
	json_string(&j, "id", row->name);
	json_string(&j, "severity", severity_name(row->severity));
	json_string(&j, "confidence", confidence_name((enum confidence)found->confidence));
	json_open(&j, "segments", '[');
	for (unsigned i = 0; i < found->count; i++)
		json_uint(&j, NULL, found->segment[i]);
	json_close(&j, '[');
	if (*row->rfc)
		json_string(&j, "rfc", row->rfc);
	json_string(&j, "text", finding_print(c, found, text));
	if (*row->hint)
		json_string(&j, "hint", row->hint);
	json_end(&j);
}

static void jsonl_witnessed(struct drawing *d, const struct connection *c, const struct event *e)
{
	struct json j;
	if (!begin(&j, d, WITNESS))
		return;
	json_uint(&j, "conn", c->id);
	if (e->n)
		json_uint(&j, "n", e->n);
	json_time(&j, "t", e->time - c->first_time);
	jsonl_put_word(&j, role_name(c, e->end), &e->word);
	json_end(&j);
}

static void jsonl_ended(struct drawing *d, const struct connection *c)
{
	struct json j;
	if (!begin(&j, d, CONNECTION))
		return;
	jsonl_put_connection(&j, c);
	json_end(&j);
}

static void jsonl_begin(struct drawing *d, const struct source *s)
{
	struct json j;
	if (!begin(&j, d, CAPTURE))
		return;
	json_string(&j, "tool", "synfin " SYNFIN_VERSION);
	json_string(&j, "source", s->name);
	if (s->linktype)
		json_string(&j, "linktype", s->linktype);
	json_end(&j);
}

/* ICMP has addresses only. */
static void put_aside_end(struct json *j, const char *key, const struct packet *p,
			  const struct endpoint *e)
{
	char text[ENDPOINT_TEXT];
	bool port = p->kind == PACKET_UDP;
	json_string(j, key, port ? endpoint_print(e, text) : address_print(&e->address, text));
}

static void jsonl_aside(struct drawing *d, const struct packet *p, const struct connection *about)
{
	struct json j;
	bool icmp = p->kind == PACKET_ICMP;
	if (!begin(&j, d, icmp ? ICMP : DATAGRAM))
		return;
	json_uint(&j, "frame", p->frame);
	json_time(&j, "time", p->time);
	put_aside_end(&j, "src", p, &p->src);
	put_aside_end(&j, "dst", p, &p->dst);
	json_uint(&j, "len", p->seg.len);
	if (icmp) {
		json_uint(&j, "icmp_type", p->icmp_type);
		json_uint(&j, "icmp_code", p->icmp_code);
	}
	if (about)
		json_uint(&j, "conn", about->id);
	json_end(&j);
}

static const char *const skipped_name[PARSE_STATUSES] = {
	[PARSE_NOT_IP] = "not_ip",         [PARSE_NOT_TRANSPORT] = "not_transport",
	[PARSE_LINKTYPE] = "linktype",     [PARSE_LATER_FRAGMENT] = "later_fragment",
	[PARSE_TRUNCATED] = "truncated",   [PARSE_BAD_IP] = "bad_ip",
	[PARSE_BAD_OFFSET] = "bad_offset", [PARSE_BAD_TUNNEL] = "bad_tunnel",
};

static void jsonl_end(struct drawing *d, const struct totals *t)
{
	struct json j;
	if (!begin(&j, d, END))
		return;
	json_uint(&j, "frames", t->frames);
	json_uint(&j, "connections", t->connections);
	json_uint(&j, "kernel_dropped", t->kernel_dropped);
	json_uint(&j, "datagrams", t->datagrams);
	json_uint(&j, "icmp", t->messages);
	json_open(&j, "skipped", '{');
	for (unsigned i = 0; i < PARSE_STATUSES; i++)
		if (skipped_name[i] && t->skipped[i])
			json_uint(&j, skipped_name[i], t->skipped[i]);
	json_close(&j, '{');
	json_end(&j);
}

const struct view view_jsonl = {
	.name = "jsonl",
	.help = "JSON Lines, for programs; jsonl:connection,segment prints only those types",
	.begin = jsonl_begin,
	.event = jsonl_event,
	.diagnosed = jsonl_diagnosed,
	.witnessed = jsonl_witnessed,
	.ended = jsonl_ended,
	.aside = jsonl_aside,
	.end = jsonl_end,
};

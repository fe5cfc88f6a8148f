/* SPDX-License-Identifier: MIT */
#include "analysis/views/zeek_row.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "analysis/views/json.h"

enum { UID_TEXT = 18, UID_HALF = 8, STAMP_TEXT = 32 };

/* A SYN, and nothing that says more than it before the RST. */
static bool gave_up(const char *history)
{
	history += *history == '^';
	return *history == 'S' && history[strcspn(history, "HAFGIQR")] == 'R';
}

static bool inactive(const struct zeek_end *e)
{
	return e->state == ZEEK_INACTIVE || e->state == ZEEK_PARTIAL;
}

static const char *reset_state(const struct zeek_conn *c)
{
	const struct zeek_end *o = &c->end[c->orig], *r = &c->end[!c->orig];
	if (r->state != ZEEK_RESET)
		return !inactive(r) ? "RSTO" : c->history && gave_up(c->history) ? "RSTOS0" : "OTH";
	if (o->state == ZEEK_SYN_SENT || o->state == ZEEK_SYN_ACK_SENT)
		return "REJ";
	if (o->state == ZEEK_RESET && !zeek_size(c, o) && !zeek_size(c, r))
		return "REJ";
	return inactive(o) ? "RSTRH" : "RSTR";
}

const char *zeek_conn_state(const struct zeek_conn *c)
{
	const struct zeek_end *o = &c->end[c->orig], *r = &c->end[!c->orig];
	if (r->state == ZEEK_RESET || o->state == ZEEK_RESET)
		return reset_state(c);
	if (o->state == ZEEK_CLOSED && r->state == ZEEK_CLOSED)
		return "SF";
	if (o->state == ZEEK_CLOSED)
		return inactive(r) ? "SH" : "S2";
	if (r->state == ZEEK_CLOSED)
		return inactive(o) ? "SHR" : "S3";
	if (o->state == ZEEK_SYN_SENT && r->state == ZEEK_INACTIVE)
		return "S0";
	return o->state == ZEEK_ESTABLISHED && r->state == ZEEK_ESTABLISHED ? "S1" : "OTH";
}

/* FNV-1a, with the last step of murmur3 behind it. */
static uint64_t mix(uint64_t hash, const void *octets, size_t len)
{
	const uint8_t *at = octets;
	for (size_t i = 0; i < len; i++)
		hash = (hash ^ at[i]) * 0x100000001b3;
	hash ^= hash >> 33;
	hash *= 0xff51afd7ed558ccd;
	return hash ^ hash >> 33;
}

static uint64_t mix_endpoint(uint64_t hash, const struct endpoint *e)
{
	hash = mix(hash, e->address.octet, sizeof e->address.octet);
	return mix(hash, &e->port, sizeof e->port);
}

/* Zeek draws its ids by lot; ours are the same whenever the capture is. */
static const char *print_uid(const struct zeek_conn *c, char uid[static UID_TEXT])
{
	static const char digits[] =
		"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	uint64_t hash = mix(0xcbf29ce484222325, &c->first, sizeof c->first);
	hash = mix(mix_endpoint(hash, &c->pair.end[0]), &c->frame, sizeof c->frame);
	hash = mix_endpoint(hash, &c->pair.end[1]);
	uid[0] = 'C';
	uid[UID_TEXT - 1] = 0;
	for (int i = 1; i < UID_TEXT - 1; i++, hash /= 62) {
		if (i == UID_HALF)
			hash = mix(hash, uid, UID_HALF);
		uid[i] = digits[hash % 62];
	}
	return uid;
}

static void print_json(const struct zeek_conn *c, FILE *out)
{
	const struct zeek_end *o = &c->end[c->orig], *r = &c->end[!c->orig];
	const struct endpoint *from = &c->pair.end[c->orig], *to = &c->pair.end[!c->orig];
	char text[ENDPOINT_TEXT], uid[UID_TEXT];
	struct json j;
	json_begin(&j, out);
	json_time(&j, "ts", c->first * 1000);
	json_string(&j, "uid", print_uid(c, uid));
	json_string(&j, "id.orig_h", address_print(&from->address, text));
	json_uint(&j, "id.orig_p", from->port);
	json_string(&j, "id.resp_h", address_print(&to->address, text));
	json_uint(&j, "id.resp_p", to->port);
	json_string(&j, "proto", "tcp");
	if (c->last > c->first) {
		json_time(&j, "duration", (c->last - c->first) * 1000);
		json_uint(&j, "orig_bytes", zeek_size(c, o));
		json_uint(&j, "resp_bytes", zeek_size(c, r));
	}
	json_string(&j, "conn_state", zeek_conn_state(c));
	json_uint(&j, "missed_bytes", c->missed);
	if (c->history)
		json_string(&j, "history", c->history);
	json_uint(&j, "orig_pkts", o->packets);
	json_uint(&j, "orig_ip_bytes", o->octets);
	json_uint(&j, "resp_pkts", r->packets);
	json_uint(&j, "resp_ip_bytes", r->octets);
	json_end(&j);
}

static void print_time(FILE *out, int64_t us)
{
	fprintf(out, "%" PRId64 ".%06d", us / ZEEK_SECOND, (int)(us % ZEEK_SECOND));
}

static void print_tabs(const struct zeek_conn *c, FILE *out)
{
	const struct zeek_end *o = &c->end[c->orig], *r = &c->end[!c->orig];
	const struct endpoint *from = &c->pair.end[c->orig], *to = &c->pair.end[!c->orig];
	char a[ENDPOINT_TEXT], b[ENDPOINT_TEXT], uid[UID_TEXT];
	print_time(out, c->first);
	fprintf(out, "\t%s\t%s\t%u\t%s\t%u\ttcp\t", print_uid(c, uid),
		address_print(&from->address, a), from->port, address_print(&to->address, b),
		to->port);
	if (c->last > c->first) {
		print_time(out, c->last - c->first);
		fprintf(out, "\t%" PRIu64 "\t%" PRIu64, zeek_size(c, o), zeek_size(c, r));
	} else {
		fputs("-\t-\t-", out);
	}
	fprintf(out, "\t%s\t%" PRIu64 "\t%s", zeek_conn_state(c), c->missed,
		c->history ? c->history : "-");
	fprintf(out, "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\n", o->packets,
		o->octets, r->packets, r->octets);
}

void zeek_row_print(const struct zeek_conn *c, FILE *out, bool json)
{
	if (json)
		print_json(c, out);
	else
		print_tabs(c, out);
}

static const char *print_stamp(int64_t us, char text[static STAMP_TEXT])
{
	struct tm tm;
	time_t s = (time_t)(us / ZEEK_SECOND);
	if (!gmtime_r(&s, &tm) || !strftime(text, STAMP_TEXT, "%Y-%m-%d-%H-%M-%S", &tm))
		*text = 0;
	return text;
}

void zeek_row_head(FILE *out, int64_t time)
{
	char text[STAMP_TEXT];
	fprintf(out,
		"#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n"
		"#path\tconn\n#open\t%s\n",
		print_stamp(time, text));
	fputs("#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tduration"
	      "\torig_bytes\tresp_bytes\tconn_state\tmissed_bytes\thistory\torig_pkts"
	      "\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\n"
	      "#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tinterval\tcount\tcount\tstring"
	      "\tcount\tstring\tcount\tcount\tcount\tcount\n",
	      out);
}

void zeek_row_foot(FILE *out, int64_t time)
{
	char text[STAMP_TEXT];
	fprintf(out, "#close\t%s\n", print_stamp(time, text));
}

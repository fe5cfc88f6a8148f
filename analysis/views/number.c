/* SPDX-License-Identifier: MIT */
#include "analysis/views/number.h"

#include <inttypes.h>

#include "analysis/decode/text.h"
/* Beyond this distance from its ISN a number belongs to something else: show it as it is. */
enum { NEAR = 1 << 30 };

const char *role_name(const struct connection *c, int end)
{
	return end == c->client ? "client" : "server";
}

const char *number_print(const struct look *l, const struct connection *c, int end, struct seq n,
			 char text[static NUMBER_TEXT])
{
	uint32_t above = n.n - c->base[end].n, below = c->base[end].n - n.n;
	bool far = above > NEAR && above > c->tally[end].bytes + 2 && below > NEAR;
	const char *sign = above > NEAR && below <= NEAR ? "-" : "+";
	uint32_t offset = *sign == '-' ? below : above;

	if (l->seq == SEQ_HEX)
		snprintf(text, NUMBER_TEXT, "0x%08" PRIx32, n.n);
	else if (l->seq == SEQ_ABS || !c->based[end] || far)
		snprintf(text, NUMBER_TEXT, "%" PRIu32, n.n);
	else if (l->seq == SEQ_REL)
		snprintf(text, NUMBER_TEXT, "%s%" PRIu32, *sign == '-' ? "-" : "", offset);
	else if (offset == 0)
		snprintf(text, NUMBER_TEXT, "%c", end == c->client ? 'x' : 'y');
	else
		snprintf(text, NUMBER_TEXT, "%c%s%" PRIu32, end == c->client ? 'x' : 'y', sign,
			 offset);
	return text;
}

const char *arith_print(const struct look *l, const struct connection *c, const struct event *e,
			char text[static ARITH_TEXT])
{
	char ack[NUMBER_TEXT], from[NUMBER_TEXT];
	text[0] = 0;
	if (!e->ack.moved)
		return text;
	int peer = connection_other(c, e->end);
	int at =
		snprintf(text, ARITH_TEXT, "ack %s = %s", number_print(l, c, peer, e->seg.ack, ack),
			 number_print(l, c, peer, e->ack.from, from));
	if (e->ack.syn)
		at += snprintf(text + at, ARITH_TEXT - (size_t)at, " + 1 SYN");
	if (e->ack.data)
		at += snprintf(text + at, ARITH_TEXT - (size_t)at, " + %" PRIu32 " data",
			       e->ack.data);
	if (e->ack.fin)
		snprintf(text + at, ARITH_TEXT - (size_t)at, " + 1 FIN");
	return text;
}

const char *flag_name(unsigned i, unsigned *bit)
{
	static const struct {
		const char *name;
		unsigned bit;
	} flag[] = {
		{"SYN", SYN}, {"FIN", FIN}, {"RST", RST}, {"PSH", PSH}, {"URG", URG},
		{"ACK", ACK}, {"ECE", ECE}, {"CWR", CWR}, {"AE", AE},
	};
	if (i >= sizeof flag / sizeof *flag)
		return NULL;
	*bit = flag[i].bit;
	return flag[i].name;
}

const char *flags_print(unsigned flags, char text[static FLAGS_TEXT])
{
	const char *name;
	unsigned bit;
	struct text t = text_in(text, FLAGS_TEXT);
	for (unsigned i = 0; (name = flag_name(i, &bit)); i++)
		if (flags & bit) {
			text_add(&t, text[0] ? "," : "");
			text_add(&t, name);
		}
	if (!text[0])
		text_add(&t, "none");
	return text;
}

const char *time_print(const struct look *l, const struct connection *c, int64_t time,
		       int64_t previous, char text[static TIME_TEXT])
{
	int64_t from = l->time == TIME_ABS ? 0 : l->time == TIME_DELTA ? previous : c->first_time;
	int64_t t = time - from;
	const char *sign = t < 0 ? "-" : "";
	uint64_t u = t < 0 ? 0 - (uint64_t)t : (uint64_t)t;
	uint64_t s = u / 1000000000, us = u % 1000000000 / 1000;
	if (l->time == TIME_ABS)
		snprintf(text, TIME_TEXT, "%02" PRIu64 ":%02" PRIu64 ":%02" PRIu64 ".%06" PRIu64,
			 s / 3600 % 24, s / 60 % 60, s % 60, us);
	else
		snprintf(text, TIME_TEXT, "%s%" PRIu64 ".%06" PRIu64, sign, s, us);
	return text;
}

const char *finding_print(const struct connection *c, const struct diagnosis *d,
			  char text[static DIAGNOSIS_TEXT])
{
	const char *const role[] = {role_name(c, 0), role_name(c, 1)};
	return diagnosis_print(d, role, text);
}

/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "analysis/decode/text.h"
#include "analysis/views/number.h"

/* "client", "server", or "both". */
static const char *ends_name(const struct connection *c, bool a, bool b)
{
	return a && b ? "both" : role_name(c, b);
}

static bool answered_syn_with_rst(const struct connection *c)
{
	return !c->mark.handshake && !c->mark.synack_at && c->mark.syn_at &&
	       c->mark.reset_by == !c->client && c->peer[c->client].now.state == CLOSED;
}

/* A word, and whose it is. */
static const char *put(char *text, const char *word, const char *end)
{
	struct text t = text_in(text, NUMBER_TEXT);
	text_add(&t, word);
	text_add(&t, end);
	return text;
}

const char *ending_print(const struct connection *c, char text[static NUMBER_TEXT])
{
	enum tcp_state s[2] = {connection_final(c, 0), connection_final(c, 1)};
	const struct tcb *a = &c->peer[0].now, *b = &c->peer[1].now;
	bool waits[2] = {s[0] == TIME_WAIT, s[1] == TIME_WAIT};
	if (answered_syn_with_rst(c))
		return put(text, "refused", "");
	if (c->mark.reset_by != 2)
		return put(text,
			   "reset:", ends_name(c, c->mark.reset_by != 1, c->mark.reset_by != 0));
	if (waits[0] || waits[1])
		return put(text, "time-wait:", ends_name(c, waits[0], waits[1]));
	if (a->fin_sent && b->fin_sent)
		return put(text, "closed", "");
	bool half[2] = {a->fin_sent && s[0] >= FIN_WAIT_1, b->fin_sent && s[1] >= FIN_WAIT_1};
	if (half[0] || half[1])
		return put(text, "half-closed:", role_name(c, half[1]));
	if (s[c->client] == SYN_SENT && s[!c->client] == UNKNOWN)
		return put(text, "unanswered", "");
	bool open = state_is_synchronized(s[0]) || state_is_synchronized(s[1]);
	return put(text, open ? "open" : "unknown", "");
}

static void bytes_print(FILE *out, const struct connection *c)
{
	uint64_t sent = c->tally[c->client].bytes, got = c->tally[!c->client].bytes;
	if (c->self)
		fprintf(out, "%" PRIu64 " byte%s to itself", sent, sent == 1 ? "" : "s");
	else if (sent == got)
		fprintf(out, "%" PRIu64 " byte%s each way", sent, sent == 1 ? "" : "s");
	else
		fprintf(out, "%" PRIu64 " byte%s from client, %" PRIu64 " from server", sent,
			sent == 1 ? "" : "s", got);
}

static void how_it_ended(FILE *out, const struct connection *c)
{
	char ending[NUMBER_TEXT];
	const struct milestones *m = &c->mark;
	ending_print(c, ending);
	if (answered_syn_with_rst(c))
		fprintf(out, "refused by server");
	else if (m->reset_by != 2)
		fprintf(out, "reset by %s", ends_name(c, m->reset_by != 1, m->reset_by != 0));
	else if (m->simultaneous)
		fprintf(out, "closed by both at once in %u segments", m->close_segments);
	else if (m->close_segments)
		fprintf(out, "closed by %s in %u segments", role_name(c, m->fin_by),
			m->close_segments);
	else
		fprintf(out, "%s", ending);
}

void summary_print(FILE *out, const struct connection *c)
{
	how_it_ended(out, c);
	fprintf(out, "; ");
	bytes_print(out, c);
	fprintf(out, "\n");
}

/* SPDX-License-Identifier: MIT */
/* One connection, told in paragraphs when it is over. */
#include <inttypes.h>
#include <string.h>

#include "analysis/views/lines.h"
#include "analysis/views/story.h"

static const char *a_role(const struct connection *c, int end)
{
	return c->self ? "socket" : role_name(c, end);
}

static int other(const struct connection *c, int end)
{
	return connection_other(c, end);
}

static void tell_start(struct text *t, const struct connection *c)
{
	char a[ENDPOINT_TEXT], b[ENDPOINT_TEXT];
	say(t, "Connection #%" PRIu32 ": on ", c->id);
	say_date(t, c->first_time);
	if (c->self)
		say(t, ", the socket %s connects to itself.", endpoint_print(&c->endpoint[0], a));
	else if (c->role_guessed)
		say(t,
		    ", the capture finds %s and %s talking. How they opened was not captured; the "
		    "first is taken for the client.",
		    endpoint_print(&c->endpoint[c->client], a),
		    endpoint_print(&c->endpoint[!c->client], b));
	else
		say(t, ", client %s connects to server %s.",
		    endpoint_print(&c->endpoint[c->client], a),
		    endpoint_print(&c->endpoint[!c->client], b));
	if (c->notes.past.id)
		say(t, " Connection #%" PRIu32 " had used the same ports before.",
		    c->notes.past.id);
}

static void tell_handshake(struct text *t, const struct story *s, const struct connection *c)
{
	const struct milestones *m = &c->mark;
	char first[DURATION_TEXT], second[DURATION_TEXT];
	if (c->peer[0].now.opener && c->peer[1].now.opener && !c->self) {
		say(t,
		    "Both ends open at once: their SYNs cross, and each answers the other with a "
		    "SYN,ACK.");
	} else if (m->syn_at && m->synack_at >= m->syn_at) {
		say(t, "The SYN,ACK comes %s after the SYN",
		    duration_print(m->synack_at - m->syn_at, first));
		if (s->third_at)
			say(t, ", and the third segment, %s later, completes the handshake",
			    duration_print(s->third_at - m->synack_at, second));
		say(t, ".");
	} else if (m->syn_at && ending_is_refusal(c)) {
		say(t, "The answer, %s after the SYN, is a RST.",
		    duration_print(c->last_time - m->syn_at, first));
	} else if (m->syn_at && !m->synack_at) {
		bool alive = c->tally[0].packets && c->tally[1].packets;
		say(t, alive || m->handshake || c->peer[c->client].now.ack_sent
			       ? "The SYN,ACK was not captured."
			       : "No SYN,ACK comes back.");
	}
	say_found(t, s, c, OPENING);
}

static void say_amount(struct text *t, const struct story *s, const struct connection *c, int end)
{
	uint64_t bytes = c->tally[end].bytes;
	if (bytes)
		say(t, "%" PRIu64 " byte%s in %" PRIu32 " segment%s", bytes, bytes == 1 ? "" : "s",
		    s->segments[end], s->segments[end] == 1 ? "" : "s");
	else
		say(t, c->peer[end].now.heard ? "nothing" : "nothing that was captured");
}

static void tell_data(struct text *t, const struct story *s, const struct connection *c)
{
	char duration[DURATION_TEXT];
	if (!c->tally[0].bytes && !c->tally[1].bytes) {
		say(t, c->mark.handshake ? "No data is sent." : "");
	} else {
		say(t, "The %s sends ", a_role(c, c->client));
		say_amount(t, s, c, c->client);
		say(t, c->self ? " to itself" : ", the server ");
		if (!c->self)
			say_amount(t, s, c, !c->client);
		if (s->data_to > s->data_from)
			say(t, "; the first and the last of them are %s apart",
			    duration_print(s->data_to - s->data_from, duration));
		say(t, ".");
	}
	say_found(t, s, c, ESTABLISHED_PHASE);
}

/* "#1.8, 91 ms after the start" */
static void say_when(struct text *t, const struct connection *c, uint32_t n, int64_t at)
{
	char duration[DURATION_TEXT];
	if (n > 1)
		say(t, " (#%" PRIu32 ".%" PRIu32 ", %s after the first segment)", c->id, n,
		    duration_print(at - c->first_time, duration));
	else if (n)
		say(t, " (#%" PRIu32 ".1)", c->id);
}

static void tell_four(struct text *t, const struct connection *c, int first)
{
	const struct end_notes *a = &c->notes.end[first], *b = &c->notes.end[other(c, first)];
	char ack[DURATION_TEXT], fin[DURATION_TEXT];
	const char *second = a_role(c, other(c, first));
	say(t, ", and the close takes four segments: the %s acknowledges the FIN", second);
	if (a->fin_at && b->fin_ack_at)
		say(t, " %s later", duration_print(b->fin_ack_at - a->fin_at, ack));
	say(t, ", but its program closes only afterwards, so that its own FIN is another segment");
	if (b->fin_ack_at && b->fin_at)
		say(t, ", %s after that", duration_print(b->fin_at - b->fin_ack_at, fin));
	say(t, ".");
}

static void tell_three(struct text *t, const struct connection *c, int first)
{
	const struct end_notes *a = &c->notes.end[first], *b = &c->notes.end[other(c, first)];
	char duration[DURATION_TEXT];
	say(t, ", and the close takes three segments: the %s's program closes ",
	    a_role(c, other(c, first)));
	if (a->fin_at && b->fin_at)
		say(t, "within %s, ", duration_print(b->fin_at - a->fin_at, duration));
	say(t, "before anything has acknowledged the FIN, so one segment is both ACK and FIN.");
}

static void tell_unfinished(struct text *t, const struct connection *c, int first)
{
	int second = other(c, first);
	say(t, ". The close is not complete when the capture ends: the %s is in %s, the %s in %s.",
	    a_role(c, first), state_name(connection_final(c, first)), a_role(c, second),
	    state_name(connection_final(c, second)));
}

static void tell_fins(struct text *t, const struct connection *c)
{
	const struct milestones *m = &c->mark;
	int first = m->fin_by;
	if (c->self) {
		say(t, "The socket closes with a FIN that comes back to itself: a simultaneous "
		       "close with a single end.");
		return;
	}
	if (m->simultaneous) {
		say(t, "Both ends close at once: the FINs cross on their way, so neither "
		       "acknowledges the other, and each needs an ACK of its own.");
		return;
	}
	say(t, "The %s closes first", a_role(c, first));
	say_when(t, c, c->notes.end[first].fin_n, c->notes.end[first].fin_at);
	if (m->close_segments == 4)
		tell_four(t, c, first);
	else if (m->close_segments == 3)
		tell_three(t, c, first);
	else if (m->reset_by == 2)
		tell_unfinished(t, c, first);
	else
		say(t, ".");
}

static void tell_reset(struct text *t, const struct story *s, const struct connection *c)
{
	int end = c->mark.reset_by == 1;
	if (ending_is_refusal(c))
		return;
	say_space(t);
	if (c->mark.reset_by == 3)
		say(t, "Both ends reset the connection");
	else
		say(t, "The %s resets the connection", a_role(c, end));
	say_when(t, c, c->notes.end[end].rst_n, c->notes.end[end].rst_at);
	say(t, ": the other end is told that all is over, and nobody waits in TIME-WAIT.");
	say_found(t, s, c, RESET);
}

static void tell_close(struct text *t, const struct story *s, const struct connection *c)
{
	if (c->mark.first_fin)
		tell_fins(t, c);
	say_found(t, s, c, CLOSING_PHASE);
	if (c->mark.reset_by != 2)
		tell_reset(t, s, c);
	else if (notes_told(&c->notes, ENDS_OPEN))
		say(t, "It is still open when the capture ends.");
}

static void tell_time_wait(struct text *t, const struct story *s, const struct connection *c)
{
	static const int64_t second = 1000000000, two_msl = 240, on_linux = 60;
	for (int end = 0; end < (c->self ? 1 : 2); end++) {
		if (!s->waits_from[end] || connection_final(c, end) != TIME_WAIT)
			continue;
		say_space(t);
		say(t, "The %s holds TIME-WAIT from ", a_role(c, end));
		say_clock(t, s->waits_from[end]);
		say(t, " on: on Linux for 60 s, until ");
		say_clock(t, s->waits_from[end] + on_linux * second);
		say(t, "; by the RFC for 2 MSL, 240 s, until ");
		say_clock(t, s->waits_from[end] + two_msl * second);
		say(t, ".");
	}
	say_found(t, s, c, TIME_WAIT_PHASE);
}

static void put(const struct drawing *d, struct text *t, char *text, bool *first)
{
	const char *rest = text;
	char line[LINE_TEXT];
	if (!*text)
		return;
	if (!*first)
		put_line(d, "");
	*first = false;
	while (flow(&rest, d->look.width, line))
		put_line(d, line);
	*t = text_in(text, STORY_TEXT);
}

static void story_ended(struct drawing *d, const struct connection *c)
{
	const struct story *s = d->state;
	char text[STORY_TEXT];
	struct text t = text_in(text, sizeof text);
	bool first = true;
	tell_start(&t, c);
	put(d, &t, text, &first);
	tell_handshake(&t, s, c);
	put(d, &t, text, &first);
	tell_data(&t, s, c);
	put(d, &t, text, &first);
	tell_close(&t, s, c);
	put(d, &t, text, &first);
	tell_time_wait(&t, s, c);
	put(d, &t, text, &first);
	say_found(&t, s, c, ARTEFACT);
	put(d, &t, text, &first);
	for (unsigned i = 0; i < s->findings; i++)
		if (say_trouble(&t, c, &s->found[i]))
			put(d, &t, text, &first);
	if (!s->troubles) {
		say(&t, "Nothing in it calls for a warning.");
		put(d, &t, text, &first);
	}
}

const struct view view_story = {
	.name = "story",
	.help = "one connection in paragraphs",
	.state_size = sizeof(struct story),
	.event = story_event,
	.diagnosed = story_diagnosed,
	.ended = story_ended,
};

/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/views/number.h"
#include "analysis/views/witness.h"

enum { WORDS_TEXT = 1024 };

/* A paragraph in the making. What does not fit is left out. */
struct paragraph {
	size_t used;
	char text[WORDS_TEXT];
};

struct words {
	int64_t previous; /* time of the segment drawn last */
};

static void say(struct paragraph *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void say(struct paragraph *p, const char *format, ...)
{
	va_list args;
	size_t room = WORDS_TEXT - p->used;
	va_start(args, format);
	int n = vsnprintf(p->text + p->used, room, format, args);
	va_end(args);
	if (n > 0)
		p->used += (size_t)n < room ? (size_t)n : room - 1;
}

/* How much of text fits a line of width columns: up to a blank, or a word that is longer. */
static size_t line_length(const char *text, size_t width)
{
	size_t len = strlen(text), at = width;
	if (len <= width)
		return len;
	while (at && text[at] != ' ')
		at--;
	return at ? at : strcspn(text, " ");
}

static void put_wrapped(const struct drawing *d, const struct paragraph *p)
{
	const char *at = p->text;
	while (*at) {
		size_t len = line_length(at, (size_t)d->look.width);
		fprintf(d->out, "%.*s\n", (int)len, at);
		at += len;
		at += *at == ' ';
	}
}

static const char *role_at_start(const struct connection *c, int end)
{
	return end == c->client ? "Client" : "Server";
}

static void say_opening(const struct drawing *d, const struct connection *c)
{
	struct paragraph p = {0};
	char a[ENDPOINT_TEXT], b[ENDPOINT_TEXT], n[NUMBER_TEXT];
	say(&p, "Connection #%" PRIu32 ": client %s, server %s", c->id,
	    endpoint_print(&c->endpoint[c->client], a),
	    endpoint_print(&c->endpoint[!c->client], b));
	if (c->role_guessed)
		say(&p, " (a guess: no SYN was captured)");
	const struct look absolute = {.seq = SEQ_ABS};
	const char *joint = "; ";
	for (int i = 0; i < 2; i++) {
		int end = i ? !c->client : c->client;
		if (!c->based[end])
			continue;
		say(&p, "%s%c is %s", joint, i ? 'y' : 'x',
		    number_print(&absolute, c, end, c->base[end], n));
		joint = ", ";
	}
	say(&p, ".");
	put_wrapped(d, &p);
}

static const char *verb(const struct event *e)
{
	unsigned kind = e->seg.flags & (SYN | ACK);
	if (e->copy)
		return "sends (captured twice)";
	if (e->again)
		return "repeats";
	return kind == (SYN | ACK) ? "answers" : "sends";
}

static void say_segment(struct paragraph *p, const struct look *l, const struct connection *c,
			const struct event *e)
{
	char flags[FLAGS_TEXT], n[NUMBER_TEXT], arith[ARITH_TEXT];
	const char *none = e->crafted ? "segment, no flags" : "no flags";
	say(p, "%s %s%s %s, seq %s", role_name(c, e->end), verb(e), e->crafted ? " crafted" : "",
	    e->seg.flags ? flags_print(e->seg.flags, flags) : none,
	    number_print(l, c, e->end, e->seg.seq, n));
	if (e->seg.flags & ACK)
		say(p, ", ack %s", number_print(l, c, connection_other(c, e->end), e->seg.ack, n));
	const char *sum = strstr(arith_print(l, c, e, arith), " = ");
	if (sum)
		say(p, " (%s)", sum + 3);
	if (e->seg.len)
		say(p, ", %" PRIu32 " byte%s", e->seg.len, e->seg.len == 1 ? "" : "s");
	say(p, ".");
	if (e->forged)
		say(p, " It is forged: the %s did not send it.", role_name(c, e->end));
}

static void say_states(struct paragraph *p, const struct connection *c, const struct event *e)
{
	for (int i = 0; i < (c->self ? 1 : 2); i++) {
		int end = i ? !c->client : c->client;
		if (e->before[end] != e->after[end])
			say(p, " %s is now %s.", role_at_start(c, end),
			    state_name((enum tcp_state)e->after[end]));
	}
}

/* What its receiver made of it, where that is not the usual. */
static const char *const reception[] = {
	[ARRIVED] = "",
	[NOT_EXPECTED] = "The receiver has no use for it.",
	[UNACCEPTABLE] = "It is not acceptable to the receiver.",
	[CHALLENGED] = "The receiver should answer with a challenge ACK.",
	[WAITS] = "Its FIN lies beyond a gap and waits.",
};

/* Of a finished connection it is known when it begins to be told what became of a segment. */
static const char *const fate[] = {
	[NO_CORRECTION] = "",
	[LOST] = "It was lost.",
	[CROSSED] = "It crossed one of the other end on the way.",
	[IGNORED] = "The receiver ignored it.",
	[FORGED] = "It was forged: its sender goes on as if it had not sent it.",
	[MISREAD] = "What looked like a FIN was none.",
};

static void draw_segment(const struct drawing *d, struct paragraph *p, const struct connection *c,
			 const struct event *e)
{
	struct words *w = d->state;
	char time[TIME_TEXT];
	say(p, "#%" PRIu32 ".%" PRIu32 " at %s%s: ", c->id, e->n,
	    time_print(&d->look, c, e->time, e->n == 1 ? e->time : w->previous, time),
	    d->look.time == TIME_ABS ? "" : " s");
	w->previous = e->time;
	say_segment(p, &d->look, c, e);
	const char *after = e->correction ? fate[e->correction] : reception[e->arrival];
	if (*after)
		say(p, " %s", after);
	say_states(p, c, e);
}

static void draw_correction(const struct drawing *d, struct paragraph *p,
			    const struct connection *c, const struct event *e)
{
	static const char *const what[] = {
		[LOST] = "was lost",       [CROSSED] = "crossed it on the way",
		[IGNORED] = "was ignored", [FORGED] = "was forged",
		[MISREAD] = "held no FIN",
	};
	(void)d;
	say(p,
	    "#%" PRIu32 ".%" PRIu32 " shows that #%" PRIu32 ".%" PRIu32
	    " %s: until then the %s was %s.",
	    c->id, e->n, c->id, e->corrects, what[e->correction], role_name(c, e->end),
	    state_name((enum tcp_state)e->after[e->end]));
}

static void draw_inferred(const struct drawing *d, struct paragraph *p, const struct connection *c,
			  const struct event *e)
{
	(void)d;
	say(p, "#%" PRIu32 ".%" PRIu32 " acknowledges a FIN of the %s that was not captured.",
	    c->id, e->n, role_name(c, e->end));
}

static void words_event(struct drawing *d, const struct connection *c, const struct event *e)
{
	static void (*const draw[])(const struct drawing *, struct paragraph *,
				    const struct connection *, const struct event *) = {
		[EVENT_SEGMENT] = draw_segment,
		[EVENT_CORRECTION] = draw_correction,
		[EVENT_INFERRED] = draw_inferred,
	};
	struct paragraph p = {0};
	bool first = e->kind == EVENT_SEGMENT && e->n == 1;
	if (first || (d->last != c->id && !d->look.stream))
		say_opening(d, c);
	draw[e->kind](d, &p, c, e);
	put_wrapped(d, &p);
}

static void words_diagnosed(struct drawing *d, const struct connection *c, const struct event *e)
{
	const struct diagnosis *found = &e->diagnosis;
	const struct catalogue_row *row = catalogue_row((enum diagnosis_id)found->id);
	char text[DIAGNOSIS_TEXT];
	struct paragraph p = {0};
	if (found->id == CHECKSUM_OFFLOAD)
		return; /* no sentence speaks of checksums, and on lo all are so */
	say(&p, "%s, %s", row->severity == INFO ? "Note" : severity_name(row->severity), row->name);
	p.text[0] = (char)toupper((unsigned char)p.text[0]);
	for (unsigned i = 0; i < found->count; i++)
		say(&p, "%s#%" PRIu32 ".%" PRIu32, i ? ", " : " (", c->id, found->segment[i]);
	say(&p, "%s%s: %s", found->count ? ")" : "", found->confidence == LIKELY ? ", likely" : "",
	    finding_print(c, found, text));
	if (row->severity != INFO && *row->hint)
		say(&p, " %s", row->hint);
	put_wrapped(d, &p);
}

static void words_witnessed(struct drawing *d, const struct connection *c, const struct event *e)
{
	char text[DIAGNOSIS_TEXT], n[NUMBER_TEXT];
	struct paragraph p = {0};
	snprintf(n, sizeof n, "#%" PRIu32, e->n);
	if (!*word_print(c, e, n, text))
		return;
	say(&p, "The kernel of #%" PRIu32 ": %s.", c->id, text);
	put_wrapped(d, &p);
}

static void words_ended(struct drawing *d, const struct connection *c)
{
	struct paragraph p = {0};
	char *text = NULL;
	size_t size = 0;
	FILE *memory = open_memstream(&text, &size);
	if (!memory)
		return;
	summary_print(memory, c);
	if (fclose(memory) == 0) {
		text[strcspn(text, "\n")] = 0;
		say(&p, "Connection #%" PRIu32 ": %s.", c->id, text);
		put_wrapped(d, &p);
	}
	free(text);
}

const struct view view_words = {
	.name = "words",
	.help = "a sentence per segment, for screen readers",
	.state_size = sizeof(struct words),
	.keeps = true,
	.ordered = true,
	.event = words_event,
	.diagnosed = words_diagnosed,
	.witnessed = words_witnessed,
	.ended = words_ended,
};

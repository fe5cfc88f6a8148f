/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>

#include "analysis/views/story.h"

static const int64_t second = 1000000000;

void story_event(struct drawing *d, const struct connection *c, const struct event *e)
{
	struct story *s = d->state;
	if (e->kind != EVENT_SEGMENT)
		return;
	if (e->n == c->notes.end[c->client].third_n && c->mark.handshake)
		s->third_at = e->time;
	for (int end = 0; end < 2; end++)
		if (e->after[end] == TIME_WAIT &&
		    (e->before[end] != TIME_WAIT || e->seg.flags & FIN))
			s->waits_from[end] = e->time;
	if (!e->seg.len || e->copy || e->damaged)
		return;
	s->segments[e->end]++;
	s->data_from = s->data_from ? s->data_from : e->time;
	s->data_to = e->time;
}

void story_diagnosed(struct drawing *d, const struct connection *c, const struct event *e)
{
	struct story *s = d->state;
	(void)c;
	if (s->findings == FINDINGS)
		return;
	s->found[s->findings++] = e->diagnosis;
	s->troubles += catalogue_row((enum diagnosis_id)e->diagnosis.id)->severity != INFO;
}

void say(struct text *t, const char *format, ...)
{
	va_list args;
	size_t room = t->left;
	va_start(args, format);
	int n = vsnprintf(t->at, room, format, args);
	va_end(args);
	size_t used = n < 0 ? 0 : (size_t)n < room ? (size_t)n : room - 1;
	t->at += used;
	t->left -= used;
}

void say_space(struct text *t)
{
	if (t->left < STORY_TEXT)
		text_char(t, ' ');
}

void say_clock(struct text *t, int64_t time)
{
	uint64_t s = (uint64_t)(time / second);
	say(t, "%02" PRIu64 ":%02" PRIu64 ":%02" PRIu64, s / 3600 % 24, s / 60 % 60, s % 60);
}

void say_date(struct text *t, int64_t time)
{
	char date[TIME_TEXT] = "an unknown day", text[TIME_TEXT];
	const struct look clock = {.time = TIME_ABS};
	time_t seconds = time / second;
	struct tm utc;
	if (gmtime_r(&seconds, &utc))
		strftime(date, sizeof date, "%Y-%m-%d", &utc);
	say(t, "%s at %s UTC", date, time_print(&clock, NULL, time, 0, text));
}

/* What the story says in its own words, or need not say. */
static bool is_told_anyway(enum diagnosis_id id)
{
	static const enum diagnosis_id told[] = {
		HANDSHAKE_COMPLETE, CLOSE_FOUR,     CLOSE_THREE,       CLOSE_SIMULTANEOUS,
		CLOSE_INCOMPLETE,   TIME_WAIT_HELD, MIDSTREAM,         ENDS_OPEN,
		CONNECT_CLOSE,      SELF_CONNECT,   SIMULTANEOUS_OPEN, CHECKSUM_OFFLOAD,
	};
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		if (told[i] == id)
			return true;
	return false;
}

void say_found(struct text *t, const struct story *s, const struct connection *c, enum phase phase)
{
	char text[DIAGNOSIS_TEXT];
	for (unsigned i = 0; i < s->findings; i++) {
		enum diagnosis_id id = (enum diagnosis_id)s->found[i].id;
		const struct catalogue_row *row = catalogue_row(id);
		if (row->phase == phase && row->severity == INFO && !is_told_anyway(id)) {
			say_space(t);
			say(t, "%s", finding_print(c, &s->found[i], text));
		}
	}
}

bool say_trouble(struct text *t, const struct connection *c, const struct diagnosis *d)
{
	const struct catalogue_row *row = catalogue_row((enum diagnosis_id)d->id);
	char text[DIAGNOSIS_TEXT];
	if (row->severity == INFO)
		return false;
	say(t, "%s: %s", row->severity == WARNING ? "Warning" : "Error", row->name);
	for (unsigned i = 0; i < d->count; i++)
		say(t, "%s#%" PRIu32 ".%" PRIu32, i ? ", " : " (", c->id, d->segment[i]);
	say(t, "%s%s. %s", d->count ? ")" : "", d->confidence == LIKELY ? ", likely" : "",
	    finding_print(c, d, text));
	if (*row->hint)
		say(t, " %s", row->hint);
	return true;
}

bool ending_is_refusal(const struct connection *c)
{
	char ending[NUMBER_TEXT];
	return strcmp(ending_print(c, ending), "refused") == 0;
}

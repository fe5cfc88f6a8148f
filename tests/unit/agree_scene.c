/* SPDX-License-Identifier: MIT */
#include "tests/unit/agree_scene.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/rows.h"

enum { LINE = 128, MS = 1000000 };

static void on_finding(void *to, const struct finding *f)
{
	static const char marks[AGREEMENTS + 1] = "=~ko?vxnmsdru";
	struct agree_scene *s = to;
	size_t at = strlen(s->found);
	bool left = endpoint_eq(&f->local, &s->wire.left);
	snprintf(s->found + at, FOUND - at, "%s%c%c%" PRIu32, at ? " " : "",
		 marks[f->word.agreement], left ? 'L' : 'R', f->n);
}

static void on_event(void *to, const struct connection *c, const struct event *e)
{
	agree_event(((struct agree_scene *)to)->agree, c, e);
}

static void on_ended(void *to, const struct connection *c)
{
	agree_ended(((struct agree_scene *)to)->agree, c);
}

static uint8_t state_of(const char *name)
{
	uint8_t s = 0;
	while (s < TCP_STATES && strcmp(state_name((enum tcp_state)s), name) != 0)
		s++;
	if (s == TCP_STATES)
		fail_msg("no state: %s", name);
	return s;
}

/* Words come a microsecond after the last segment, and after each other. */
static struct testimony word_of(struct agree_scene *s, bool right)
{
	s->wire.packet.time += 1000;
	return (struct testimony){
		.time = s->wire.packet.time,
		.socket = right ? 2 : 1,
		.local = right ? s->wire.right : s->wire.left,
		.remote = right ? s->wire.left : s->wire.right,
	};
}

static void say_state(struct agree_scene *s, bool right, char *states)
{
	struct testimony t = word_of(s, right);
	bool other = strncmp(states, "other ", 6) == 0;
	states += other ? 6 : 0;
	char *to = strchr(states, '>');
	t.socket = other ? 9 : t.socket;
	t.from = s->state[right];
	if (to) {
		*to = 0;
		t.from = state_of(states);
	}
	t.to = s->state[right] = state_of(to ? to + 1 : states);
	agree_said(s->agree, &t);
}

static void say(struct agree_scene *s, bool right, char *what)
{
	struct testimony t = word_of(s, right);
	if (strncmp(what, "nameless ", 9) == 0) {
		t.local.port = t.remote.port = 0;
		what += 9;
	} else if (strncmp(what, "listener ", 9) == 0) {
		t.remote.port = 0;
		what += 9;
	} else if (strncmp(what, "late ", 5) == 0) {
		t.time -= MS / 2;
		what += 5;
	}
	if (*what == '!') {
		t.kind = SAID_DROPPED;
		snprintf(t.reason, sizeof t.reason, "%.39s", what + 1);
	} else if (strncmp(what, "reset ", 6) == 0) {
		t.kind = SAID_RESET_SENT;
		snprintf(t.reason, sizeof t.reason, "%.39s", what + 6);
	} else if (strncmp(what, "is ", 3) == 0) {
		t.kind = SAID_NUMBERS;
		t.to = state_of(what + 3);
		t.asked = t.time / MS * MS;
	} else if (sscanf(what, "gone %" SCNu64 " %" SCNu64, &t.acked, &t.received) == 2) {
		t.kind = SAID_GONE;
		t.has_numbers = true;
	} else if (sscanf(what, "at %" SCNu32 " %" SCNu32 " %" SCNu16, &t.una.n, &t.nxt.n,
			  &t.len) == 3) {
		t.kind = SAID_ARRIVAL;
	} else {
		say_state(s, right, what);
		return;
	}
	agree_said(s->agree, &t);
}

static void say_new(struct agree_scene *s, bool right)
{
	struct testimony t = word_of(s, right);
	t.local.port = 0;
	t.from = CLOSED;
	t.to = s->state[right] = SYN_SENT;
	agree_said(s->agree, &t);
}

static void say_all(struct agree_scene *s)
{
	struct testimony t = word_of(s, false);
	t.kind = SAID_ALL;
	t.asked = t.time / MS * MS;
	agree_said(s->agree, &t);
}

static void pass(struct agree_scene *s, const char *ms)
{
	unsigned n = 0;
	sscanf(ms, "%u", &n);
	s->wire.packet.time += (int64_t)n * MS;
	agree_mind(s->agree, s->wire.packet.time);
}

static void send_row(struct agree_scene *s, const char *row)
{
	if (!wire_row(&s->wire, row))
		fail_msg("what is this: %s", row);
	struct packet *p = &s->wire.packet;
	p->crafted = s->crafted[endpoint_eq(&p->src, &s->wire.right)];
	tracker_packet(&s->tracker, p);
	if (p->sum == SUM_BAD)
		p->sum = SUM_UNKNOWN;
}

static void play_line(struct agree_scene *s, char *line)
{
	if ((line[0] == 'L' || line[0] == 'R') && line[1] == ' ')
		say(s, line[0] == 'R', line + 2);
	else if (strncmp(line, "new ", 4) == 0)
		say_new(s, line[4] == 'R');
	else if (strncmp(line, "wait ", 5) == 0)
		pass(s, line + 5);
	else if (strncmp(line, "lost ", 5) == 0)
		agree_lost(s->agree, (uint64_t)(line[5] - '0'), s->wire.packet.time);
	else if (strncmp(line, "missed ", 7) == 0)
		agree_missed(s->agree, (uint64_t)(line[7] - '0'), s->wire.packet.time);
	else if (strcmp(line, "stop") == 0)
		agree_stop(s->agree, s->wire.packet.time);
	else if (strcmp(line, "hides") == 0)
		agree_hides(s->agree);
	else if (strcmp(line, "all") == 0)
		say_all(s);
	else if (strcmp(line, "answers") == 0)
		agree_sources(s->agree, true, true);
	else if (strcmp(line, "silent") == 0)
		agree_sources(s->agree, false, true);
	else if (strncmp(line, "crafted ", 8) == 0)
		s->crafted[line[8] == 'R'] = true;
	else if (strcmp(line, "bad") == 0)
		s->wire.packet.sum = SUM_BAD;
	else if (strcmp(line, "sums") == 0)
		s->wire.packet.sum = SUM_GOOD;
	else if (strcmp(line, "soon") == 0)
		s->wire.packet.time -= MS - 1000;
	else if (strcmp(line, "back") == 0)
		s->wire.packet.time -= MS + 500;
	else if (strcmp(line, "self") == 0)
		s->wire.right = s->wire.left;
	else
		send_row(s, line);
}

static void note_counts(struct agree_scene *s)
{
	const struct agree_counts *c = agree_counts(s->agree);
	size_t at = strlen(s->found);
	if (c->arrivals)
		snprintf(s->found + at, FOUND - at, " %" PRIu64 "/%" PRIu64, c->alike, c->arrivals);
}

const char *agree_scene_play(struct agree_scene *s, const char *script)
{
	static const uint64_t seed[2] = {1, 2};
	bool afar = strncmp(script, "afar\n", 5) == 0;
	*s = (struct agree_scene){.wire = wire_new(), .state = {CLOSED, CLOSED}};
	s->wire.packet.sum = SUM_UNKNOWN;
	s->agree = agree_new(!afar, on_finding, s);
	assert_non_null(s->agree);
	assert_true(tracker_init(&s->tracker, seed, (struct sink){s, on_event, on_ended, true}));
	script += afar ? 5 : 0;
	while (*script) {
		char line[LINE];
		size_t len = strcspn(script, "\n");
		snprintf(line, sizeof line, "%.*s", (int)len, script);
		play_line(s, line);
		script += len + (script[len] != 0);
	}
	tracker_end(&s->tracker);
	note_counts(s);
	agree_free(s->agree);
	return s->found;
}

void agree_scene_check(const struct agree_row *row, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct agree_scene s;
		expect_text(row[i].name, "found", agree_scene_play(&s, row[i].script),
			    row[i].found);
	}
}

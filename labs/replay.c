/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/json_read.h"
#include "analysis/printable.h"
#include "capture/rights.h"
#include "inject/scene_parts.h"
#include "labs/arp.h"
#include "labs/ask.h"
#include "labs/attempt.h"
#include "labs/numbers.h"
#include "labs/stored.h"

enum { TIME_TEXT = 32 };

/* A line of calls.jsonl: a call of a program, a question, or a passage. */
struct cue {
	int64_t time;
	char who[ACTOR_TEXT], call[LANE_TEXT], gave[LANE_TEXT], ask[ID_TEXT], tell[ID_TEXT];
	bool opener;
};

/* A stored run that is shown once more. */
struct reel {
	struct stage *stage;
	struct evidence film; /* all of it; the stage's evidence is what has been shown */
	size_t frame;         /* the next one */
	uint16_t crafted_port;
};

/* ---- reading a line */

static void take_text(struct json_token t, char *to, size_t room)
{
	if (t.kind == JSON_STRING && t.len < room)
		to[json_unescape(t, to)] = 0;
}

/* "1795285325.678163": seconds, as nanoseconds. */
static int64_t time_of(struct json_token t)
{
	char digits[TIME_TEXT], *end;
	if (t.kind != JSON_NUMBER || t.len >= sizeof digits - 9)
		return 0;
	memcpy(digits, t.at, t.len);
	memcpy(digits + t.len, "000000000", 10);
	digits[t.len] = memchr(digits, '.', t.len) ? '0' : 0;
	int64_t seconds = strtoll(digits, &end, 10), part = 0;
	if (seconds < 0 || seconds > INT64_MAX / 1000000000 - 1)
		return 0;
	if (*end == '.')
		end[10] = 0;
	if (*end == '.')
		part = strtoll(end + 1, NULL, 10);
	return seconds * 1000000000 + part;
}

static void take_member(struct cue *c, struct json_token key, struct json_token value)
{
	const struct {
		const char *name;
		char *to;
		size_t room;
	} texts[] = {{"who", c->who, sizeof c->who},
		     {"call", c->call, sizeof c->call},
		     {"gave", c->gave, sizeof c->gave},
		     {"ask", c->ask, sizeof c->ask},
		     {"tell", c->tell, sizeof c->tell}};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (key.len == strlen(texts[i].name) && !memcmp(key.at, texts[i].name, key.len))
			take_text(value, texts[i].to, texts[i].room);
	if (key.len == 4 && memcmp(key.at, "time", 4) == 0)
		c->time = time_of(value);
	if (key.len == 6 && memcmp(key.at, "opener", 6) == 0)
		c->opener = value.kind == JSON_TRUE;
}

static struct cue read_cue(const char *at, const char *end)
{
	struct cue c = {.time = 0};
	struct json_token key;
	if (json_next(&at, end).kind != JSON_OPEN_OBJECT)
		return c;
	while ((key = json_next(&at, end)).kind == JSON_STRING)
		take_member(&c, key, json_next(&at, end));
	return c;
}

/* ---- showing it */

static void guest_frame(void *to, const struct frame *f)
{
	struct stage *s = to;
	lane_print(&s->lane, f->time, s->scenario.scene.out);
	arp_print(f, s->scenario.scene.out);
	evidence_add_frame(&s->evidence, f);
}

static void show_frames(struct reel *r, int64_t until)
{
	struct packet p;
	for (; r->frame < r->film.frames; r->frame++) {
		struct frame f = evidence_frame(&r->film, r->frame);
		if (f.time >= until)
			return;
		bool crafted = packet_parse(&f, &p) == PARSE_OK && p.src.port == r->crafted_port;
		scene_draw(&r->stage->scenario.scene, &f, crafted);
	}
}

static bool show_cue(struct reel *r, const struct cue *c)
{
	struct stage *s = r->stage;
	const struct call call = {c->time, c->who, c->call, c->gave, c->opener};
	struct asked *q = stage_question(s, c->ask);
	show_frames(r, c->time);
	if (*c->call)
		lane_add(&s->lane, &call);
	if (q)
		return stage_settle(s) && stage_mark(s, false) && stage_ask(s, q);
	if (*c->tell)
		return stage_settle(s) && stage_mark(s, false) && stage_tell(s, c->tell);
	return !s->scenario.scene.ended;
}

static bool show(struct reel *r)
{
	const char *at = r->film.calls, *end = at + r->film.calls_len;
	while (at < end) {
		const char *next = memchr(at, '\n', (size_t)(end - at));
		next = next ? next + 1 : end;
		struct cue c = read_cue(at, next);
		evidence_add_line(&r->stage->evidence, at, (size_t)(next - at));
		if (!show_cue(r, &c))
			return false;
		at = next;
	}
	show_frames(r, INT64_MAX);
	return stage_settle(r->stage);
}

/* The script is not played: its questions are those that the grader finds. */
static bool take_questions(struct stage *s, char why[static WHY_TEXT])
{
	struct performance *p = s->given;
	const struct grading g = {
		.exercise = p->exercise,
		.evidence = &s->evidence,
		.replies = &p->replies,
		.seed = p->seed,
	};
	if (!grade(&g, &p->score, why))
		return false;
	for (unsigned i = 0; i < p->score.count; i++) {
		const struct mark *m = &p->score.mark[i];
		struct asked *q = &s->question[s->questions++];
		*q = (struct asked){.kind = m->kind, .late = m->late};
		memcpy(q->id, m->id, sizeof q->id);
	}
	return true;
}

static int run(struct reel *r, char why[static WHY_TEXT])
{
	struct stage *s = r->stage;
	struct performance *p = s->given;
	struct scene *scene = &s->scenario.scene;
	int code;
	struct scene_wish wish = {
		.look = p->look, .dry = true, .alone = true, .guest = {guest_frame, NULL, s}};
	wish.look.quiet = true;
	wish.look.look.witness = false;
	if (!take_questions(s, why) || !scene_open(scene, &wish))
		return scene_close(scene, EXIT_FAILED);
	stage_begin(s);
	bool good = show(r);
	scene_finish(scene);
	if ((good = good && stage_mark(s, true)))
		stage_end(s);
	code = scene_close(scene, !good                              ? EXIT_FAILED
				  : p->score.right == p->score.count ? EXIT_DONE
								     : EXIT_FALSE);
	return scene->unheard ? EXIT_UNHEARD : code;
}

/* ---- what is stored */

bool replay_attempt(const struct exercise *e, struct attempt *a)
{
	const struct lab_file *f = stored_part(e->name, "answers.json");
	struct attempt was;
	if (!f || !attempt_parse((const char *)f->octets, f->len, &was))
		return false;
	a->stored = true;
	memcpy(a->run, was.run, sizeof a->run);
	return true;
}

/* The files of the run are the stored ones. */
static bool write_files(const struct performance *p, const struct lab_file *capture,
			const struct lab_file *calls, char why[static WHY_TEXT])
{
	char shown[PRINTABLE_TEXT];
	rights_open_as_user(true);
	FILE *f = fopen(p->capture, "we");
	rights_open_as_user(false);
	bool good = f && fwrite(capture->octets, 1, capture->len, f) == capture->len;
	good = f && fclose(f) == 0 && good;
	good = good && fwrite(calls->octets, 1, calls->len, p->calls) == calls->len &&
	       fflush(p->calls) == 0;
	if (!good)
		snprintf(why, WHY_TEXT, "%s: %s\nMake room, and try again.",
			 printable(p->capture, shown), strerror(errno));
	return good;
}

static bool load(const struct performance *p, struct evidence *film, char why[static WHY_TEXT])
{
	const struct lab_file *capture = stored_part(p->exercise->name, "capture.pcap");
	const struct lab_file *calls = stored_part(p->exercise->name, "calls.jsonl");
	char path[PATH_MAX];
	if (!capture || !calls) {
		snprintf(why + strlen(why), WHY_TEXT - strlen(why),
			 "\nThe exercise has no stored capture. With the rights: %s", p->as_root);
		return false;
	}
	snprintf(path, sizeof path, "%s", p->capture);
	if (!write_files(p, capture, calls, why) || !evidence_read_frames(path, film, why))
		return false;
	return evidence_add_line(film, (const char *)calls->octets, calls->len);
}

int replay(struct performance *p, char why[static WHY_TEXT])
{
	struct reel r = {.stage = calloc(1, sizeof *r.stage)};
	char sandbox[WHY_TEXT];
	int code = EXIT_FAILED;
	snprintf(sandbox, sizeof sandbox, "%s", why);
	if (r.stage && load(p, &r.film, why)) {
		r.stage->given = p;
		r.stage->lane =
			(struct lane){.width = p->look.look.width, .color = p->look.look.color};
		r.crafted_port = numbers_of(p->seed).crafted_port;
		const struct manner_of_text whole = {p->look.look.width, 0};
		text_print(stdout, whole, lab_says(p->language, SAY_STORED), sandbox);
		if (geteuid() != 0)
			text_print(stdout, whole, lab_says(p->language, SAY_AS_ROOT), p->as_root);
		fputc('\n', stdout);
		fflush(stdout);
		code = run(&r, why);
		evidence_free(&r.stage->evidence);
	} else {
		fprintf(stderr, "synfin: %s\n", why);
	}
	evidence_free(&r.film);
	free(r.stage);
	return code;
}

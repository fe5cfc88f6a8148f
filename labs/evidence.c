/* SPDX-License-Identifier: MIT */
#include "labs/evidence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/flow.h"
#include "analysis/views/json.h"

struct kept_frame {
	size_t at; /* in the octets */
	uint32_t captured, length;
	int64_t time;
	int linktype;
};

/* Room for `more` behind what is used, doubled as needed; false: there is none. */
static bool make_room(void **array, size_t *room, size_t used, size_t more, size_t size)
{
	size_t want = *room ? *room : 64;
	if (*room && used + more <= *room)
		return true;
	while (want < used + more)
		want *= 2;
	void *new = realloc(*array, want * size);
	if (!new)
		return false;
	*array = new;
	*room = want;
	return true;
}

void evidence_add_frame(struct evidence *e, const struct frame *f)
{
	void *octets = e->octets, *frames = e->frame;
	e->full |= e->frames >= MOST_FRAMES || f->captured > MOST_OCTETS - e->used ||
		   !make_room(&octets, &e->room, e->used, f->captured, 1);
	e->octets = octets;
	e->full |= !make_room(&frames, &e->frame_room, e->frames, 1, sizeof *e->frame);
	e->frame = frames;
	if (e->full)
		return;
	memcpy(e->octets + e->used, f->at, f->captured);
	e->frame[e->frames++] = (struct kept_frame){
		.at = e->used,
		.captured = f->captured,
		.length = f->length,
		.time = f->time,
		.linktype = f->linktype,
	};
	e->used += f->captured;
}

bool evidence_add_line(struct evidence *e, const char *line, size_t len)
{
	e->full |= e->calls_len + len > MOST_CALLS;
	char *calls = e->full ? NULL : realloc(e->calls, e->calls_len + len + 1);
	if (!calls)
		return false;
	memcpy(calls + e->calls_len, line, len);
	e->calls = calls;
	e->calls_len += len;
	calls[e->calls_len] = 0;
	return true;
}

/* A line of JSON that is put together. */
struct line {
	FILE *memory;
	char *text;
	size_t len;
	struct json j;
};

static bool line_begin(struct line *l, int64_t time)
{
	l->memory = open_memstream(&l->text, &l->len);
	if (!l->memory)
		return false;
	json_begin(&l->j, l->memory);
	json_time(&l->j, "time", time);
	return true;
}

static void line_end(struct line *l, struct evidence *e)
{
	json_end(&l->j);
	fclose(l->memory);
	evidence_add_line(e, l->text, l->len);
	free(l->text);
}

void evidence_add_call(struct evidence *e, const struct call *c)
{
	struct line l;
	if (!line_begin(&l, c->time))
		return;
	json_string(&l.j, "who", c->who);
	json_string(&l.j, "call", c->call);
	json_string(&l.j, "gave", c->gave);
	json_bool(&l.j, "opener", c->opener);
	line_end(&l, e);
}

void evidence_add_cue(struct evidence *e, const char *what, const char *id, int64_t time)
{
	struct line l;
	if (!line_begin(&l, time))
		return;
	json_string(&l.j, what, id);
	line_end(&l, e);
}

void evidence_free(struct evidence *e)
{
	free(e->octets);
	free(e->frame);
	free(e->calls);
	*e = (struct evidence){.used = 0};
}

struct frame evidence_frame(const struct evidence *e, size_t i)
{
	const struct kept_frame *k = &e->frame[i];
	return (struct frame){
		.at = e->octets + k->at,
		.captured = k->captured,
		.length = k->length,
		.time = k->time,
		.number = i + 1,
		.linktype = k->linktype,
		.verify = true,
	};
}

bool evidence_has_port(const struct evidence *e, uint16_t port)
{
	struct packet p;
	for (size_t i = 0; i < e->frames; i++) {
		struct frame f = evidence_frame(e, i);
		if (packet_parse(&f, &p) == PARSE_OK && (p.src.port == port || p.dst.port == port))
			return true;
	}
	return false;
}

bool evidence_draw(const struct evidence *e, FILE *out, const struct view *v, struct look look)
{
	static const uint64_t seed[2] = {1, 2}; /* a capture of our own: nobody attacks the table */
	struct run *run = run_new(v, out, look);
	struct flow flow;
	if (!run || !flow_init(&flow, run, run_sink(run), seed))
		return false;
	run_begin(run, &(struct source){"lab", "EN10MB"});
	for (size_t i = 0; i < e->frames; i++) {
		struct frame f = evidence_frame(e, i);
		flow_frame(&flow, &f);
	}
	flow_end(&flow);
	run_end(run, &flow.totals);
	return true;
}

char *evidence_jsonl(const struct evidence *e, size_t *len)
{
	char *text = NULL;
	FILE *memory = open_memstream(&text, len);
	if (!memory)
		return NULL;
	struct look look = {.width = 80, .stream = true, .seq = SEQ_ABS};
	bool good = evidence_draw(e, memory, &view_jsonl, look);
	if (fclose(memory) == 0 && good)
		return text;
	free(text);
	return NULL;
}

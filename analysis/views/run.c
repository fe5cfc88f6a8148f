/* SPDX-License-Identifier: MIT */
#include "analysis/views/run.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/views/keep.h"
#include "analysis/views/order.h"

struct run {
	const struct view *view;
	struct drawing drawing;
	struct keep keep;
	struct order order;
	uint32_t only, segment, ended;
	bool drawn; /* an event has been */
};

const struct view *const views[] = {
	&view_ladder, &view_list, &view_words, &view_figure, &view_jsonl, &view_zeek, NULL,
};

struct run *run_new(const struct view *v, FILE *out, struct look look)
{
	struct run *r = calloc(1, sizeof *r);
	if (!r)
		return NULL;
	r->view = v;
	r->drawing = (struct drawing){.out = out, .look = look};
	if (v->state_size && !(r->drawing.state = calloc(1, v->state_size))) {
		free(r);
		return NULL;
	}
	return r;
}

void run_only(struct run *r, uint32_t id, uint32_t segment)
{
	r->only = id;
	r->segment = segment;
}

void run_begin(struct run *r, const struct source *s)
{
	if (r->view->begin)
		r->view->begin(&r->drawing, s);
}

static bool wanted(const struct run *r, const struct connection *c)
{
	return r->only == 0 || r->only == c->id;
}

static bool keeps(const struct run *r)
{
	return r->view->keeps && !r->drawing.look.stream;
}

static void draw_event(struct run *r, const struct connection *c, const struct event *e)
{
	void (*draw)(struct drawing *, const struct connection *, const struct event *) =
		e->kind == EVENT_DIAGNOSIS ? r->view->diagnosed
		: e->kind == EVENT_WITNESS ? r->view->witnessed
					   : r->view->event;
	if (!draw || (r->segment && e->n != r->segment))
		return;
	draw(&r->drawing, c, e);
	r->drawn = true;
	r->drawing.last = c->id;
}

static void on_event(void *to, const struct connection *c, const struct event *e)
{
	struct run *r = to;
	if (!r->view->event || !wanted(r, c))
		return;
	if (keeps(r))
		keep_event(&r->keep, c->id, e);
	else
		draw_event(r, c, e);
}

static void draw_ended(struct run *r, const struct connection *c)
{
	if (keeps(r)) {
		size_t count;
		const struct event *e = keep_events(&r->keep, c->id, &count);
		for (size_t i = 0; i < count; i++)
			draw_event(r, c, &e[i]);
		keep_drop(&r->keep, c->id);
	}
	if (r->view->ended)
		r->view->ended(&r->drawing, c);
	if (!r->drawing.look.stream)
		r->drawing.last = c->id; /* a stream goes on with what was drawn last */
}

static void print(void *to, const char *text)
{
	struct run *r = to;
	if (r->view->line)
		r->view->line(&r->drawing, text);
	else
		fputs(text, r->drawing.out);
}

/* What is to be printed for an ended connection when its turn comes. */
static char *finished_text(struct run *r, const struct connection *c)
{
	if (r->view->row)
		return r->view->row(c);
	char *text = NULL;
	size_t size;
	FILE *out = r->drawing.out, *memory = open_memstream(&text, &size);
	if (!memory)
		return NULL;
	r->drawing.out = memory;
	draw_ended(r, c);
	fclose(memory);
	r->drawing.out = out;
	return text;
}

static void on_ended(void *to, const struct connection *c)
{
	struct run *r = to;
	struct look l = r->drawing.look;
	r->ended++;
	if (!wanted(r, c))
		return;
	if (r->view->ordered && !l.stream && !l.by_ending && !r->only) {
		order_put(&r->order, c->id, finished_text(r, c), (struct printer){r, print});
	} else if (r->view->row) {
		char *text = r->view->row(c);
		if (text)
			print(r, text);
		free(text);
	} else {
		draw_ended(r, c);
	}
}

struct sink run_sink(struct run *r)
{
	return (struct sink){r, on_event, on_ended, r->view->diagnosed};
}

void run_aside(struct run *r, const struct packet *p, const struct connection *about)
{
	if (r->view->aside && r->only == 0)
		r->view->aside(&r->drawing, p, about);
}

bool run_takes_packets(const struct run *r)
{
	return r->view->packet;
}

void run_packet(struct run *r, const struct packet *p, struct tracker *t)
{
	const struct connection *about = r->only ? tracker_find(t, p) : NULL;
	if (r->only == 0 || (about && about->id == r->only))
		r->view->packet(&r->drawing, p);
}

bool run_drawn(const struct run *r)
{
	return r->drawn;
}

uint32_t run_ended(const struct run *r)
{
	return r->ended;
}

void run_end(struct run *r, const struct totals *t)
{
	order_end(&r->order, (struct printer){r, print});
	if (r->view->end)
		r->view->end(&r->drawing, t);
	keep_free(&r->keep);
	free(r->drawing.state);
	free(r);
}

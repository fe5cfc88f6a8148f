/* SPDX-License-Identifier: MIT */
#include "analysis/views/zeek.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/views/view.h"
#include "analysis/views/zeek_row.h"
#include "analysis/views/zeek_table.h"

enum {
	JSON = 1,             /* in look.types */
	LOOKS_A_PACKET = 300, /* Zeek's max_timer_expires */
};

/* The view at work. */
struct log {
	struct zeek_table table;
	bool begun;
};

bool zeek_form_parse(const char *form, unsigned *types)
{
	*types = JSON;
	return strcmp(form, "json") == 0;
}

static bool tabs(const struct drawing *d)
{
	return !(d->look.types & JSON);
}

static void finish(struct drawing *d, struct zeek_conn *c)
{
	zeek_row_print(c, d->out, !tabs(d));
	zeek_conn_free(c);
}

/* The log is open from the first packet to the last: a capture has no other times. */
static void pass_time(struct drawing *d, int64_t time)
{
	struct log *log = d->state;
	struct zeek_table *t = &log->table;
	struct zeek_conn *c;
	int looks = LOOKS_A_PACKET;
	if (!log->begun && tabs(d))
		zeek_row_head(d->out, time);
	t->now = log->begun && t->now > time ? t->now : time;
	log->begun = true;
	while ((c = zeek_table_over(t, &looks)))
		finish(d, c);
}

static void zeek_packet(struct drawing *d, const struct packet *p)
{
	struct log *log = d->state;
	struct zeek_table *t = &log->table;
	pass_time(d, p->time / 1000);
	if (p->kind != PACKET_TCP)
		return;
	struct zeek_conn *c = zeek_table_find(t, p);
	if (c && zeek_conn_reused(c, p)) {
		zeek_table_remove(t, c);
		finish(d, c);
		c = NULL;
	}
	if (!c)
		c = zeek_table_add(t, p);
	if (!c)
		return; /* memory is short */
	zeek_conn_packet(c, p, !d->look.no_checksums);
	zeek_table_moved(t, c);
}

static void zeek_end(struct drawing *d, const struct totals *totals)
{
	struct log *log = d->state;
	struct zeek_table *t = &log->table;
	(void)totals;
	if (!log->begun && tabs(d))
		zeek_row_head(d->out, 0);
	zeek_table_sort(t);
	for (size_t i = 0; i < t->count; i++)
		finish(d, t->heap[i]);
	free(t->heap);
	if (tabs(d))
		zeek_row_foot(d->out, t->now);
}

const struct view view_zeek = {
	.name = "zeek",
	.help = "Zeek's conn.log; zeek:json as JSON lines",
	.state_size = sizeof(struct log),
	.verifies = true,
	.packet = zeek_packet,
	.end = zeek_end,
};

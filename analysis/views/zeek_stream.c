/* SPDX-License-Identifier: MIT */
#include "analysis/views/zeek_stream.h"

#include <stdlib.h>
#include <string.h>

enum {
	UNHEARD_MOST = 16384,  /* Zeek's tcp_max_initial_window, tcp_max_above_hole_without_.. */
	HELD_MOST = 10 << 20,  /* its tcp_excessive_data_without_further_acks */
	RANGES_MOST = 1 << 10, /* ours: gaps that nothing fills cost no more memory */
};

static uint64_t later(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

static void drop(struct zeek_stream *s, uint32_t at, uint32_t count)
{
	for (uint32_t i = at; i < at + count; i++)
		s->beyond -= s->range[i].to - s->range[i].from;
	memmove(s->range + at, s->range + at + count, (s->count - at - count) * sizeof *s->range);
	s->count -= count;
}

/* What lies beyond no gap any more joins what is there. */
static void join(struct zeek_stream *s)
{
	while (s->count && s->range[0].from <= s->next) {
		s->next = later(s->next, s->range[0].to);
		drop(s, 0, 1);
	}
}

static void give_up(struct zeek_stream *s)
{
	zeek_stream_free(s);
	s->skip = true;
}

static bool make_room(struct zeek_stream *s)
{
	if (s->count < s->room)
		return true;
	if (s->count == RANGES_MOST)
		return false;
	uint32_t room = s->room ? s->room * 2 : 4;
	struct zeek_range *range = realloc(s->range, room * sizeof *range);
	if (!range)
		return false;
	s->range = range;
	s->room = room;
	return true;
}

/* One more beyond the gap, grown together with those that it touches. */
static void insert(struct zeek_stream *s, struct zeek_range new)
{
	uint32_t at = 0, touched = 0;
	while (at < s->count && s->range[at].to < new.from)
		at++;
	for (; at + touched < s->count && s->range[at + touched].from <= new.to; touched++) {
		if (s->range[at + touched].from < new.from)
			new.from = s->range[at + touched].from;
		new.to = later(new.to, s->range[at + touched].to);
	}
	if (touched)
		drop(s, at, touched);
	if (!make_room(s)) {
		give_up(s);
		return;
	}
	memmove(s->range + at + 1, s->range + at, (s->count - at) * sizeof *s->range);
	s->range[at] = new;
	s->beyond += new.to - new.from;
	s->count++;
}

static bool too_much(const struct zeek_stream *s, bool unheard)
{
	uint64_t held = s->beyond + (s->next > s->trim ? s->next - s->trim : 0);
	uint64_t open = s->count ? s->range[s->count - 1].to - s->next : 0;
	return held > HELD_MOST || (unheard && open > UNHEARD_MOST);
}

void zeek_stream_data(struct zeek_stream *s, uint64_t at, uint64_t len, uint64_t sent, bool unheard)
{
	uint64_t before = s->next;
	struct zeek_range new = {later(at, s->trim), at + len};
	if (s->skip || new.to <= later(s->trim, s->next))
		return;
	if (new.from > s->next)
		insert(s, new);
	else
		s->next = new.to;
	join(s);
	if (s->next > before && unheard && sent > UNHEARD_MOST)
		s->trim = s->next;
	if (!s->skip && too_much(s, unheard))
		give_up(s);
}

static void miss(struct zeek_stream *s, uint64_t up_to, struct zeek_gap *gap)
{
	gap->count++;
	gap->octets += up_to - s->next;
	s->next = up_to;
}

struct zeek_gap zeek_stream_ack(struct zeek_stream *s, uint64_t number, bool partial)
{
	struct zeek_gap gap = {0, 0};
	if (number <= s->trim)
		return gap;
	if (number > s->next && !(number <= 2 && partial)) {
		while (s->count && s->range[0].from < number) {
			miss(s, s->range[0].from, &gap);
			join(s);
		}
		if (!s->skip && number > s->next)
			miss(s, number, &gap);
		s->next = later(s->next, number);
	}
	s->trim = number;
	join(s);
	return gap;
}

bool zeek_stream_holds(const struct zeek_stream *s)
{
	return !s->skip && (s->next > s->trim || s->count);
}

void zeek_stream_free(struct zeek_stream *s)
{
	free(s->range);
	s->range = NULL;
	s->count = s->room = 0;
	s->beyond = 0;
}

/* SPDX-License-Identifier: MIT */
/* Marking from hostile evidence. The first octet says how many of the others are calls.jsonl, times
 * four; the rest are frames of IP, each with an octet before it that is its length. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "labs/grade.h"
#include "labs/stream.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LINK_RAW = 101 };

static char script[] =
	"len = random(1, 9)\n"
	"question{id='a', right=function() return seg[2].ack end,\n"
	"	wrong=function() return misread(seg[1], seg[2].seq) end}\n"
	"question{id='b', kind='flags', right=function() return seg[1].flags end}\n"
	"question{id='c', kind='choice', right=function()\n"
	"	return diagnosed('refused') and 'a' or 'b' end}\n"
	"question{id='d', kind='list', right=function()\n"
	"	local l = {} for i in ipairs(with('SYN')) do l[i] = i end return l end}\n"
	"question{id='e', kind='time', right=function() return seg[2].t - seg[1].t end}\n"
	"question{id='f', kind='state', right=function() return seg[1].state.client end}\n"
	"question{id='g', right=function() return #calls('client', 'send') end}\n"
	"question{id='h', right=function() return #frame + #datagram end}\n";

static void insist(bool ok)
{
	if (!ok)
		abort();
}

static void take(struct evidence *e, const uint8_t *data, size_t size)
{
	size_t calls = size ? (size_t)data[0] * 4 : 0;
	size_t at = 1 + (calls < size ? calls : size ? size - 1 : 0);
	if (size)
		evidence_add_line(e, (const char *)data + 1, at - 1);
	for (uint32_t n = 1; at < size; n++) {
		uint32_t len = data[at++];
		len = len > size - at ? (uint32_t)(size - at) : len;
		const struct frame f = {.at = data + at,
					.captured = len,
					.length = len,
					.time = INT64_C(1000000) * n,
					.linktype = LINK_RAW};
		evidence_add_frame(e, &f);
		at += len;
	}
}

/* How many octets the client has said that are not zero: each of them is read. */
static size_t count_said(const struct evidence *e)
{
	struct stream s = stream_begin(e);
	struct bytes piece;
	size_t count = 0;
	while (stream_next(&s, &piece))
		for (size_t i = 0; i < piece.len; i++)
			count += piece.at[i] != 0;
	return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct replies replies = {.at = {{"a", "x+1", 0},
						      {"b", "SA", 0},
						      {"c", "a", 1},
						      {"d", "1-3", 0},
						      {"e", "1", 0}},
					       .count = 5};
	static const char text[] = "${seg[1].seq + 1} ${call[1].who} ${conn[1].isn.x}";
	const struct exercise e = {.name = "fuzz", .script = script};
	struct evidence evidence = {.used = 0};
	struct score *s = calloc(1, sizeof *s);
	char why[WHY_TEXT] = "", *expanded = NULL;
	take(&evidence, data, size);
	const struct grading g = {&e, &evidence, &replies, 7, {text, sizeof text - 1}, &expanded};
	insist(s);
	insist(count_said(&evidence) <= evidence.used);
	if (grade(&g, s, why))
		insist(s->count == 8 && s->right <= 5 && expanded);
	else
		insist(*why);
	free(expanded);
	free(s);
	evidence_free(&evidence);
	return 0;
}

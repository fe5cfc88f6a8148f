/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_VIEW_H
#define SYNFIN_VIEW_H

#include <stdio.h>

#include "analysis/model/connection.h"

enum seq_look { SEQ_SYM, SEQ_ABS, SEQ_REL, SEQ_HEX };
enum time_look { TIME_SINCE, TIME_DELTA, TIME_ABS };
enum glyph_look { GLYPHS_ASCII, GLYPHS_UNICODE, GLYPHS_CJK };

/* How to draw. */
struct look {
	enum seq_look seq;
	enum time_look time;
	enum glyph_look glyphs;
	int width;      /* columns, at least 40 */
	bool color;     /* SGR sequences */
	bool stream;    /* events come as they happen, of connections side by side: never rewrite */
	bool one_line;  /* list: a row is a line, however long, as for a pipe */
	bool by_ending; /* connections in order of ending, not of id */
	unsigned types; /* jsonl: which types, a bit each; 0: all; zeek: its form */
	bool witness;   /* the kernel's word stands beside ours */
	bool no_checksums; /* zeek: a wrong one does not matter */
};

/* Where packets come from, and what became of them. */
struct source {
	const char *name, *linktype;
};

struct totals {
	uint64_t frames, connections, datagrams, messages; /* messages: of ICMP */
	uint64_t kernel_dropped;
	uint64_t skipped[PARSE_STATUSES];
};

/* A view at work. */
struct drawing {
	FILE *out;
	struct look look;
	void *state;   /* the view's own, state_size octets, zero at first */
	uint32_t last; /* id of the connection drawn last (streams put a header where it changes) */
};

/* How events look. Each function may be missing. `keeps`: outside
 * streams, the events of a connection are kept until it has ended, put right with what was learnt
 * later, and then given to `event` in one go, followed by `ended`. */
struct view {
	const char *name, *help;
	size_t state_size;
	bool keeps, ordered; /* ordered: connections are put in order of id */
	bool verifies;       /* needs every checksum verified: struct frame */
	void (*begin)(struct drawing *d, const struct source *s);
	void (*event)(struct drawing *d, const struct connection *c, const struct event *e);
	void (*diagnosed)(struct drawing *d, const struct connection *c,
			  const struct event *e); /* e->diagnosis */
	void (*witnessed)(struct drawing *d, const struct connection *c,
			  const struct event *e); /* e->word */
	void (*ended)(struct drawing *d, const struct connection *c);
	char *(*row)(
		const struct connection *c); /* allocated: a finished connection in short, ... */
	void (*line)(struct drawing *d,
		     const char *row); /* ... and how it is printed in its turn */
	void (*packet)(struct drawing *d, const struct packet *p); /* every one, of any kind */
	void (*aside)(struct drawing *d, const struct packet *p, const struct connection *about);
	void (*end)(struct drawing *d, const struct totals *t); /* also frees what state holds */
};

extern const struct view view_ladder, view_list, view_words, view_figure, view_jsonl, view_zeek;

/* One connection in paragraphs: no --as of any command, it takes one connection only. */
extern const struct view view_story;

/* All views, NULL at the end. */
extern const struct view *const views[];

#endif

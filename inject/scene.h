/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SCENE_H
#define SYNFIN_SCENE_H

#include "analysis/flow.h"
#include "capture/hearing.h"
#include "capture/kernel_server.h"
#include "capture/live.h"
#include "capture/outlet.h"
#include "capture/record.h"
#include "inject/inbox.h"
#include "inject/ours.h"
#include "inject/scene_wish.h"
#include "inject/standin.h"

enum heard { HEARD_SEGMENT, HEARD_NOTHING, HEARD_END };
enum line_end { LINE_READ, LINE_MISSING, LINE_STOPPED };

/* Where crafted segments meet the kernel's: sender, capture, and the view that draws it all. */
struct scene {
	struct scene_wish wish;
	struct live *live, *also; /* also: of another interface, or NULL */
	struct wire *wire;
	struct craft *craft; /* in a dry run, instead of both */
	struct record *record;
	struct hearing hearing;       /* of the kernel, or of nobody */
	struct kernel_server *server; /* gets its turns; NULL: none. Its owner closes it. */
	struct standin standin;
	struct ours ours, questions; /* questions: neither drawn nor kept */
	struct inbox inbox;
	struct run *run;
	struct flow flow;
	struct outlet outlet;
	FILE *out;
	int signals;
	uint32_t sent;
	uint64_t frames;
	bool begun;   /* something may have been drawn */
	bool ended;   /* something went wrong: `why` says what; or ... */
	bool stopped; /* ... by a signal */
	bool unheard; /* nobody reads our output any more */
	bool broken;  /* the kernel has reset a connection of ours */
	char why[WHY_TEXT];
};

/* Open it and give up rights. False on failure: then s->why says what is wrong. In any case close
 * it with scene_close. s must stay where it is. */
bool scene_open(struct scene *s, const struct scene_wish *w);

/* Say why p is as it is, wait for Enter if so wished, and send p; scene_ask is for a question that
 * would mislead a reader of the ladder. False: the scene has ended. */
bool scene_send(struct scene *s, const struct packet *p, const char *reason);
bool scene_ask(struct scene *s, const struct packet *p, const char *reason);

/* The next segment that somebody else has sent, drawn already, for `dst` and from `src`, where they
 * are not NULL; the others wait for who asks for them. Its octets live until the next call. `until`
 * is of CLOCK_MONOTONIC, in nanoseconds. */
enum heard scene_hear(struct scene *s, int64_t until, const struct endpoint *dst,
		      const struct endpoint *src, struct packet *p);

/* Draw what comes until then; it waits to be heard. False: it has ended. */
bool scene_pause(struct scene *s, int64_t until);

/* A line of standard input, cut to the room there is; the scene goes on. */
enum line_end scene_read_line(struct scene *s, char *line, size_t room);

/* Let everybody see what was drawn so far. */
void scene_flush(struct scene *s);

/* Whether it goes on, by the signals. End it for a reason: always false. */
bool scene_check(struct scene *s);
bool scene_fail(struct scene *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Draw the rest: nothing more will be sent or heard. */
void scene_finish(struct scene *s);

/* The same, and say what went wrong; returns `code` if nothing did. */
int scene_close(struct scene *s, int code);

#endif

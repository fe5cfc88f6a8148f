/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_EVIDENCE_H
#define SYNFIN_EVIDENCE_H

#include <lua.h>

#include "analysis/decode/packet.h"
#include "analysis/environment.h"
#include "analysis/views/view.h"
#include "inject/scenario_guest.h"
#include "labs/answer.h"

/* What happened in a run of an exercise: every frame, and every call of its programs. */
struct evidence {
	uint8_t *octets; /* of the frames, one behind the other */
	size_t used, room;
	struct kept_frame *frame;
	size_t frames, frame_room;
	char *calls; /* JSON Lines */
	size_t calls_len;
	bool full; /* there was more than anybody looks at: what came later is not kept */
};

enum {
	MOST_FRAMES = 20000,
	MOST_OCTETS = 8 << 20,
	LONGEST_CAPTURE = 2 * MOST_OCTETS,
	MOST_CALLS = 1 << 20
};

void evidence_add_frame(struct evidence *e, const struct frame *f);
void evidence_add_call(struct evidence *e, const struct call *c);

/* A line of calls.jsonl as it is; false: it was not kept. */
bool evidence_add_line(struct evidence *e, const char *line, size_t len);

/* In the calls, too: when a question was asked ("ask") or a passage said ("tell"), by its id. */
void evidence_add_cue(struct evidence *e, const char *what, const char *id, int64_t time);
void evidence_free(struct evidence *e);

/* Read what a folder holds: capture.pcap, calls.jsonl. False with a sentence; then too free it. */
bool evidence_read(const char *folder, struct evidence *e, char why[static WHY_TEXT]);

/* The frames of a file alone, added to what there is. */
bool evidence_read_frames(char *path, struct evidence *e, char why[static WHY_TEXT]);

/* Whether a frame goes to or comes from that TCP or UDP port. */
bool evidence_has_port(const struct evidence *e, uint16_t port);

/* The i-th frame, from 0; it lives as long as nothing is added. */
struct frame evidence_frame(const struct evidence *e, size_t i);

/* Draw all of it; false: memory is short. */
bool evidence_draw(const struct evidence *e, FILE *out, const struct view *v, struct look look);

/* The ISNs of the newest connection, once both have been seen. */
struct symbols evidence_symbols(const struct evidence *e);

/* A JSON Lines text of all that the frames show, as of --as jsonl. The caller frees it; NULL:
 * memory is short. */
char *evidence_jsonl(const struct evidence *e, size_t *len);

/* For scripts: into the table at the top of the stack put
 *   conn[i]   the connections: members as in jsonl, and seg, diagnosis, correction, which are lists
 *   seg       conn[1].seg
 *   datagram  UDP and ICMP, call the calls, frame the frames, {frame=, t=, octets=}
 * May raise an error. */
void evidence_push(lua_State *lua, const struct evidence *e);

#endif

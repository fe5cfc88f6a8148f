/* SPDX-License-Identifier: MIT */
#include "labs/stream.h"

static bool parse(const struct evidence *e, size_t i, struct packet *p)
{
	struct frame f = evidence_frame(e, i);
	return packet_parse(&f, p) == PARSE_OK && p->kind == PACKET_TCP;
}

struct stream stream_begin(const struct evidence *e)
{
	struct stream s = {.evidence = e, .frame = e->frames};
	struct packet p;
	for (size_t i = 0; i < e->frames; i++)
		if (parse(e, i, &p) && (p.seg.flags & (SYN | ACK)) == SYN)
			s = (struct stream){e, p.src, p.dst, seq_plus(p.seg.seq, 1), i + 1};
	return s;
}

bool stream_next(struct stream *s, struct bytes *piece)
{
	struct packet p;
	while (s->frame < s->evidence->frames) {
		if (!parse(s->evidence, s->frame++, &p) || !p.payload.len ||
		    p.payload.len != p.seg.len || !seq_eq(p.seg.seq, s->next) ||
		    !endpoint_eq(&p.src, &s->client) || !endpoint_eq(&p.dst, &s->server))
			continue;
		s->next = seq_plus(s->next, p.seg.len);
		*piece = p.payload;
		return true;
	}
	return false;
}

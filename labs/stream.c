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
			s = (struct stream){e, p.src, p.dst, seq_plus(p.seg.seq, 1),
					    i, i,     false, false};
	return s;
}

/* What a frame has of the octets from s->next on. */
static bool take(struct stream *s, size_t frame, struct bytes *piece)
{
	struct packet p;
	if (!parse(s->evidence, frame, &p) || !p.payload.len || p.payload.len != p.seg.len ||
	    !endpoint_eq(&p.src, &s->client) || !endpoint_eq(&p.dst, &s->server))
		return false;
	struct seq first = seq_plus(p.seg.seq, (p.seg.flags & SYN) != 0);
	int32_t known = seq_diff(s->next, first);
	s->skipped |= known < 0;
	if (known < 0 || (size_t)known >= p.payload.len)
		return false;
	*piece = (struct bytes){p.payload.at + known, p.payload.len - (size_t)known};
	s->next = seq_plus(s->next, (uint32_t)piece->len);
	s->moved = true;
	return true;
}

bool stream_next(struct stream *s, struct bytes *piece)
{
	bool again;
	do {
		for (; s->frame < s->evidence->frames; s->frame++)
			if (take(s, s->frame, piece))
				return true;
		again = s->skipped && s->moved; /* what came too early may fit by now */
		s->skipped = s->moved = false;
		s->frame = again ? s->syn : s->frame;
	} while (again);
	return false;
}

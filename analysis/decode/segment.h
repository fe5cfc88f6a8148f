/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SEGMENT_H
#define SYNFIN_SEGMENT_H

#include "analysis/decode/seq.h"

/* Control bits (RFC 9293 3.1), with NS, now AE, above the octet (RFC 3540, AccECN). */
enum {
	FIN = 0x001,
	SYN = 0x002,
	RST = 0x004,
	PSH = 0x008,
	ACK = 0x010,
	URG = 0x020,
	ECE = 0x040,
	CWR = 0x080,
	AE = 0x100,
};

/* RFC 9293's "current segment variables": a small value, to be kept and delivered again. */
struct segment {
	struct seq seq, ack;
	uint32_t len; /* octets of payload as sent; SYN and FIN are not counted here */
	uint32_t wnd; /* as in the header; the model scales it */
	uint16_t flags;
};

/* Sequence space that a segment takes: payload, SYN and FIN (RFC 9293's SEG.LEN). */
static inline uint32_t segment_space(const struct segment *s)
{
	return s->len + ((s->flags & SYN) != 0) + ((s->flags & FIN) != 0);
}

/* An acknowledgement and nothing else. */
static inline bool segment_is_pure_ack(const struct segment *s)
{
	return (s->flags & (SYN | FIN | RST | ACK)) == ACK && s->len == 0;
}

/* The number after the segment's last one. */
static inline struct seq segment_end(const struct segment *s)
{
	return seq_plus(s->seq, segment_space(s));
}

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_EVENT_H
#define SYNFIN_EVENT_H

#include "analysis/model/diagnosis.h"
#include "analysis/model/peer.h"
#include "analysis/model/word.h"

/* How an acknowledgement comes about: from + syn + data + fin. */
struct arithmetic {
	bool moved; /* the segment acknowledges something new */
	bool syn, fin;
	struct seq from; /* what its sender had acknowledged before; the peer's ISN at first */
	uint32_t data;
};

enum event_kind {
	EVENT_SEGMENT,    /* a segment, and the states of both ends after it */
	EVENT_CORRECTION, /* segment n showed that segment `corrects` had been misjudged */
	EVENT_INFERRED,   /* segment n acknowledges a FIN of end `end` that was not captured */
	EVENT_DIAGNOSIS,  /* what has come to light with segment n */
	EVENT_WITNESS,    /* what the kernel says of end `end`, or of segment n that came for it */
};

/* What a segment did to a connection: a value that can be kept and drawn later. */
struct event {
	uint8_t kind;       /* enum event_kind */
	uint8_t end;        /* who sent it (0 or 1); whose state was corrected or inferred */
	uint8_t correction; /* enum correction */
	uint8_t arrival;    /* enum arrival: what its receiver is assumed to have done */
	uint8_t before[2], after[2]; /* enum tcp_state of each end */
	uint8_t kernel[2];           /* the same as the kernel says it of this; UNKNOWN: nothing */
	uint32_t n, corrects;
	int64_t time;
	uint64_t frame;
	union {
		struct {                    /* EVENT_SEGMENT */
			struct segment seg; /* its window scaled, where the scale is known */
			struct arithmetic ack;
			bool again;   /* nothing in it is new: a retransmission or a probe */
			bool copy;    /* captured twice: it moves nothing */
			bool damaged; /* its checksum is wrong: its receiver drops it */
			bool crafted, forged; /* by ourselves, ...: struct packet */
		};
		struct diagnosis diagnosis;
		struct word word;
	};
	bool more;   /* of the same happening: other events follow */
	bool retold; /* frames of an earlier connection, told again as the start of this one */
};

enum { EVENTS = 20 };

/* The events of one segment: first its own, then what it shows of earlier ones. */
struct events {
	struct event at[EVENTS];
	unsigned count;
	bool ordinary; /* in-order data between established ends: no rule needs to look */
};

#endif

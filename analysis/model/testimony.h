/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TESTIMONY_H
#define SYNFIN_TESTIMONY_H

#include "analysis/decode/endpoint.h"
#include "analysis/decode/seq.h"
#include "analysis/model/state.h"

/* What the kernel says of one of its own ends. */
enum testimony_kind {
	SAID_STATE,       /* it went from `from` to `to` */
	SAID_DROPPED,     /* it refused a segment that had come for it: `reason` */
	SAID_RESET_SENT,  /* it sent a RST: `reason` */
	SAID_RESET_HEARD, /* it was reset */
	SAID_AGAIN,       /* it sent a segment again */
	SAID_GONE,        /* its socket is no more */
	SAID_NUMBERS,     /* asked: it is in `to`, and these are its numbers */
};

enum { REASON_TEXT = 40 };

struct testimony {
	int64_t time;    /* nanoseconds since 1970, as in captures */
	uint64_t socket; /* the kernel's name for the socket, never used twice at a time; 0: unknown */
	struct endpoint local, remote; /* family 0: not known */
	uint8_t kind;                  /* enum testimony_kind */
	uint8_t from, to;              /* enum tcp_state, in RFC 9293's sense of the kernel's words */
	bool has_numbers;
	uint64_t acked, received; /* octets in all, with has_numbers: as in TCP_INFO */
	char reason[REASON_TEXT]; /* the kernel's word, "TCP_INVALID_SEQUENCE"; "" */
};

#endif

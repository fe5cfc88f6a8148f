/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ZEEK_STREAM_H
#define SYNFIN_ZEEK_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What Zeek has of one end's data, as far as its conn.log depends on it: where the gaps are, and
 * whether any data still waits for an acknowledgement. Numbers are relative: the SYN is 0. */

struct zeek_range {
	uint64_t from, to; /* to: behind its last octet */
};

struct zeek_stream {
	uint64_t next, trim; /* all before next is there or was missed; before trim, forgotten */
	struct zeek_range *range; /* beyond a gap: sorted, apart from each other */
	uint32_t count, room;
	uint64_t beyond; /* octets in them */
	bool skip, eof;  /* skip: too much is missing, it is not followed any more */
};

struct zeek_gap {
	uint32_t count;
	uint64_t octets;
};

/* Octets [at, at + len) were sent; `sent` is how many there have been. `unheard`: none of them has
 * been acknowledged. */
void zeek_stream_data(struct zeek_stream *s, uint64_t at, uint64_t len, uint64_t sent,
		      bool unheard);

/* All before `number` is acknowledged: what of it never showed is missed. `partial`: the first
 * octet of a connection whose SYN was not seen may be an invention. */
struct zeek_gap zeek_stream_ack(struct zeek_stream *s, uint64_t number, bool partial);

/* Data is there that has not been acknowledged. */
bool zeek_stream_holds(const struct zeek_stream *s);

void zeek_stream_free(struct zeek_stream *s);

#endif

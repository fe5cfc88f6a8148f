/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TALLY_H
#define SYNFIN_TALLY_H

#include <stdbool.h>
#include <stdint.h>

/* Nanoseconds: what lies closer together may have been captured in another order. */
enum { CAPTURED_LATE = 10000000 };

/* What was counted of one end. */
struct tally {
	uint64_t bytes; /* new octets of payload that it sent */
	uint32_t packets;
	uint32_t largest, largest_n; /* its longest segment, and which that was */
	uint32_t ts_val;             /* its last timestamp (RFC 7323) */
	uint32_t syn_len;            /* octets that its SYN carried */
	uint8_t scale;               /* its window scale, as offered */
	bool has_scale, has_ts;
	uint32_t data_n; /* its last segment with data */
	bool unread;     /* it has been sent data since it last sent any */
	bool summed;     /* a checksum of it was right, or left to the card in the usual way */
};

/* How a connection opened and closed, once that is known. */
struct milestones {
	int64_t syn_at, synack_at; /* 0: not seen */
	bool handshake;            /* it was completed, and we saw its first segment */
	uint8_t handshake_segments;
	bool first_fin;         /* fin_by is known */
	uint8_t fin_by;         /* the end that sent the first FIN */
	uint32_t reset_n;       /* the RST that reset_by tells of, */
	int64_t reset_at;       /* and when that was */
	uint8_t reset_by;       /* 0, 1; 2: neither, 3: both */
	uint8_t close_segments; /* 4, 3, or 0 while the second FIN is missing */
	bool simultaneous;      /* the FINs crossed */
};

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_OPTIONS_H
#define SYNFIN_OPTIONS_H

#include "analysis/decode/reader.h"

enum { SACK_BLOCKS = 4, TCP_OPTIONS_MAX = 40 };

/* The TCP options of one segment (IANA TCP parameters). `has` flags say what is meaningful;
 * unknown kinds are counted. A malformed length ends the list and sets `malformed`; what stood
 * before it stays. */
struct tcp_options {
	bool has_mss, has_scale, sack_permitted, has_timestamps, has_fast_open, has_mptcp;
	bool has_user_timeout, has_accecn, fast_open_experimental, malformed;
	uint16_t mss;
	uint8_t scale;           /* as sent; RFC 7323 limits its use to 14 */
	uint8_t mptcp_subtype;   /* RFC 8684: 0 MP_CAPABLE, 1 MP_JOIN, ... 8 MP_TCPRST */
	uint8_t mptcp_reason;    /* of MP_TCPRST */
	uint8_t sacks, unknown;  /* how many blocks, how many options of unknown kind */
	uint16_t user_timeout;   /* as sent: granularity bit and 15 bits (RFC 5482) */
	uint32_t ts_val, ts_ecr; /* RFC 7323 */
	struct bytes cookie;     /* of Fast Open (RFC 7413): empty is a request */
	struct {
		uint32_t left, right;
	} sack[SACK_BLOCKS];
};

/* The timestamp alone, in a few instructions where it stands as nearly everybody sends it. */
bool tcp_timestamp(struct bytes b, uint32_t *ts_val);

/* Parse the octets between the TCP header's fixed part and its payload. Never fails: see above. */
struct tcp_options tcp_options_parse(struct bytes b);

#endif

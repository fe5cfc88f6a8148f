/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_END_NOTES_H
#define SYNFIN_END_NOTES_H

#include "analysis/decode/packet.h"
#include "analysis/model/state.h"

enum { GLANCES = 4, PAUSES = 6 };

/* What the options of a SYN or SYN,ACK offer. */
struct offer {
	bool seen, has_mss, has_scale, sack, timestamps, fast_open, cookie, mptcp, ecn, accecn;
	uint8_t scale;
	uint16_t mss;
};

/* A packet just seen, enough to know it again. */
struct glance {
	uint32_t print;  /* of all that a copy shares */
	uint32_t micros; /* when; wraps after 71 minutes */
	uint32_t n;
	uint8_t ttl;
	bool counted; /* its IP ID is not 0: no two packets share it */
};

/* What the rules remember of one end. Numbers of segments (n) are 0 while there is none. */
struct end_notes {
	struct glance glance[GLANCES]; /* of its last packets, a ring */
	uint32_t glances;
	uint32_t last_n;
	struct segment last; /* its last segment (but one, while its last is examined) */
	int64_t last_at;
	uint8_t ttl, rst_ttl;
	bool lone_fin; /* its first segment was a FIN without ACK */

	uint32_t syn_n, syn_last_n, syns, syn_len;
	int64_t syn_at, syn_last_at, syn_pause[PAUSES];
	uint32_t synack_n, synack_last_n, synacks;
	struct seq synack;
	bool synack_taken;        /* it could be accepted */
	uint32_t synack_before_n; /* the one before, when the last had another ISN */
	uint32_t wrong_third_n;   /* its ACK of another number than the SYN,ACK's */
	uint32_t third_n;         /* its ACK of the other end's SYN,ACK */
	uint32_t third_lost_n;    /* the one before, when the SYN,ACK came again after it */
	int64_t third_at;         /* when that was */
	int64_t late_syn;         /* its SYN was captured so long after the SYN,ACK */

	uint32_t refused_n; /* what it was sent last that it could not accept, ... */
	uint16_t refused;   /* ... with these flags */
	uint32_t challenge_n;
	uint32_t unsent_n; /* it acknowledged what its peer never sent: unsent_ack */
	struct seq unsent_ack, unsent_nxt;
	int64_t unsent_at;
	uint32_t hole_n, hole_left; /* octets before this segment of it that were not captured */
	struct seq hole_from, hole_to;

	uint32_t fin_n, fin_ack_n; /* its first FIN; its first ACK of the other's FIN */
	struct seq fin_seq;        /* the number of that first FIN */
	int64_t fin_at, fin_ack_at;
	uint32_t fin_waits_n, fin_waits_octets; /* its FIN lies behind a gap of so many */
	uint32_t damaged_n;                     /* its FIN had a wrong checksum */
	uint32_t inferred_n;                    /* it acknowledged a FIN that was not captured */
	int64_t inferred_at;
	uint32_t half_n; /* the first data it sent after it had acknowledged the other's FIN */
	uint64_t half_octets;
	uint32_t probe_n, probes;    /* unanswered keepalives */
	uint32_t abort_n;            /* the RST that was taken for its abort */
	uint32_t rst_n, rst_doubt_n; /* its last RST; the last that was not accepted */
	uint32_t old_n;              /* anything of it that met TIME-WAIT */
	uint32_t stale_n;            /* old data of it that met TIME-WAIT */
	uint32_t paws_n;             /* with an older timestamp */
	struct seq paws_end, rst_seq;
	int64_t rst_at, rst_idle;

	int64_t stay[TCP_STATES]; /* how long it was in each state, up to `since`, */
	int64_t since;            /* when it entered the one that it is in; 0: at first */
	struct offer offer;
};

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_NOTES_H
#define SYNFIN_NOTES_H

#include "analysis/model/diagnosis.h"
#include "analysis/model/end_notes.h"

/* The connection that held the ports before; its ends are ordered as ours. */
struct past {
	uint32_t id; /* 0: none known */
	bool handshake, over, reset, icmp;
	uint8_t state[2];
	struct seq rcv_nxt[2];
	bool has_ts[2];
	uint32_t ts[2];
};

/* What the rules remember of a connection. */
struct notes {
	struct end_notes end[2];
	struct past past;
	uint64_t told[3][2];  /* a bit for each diagnosis, of each end and of nobody */
	uint64_t dropped;     /* by the kernel, while it lived */
	uint8_t verdicts;     /* on RSTs */
	struct offer restart; /* of a SYN in the middle of the connection */
	bool gap;             /* the capture lacks something */
	bool pending;         /* a rule waits for what comes next */
};

/* What has been told of the connection: a bit for each of 64 diagnoses. */
static inline uint64_t notes_told_word(const struct notes *n, unsigned word)
{
	return n->told[0][word] | n->told[1][word] | n->told[NOBODY][word];
}

static inline bool notes_told(const struct notes *n, enum diagnosis_id id)
{
	return notes_told_word(n, id / 64) >> id % 64 & 1;
}

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ANSWER_H
#define SYNFIN_ANSWER_H

#include "analysis/decode/segment.h"
#include "analysis/model/state.h"

/* What the kernel did with one segment that was sent to it. */
struct answer {
	struct segment sent, got;
	bool came;      /* got is meaningful */
	bool connected; /* it was sent into a connection, not to where there was none */
	bool bad_sum;
	enum tcp_state state; /* connected: of the end that got it, by the kernel */
	struct seq expected;  /* connected: the number that was expected next */
};

/* The answer in a sentence, with the rule that explains it. */
const char *answer_explain(const struct answer *a);

#endif

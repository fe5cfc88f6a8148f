/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_ANSWER_H
#define SYNFIN_ANSWER_H

#include "analysis/decode/segment.h"

/* What the kernel did with one segment that was sent to it. */
struct answer {
	struct segment sent, got;
	bool came;      /* got is meaningful: the first answer */
	bool connected; /* it was sent into a connection, not to where there was none */
	bool bad_sum;
	int64_t off; /* how wrong its number was made */
};

/* The answer in a sentence, with the rule that explains it; what it was not expected to be is said
 * too. */
const char *answer_explain(const struct answer *a);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_WORD_H
#define SYNFIN_WORD_H

#include "analysis/model/testimony.h"

/* What becomes of a comparison of our word with the kernel's. */
enum agreement {
	AGREED,
	BY_DESIGN,    /* it differs, and must: a row of the table says why */
	KERNEL_ONLY,  /* the kernel's end moved, and no segment shows it */
	OURS_ONLY,    /* by the segments it moved; the kernel says nothing of it */
	UNSAID,       /* the same, but words of the kernel were lost: nothing is known */
	SAME_VERDICT, /* the kernel refused a segment, and we had said so */
	OTHER_VERDICT,
	SAME_NUMBERS,  /* how much the end said and heard in all, by TCP_INFO */
	OTHER_NUMBERS, /* ... or, with a segment, SND.UNA or SND.NXT when it came */
	SAME_STATE,    /* asked where the end is, which had not moved for a while */
	OTHER_STATE,
	GAVE_REASON,    /* why the kernel sent that RST */
	UNKNOWN_REASON, /* it gives one of which nothing is known */
	AGREEMENTS,
};

/* The kernel's word on an end, or on a segment that came for it, beside ours. */
struct word {
	uint8_t agreement;     /* enum agreement */
	uint8_t ours, kernels; /* enum tcp_state: where we see the end, where the kernel has it */
	char reason[REASON_TEXT]; /* of the refusal, of the RST; the numbers */
	const char *why;          /* in plain words; NULL: none */
};

#endif

/* SPDX-License-Identifier: MIT */
#include "analysis/views/witness.h"

const char *agreement_name(enum agreement a)
{
	static const char *const name[AGREEMENTS] = {
		[AGREED] = "agreed",
		[BY_DESIGN] = "by-design",
		[KERNEL_ONLY] = "kernel-only",
		[OURS_ONLY] = "ours-only",
		[UNSAID] = "unsaid",
		[SAME_VERDICT] = "same-verdict",
		[OTHER_VERDICT] = "other-verdict",
		[SAME_NUMBERS] = "same-numbers",
		[OTHER_NUMBERS] = "other-numbers",
		[SAME_STATE] = "same-state",
		[OTHER_STATE] = "other-state",
		[GAVE_REASON] = "reset",
		[UNKNOWN_REASON] = "unknown-reason",
	};
	return name[a];
}

/* Where the kernel has an end of which it has not said anything yet. */
static const char *kernels_state(const struct word *w)
{
	return w->kernels == UNKNOWN ? "no socket yet" : state_name((enum tcp_state)w->kernels);
}

const char *word_print(const struct connection *c, const struct event *e, const char *n,
		       char text[static DIAGNOSIS_TEXT])
{
	const struct word *w = &e->word;
	const char *end = role_name(c, e->end), *ours = state_name((enum tcp_state)w->ours);
	text[0] = 0;
	if (w->agreement == KERNEL_ONLY)
		snprintf(text, DIAGNOSIS_TEXT, "%s %s, not %s: no segment shows it", end,
			 kernels_state(w), ours);
	else if (w->agreement == OURS_ONLY)
		snprintf(text, DIAGNOSIS_TEXT, "%s %s, not %s: %s has not moved it", end,
			 kernels_state(w), ours, n);
	else if (w->agreement == SAME_VERDICT || w->agreement == OTHER_VERDICT)
		snprintf(text, DIAGNOSIS_TEXT, "%s refused %s, %s: %s%s", end, n, w->reason, w->why,
			 w->agreement == SAME_VERDICT ? "" : "; the segments did not show that");
	else if (w->agreement == UNKNOWN_REASON)
		snprintf(text, DIAGNOSIS_TEXT, "%s says of %s %s", end, n, w->reason);
	else if (w->agreement == GAVE_REASON)
		snprintf(text, DIAGNOSIS_TEXT, "%s sent the RST %s, %s: %s", end, n, w->reason,
			 w->why);
	else if (w->agreement == BY_DESIGN && *w->reason)
		snprintf(text, DIAGNOSIS_TEXT, "%s refused %s, %s: %s", end, n, w->reason, w->why);
	else if (w->agreement == OTHER_STATE)
		snprintf(text, DIAGNOSIS_TEXT, "%s %s, not %s, when it was asked", end,
			 kernels_state(w), ours);
	else if (w->agreement == OTHER_NUMBERS && e->n)
		snprintf(text, DIAGNOSIS_TEXT, "%s at %s: %s", end, n, w->reason);
	else if (w->agreement == OTHER_NUMBERS)
		snprintf(text, DIAGNOSIS_TEXT, "%s has other totals: %s", end, w->reason);
	return text;
}

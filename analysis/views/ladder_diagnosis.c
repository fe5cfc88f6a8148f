/* SPDX-License-Identifier: MIT */
#include "analysis/views/ladder.h"

/* "#1 #2", or "#3.1 #3.2" where rows name their connection. */
static void add_evidence(struct text *t, const struct drawing *d, const struct connection *c,
			 const struct diagnosis *found)
{
	const struct ladder *l = d->state;
	char number[NUMBER_TEXT];
	for (unsigned i = 0; i < found->count; i++) {
		text_add(t, l->ids ? " " : " #");
		text_add(t, segment_name(d, c, found->segment[i], number));
	}
}

/* ". close-four #8 #9 #10 #11"; a warning and an error also say what they mean. */
void ladder_diagnosis(const struct drawing *d, const struct connection *c, const struct event *e)
{
	static const char *const mark[] = {
		[INFO] = "  .\037", [WARNING] = "  !\037", [ERROR] = "  !!\037"};
	const struct diagnosis *found = &e->diagnosis;
	const struct catalogue_row *row = catalogue_row((enum diagnosis_id)found->id);
	char line[2 * DIAGNOSIS_TEXT], text[DIAGNOSIS_TEXT];
	struct text t = text_in(line, sizeof line);
	if (found->id == CHECKSUM_OFFLOAD)
		return; /* no row shows a checksum, and on lo all are so */
	text_add(&t, mark[row->severity]);
	text_add(&t, row->name);
	add_evidence(&t, d, c, found);
	text_add(&t, found->confidence == LIKELY ? " (likely)" : "");
	if (row->severity != INFO) {
		text_add(&t, ": ");
		text_add(&t, finding_print(c, found, text));
	}
	put_flowed(d, line);
}

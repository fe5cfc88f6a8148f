/* SPDX-License-Identifier: MIT */
#include "analysis/model/diagnosis.h"

#include <inttypes.h>
#include <stdio.h>

#include "analysis/decode/text.h"
#include "analysis/model/catalogue.h"

const struct catalogue_row *catalogue_row(enum diagnosis_id id)
{
	return id < CLOSE_FOUR ? &catalogue_opening[id] : &catalogue_closing[id - CLOSE_FOUR];
}

const char *severity_name(enum severity s)
{
	static const char *const name[] = {
		[INFO] = "info", [WARNING] = "warning", [ERROR] = "error"};
	return name[s];
}

const char *confidence_name(enum confidence c)
{
	return c == SURE ? "sure" : "likely";
}

const char *duration_print(int64_t ns, char text[static DURATION_TEXT])
{
	static const struct {
		uint64_t from, tenth; /* nanoseconds: the least that is printed so, and a tenth */
		bool tenths;
		const char *unit;
	} unit[] = {
		{10000000000, 100000000, false, " s"},
		{1000000000, 100000000, true, " s"},
		{10000000, 100000, false, " ms"},
		{1000000, 100000, true, " ms"},
		{0, 100, false, " us"},
	};
	uint64_t n = ns < 0 ? -(uint64_t)ns : (uint64_t)ns;
	struct text t = text_in(text, DURATION_TEXT);
	unsigned u = 0;
	while (n < unit[u].from)
		u++;
	uint64_t tenths = (n + unit[u].tenth * (unit[u].tenths ? 1 : 10) / 2) / unit[u].tenth;
	text_number(&t, tenths / 10);
	if (unit[u].tenths) {
		text_char(&t, '.');
		text_number(&t, tenths % 10);
	}
	text_add(&t, unit[u].unit);
	return text;
}

/* What stands for the letter of a placeholder. */
static void fill(struct text *t, char letter, const struct diagnosis *d, const char *const role[2])
{
	char part[DURATION_TEXT];
	int end = d->end < 2 ? d->end : 0;
	switch (letter) {
	case 'e':
		text_add(t, role[end]);
		break;
	case 'o':
		text_add(t, role[!end]);
		break;
	case 'n':
		snprintf(part, sizeof part, "%" PRId64, d->number);
		text_add(t, part);
		break;
	case 't':
		text_add(t, duration_print(d->duration, part));
		break;
	case 'd':
		text_add(t, d->detail);
		break;
	}
}

const char *diagnosis_print(const struct diagnosis *d, const char *const role[2],
			    char text[static DIAGNOSIS_TEXT])
{
	struct text t = text_in(text, DIAGNOSIS_TEXT);
	for (const char *at = catalogue_row((enum diagnosis_id)d->id)->text; *at; at++) {
		if (at[0] == '{' && at[1] && at[2] == '}') {
			fill(&t, at[1], d, role);
			at += 2;
		} else {
			text_char(&t, *at);
		}
	}
	return text;
}

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_DOCTOR_SHEET_H
#define SYNFIN_DOCTOR_SHEET_H

#include "analysis/views/json.h"
#include "capture/doctor.h"

/* Where findings are written down, one check after the other. */
struct sheet {
	FILE *out;
	const struct environment *environment;
	const char *group;             /* the heading above the last one */
	unsigned count[WORKS_NOT + 1]; /* findings by verdict */
	bool hopeless;                 /* what is vital does not work */
	struct json json;
};

/* How: sentences, or one object of JSON. */
struct sheet_form {
	void (*begin)(struct sheet *s);
	void (*check)(struct sheet *s, const struct check *c, const struct finding *f);
	void (*end)(struct sheet *s);
};

extern const struct sheet_form sheet_text, sheet_json;

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_DOCTOR_SETTINGS_H
#define SYNFIN_DOCTOR_SETTINGS_H

#include <stddef.h>

#include "analysis/environment.h"

/* A setting of the kernel's TCP that changes what one sees. */
struct setting {
	const char *name, *path;
	long value, usual; /* usual: Linux's own default */
	bool there;        /* this kernel has it; else value is what it does without */
	bool matters;      /* worth a line even when it is as usual */
	char text[WHY_TEXT];
};

/* The setting of that index, from 0 on; false behind the last. `sys` is /proc/sys, or what stands
 * in for it. */
bool setting_read(const char *sys, size_t index, struct setting *s);

/* When a segment that stays unanswered is sent again, and given up, in seconds from the first: the
 * time between two doubles, but not the first `linear` times, which come on top of `retries` and do
 * not prolong the whole. retries from 1 to 255. Returns text. */
const char *setting_retries(long retries, long linear, char text[static WHY_TEXT]);

#endif

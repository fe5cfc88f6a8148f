/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_DOCTOR_TERMINAL_H
#define SYNFIN_DOCTOR_TERMINAL_H

#include "analysis/environment.h"

enum { LOCALE_TEXT = 64 };

/* What the terminal, as far as it is described to us, can show. */
struct screen {
	int columns;
	bool terminal, color, utf8;
	bool east_asian; /* its language is written in wide characters: box drawing may be wide too
			  */
	bool unknown;    /* the locale that is asked for is not installed */
	char locale[LOCALE_TEXT];
};

/* `locale` is a name such as "de_DE.UTF-8"; "" for what the environment asks for. */
struct screen screen_of(const struct environment *e, const char *locale);

/* The --style that fits. */
const char *screen_style(const struct screen *s);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_PRINTABLE_H
#define SYNFIN_PRINTABLE_H

#include <stdbool.h>

enum { PRINTABLE_TEXT = 512 };

/* A word of somebody else's (a file's name, an argument) as it may be shown in a terminal: control
 * characters, and what is no UTF-8, become \x1b, the empty word becomes ''. What does not fit is
 * cut. Returns text. */
const char *printable(const char *word, char text[static PRINTABLE_TEXT]);

/* Whether c, which stands behind `before`, controls a terminal: C0, DEL, or C1 in UTF-8. */
bool is_control(char before, char c);

#endif

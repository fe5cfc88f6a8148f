/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_WORDS_PARTS_H
#define SYNFIN_WORDS_PARTS_H

#include <stddef.h>

#include "analysis/environment.h"
#include "analysis/printable.h"

/* What the files that read words share. */

/* Part of a word, as far as it can be shown. */
struct word_item {
	char text[PRINTABLE_TEXT];
};

struct word_item word_item(const char *from, size_t len);

/* Say why a word of somebody else's is refused, and on the last line what would be right. Always
 * false. */
bool word_refuse(char why[static WHY_TEXT], const char *word, const char *fault, const char *right);

/* The octet that two hexadecimal digits are; -1 where there are none. */
int word_hex(const char *at);

#endif

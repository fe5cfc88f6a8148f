/* SPDX-License-Identifier: MIT */
#include "analysis/printable.h"

#include <stdio.h>

#include "analysis/decode/text.h"

bool is_control(char before, char c)
{
	unsigned char octet = (unsigned char)c;
	bool c1 = (unsigned char)before == 0xc2 && octet >= 0x80 && octet < 0xa0;
	return octet < 0x20 || octet == 0x7f || c1;
}

const char *printable(const char *word, char text[static PRINTABLE_TEXT])
{
	struct text t = text_in(text, PRINTABLE_TEXT);
	char before = 0, escape[8];
	text_add(&t, *word ? "" : "''");
	for (; *word; before = *word++)
		if (is_control(before, *word)) {
			snprintf(escape, sizeof escape, "\\x%02x", (unsigned char)*word);
			text_add(&t, escape);
		} else {
			text_char(&t, *word);
		}
	return text;
}

/* SPDX-License-Identifier: MIT */
#include "analysis/printable.h"

#include <stdio.h>
#include <string.h>

#include "analysis/decode/text.h"
#include "analysis/decode/utf8.h"

enum { LONGEST = 4 }; /* octets of a character in UTF-8 */

bool is_control(char before, char c)
{
	unsigned char octet = (unsigned char)c;
	bool c1 = (unsigned char)before == 0xc2 && octet >= 0x80 && octet < 0xa0;
	return octet < 0x20 || octet == 0x7f || c1;
}

/* The character may be shown; and is, unless it would be cut. */
static void add_shown(struct text *t, const char *character, size_t len)
{
	for (size_t i = 0; i < len && (i || len < t->left); i++)
		text_char(t, character[i]);
}

static void add_escaped(struct text *t, const char *octets, size_t len)
{
	char escape[8];
	for (size_t i = 0; i < len; i++) {
		snprintf(escape, sizeof escape, "\\x%02x", (unsigned char)octets[i]);
		text_add(t, escape);
	}
}

const char *printable(const char *word, char text[static PRINTABLE_TEXT])
{
	struct text t = text_in(text, PRINTABLE_TEXT);
	text_add(&t, *word ? "" : "''");
	while (*word) {
		size_t len = utf8_length(word, strnlen(word, LONGEST));
		bool shown = len && !is_control((char)(len == 2 ? *word : 0), word[len - 1]);
		len += !len;
		(shown ? add_shown : add_escaped)(&t, word, len);
		word += len;
	}
	return text;
}

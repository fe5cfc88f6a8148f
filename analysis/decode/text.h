/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TEXT_H
#define SYNFIN_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* A string under construction in somebody's array: what does not fit is cut. printf would take
 * longer than all else that a line of output costs. */
struct text {
	char *at;
	size_t left; /* with the NUL, which always stands at `at` */
};

static inline struct text text_in(char *array, size_t size)
{
	array[0] = 0;
	return (struct text){array, size};
}

static inline void text_char(struct text *t, char c)
{
	if (t->left < 2)
		return;
	*t->at++ = c;
	*t->at = 0;
	t->left--;
}

static inline void text_add(struct text *t, const char *s)
{
	while (*s && t->left > 1) {
		*t->at++ = *s++;
		t->left--;
	}
	*t->at = 0;
}

static inline void text_number(struct text *t, uint64_t n)
{
	char digits[24];
	size_t at = sizeof digits - 1;
	digits[at] = 0;
	do
		digits[--at] = (char)('0' + n % 10);
	while (n /= 10);
	text_add(t, digits + at);
}

#endif

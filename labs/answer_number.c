/* SPDX-License-Identifier: MIT */
#include "labs/answer_number.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { GROUP = 3 };

static const char blanks[] = " \t", between[] = ",_' \t";

static bool add_digit(uint64_t *n, unsigned base, char c)
{
	unsigned digit =
		(unsigned)(isdigit((unsigned char)c) ? c - '0'
						     : tolower((unsigned char)c) - 'a' + 10);
	return !__builtin_mul_overflow(*n, base, n) && !__builtin_add_overflow(*n, digit, n);
}

static bool is_hex(const char *at)
{
	return strncasecmp(at, "0x", 2) == 0;
}

bool read_digits(const char **at, uint64_t *n)
{
	bool hex = is_hex(*at);
	const char *c = *at + (hex ? 2 : 0), *from = c;
	for (*n = 0; hex ? isxdigit((unsigned char)*c) : isdigit((unsigned char)*c); c++)
		if (!add_digit(n, hex ? 16 : 10, *c))
			return false;
	*at = c;
	return c > from;
}

static size_t digits_at(const char *at)
{
	return strspn(at, "0123456789");
}

/* "001" of "1,001": all groups have the same mark before them. */
static bool read_groups(const char **at, uint64_t *n)
{
	const char mark = **at;
	while (mark && strchr(between, mark) && **at == mark && digits_at(*at + 1) == GROUP) {
		for (int i = 1; i <= GROUP; i++)
			if (!add_digit(n, 10, (*at)[i]))
				return false;
		*at += 1 + GROUP;
	}
	return true;
}

/* x, y or digits. */
static bool read_term(const char **at, struct symbols s, uint32_t *n)
{
	uint64_t wide;
	*at += strspn(*at, blanks);
	char c = (char)tolower((unsigned char)**at);
	if (c == 'x' || c == 'y') {
		++*at;
		*n = c == 'x' ? s.x : s.y;
		return s.known;
	}
	bool grouped = !is_hex(*at) && digits_at(*at) <= GROUP;
	if (!read_digits(at, &wide) || (grouped && !read_groups(at, &wide)))
		return false;
	*n = (uint32_t)wide;
	return true;
}

bool read_number(const char *text, struct symbols s, uint32_t *n)
{
	uint32_t more = 0;
	bool good = read_term(&text, s, n);
	text += strspn(text, blanks);
	while (good && (*text == '+' || *text == '-')) {
		bool minus = *text++ == '-';
		good = read_term(&text, s, &more);
		*n = minus ? *n - more : *n + more;
		text += strspn(text, blanks);
	}
	return good && !*text;
}

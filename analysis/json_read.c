/* SPDX-License-Identifier: MIT */
#include "analysis/json_read.h"

#include <stdint.h>
#include <string.h>

static const struct {
	const char *text;
	enum json_kind kind;
} words[] = {
	{"{", JSON_OPEN_OBJECT}, {"}", JSON_CLOSE_OBJECT}, {"[", JSON_OPEN_ARRAY},
	{"]", JSON_CLOSE_ARRAY}, {"true", JSON_TRUE},      {"false", JSON_FALSE},
	{"null", JSON_NULL},
};

static size_t run_of(const char *at, const char *end, const char *set)
{
	size_t n = 0;
	while (at + n < end && at[n] && strchr(set, at[n]))
		n++;
	return n;
}

/* From behind the opening quote. */
static struct json_token string(const char **at, const char *end)
{
	const char *from = *at, *s = from;
	while (s < end && *s != '"')
		s += *s == '\\' && end - s > 1 ? 2 : 1;
	if (s == end)
		return (struct json_token){0};
	*at = s + 1;
	return (struct json_token){JSON_STRING, from, (size_t)(s - from)};
}

struct json_token json_next(const char **at, const char *end)
{
	const char *from = *at += run_of(*at, end, " \t\r\n,:");
	if (from == end)
		return (struct json_token){0};
	if (*from == '"') {
		++*at;
		return string(at, end);
	}
	size_t len = run_of(from, end, "+-.0123456789eE");
	if (len && *from != 'e' && *from != 'E') {
		*at += len;
		return (struct json_token){JSON_NUMBER, from, len};
	}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		len = strlen(words[i].text);
		if (len <= (size_t)(end - from) && memcmp(from, words[i].text, len) == 0) {
			*at += len;
			return (struct json_token){words[i].kind, from, len};
		}
	}
	return (struct json_token){0};
}

/* The number of a \uXXXX whose digits begin at s; false when they do not. */
static int code_unit(const char *s, const char *end, uint32_t *unit)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	*unit = 0;
	if (end - s < 4)
		return 0;
	for (int i = 0; i < 4; i++) {
		const char *digit = s[i] ? strchr(digits, s[i]) : NULL;
		if (!digit)
			return 0;
		*unit = *unit << 4 | ((uint32_t)(digit - digits) & 15);
	}
	return 1;
}

/* A code point as UTF-8 (RFC 3629 3). */
static char *put_code(char *to, uint32_t c)
{
	if (c < 0x80) {
		*to++ = (char)c;
	} else if (c < 0x800) {
		*to++ = (char)(0xc0 | c >> 6);
		*to++ = (char)(0x80 | (c & 63));
	} else if (c < 0x10000) {
		*to++ = (char)(0xe0 | c >> 12);
		*to++ = (char)(0x80 | (c >> 6 & 63));
		*to++ = (char)(0x80 | (c & 63));
	} else {
		*to++ = (char)(0xf0 | c >> 18);
		*to++ = (char)(0x80 | (c >> 12 & 63));
		*to++ = (char)(0x80 | (c >> 6 & 63));
		*to++ = (char)(0x80 | (c & 63));
	}
	return to;
}

/* *s is behind \u; two code units may be one character (RFC 8259 7). */
static char *put_unit(char *to, const char **s, const char *end)
{
	uint32_t c, low;
	if (!code_unit(*s, end, &c)) {
		*to++ = '?';
		return to;
	}
	*s += 4;
	if (c >= 0xd800 && c < 0xdc00 && end - *s >= 6 && (*s)[0] == '\\' && (*s)[1] == 'u' &&
	    code_unit(*s + 2, end, &low) && low >= 0xdc00 && low < 0xe000) {
		*s += 6;
		c = 0x10000 + ((c - 0xd800) << 10 | (low - 0xdc00));
	}
	return put_code(to, c >= 0xd800 && c < 0xe000 ? '?' : c);
}

size_t json_unescape(struct json_token t, char *to)
{
	static const char names[] = "bfnrt", meanings[] = "\b\f\n\r\t";
	const char *s = t.at, *end = s + t.len;
	char *from = to;
	while (s < end) {
		if (*s != '\\' || s + 1 == end) {
			*to++ = *s++;
			continue;
		}
		const char *name = s[1] ? strchr(names, s[1]) : NULL;
		s += 2;
		if (s[-1] == 'u')
			to = put_unit(to, &s, end);
		else
			*to++ = (char)(name ? meanings[name - names] : s[-1]);
	}
	return (size_t)(to - from);
}

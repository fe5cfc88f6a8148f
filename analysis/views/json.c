/* SPDX-License-Identifier: MIT */
#include "analysis/views/json.h"

#include <assert.h>
#include <string.h>

#include "analysis/decode/utf8.h"

static void flush(struct json *j)
{
	fwrite(j->text, 1, j->used, j->out);
	j->used = 0;
}

static void put(struct json *j, const char *text, size_t len)
{
	while (len > JSON_ROOM - j->used) {
		size_t part = JSON_ROOM - j->used;
		memcpy(j->text + j->used, text, part);
		j->used += part;
		flush(j);
		text += part;
		len -= part;
	}
	memcpy(j->text + j->used, text, len);
	j->used += len;
}

static void put_char(struct json *j, char c)
{
	if (j->used == JSON_ROOM)
		flush(j);
	j->text[j->used++] = c;
}

enum { KEY_ROOM = 64 /* for a key and what stands around it */ };

static void put_key(struct json *j, const char *key)
{
	if (j->used > JSON_ROOM - KEY_ROOM)
		flush(j);
	char *at = j->text + j->used;
	if (j->comma)
		*at++ = ',';
	j->comma = true;
	if (key) {
		assert(strlen(key) <= KEY_ROOM - 4);
		*at++ = '"';
		at = stpcpy(at, key);
		*at++ = '"';
		*at++ = ':';
	}
	j->used = (size_t)(at - j->text);
}

static void put_decimal(struct json *j, uint64_t n, size_t digits)
{
	char text[20];
	size_t at = sizeof text;

	do
		text[--at] = (char)('0' + n % 10);
	while (n /= 10);
	while (sizeof text - at < digits)
		text[--at] = '0';
	put(j, text + at, sizeof text - at);
}

void json_begin(struct json *j, FILE *out)
{
	j->out = out;
	j->used = 0;
	j->comma = false;
	put_char(j, '{');
}

void json_end(struct json *j)
{
	put(j, "}\n", 2);
	flush(j);
}

void json_open(struct json *j, const char *key, char bracket)
{
	put_key(j, key);
	put_char(j, bracket);
	j->comma = false;
}

void json_close(struct json *j, char bracket)
{
	put_char(j, bracket == '{' ? '}' : ']');
	j->comma = true;
}

/* What an octet is in a string (RFC 8259 7, RFC 3629 4), a row for sixteen: '.' stands for itself,
 * 'u' is a control character, 2, 3, 4 lead UTF-8 sequences of that length, 'x' is no UTF-8; any
 * other character follows a backslash. */
static const char octets[] = "uuuuuuuubtnufruu"
			     "uuuuuuuuuuuuuuuu"
			     "..\"............."
			     "................"
			     "................"
			     "............\\..."
			     "................"
			     "...............u"
			     "xxxxxxxxxxxxxxxx"
			     "xxxxxxxxxxxxxxxx"
			     "xxxxxxxxxxxxxxxx"
			     "xxxxxxxxxxxxxxxx"
			     "xx22222222222222"
			     "2222222222222222"
			     "3333333333333333"
			     "44444xxxxxxxxxxx";

/* Write the octet, or UTF-8 sequence, at s; returns how many octets it took. */
static size_t put_special(struct json *j, const uint8_t *s, size_t len)
{
	static const char hex[] = "0123456789abcdef";
	char kind = octets[*s];

	if (kind == 'u') {
		put(j, (char[]){'\\', 'u', '0', '0', hex[*s >> 4], hex[*s & 15]}, 6);
		return 1;
	}
	if (*s < 0x80) {
		put(j, (char[]){'\\', kind}, 2);
		return 1;
	}
	size_t n = utf8_length((const char *)s, len);
	put(j, n ? (const char *)s : "\xef\xbf\xbd", n ? n : 3);
	return n ? n : 1;
}

void json_octets(struct json *j, const char *key, const char *text, size_t len)
{
	const uint8_t *s = (const uint8_t *)text, *end = s + len;

	put_key(j, key);
	put_char(j, '"');
	while (s < end) {
		const uint8_t *from = s;
		while (s < end && octets[*s] == '.')
			s++;
		put(j, (const char *)from, (size_t)(s - from));
		if (s < end)
			s += put_special(j, s, (size_t)(end - s));
	}
	put_char(j, '"');
}

void json_string(struct json *j, const char *key, const char *text)
{
	json_octets(j, key, text, strlen(text));
}

void json_uint(struct json *j, const char *key, uint64_t n)
{
	put_key(j, key);
	put_decimal(j, n, 1);
}

void json_raw(struct json *j, const char *key, const char *json)
{
	put_key(j, key);
	put(j, json, strlen(json));
	j->comma = true;
}

void json_bool(struct json *j, const char *key, bool b)
{
	put_key(j, key);
	put(j, b ? "true" : "false", b ? 4 : 5);
}

void json_null(struct json *j, const char *key)
{
	put_key(j, key);
	put(j, "null", 4);
}

void json_time(struct json *j, const char *key, int64_t nanoseconds)
{
	bool negative = nanoseconds < 0;
	uint64_t us = (negative ? 0 - (uint64_t)nanoseconds : (uint64_t)nanoseconds) / 1000;

	put_key(j, key);
	if (negative && us)
		put_char(j, '-');
	put_decimal(j, us / 1000000, 1);
	put_char(j, '.');
	put_decimal(j, us % 1000000, 6);
}

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_JSON_H
#define SYNFIN_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { JSON_ROOM = 2048 };

/* One line of JSON on its way to a FILE. Errors of writing stay in the FILE, for ferror. */
struct json {
	FILE *out;
	size_t used;
	bool comma; /* the next member needs one before it */
	char text[JSON_ROOM];
};

/* Open the line's object, and close it: json_end writes the line. */
void json_begin(struct json *j, FILE *out);
void json_end(struct json *j);

/* In each of these key is NULL inside an array, and at most 60 characters of plain ASCII that needs
 * no escape. */

/* A nested object or array, until json_close with the same bracket: '{' or '['. */
void json_open(struct json *j, const char *key, char bracket);
void json_close(struct json *j, char bracket);

/* Text of any octets: escaped, what is no UTF-8 becomes U+FFFD. */
void json_string(struct json *j, const char *key, const char *text);
void json_octets(struct json *j, const char *key, const char *text, size_t len);

void json_uint(struct json *j, const char *key, uint64_t n);
void json_bool(struct json *j, const char *key, bool b);
void json_null(struct json *j, const char *key);

/* What is JSON already. */
void json_raw(struct json *j, const char *key, const char *json);

/* Nanoseconds, as seconds with six decimals; what is finer is cut off. */
void json_time(struct json *j, const char *key, int64_t nanoseconds);

#endif

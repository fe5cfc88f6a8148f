/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_JSON_READ_H
#define SYNFIN_JSON_READ_H

#include <stddef.h>

/* What comes next in a JSON text (RFC 8259). Commas and colons are skipped, not checked: the texts
 * are our own writer's. Any octets are read safely all the same. */
enum json_kind {
	JSON_WRONG, /* no JSON, or the text ended too early */
	JSON_OPEN_OBJECT,
	JSON_CLOSE_OBJECT,
	JSON_OPEN_ARRAY,
	JSON_CLOSE_ARRAY,
	JSON_STRING, /* of a member: its name first */
	JSON_NUMBER,
	JSON_TRUE,
	JSON_FALSE,
	JSON_NULL,
};

struct json_token {
	enum json_kind kind;
	const char *at; /* STRING: what stands between the quotes; NUMBER: its characters */
	size_t len;
};

/* The token at *at, which moves behind it. */
struct json_token json_next(const char **at, const char *end);

/* Write a string without its escapes, as UTF-8, to `to`, which has room for t.len octets. Returns
 * how many were written. A lone surrogate becomes '?'. */
size_t json_unescape(struct json_token t, char *to);

#endif

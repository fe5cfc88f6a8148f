/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_JSONL_H
#define SYNFIN_JSONL_H

#include "analysis/model/connection.h"
#include "analysis/views/json.h"

/* Parse "connection,segment" into bits for look.types. False where a word is no type's name (or
 * empty): *word and *len then say which, inside list. */
bool jsonl_types_parse(const char *list, unsigned *types, const char **word, size_t *len);

/* The name of type number i, NULL after the last. */
const char *jsonl_type_name(unsigned i);

/* Add the members of a line "connection", and the states of both ends as an object. */
void jsonl_put_connection(struct json *j, const struct connection *c);
void jsonl_put_states(struct json *j, const char *key, const struct connection *c,
		      const enum tcp_state state[2]);

/* What the handshake negotiated, and how long each end stayed in each state; nothing where that is
 * not known. */
void jsonl_put_options(struct json *j, const struct connection *c);
void jsonl_put_stays(struct json *j, const struct connection *c);

/* What the kernel says of an end. */
void jsonl_put_word(struct json *j, const char *end, const struct word *w);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_WITNESS_FORMAT_H
#define SYNFIN_WITNESS_FORMAT_H

#include "analysis/decode/reader.h"
#include "analysis/model/testimony.h"

/* A tracepoint's `format` file: where its fields are in a record, and what its numbers are called.
 * Records are the kernel's own structs: their layout changes with the version and the machine. */
struct format_field {
	uint16_t offset, size; /* size 0: this kernel has no such field */
	bool is_signed;
};

enum { MOST_REASONS = 256 };

/* Names by number; "" where there is none. One that is too long is cut. */
struct format_names {
	char name[MOST_REASONS][REASON_TEXT];
};

/* The number by which records name their tracepoint; 0 when the text has none. */
uint16_t format_id(const char *text);

/* The field of that name; false, and a size of 0, when there is none. */
bool format_field(const char *text, const char *name, struct format_field *f);

/* What __print_symbolic calls the numbers of a field. Returns how many have names. */
size_t format_names(const char *text, const char *field, struct format_names *names);

/* The number in that field; 0 when it is not wholly in the record, or of no size for a number. */
uint64_t format_number(struct bytes record, const struct format_field *f);

/* The octets of that field; none when they are not wholly in the record. */
struct bytes format_octets(struct bytes record, const struct format_field *f);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TESTS_ROWS_H
#define SYNFIN_TESTS_ROWS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* What table-driven tests share. */

/* Octets on the heap, not one more than needed, so that ASan sees a read past their end. */
struct octets {
	uint8_t *at;
	size_t len;
};

/* From pairs of hexadecimal digits; blanks between pairs are ignored. The caller frees `at`. */
struct octets octets_of(const char *hex);

/* The first len of them, as a copy of exactly that size. The caller frees `at`. */
struct octets octets_prefix(const struct octets *o, size_t len);

/* Fail the test, naming the row and the field, unless they are equal. */
void expect_number(const char *row, const char *field, uint64_t got, uint64_t wanted);
void expect_text(const char *row, const char *field, const char *got, const char *wanted);

/* A file in memory. close_memory returns what was written to it; the caller frees that. */
struct memory {
	FILE *file;
	char *text;
	size_t size;
};

void open_memory(struct memory *m);
char *close_memory(struct memory *m);

#endif

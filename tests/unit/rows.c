/* SPDX-License-Identifier: MIT */
#include "tests/unit/rows.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint8_t digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, c) : NULL;

	if (!at)
		fail_msg("'%c' is no hexadecimal digit", c);
	return (uint8_t)(at - digits);
}

static uint8_t *allocate(size_t len)
{
	uint8_t *at = malloc(len); /* of zero octets too: any read is then one too many */

	assert_true(at || !len);
	return at;
}

struct octets octets_of(const char *hex)
{
	uint8_t octet[4096];
	size_t len = 0;

	for (; *hex; hex++) {
		if (*hex == ' ')
			continue;
		assert_true(len < sizeof octet);
		octet[len] = (uint8_t)(digit(hex[0]) << 4);
		octet[len++] |= digit(hex[1]);
		hex++;
	}
	return octets_prefix(&(struct octets){octet, len}, len);
}

struct octets octets_prefix(const struct octets *o, size_t len)
{
	struct octets copy = {allocate(len), len};

	if (len && copy.at)
		memcpy(copy.at, o->at, len);
	return copy;
}

void expect_number(const char *row, const char *field, uint64_t got, uint64_t wanted)
{
	if (got != wanted)
		fail_msg("%s: %s is %" PRIu64 " (%#" PRIx64 "), not %" PRIu64 " (%#" PRIx64 ")",
			 row, field, got, got, wanted, wanted);
}

void expect_text(const char *row, const char *field, const char *got, const char *wanted)
{
	if (strcmp(got, wanted) != 0)
		fail_msg("%s: %s is \"%s\", not \"%s\"", row, field, got, wanted);
}

void open_memory(struct memory *m)
{
	m->file = open_memstream(&m->text, &m->size);
	assert_non_null(m->file);
}

char *close_memory(struct memory *m)
{
	assert_int_equal(fclose(m->file), 0);
	return m->text;
}

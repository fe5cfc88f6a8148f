/* SPDX-License-Identifier: MIT */
#include "capture/witness_format.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint16_t format_id(const char *text)
{
	unsigned id;
	const char *line = strstr(text, "\nID: ");
	return line && sscanf(line, "\nID: %5u", &id) == 1 && id <= UINT16_MAX ? (uint16_t)id : 0;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* "const void * skaddr", "__u8 saddr[4]": the name is the last word before the brackets. */
static bool is_called(const char *declared, size_t len, const char *name)
{
	const char *bracket = memchr(declared, '[', len);
	const char *end = bracket ? bracket : declared + len;
	size_t n = strlen(name);
	return (size_t)(end - declared) > n && memcmp(end - n, name, n) == 0 &&
	       !is_word(end[-(ptrdiff_t)n - 1]);
}

static bool read_place(const char *at, struct format_field *f)
{
	unsigned offset, size, is_signed;
	if (sscanf(at, "; offset:%5u; size:%5u; signed:%1u;", &offset, &size, &is_signed) != 3)
		return false;
	if (offset > UINT16_MAX || size > UINT16_MAX)
		return false;
	*f = (struct format_field){(uint16_t)offset, (uint16_t)size, is_signed != 0};
	return size > 0;
}

bool format_field(const char *text, const char *name, struct format_field *f)
{
	static const char word[] = "\tfield:";
	*f = (struct format_field){0};
	for (const char *at = strstr(text, word); at; at = strstr(at, word)) {
		at += sizeof word - 1;
		size_t len = strcspn(at, ";\n");
		if (is_called(at, len, name))
			return read_place(at + len, f);
	}
	return false;
}

/* "{ 10, "TCP_CSUM" }"; returns what follows it, NULL when there is none. */
static const char *read_pair(const char *at, struct format_names *names)
{
	char *end;
	at += strspn(at, ", ");
	if (*at++ != '{')
		return NULL;
	unsigned long number = strtoul(at, &end, 0);
	end += strspn(end, ", ");
	if (*end++ != '"')
		return NULL;
	size_t len = strcspn(end, "\"\n");
	if (end[len] != '"')
		return NULL;
	if (number < MOST_REASONS)
		snprintf(names->name[number], REASON_TEXT, "%.*s", (int)len, end);
	at = end + len + 1;
	at += strspn(at, " ");
	return *at == '}' ? at + 1 : NULL;
}

size_t format_names(const char *text, const char *field, struct format_names *names)
{
	char start[80];
	size_t count = 0;
	*names = (struct format_names){0};
	snprintf(start, sizeof start, "__print_symbolic(REC->%s,", field);
	const char *at = strstr(text, start);
	for (at = at ? at + strlen(start) : NULL; at; at = read_pair(at, names))
		;
	for (size_t i = 0; i < MOST_REASONS; i++)
		count += names->name[i][0] != '\0';
	return count;
}

struct bytes format_octets(struct bytes record, const struct format_field *f)
{
	struct reader r = reader_of(record.at, record.len);
	read_skip(&r, f->offset);
	return read_bytes(&r, f->size);
}

/* In this machine's order, whose compiler laid the record out. */
uint64_t format_number(struct bytes record, const struct format_field *f)
{
	struct bytes b = format_octets(record, f);
	uint8_t u8;
	uint16_t u16;
	uint32_t u32;
	uint64_t u64;
	switch (b.len) {
	case sizeof u8:
		u8 = b.at[0];
		return f->is_signed ? (uint64_t)(int8_t)u8 : u8;
	case sizeof u16:
		memcpy(&u16, b.at, sizeof u16);
		return f->is_signed ? (uint64_t)(int16_t)u16 : u16;
	case sizeof u32:
		memcpy(&u32, b.at, sizeof u32);
		return f->is_signed ? (uint64_t)(int32_t)u32 : u32;
	case sizeof u64:
		memcpy(&u64, b.at, sizeof u64);
		return u64;
	default:
		return 0;
	}
}

/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "analysis/count.h"
#include "analysis/decode/options.h"
#include "analysis/look.h"
#include "inject/words.h"
#include "inject/words_parts.h"

enum { COOKIE_LEAST = 4, COOKIE_MOST = 16 }; /* RFC 7413 4.1.1 */

/* A list of octets under construction. */
struct list {
	uint8_t octet[UINT8_MAX];
	size_t len;
};

static void put(struct list *to, uint32_t n, size_t octets)
{
	while (octets-- && to->len < sizeof to->octet)
		to->octet[to->len++] = (uint8_t)(n >> octets * 8);
}

/* All of value, in pairs of digits. */
static bool put_hex(const char *value, struct list *to, size_t least, size_t most)
{
	size_t len = strlen(value) / 2;
	if (strlen(value) % 2 || len < least || len > most)
		return false;
	for (; *value; value += 2) {
		if (word_hex(value) < 0)
			return false;
		put(to, (uint32_t)word_hex(value), 1);
	}
	return true;
}

/* A number that is all of value; put with its option's kind and length before it. */
static bool put_number(const char *value, struct list *to, uint8_t kind, uint64_t most)
{
	uint64_t n = 0;
	size_t octets = most > UINT8_MAX ? 2 : 1;
	if (!count_read(&value, most, &n) || *value)
		return false;
	put(to, kind, 1);
	put(to, (uint32_t)(2 + octets), 1);
	put(to, (uint32_t)n, octets);
	return true;
}

static bool put_mss(const char *value, struct list *to)
{
	return put_number(value, to, 2, UINT16_MAX);
}

static bool put_scale(const char *value, struct list *to)
{
	return put_number(value, to, 3, UINT8_MAX);
}

/* RFC 5482, in seconds: the granularity bit is 0. */
static bool put_timeout(const char *value, struct list *to)
{
	return put_number(value, to, 28, INT16_MAX);
}

static bool put_timestamps(const char *value, struct list *to)
{
	uint64_t val = 0, ecr = 0;
	bool good = count_read(&value, UINT32_MAX, &val);
	if (good && *value == ':' && ++value)
		good = count_read(&value, UINT32_MAX, &ecr);
	put(to, 0x080a, 2);
	put(to, (uint32_t)val, 4);
	put(to, (uint32_t)ecr, 4);
	return good && !*value;
}

static bool put_sack_permitted(const char *value, struct list *to)
{
	put(to, 0x0402, 2);
	return !value;
}

static bool put_nop(const char *value, struct list *to)
{
	put(to, 1, 1);
	return !value;
}

static bool put_end(const char *value, struct list *to)
{
	put(to, 0, 1);
	return !value;
}

/* RFC 7413: a cookie, or the request for one. */
static bool put_fast_open(const char *value, struct list *to)
{
	put(to, 34, 1);
	put(to, 2 + (uint32_t)(value ? strlen(value) / 2 : 0), 1);
	return !value || (put_hex(value, to, COOKIE_LEAST, COOKIE_MOST) && strlen(value) % 4 == 0);
}

static bool put_raw(const char *value, struct list *to)
{
	return put_hex(value, to, 1, TCP_OPTIONS_MAX);
}

static const struct option_word {
	const char *name;
	bool (*put)(const char *value, struct list *to);
	enum { NO_VALUE, MAY_VALUE, MUST_VALUE } value;
	const char *right;
} option_words[] = {
	{"mss", put_mss, MUST_VALUE, "Right is mss=1460: a number from 0 to 65535."},
	{"ws", put_scale, MUST_VALUE, "Right is ws=7: a number from 0 to 255."},
	{"sackok", put_sack_permitted, NO_VALUE, "Right is sackok, without a value."},
	{"ts", put_timestamps, MUST_VALUE, "Right is ts=1000 or ts=1000:0, up to 4294967295."},
	{"nop", put_nop, NO_VALUE, "Right is nop, without a value."},
	{"eol", put_end, NO_VALUE, "Right is eol, without a value."},
	{"fo", put_fast_open, MAY_VALUE, "Right is fo, or fo=00112233: 4, 6 ... 16 octets in hex."},
	{"uto", put_timeout, MUST_VALUE, "Right is uto=60: seconds from 0 to 32767."},
	{"hex", put_raw, MUST_VALUE, "Right is hex=fd04f989: up to 40 octets, two digits each."},
};

enum { OPTION_WORDS = sizeof option_words / sizeof *option_words };

static bool refuse_option(char why[static WHY_TEXT], const char *name)
{
	const char *names[OPTION_WORDS + 1] = {NULL};
	char fault[64] = "is no TCP option that has a name here";
	for (size_t i = 0; i < OPTION_WORDS; i++)
		names[i] = option_words[i].name;
	const char *near = did_you_mean(name, strlen(name), names);
	if (near)
		snprintf(fault, sizeof fault, "is no TCP option: did you mean %s?", near);
	return word_refuse(
		why, name, fault,
		"Right are mss=1460,ws=7,sackok,ts=1:0,nop,eol,fo,uto=60, and hex=fd04f989 "
		"for any other.");
}

static bool put_option(const struct word_item *item, struct list *to, char why[static WHY_TEXT])
{
	size_t len = strcspn(item->text, "=");
	const char *value = item->text[len] ? item->text + len + 1 : NULL;
	struct word_item name = word_item(item->text, len);
	const struct option_word *w = option_words, *end = w + OPTION_WORDS;
	while (w < end && strcasecmp(w->name, name.text) != 0)
		w++;
	if (w == end)
		return refuse_option(why, name.text);
	bool fits = value ? w->value != NO_VALUE : w->value != MUST_VALUE;
	return (fits && w->put(value, to)) ||
	       word_refuse(why, item->text, "has a value that cannot be, or none", w->right);
}

bool word_options(const char *word, uint8_t *octets, size_t room, size_t *len,
		  char why[static WHY_TEXT])
{
	struct list all = {.len = 0};
	if (strcasecmp(word, "none") == 0) {
		*len = 0;
		return true;
	}
	if (room > TCP_OPTIONS_MAX)
		room = TCP_OPTIONS_MAX;
	for (const char *at = word;; at++) {
		size_t n = strcspn(at, ",");
		struct word_item i = word_item(at, n);
		if (n < sizeof i.text && !put_option(&i, &all, why))
			return false;
		if (n >= sizeof i.text || all.len > room)
			return word_refuse(why, word,
					   "takes more octets than a TCP header has for options",
					   "Right are at most 40 octets: leave some out.");
		at += n;
		if (!*at)
			break;
	}
	memcpy(octets, all.octet, all.len);
	*len = all.len;
	return true;
}

/* SPDX-License-Identifier: MIT */
#include "labs/answer.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analysis/decode/text.h"
#include "analysis/environment.h"
#include "analysis/model/state.h"
#include "inject/words.h"
#include "labs/answer_number.h"

const char *const answer_kinds[] = {"number", "time", "flags", "state", "choice", "list", NULL};

enum { MOST_LISTED = 31 };

/* Without these characters; false: too long. */
static bool squeeze(const char *text, const char *drop, char to[static ANSWER_TEXT])
{
	size_t len = 0;
	for (; *text; text++)
		if (!strchr(drop, *text)) {
			if (len + 1 == ANSWER_TEXT)
				return false;
			to[len++] = *text;
		}
	to[len] = 0;
	return len > 0;
}

static bool parse_time(const char *text, struct answer *a)
{
	char squeezed[ANSWER_TEXT] = "", *end;
	if (!squeeze(text, " \t+~", squeezed))
		return false;
	a->seconds = strtod(squeezed, &end);
	bool ms = strcasecmp(end, "ms") == 0;
	if (ms)
		a->seconds /= 1000;
	return end != squeezed && a->seconds >= 0 && a->seconds < 1e6 &&
	       (ms || !*end || strcasecmp(end, "s") == 0);
}

/* "SYN, ACK", "SYN-ACK"; "SYN ACK", too, where a blank is all there is between them. */
static bool parse_flags(const char *text, struct answer *a)
{
	char squeezed[ANSWER_TEXT] = "", why[WHY_TEXT];
	uint16_t flags;
	bool good = squeeze(text, " \t", squeezed);
	for (char *c = squeezed; good && *c; c++)
		if (strchr("-/&|", *c))
			*c = ',';
	if (good && !word_flags(squeezed, &flags, why)) {
		size_t len = (size_t)snprintf(squeezed, sizeof squeezed, "%s", text);
		for (size_t i = 0; i < len && squeezed[i]; i++)
			if (squeezed[i] == ' ')
				squeezed[i] = ',';
		good = word_flags(squeezed, &flags, why);
	}
	if (good)
		a->number = flags;
	return good;
}

/* Lower-case letters and digits only: how people spell states differs in the rest. */
static void letters_of(const char *text, char to[static ANSWER_TEXT])
{
	size_t len = 0;
	for (; *text && len + 1 < ANSWER_TEXT; text++)
		if (isalnum((unsigned char)*text))
			to[len++] = (char)tolower((unsigned char)*text);
	to[len] = 0;
}

/* What books, netstat and ss call the states of RFC 9293. */
static const struct {
	const char *other;
	enum tcp_state state;
} spellings[] = {
	{"synsend", SYN_SENT},        {"synrecv", SYN_RECEIVED}, {"synrcvd", SYN_RECEIVED},
	{"synreceive", SYN_RECEIVED}, {"estab", ESTABLISHED},    {"established1", ESTABLISHED},
	{"finwait", FIN_WAIT_1},      {"close", CLOSED},         {"timedwait", TIME_WAIT},
};

static bool parse_state(const char *text, struct answer *a)
{
	char want[ANSWER_TEXT], name[ANSWER_TEXT];
	letters_of(text, want);
	for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
		if (strcmp(spellings[i].other, want) == 0) {
			a->number = spellings[i].state;
			return true;
		}
	for (int s = 0; s < TCP_STATES; s++) {
		letters_of(state_name((enum tcp_state)s), name);
		if (*want && strcmp(name, want) == 0) {
			a->number = (uint32_t)s;
			return true;
		}
	}
	return false;
}

static bool parse_choice(const char *text, struct answer *a)
{
	char squeezed[ANSWER_TEXT] = "";
	if (!squeeze(text, " \t().", squeezed) || squeezed[1] || !isalpha((unsigned char)*squeezed))
		return false;
	a->number = (uint32_t)tolower((unsigned char)*squeezed);
	return true;
}

/* "1,2,5-7": bits; 0 for "none". */
static bool parse_list(const char *text, struct answer *a)
{
	if (strcasecmp(text, "none") == 0 || strcmp(text, "无") == 0 || strcmp(text, "-") == 0)
		return true;
	do {
		while (*text && strchr(" \t#,", *text))
			text++;
		uint64_t from, to;
		if (!read_digits(&text, &from))
			return false;
		to = from;
		if (*text == '-') {
			text++;
			if (!read_digits(&text, &to))
				return false;
		}
		if (from < 1 || to > MOST_LISTED || from > to)
			return false;
		for (; from <= to; from++)
			a->number |= UINT32_C(1) << from;
		text += strspn(text, " \t");
	} while (*text);
	return true;
}

/* What a Chinese keyboard types for ASCII, U+FF01 to U+FF5E, and its comma U+3001, as ASCII; false:
 * too long. */
static bool narrow(const char *text, char to[static ANSWER_TEXT])
{
	const unsigned char *c = (const unsigned char *)text;
	size_t len = 0;
	for (; *c && len + 1 < ANSWER_TEXT; len++) {
		unsigned full = *c == 0xef && (c[1] == 0xbc || c[1] == 0xbd) && c[2]
					? (unsigned)(c[1] - 0xbc) * 64 + (c[2] & 0x3fu)
					: 0;
		bool listed = strncmp((const char *)c, "、", 3) == 0;
		to[len] = (char)(listed ? ',' : full && full < 95 ? ' ' + full : *c);
		c += listed || (full && full < 95) ? 3 : 1;
	}
	to[len] = 0;
	return !*c;
}

static bool parse(enum answer_kind kind, const char *text, struct symbols s, struct answer *a)
{
	switch (kind) {
	case ANSWER_NUMBER:
		return read_number(text, s, &a->number);
	case ANSWER_TIME:
		return parse_time(text, a);
	case ANSWER_FLAGS:
		return parse_flags(text, a);
	case ANSWER_STATE:
		return parse_state(text, a);
	case ANSWER_CHOICE:
		return parse_choice(text, a);
	default:
		return parse_list(text, a);
	}
}

bool answer_parse(enum answer_kind kind, const char *text, struct symbols s, struct answer *a)
{
	char narrowed[ANSWER_TEXT] = {0};
	*a = (struct answer){.kind = kind};
	return narrow(text, narrowed) && parse(kind, narrowed, s, a);
}

bool answer_same(const struct answer *a, const struct answer *b, double within)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind != ANSWER_TIME)
		return a->number == b->number;
	double differs = a->seconds - b->seconds;
	return (differs < 0 ? -differs : differs) <= within * b->seconds;
}

/* "1,2,5-7": three in a row are a range, or else there would not always be room. */
static void print_list(uint32_t bits, char text[static ANSWER_TEXT])
{
	struct text t = text_in(text, ANSWER_TEXT);
	for (unsigned n = 1, last; n <= MOST_LISTED; n++) {
		if (!(bits >> n & 1))
			continue;
		text_add(&t, *text ? "," : "");
		text_number(&t, n);
		for (last = n; last < MOST_LISTED && bits >> (last + 1) & 1;)
			last++;
		if (last < n + 2)
			continue;
		text_add(&t, "-");
		text_number(&t, last);
		n = last;
	}
	text_add(&t, *text ? "" : "none");
}

static void print_flags(uint32_t flags, char text[static ANSWER_TEXT])
{
	static const char *const names[] = {"FIN", "SYN", "RST", "PSH", "ACK",
					    "URG", "ECE", "CWR", "AE"};
	struct text t = text_in(text, ANSWER_TEXT);
	static const unsigned char order[] = {1, 0, 2, 3, 4, 5, 6, 7, 8};
	for (int i = 0; i < 9; i++)
		if (flags >> order[i] & 1) {
			text_add(&t, *text ? "," : "");
			text_add(&t, names[order[i]]);
		}
	text_add(&t, *text ? "" : "none");
}

const char *answer_print(const struct answer *a, char text[static ANSWER_TEXT])
{
	switch (a->kind) {
	case ANSWER_TIME:
		snprintf(text, ANSWER_TEXT, "%.2f s", a->seconds);
		break;
	case ANSWER_FLAGS:
		print_flags(a->number, text);
		break;
	case ANSWER_STATE:
		snprintf(text, ANSWER_TEXT, "%s", state_name((enum tcp_state)a->number));
		break;
	case ANSWER_CHOICE:
		snprintf(text, ANSWER_TEXT, "%c", (int)a->number);
		break;
	case ANSWER_LIST:
		print_list(a->number, text);
		break;
	default:
		snprintf(text, ANSWER_TEXT, "%u", a->number);
	}
	return text;
}

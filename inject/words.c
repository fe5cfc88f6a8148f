/* SPDX-License-Identifier: MIT */
#include "inject/words.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "analysis/count.h"
#include "analysis/decode/segment.h"
#include "analysis/look.h"
#include "inject/words_parts.h"

struct word_item word_item(const char *from, size_t len)
{
	struct word_item i = {""};
	memcpy(i.text, from, len < sizeof i.text ? len : sizeof i.text - 1);
	return i;
}

bool word_refuse(char why[static WHY_TEXT], const char *word, const char *fault, const char *right)
{
	char shown[PRINTABLE_TEXT];
	const char *quote = *word ? "'" : ""; /* printable has them then */
	snprintf(why, WHY_TEXT, "%s%s%s %s\n%s", quote, printable(word, shown), quote, fault,
		 right);
	return false;
}

/* ---- endpoints */

static const char endpoints[] = "Right are 127.0.0.1:8080, [::1]:8080, or 8080 for 127.0.0.1:8080.";

static bool read_port(const char *at, uint16_t *port)
{
	uint64_t n = 0;
	bool good = count_read(&at, UINT16_MAX, &n) && !*at && n;
	*port = (uint16_t)n;
	return good;
}

static bool read_address(struct word_item i, struct address *a)
{
	size_t len = strlen(i.text);
	bool brackets = len > 1 && i.text[0] == '[' && i.text[len - 1] == ']';
	*a = (struct address){.family = brackets ? 6 : 4};
	if (strcmp(i.text, "localhost") == 0)
		return inet_pton(AF_INET, "127.0.0.1", a->octet) == 1;
	if (!brackets)
		return inet_pton(AF_INET, i.text, a->octet) == 1;
	i.text[len - 1] = 0;
	return inet_pton(AF_INET6, i.text + 1, a->octet) == 1;
}

bool word_endpoint(const char *word, struct endpoint *e, char why[static WHY_TEXT])
{
	const char *colon = strrchr(word, ':');
	struct word_item host =
		colon ? word_item(word, (size_t)(colon - word)) : word_item("localhost", 9);
	struct endpoint read = {.port = 0};
	uint8_t octet[16];
	if (inet_pton(AF_INET6, word, octet) == 1)
		return word_refuse(why, word,
				   "is an IPv6 address: it stands in [ ], a port behind it",
				   endpoints);
	bool bare = *word == '[' && word[strlen(word) - 1] == ']';
	if (bare || (!colon && (inet_pton(AF_INET, word, octet) == 1 || *word == '[' ||
				strcmp(word, "localhost") == 0)))
		return word_refuse(why, word, "has no port", endpoints);
	if (!read_address(host, &read.address))
		return word_refuse(why, host.text, "is no IP address (names are not looked up)",
				   endpoints);
	if (!read_port(colon ? colon + 1 : word, &read.port))
		return word_refuse(why, colon ? colon + 1 : word, "is no port from 1 to 65535",
				   endpoints);
	*e = read;
	return true;
}

/* ---- flags */

static const struct {
	const char *name, *letters;
	uint16_t bit;
} flag_words[] = {
	{"SYN", "Ss", SYN}, {"ACK", "Aa", ACK}, {"FIN", "Ff", FIN}, {"RST", "Rr", RST},
	{"PSH", "Pp", PSH}, {"URG", "Uu", URG}, {"ECE", "Ee", ECE}, {"CWR", "CcWw", CWR},
	{"AE", "Nn", AE},   {"NS", "", AE}, /* its name before RFC 9768 */
};

enum { FLAG_WORDS = sizeof flag_words / sizeof *flag_words };

static uint16_t flag_of(char letter)
{
	for (size_t i = 0; letter && i < FLAG_WORDS; i++)
		if (strchr(flag_words[i].letters, letter))
			return flag_words[i].bit;
	return 0;
}

/* A name, or letters: the name where it could be both. */
static bool read_flags(const char *item, uint16_t *flags)
{
	for (size_t i = 0; i < FLAG_WORDS; i++)
		if (strcasecmp(item, flag_words[i].name) == 0) {
			*flags |= flag_words[i].bit;
			return true;
		}
	for (const char *at = item; *at; at++) {
		if (!flag_of(*at))
			return false;
		*flags |= flag_of(*at);
	}
	return *item;
}

static bool refuse_flag(char why[static WHY_TEXT], const char *item)
{
	const char *names[FLAG_WORDS + 1] = {NULL};
	char upper[8] = "", fault[64] = "is no TCP flag";
	for (size_t i = 0; i < FLAG_WORDS; i++)
		names[i] = flag_words[i].name;
	for (size_t i = 0; item[i] && i + 1 < sizeof upper; i++)
		upper[i] = (char)(item[i] >= 'a' && item[i] <= 'z' ? item[i] - 32 : item[i]);
	const char *near = did_you_mean(upper, strlen(upper), names);
	if (near && strlen(item) > 1)
		snprintf(fault, sizeof fault, "is no TCP flag: did you mean %s?", near);
	return word_refuse(
		why, item, fault,
		"Right are SA, SYN,ACK or none; F S R P A U E C (or W) N are FIN SYN RST PSH "
		"ACK URG ECE CWR AE.");
}

bool word_flags(const char *word, uint16_t *flags, char why[static WHY_TEXT])
{
	uint16_t sum = 0;
	if (strcasecmp(word, "none") == 0) {
		*flags = 0;
		return true;
	}
	for (;; word++) {
		size_t len = strcspn(word, ",+");
		struct word_item i = word_item(word, len);
		if (len >= sizeof i.text || !read_flags(i.text, &sum))
			return refuse_flag(why, i.text);
		word += len;
		if (!*word)
			break;
	}
	*flags = sum;
	return true;
}

/* ---- text */

static int hex_digit(char c)
{
	static const char digits[] = "0123456789abcdefABCDEF";
	const char *at = c ? strchr(digits, c) : NULL;
	return !at ? -1 : at - digits < 16 ? (int)(at - digits) : (int)(at - digits) - 6;
}

int word_hex(const char *at)
{
	int high = hex_digit(at[0]), low = high < 0 ? -1 : hex_digit(at[1]);
	return low < 0 ? -1 : high * 16 + low;
}

static const char text_right[] =
	"Right are \\r \\n \\t \\0 \\\\ and \\x41; all other text is as it is.";

/* What stands behind a backslash; *at moves behind it. -1: no escape. */
static int escape(const char **at)
{
	static const char letters[] = "rnt0\\", octets[] = "\r\n\t\0\\";
	const char *letter = **at ? strchr(letters, **at) : NULL;
	if (letter) {
		++*at;
		return octets[letter - letters];
	}
	int octet = **at == 'x' ? word_hex(*at + 1) : -1;
	*at += octet < 0 ? 0 : 3;
	return octet;
}

bool word_octets(const char *word, uint8_t *octets, size_t room, size_t *len,
		 char why[static WHY_TEXT])
{
	size_t n = 0;
	for (const char *at = word; *at;) {
		const char *from = at++;
		int octet = *from == '\\' ? escape(&at) : (unsigned char)*from;
		if (octet < 0)
			return word_refuse(why, word_item(from, strnlen(from, 4)).text,
					   "is no escape", text_right);
		if (n == room)
			return word_refuse(why, word_item(word, strnlen(word, 16)).text,
					   "... is longer than one segment may carry here",
					   "Say less at once.");
		octets[n++] = (uint8_t)octet;
	}
	*len = n;
	return true;
}

bool word_in(const char *list, const char *word)
{
	size_t len = strlen(word);
	for (const char *at = list; len && (at = strstr(at, word)); at += len)
		if ((at == list || at[-1] == ' ') && (!at[len] || at[len] == ' '))
			return true;
	return false;
}

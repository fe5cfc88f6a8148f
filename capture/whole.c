/* SPDX-License-Identifier: MIT */
#include "capture/whole.h"

#include <stddef.h>
#include <string.h>

static bool is_number(const char *word, size_t len)
{
	return strspn(word, "0123456789abcdefABCDEF.:/-") >= len &&
	       strcspn(word, "0123456789") < len;
}

static bool is_known(const char *word, size_t len)
{
	static const char *const words[] = {"and",  "or",        "not",  "&&",    "||", "!",
					    "tcp",  "udp",       "icmp", "icmp6", "ip", "ip6",
					    "port", "portrange", "host", "net"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i]) == len && memcmp(words[i], word, len) == 0)
			return true;
	return is_number(word, len);
}

bool whole_connections(const char *filter)
{
	static const char between[] = " \t()";
	size_t len = 0;
	for (const char *at = filter ? filter : ""; *at; at += len) {
		at += strspn(at, between);
		len = strcspn(at, between);
		if (len && !is_known(at, len))
			return false;
	}
	return true;
}

/* SPDX-License-Identifier: MIT */
#include "analysis/count.h"

#include <inttypes.h>

#include "analysis/printable.h"

bool count_read(const char **at, uint64_t most, uint64_t *n)
{
	const char *from = *at;
	uint64_t sum = 0;
	for (; **at >= '0' && **at <= '9'; ++*at) {
		uint64_t digit = (uint64_t)(**at - '0');
		if (digit > most || sum > (most - digit) / 10)
			return false;
		sum = sum * 10 + digit;
	}
	*n = sum;
	return *at != from;
}

uint64_t count_argument(struct argp_state *state, const char *what, const char *arg, uint64_t least,
			uint64_t most)
{
	char shown[PRINTABLE_TEXT];
	const char *at = arg;
	uint64_t n = 0;
	if (!count_read(&at, most, &n) || *at || n < least)
		argp_error(state, "%s is a number from %" PRIu64 " to %" PRIu64 ", not '%s'", what,
			   least, most, printable(arg, shown));
	return n;
}

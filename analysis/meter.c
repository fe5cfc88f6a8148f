/* SPDX-License-Identifier: MIT */
#include "analysis/meter.h"

#include <string.h>

/* Never less than before: what is too much stays so. */
static void add_work(struct meter *m, uint64_t units)
{
	m->work = units > UINT64_MAX - m->work ? UINT64_MAX : m->work + units;
}

bool meter_memory(struct meter *m, size_t had, size_t wanted)
{
	if (wanted > had && wanted - had > m->limits.memory - m->memory)
		return false;
	m->memory += wanted - had;
	add_work(m, wanted / 16); /* it will be filled; who wants too much work is told later */
	return true;
}

bool meter_work(struct meter *m, uint64_t units)
{
	add_work(m, units);
	return m->work <= m->limits.work;
}

bool meter_instructions(struct meter *m, uint64_t instructions)
{
	return meter_work(m, instructions * (1 + m->memory / 4096));
}

bool meter_call(struct meter *m)
{
	return meter_work(m, 1 + m->memory / 64);
}

/* Each repetition can stop at any octet at which the one before it did or later, and a match can
 * begin at any octet: that makes n + 1 over 1, n + 2 over 2 ... ways with 0, 1 ... repetitions. */
uint64_t pattern_work(const char *pattern, size_t len, size_t subject)
{
	uint64_t ways = (uint64_t)subject + 1, most = UINT32_MAX;
	unsigned repetitions = 0;
	for (size_t i = 0; i < len && ways < most; i++) {
		/* %b and back references run over the subject as well */
		bool escaped = pattern[i] == '%' && i + 1 < len;
		i += escaped;
		if (!memchr(escaped ? "b123456789" : "*+-?", pattern[i], escaped ? 10 : 4))
			continue;
		repetitions++;
		ways = ways < most ? ways * (subject + 1 + repetitions) / (repetitions + 1) : most;
	}
	return ways < most ? ways * (1 + len / 16) : UINT64_MAX;
}

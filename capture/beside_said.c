/* SPDX-License-Identifier: MIT */
#include "capture/beside_said.h"

#include <stdlib.h>

bool said_init(struct said *s)
{
	*s = (struct said){.at = calloc(MOST_SAID, sizeof *s->at)};
	return s->at;
}

void said_free(struct said *s)
{
	free(s->at);
}

static struct testimony *said_at(const struct said *s, unsigned i)
{
	return &s->at[(s->first + i) % MOST_SAID];
}

void said_add(struct said *s, const struct testimony *t)
{
	unsigned at = s->count++;
	for (; at > 0 && said_at(s, at - 1)->time > t->time; at--)
		*said_at(s, at) = *said_at(s, at - 1);
	*said_at(s, at) = *t;
}

int64_t said_time(const struct said *s)
{
	return s->count ? said_at(s, 0)->time : INT64_MAX;
}

struct testimony said_take(struct said *s)
{
	struct testimony t = *said_at(s, 0);
	s->first = (s->first + 1) % MOST_SAID;
	s->count--;
	return t;
}

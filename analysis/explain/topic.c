/* SPDX-License-Identifier: MIT */
#include "analysis/explain/topic.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

const struct chapter chapters[] = {
	{"Opening", topics_opening},
	{"Opening", topics_answers},
	{"Opening", topics_offers},
	{"While established", topics_established},
	{"Closing", topics_closing},
	{"Closing", topics_fin},
	{"Reset", topics_reset},
	{"TIME-WAIT", topics_time_wait},
	{"Capture artefacts", topics_artefact},
	{"States", topics_states},
	{"Flags", topics_flags},
	{"Options", topics_options},
	{NULL, NULL},
};

typedef int compare_fn(const char *a, const char *b);

/* The topic whose name compares equal and is not `but` itself, the very string. */
static const struct topic *find(const char *name, compare_fn *compare, const char *but)
{
	for (const struct chapter *c = chapters; c->title; c++)
		for (const struct topic *t = c->topics; t->name; t++)
			if (t->name != but && compare(t->name, name) == 0)
				return t;
	return NULL;
}

const struct topic *topic_find(const char *name)
{
	const struct topic *exact = find(name, strcmp, NULL);
	return exact ? exact : find(name, strcasecmp, NULL);
}

const struct topic *topic_twin(const struct topic *t)
{
	return find(t->name, strcasecmp, t->name);
}

size_t topic_names(const char *names[static TOPICS])
{
	size_t count = 0;
	for (const struct chapter *c = chapters; c->title; c++)
		for (const struct topic *t = c->topics; t->name; t++) {
			assert(count < TOPICS - 1);
			names[count++] = t->name;
		}
	names[count] = NULL;
	return count;
}

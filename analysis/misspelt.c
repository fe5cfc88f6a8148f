/* SPDX-License-Identifier: MIT */
#include "analysis/misspelt.h"

#include <string.h>

#include "analysis/look.h"
#include "analysis/printable.h"

enum { NAMES = 128, PARTS = 16 };

/* All options of a command, and its children's. */
struct known {
	const struct argp_option *option[NAMES];
	size_t count;
};

static void collect(struct known *k, const struct argp *root)
{
	const struct argp *part[PARTS] = {root};
	for (size_t i = 0, parts = 1; i < parts; i++) {
		const struct argp_option *o = part[i]->options;
		const struct argp_child *c = part[i]->children;
		for (; o && (o->name || o->key) && k->count < NAMES; o++)
			k->option[k->count++] = o;
		for (; c && c->argp && parts < PARTS; c++)
			part[parts++] = c->argp;
	}
}

/* As getopt_long(3) does, take the beginning of a name for the name. */
static const struct argp_option *find_long(const struct known *k, const char *name)
{
	size_t len = strcspn(name, "=");
	for (size_t i = 0; i < k->count; i++)
		if (k->option[i]->name && strncmp(k->option[i]->name, name, len) == 0)
			return k->option[i];
	return NULL;
}

/* The word may want the next one for its argument. When in doubt it does: then argp will say what
 * is wrong. */
static bool wants_more(const struct known *k, const char *word)
{
	const struct argp_option *o;
	if (*word != '-' || !word[1])
		return false;
	if (word[1] == '-')
		return !strchr(word, '=') && (o = find_long(k, word + 2)) && o->arg;
	int last = (unsigned char)word[strlen(word) - 1];
	for (size_t i = 0; i < k->count; i++)
		if (k->option[i]->key == last && k->option[i]->arg)
			return true;
	return false;
}

static void reject(struct argp_state *state, const struct known *k, const char *word)
{
	const char *names[NAMES + 1] = {0};
	char shown[PRINTABLE_TEXT];
	size_t count = 0;
	for (size_t i = 0; i < k->count; i++)
		if (k->option[i]->name && !(k->option[i]->flags & OPTION_HIDDEN))
			names[count++] = k->option[i]->name;
	const char *near = did_you_mean(word + 2, strcspn(word + 2, "="), names);
	state->name = state->argv[0]; /* argp sets it only after ARGP_KEY_INIT */
	argp_error(state, "unrecognized option '%s'%s%s%s", printable(word, shown),
		   near ? ": did you mean '--" : "", near ? near : "", near ? "'?" : "");
}

void misspelt_reject(struct argp_state *state)
{
	struct known k = {.count = 0};
	collect(&k, state->root_argp);
	for (int i = 1; i < state->argc && strcmp(state->argv[i], "--") != 0; i++) {
		const char *word = state->argv[i];
		if (strncmp(word, "--", 2) == 0 && !find_long(&k, word + 2) &&
		    !wants_more(&k, state->argv[i - 1]))
			reject(state, &k, word);
	}
}

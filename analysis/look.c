/* SPDX-License-Identifier: MIT */
#include "analysis/look.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/count.h"
#include "analysis/misspelt.h"
#include "analysis/printable.h"
#include "analysis/views/jsonl.h"
#include "analysis/views/zeek.h"

enum { NARROWEST = 40, WIDEST = 400, NAMES = 16, FAR = 3 };

enum { KEY_AS = 0x100, KEY_SEQ, KEY_TIME, KEY_STYLE, KEY_WIDTH, KEY_COLOR, KEY_NO_CHECKSUMS };

static const struct argp_option options[] = {
	{"as", KEY_AS, "VIEW", 0,
	 "ladder, list, words, figure, jsonl (jsonl:connection,... for some types only) or zeek "
	 "(zeek:json for JSON)",
	 2},
	{"seq", KEY_SEQ, "HOW", 0, "numbers as sym (x+1), abs, rel or hex", 2},
	{"time", KEY_TIME, "HOW", 0,
	 "times since the first segment, delta to the previous one, or abs (UTC)", 2},
	{"style", KEY_STYLE, "HOW", 0, "draw with ascii, unicode or cjk glyphs", 2},
	{"width", KEY_WIDTH, "N", 0, "columns to draw in, 40 to 400", 2},
	{"color", KEY_COLOR, "WHEN", 0, "auto, always or never; NO_COLOR is respected", 2},
	{"no-checksums", KEY_NO_CHECKSUMS, NULL, 0, "zeek: believe TCP checksums that are wrong",
	 2},
	{"quiet", 'q', NULL, 0, "no talk on standard error, only errors", 3},
	{"verbose", 'v', NULL, 0, "more talk: frames that are not TCP, by reason", 3},
	{0},
};

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Edits (insert, delete, replace) that turn the word into the name: Levenshtein, row by row. */
static size_t distance(const char *word, size_t len, const char *name)
{
	size_t row[64], n = strlen(name);
	if (n >= 64)
		return n;
	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 1; i <= len; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t replaced = diagonal + (word[i - 1] != name[j - 1]);
			diagonal = row[j];
			row[j] = least(replaced, least(row[j], row[j - 1]) + 1);
		}
	}
	return row[n];
}

const char *did_you_mean(const char *word, size_t len, const char *const *names)
{
	const char *best = NULL;
	size_t nearest = FAR;
	for (; *names; names++) {
		size_t d = distance(word, len, *names);
		bool prefix = len >= 2 && strncmp(word, *names, len) == 0;
		if (prefix || d < nearest) {
			nearest = prefix ? 0 : d;
			best = *names;
		}
	}
	return best;
}

/* Say that a word is none of the names, and end as argp ends on misuse. */
static void reject(struct argp_state *state, const char *what, const char *word, size_t len,
		   const char *const *names)
{
	const char *near = did_you_mean(word, len, names);
	char all[256] = "", cut[PRINTABLE_TEXT], shown[PRINTABLE_TEXT];
	snprintf(cut, sizeof cut, "%.*s", (int)len, word);
	printable(cut, shown);
	for (size_t i = 0; names[i]; i++) {
		strncat(all, i ? ", " : "", sizeof all - strlen(all) - 1);
		strncat(all, names[i], sizeof all - strlen(all) - 1);
	}
	if (near)
		argp_error(state, "unknown %s '%s': did you mean '%s'? (%s)", what, shown, near,
			   all);
	else
		argp_error(state, "unknown %s '%s': choose from %s", what, shown, all);
}

int look_choose(struct argp_state *state, const char *what, const char *arg,
		const char *const *names)
{
	for (int i = 0; names[i]; i++)
		if (strcmp(arg, names[i]) == 0)
			return i;
	reject(state, what, arg, strlen(arg), names);
	return 0;
}

static void choose_form(struct look_choice *l, const char *form, struct argp_state *state)
{
	static const char *const forms[] = {"json", NULL};
	if (!zeek_form_parse(form, &l->look.types))
		reject(state, "form of zeek", form, strlen(form), forms);
}

static void choose_view(struct look_choice *l, const char *arg, struct argp_state *state)
{
	const char *names[NAMES] = {0}, *types[NAMES] = {0}, *word;
	size_t len = strcspn(arg, ":"), word_len;
	for (size_t i = 0; i < NAMES - 1 && views[i]; i++) {
		names[i] = views[i]->name;
		if (strlen(names[i]) == len && strncmp(arg, names[i], len) == 0)
			l->view = views[i];
	}
	for (unsigned i = 0; i < NAMES - 1; i++)
		types[i] = jsonl_type_name(i);
	if (!l->view)
		reject(state, "view", arg, len, names);
	else if (arg[len] == ':' && l->view == &view_zeek)
		choose_form(l, arg + len + 1, state);
	else if (arg[len] == ':' && l->view != &view_jsonl)
		argp_error(state, "only jsonl has types to choose: --as %s", l->view->name);
	else if (arg[len] == ':' &&
		 !jsonl_types_parse(arg + len + 1, &l->look.types, &word, &word_len))
		reject(state, "jsonl type", word, word_len, types);
}

static int parse_width(const char *arg, struct argp_state *state)
{
	char *end, shown[PRINTABLE_TEXT];
	long n = strtol(arg, &end, 10);
	if (*end || end == arg || n < NARROWEST || n > WIDEST)
		argp_error(state, "--width is a number of columns from %d to %d, not '%s'",
			   NARROWEST, WIDEST, printable(arg, shown));
	return (int)n;
}

static bool parse_color(const struct look_choice *l, int choice)
{
	enum { AUTO, ALWAYS, NEVER };
	return choice == ALWAYS ||
	       (choice == AUTO && l->environment->terminal && !l->environment->no_color);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	static const char *const seqs[] = {"sym", "abs", "rel", "hex", NULL};
	static const char *const times[] = {"since", "delta", "abs", NULL};
	static const char *const glyphs[] = {"ascii", "unicode", "cjk", NULL};
	static const char *const whens[] = {"auto", "always", "never", NULL};
	struct look_choice *l = state->input;
	switch (key) {
	case ARGP_KEY_INIT:
		misspelt_reject(state);
		return 0;
	case KEY_AS:
		choose_view(l, arg, state);
		return 0;
	case KEY_SEQ:
		if (l->takes_number && *arg >= '0' && *arg <= '9') {
			l->has_number = true;
			l->number = (uint32_t)count_argument(state, "--seq", arg, 0, UINT32_MAX);
			return 0;
		}
		l->look.seq = (enum seq_look)look_choose(state, "--seq", arg, seqs);
		return 0;
	case KEY_TIME:
		l->look.time = (enum time_look)look_choose(state, "--time", arg, times);
		return 0;
	case KEY_STYLE:
		l->look.glyphs = (enum glyph_look)look_choose(state, "--style", arg, glyphs);
		return 0;
	case KEY_WIDTH:
		l->look.width = parse_width(arg, state);
		l->look.one_line = false;
		return 0;
	case KEY_COLOR:
		l->look.color = parse_color(l, look_choose(state, "--color", arg, whens));
		return 0;
	case KEY_NO_CHECKSUMS:
		l->look.no_checksums = true;
		return 0;
	case 'q':
		l->quiet = 1;
		return 0;
	case 'v':
		l->verbose = 1;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

const struct argp look_argp = {.options = options, .parser = parse};

void look_init(struct look_choice *l, const struct environment *e)
{
	int width = e->columns < NARROWEST ? NARROWEST : e->columns > WIDEST ? WIDEST : e->columns;
	*l = (struct look_choice){.environment = e,
				  .look = {.width = width, .one_line = !e->terminal}};
	l->look.color = parse_color(l, 0);
}

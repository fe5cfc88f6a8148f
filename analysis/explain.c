/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>
#include <unistd.h>

#include "analysis/command.h"
#include "analysis/explain/page.h"
#include "analysis/explain_file.h"
#include "analysis/output.h"
#include "analysis/printable.h"
#include "analysis/report.h"

/* Small letters first, then capitals: names are either. */
static const char *nearest(const char *word)
{
	const char *names[TOPICS];
	char turned[PRINTABLE_TEXT];
	size_t len = 0;
	topic_names(names);
	if (strlen(word) < 2)
		return NULL; /* near to many */
	for (; len < sizeof turned && word[len]; len++)
		turned[len] = (char)tolower((unsigned char)word[len]);
	const char *near = did_you_mean(turned, len, names);
	for (size_t i = 0; i < len; i++)
		turned[i] = (char)toupper((unsigned char)turned[i]);
	return near ? near : did_you_mean(turned, len, names);
}

static int unknown(const char *word)
{
	char shown[PRINTABLE_TEXT];
	const char *near = nearest(word);
	fprintf(stderr, "synfin: there is nothing to explain by the name of '%s'%s%s%s\n",
		printable(word, shown), near ? ": did you mean '" : "", near ? near : "",
		near ? "'?" : "");
	fputs("synfin explain lists all names.\n", stderr);
	return EXIT_MISUSE;
}

static bool is_file(const char *word)
{
	return strpbrk(word, "./") || strcmp(word, "-") == 0 || access(word, F_OK) == 0;
}

static int finish(bool drawn)
{
	if (!drawn)
		report_no_memory();
	return output_close(NULL, stdout) && drawn ? EXIT_DONE : EXIT_FAILED;
}

/* A story has one form only. */
static int tell_story(const struct explain_request *r)
{
	if (!r->look.view)
		return explain_file(r);
	fputs("synfin: --as is for the examples of names: a story has no other view\n"
	      "synfin analyze FILE --id N --as VIEW draws the connection.\n",
	      stderr);
	return EXIT_MISUSE;
}

static int explain(const struct explain_request *r)
{
	const struct topic *t = r->word && !r->id ? topic_find(r->word) : NULL;
	const struct view *view = r->look.view ? r->look.view : &view_ladder;
	if (r->list)
		contents_list(stdout);
	else if (!r->word)
		contents_print(stdout, r->look.look);
	else if (t)
		return finish(page_print(stdout, t, view, r->look.look));
	else if (r->id || is_file(r->word))
		return tell_story(r);
	else
		return unknown(r->word);
	return finish(true);
}

int explain_main(int argc, char **argv, const struct environment *e)
{
	struct explain_request r;
	explain_options_parse(&r, argc, argv, e);
	return explain(&r);
}

/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analysis/output.h"
#include "analysis/printable.h"
#include "labs/claim.h"
#include "labs/claim_trial.h"
#include "labs/lab.h"

enum { CLAIMS = 64, ID_COLUMNS = 6 };

static const char *const how[LANGUAGES] = {
	"Try some of them with synfin lab claims C25 C36, or all within three minutes "
	"with "
	"synfin lab claims all.",
	"实验其中几条：synfin lab claims C25 C36；全部（不超过三分钟）：synfin lab claims "
	"all。"};

/* What the command line wants to have tried. */
struct wishes {
	struct claim claim[CLAIMS];
	unsigned count;
};

static unsigned all(struct claim claim[static CLAIMS])
{
	unsigned n = 0;
	while (n < CLAIMS && claim_at(n, &claim[n]))
		n++;
	return n;
}

/* Its id stands where the passage's first line is indented. */
static void list_claim(const struct lab_order *o, FILE *out, const struct claim *c)
{
	char *text = NULL;
	size_t len;
	FILE *memory = open_memstream(&text, &len);
	if (!memory)
		return;
	passage_print(memory, claim_passage(c, o->language, NULL),
		      (struct manner_of_text){o->look.look.width - 1, ID_COLUMNS});
	fclose(memory);
	fprintf(out, "%-*s%s", ID_COLUMNS, c->id, len > ID_COLUMNS ? text + ID_COLUMNS : "\n");
	free(text);
}

static int list(const struct lab_order *o, FILE *out)
{
	struct claim claim[CLAIMS];
	unsigned n = all(claim);
	for (unsigned i = 0; i < n; i++)
		list_claim(o, out, &claim[i]);
	const char *text = how[o->language];
	fputc('\n', out);
	passage_print(out, (struct passage){text, strlen(text)},
		      (struct manner_of_text){o->look.look.width - 1, 0});
	return EXIT_DONE;
}

static bool refuse_id(const struct claim *claim, unsigned n, const char *word)
{
	char shown[PRINTABLE_TEXT];
	const char *names[CLAIMS + 1] = {0};
	for (unsigned i = 0; i < n; i++)
		names[i] = claim[i].id;
	const char *near = did_you_mean(word, strlen(word), names);
	fprintf(stderr, "synfin: there is no claim '%s'%s%s%s\nsynfin lab claims shows them all.\n",
		printable(word, shown), near ? ": did you mean '" : "", near ? near : "",
		near ? "'?" : "");
	return false;
}

/* In order of id, each once. */
static bool choose(const struct lab_order *o, struct wishes *w)
{
	struct claim every[CLAIMS];
	bool wanted[CLAIMS] = {false};
	unsigned n = all(every);
	for (unsigned k = 0; k < o->words; k++) {
		bool known = strcmp(o->word[k], "all") == 0;
		for (unsigned i = 0; i < n; i++) {
			bool hit = strcmp(o->word[k], "all") == 0 ||
				   strcasecmp(o->word[k], every[i].id) == 0;
			wanted[i] |= hit;
			known |= hit;
		}
		if (!known)
			return refuse_id(every, n, o->word[k]);
	}
	for (unsigned i = 0; i < n; i++)
		if (wanted[i])
			w->claim[w->count++] = every[i];
	return true;
}

static int try(const struct lab_order *o, FILE *out, const struct wishes *w)
{
	struct trial *t = calloc(w->count, sizeof *t);
	if (!t)
		return lab_refuse("out of memory\nClose something, and try again.");
	for (unsigned i = 0; i < w->count; i++)
		t[i].claim = &w->claim[i];
	trial_all(o, out, t, w->count);
	int code = trial_sum_up(o->language, out, t, w->count);
	free(t);
	return code;
}

int lab_claims(struct lab_order *o)
{
	struct wishes w = {.count = 0};
	if (!choose(o, &w))
		return EXIT_MISUSE;
	FILE *out = output_open(o->output, NULL, 0);
	if (!out)
		return EXIT_FAILED;
	int code = w.count ? try(o, out, &w) : list(o, out);
	return output_close(o->output, out) ? code : EXIT_FAILED;
}

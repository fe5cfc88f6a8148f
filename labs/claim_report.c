/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "labs/claim_trial.h"
#include "labs/stage.h"

enum { MARGIN = 1, INDENT = 2, CLAIM_SECONDS = 100 };

static const char *const words[TRUTHS][LANGUAGES] = {
	[HOLDS] = {"true", "成立"},
	[HOLDS_PARTLY] = {"partly", "部分成立"},
	[HOLDS_NOT] = {"false", "不成立"},
};

static const char *const differs[LANGUAGES] = {
	"This kernel differs: the claim is documented as '%s', for Linux 6.18. The verdict is that "
	"of "
	"the packets above.",
	"此内核有所不同：文档（Linux 6.18）写的是“%s”。上面的结论出自这次的报文。",
};

/* What was played, and what has come of it. */
struct report {
	const struct lab_order *o;
	const struct claim *claim;
	struct evidence evidence;
	struct judgement judgement;
	uint64_t seed;
};

static void print(const struct lab_order *o, const char *text)
{
	struct manner_of_text m = {o->look.look.width - MARGIN, INDENT};
	passage_print(stdout, (struct passage){text, strlen(text)}, m);
}

static void print_worked_out(const struct report *r, const char *sub)
{
	char why[WHY_TEXT];
	struct passage p = claim_passage(r->claim, r->o->language, sub);
	char *text = claim_expand(r->claim, &r->evidence, r->seed, p, why);
	if (text)
		print(r->o, text);
	free(text);
}

/* A documented "because" is no reason for another verdict: then it is only said that it differs. */
static void print_reason(const struct report *r)
{
	const struct judgement *f = &r->judgement;
	char *text = NULL;
	if (f->found == f->documented) {
		print_worked_out(r, "because");
		return;
	}
	if (asprintf(&text, differs[r->o->language], words[f->documented][r->o->language]) > 0)
		print(r->o, text);
	free(text);
	print_worked_out(r, "differs");
}

static bool report(struct report *r)
{
	const struct lab_order *o = r->o;
	printf("%s%s%s\n", r->claim->id, o->language == CHINESE ? "：" : ": ",
	       words[r->judgement.found][o->language]);
	print_worked_out(r, NULL);
	if (!claim_draw(&r->evidence, &r->judgement, stdout, o->look.look))
		return false;
	print_reason(r);
	putchar('\n');
	return fflush(stdout) == 0;
}

static bool play(struct report *r, char why[static WHY_TEXT])
{
	char none[] = "";
	struct exercise e = {.script = (char *)r->claim->script, .page = {none, none}};
	snprintf(e.name, sizeof e.name, "%s", r->claim->id);
	struct performance p = {
		.exercise = &e,
		.language = r->o->language,
		.look = r->o->look,
		.seed = r->seed,
		.as_root = r->o->as_root,
		.silent = true,
		.seconds = CLAIM_SECONDS,
		.functions = claim_functions,
		.evidence = &r->evidence,
	};
	int code = perform(&p, why);
	if (code != EXIT_NO_SANDBOX)
		*why = 0; /* it has been said */
	return code == EXIT_DONE;
}

int trial_play(const struct lab_order *o, const struct claim *c)
{
	char why[WHY_TEXT] = "";
	struct report *r = calloc(1, sizeof *r);
	if (!r || getrandom(&r->seed, sizeof r->seed, 0) < 0)
		return lab_refuse("out of memory\nClose something, and try again.");
	r->o = o;
	r->claim = c;
	bool played = play(r, why);
	bool good =
		played && claim_judge(c, &r->evidence, r->seed, &r->judgement, why) && report(r);
	int code = TRIED | (int)r->judgement.documented << 2 | (int)r->judgement.found;
	if (!good && *why)
		lab_refuse(why);
	evidence_free(&r->evidence);
	free(r);
	return good ? code : EXIT_FAILED;
}

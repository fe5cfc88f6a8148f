/* SPDX-License-Identifier: MIT */
#include "labs/claim_trial.h"

enum saying { ONE, SUMMARY, VERDICTS, AS_DOCUMENTED, DIFFERS, NOTHING, FAILED, SAYINGS_HERE };

static const char *const sayings[SAYINGS_HERE][LANGUAGES] = {
	[ONE] = {"%u claim", "%u 条说法"},
	[SUMMARY] = {"%u claims", "%u 条说法"},
	[VERDICTS] = {": %u true, %u partly, %u false", "：%u 条成立，%u 条部分成立，%u 条不成立"},
	[NOTHING] = {".", "。"},
	[AS_DOCUMENTED] = {"; all as documented for Linux 6.18.",
			   "；与文档（Linux 6.18）全部一致。"},
	[DIFFERS] = {"; this kernel differs from Linux 6.18 in:",
		     "；此内核与 Linux 6.18 不同之处："},
	[FAILED] = {"could not be tried:", "无法实验："},
};

static void print_ids(FILE *out, const struct trial *t, unsigned count, bool failed)
{
	for (unsigned i = 0; i < count; i++)
		if (failed ? !t[i].tried : t[i].tried && t[i].found != t[i].documented)
			fprintf(out, " %s", t[i].claim->id);
	fputc('\n', out);
}

struct outcome {
	unsigned tried, differ, count[TRUTHS];
};

static struct outcome outcome_of(const struct trial *t, unsigned count)
{
	struct outcome sum = {.tried = 0};
	for (unsigned i = 0; i < count; i++) {
		sum.tried += t[i].tried;
		sum.differ += t[i].tried && t[i].found != t[i].documented;
		sum.count[t[i].found] += t[i].tried;
	}
	return sum;
}

int trial_sum_up(enum language l, FILE *out, const struct trial *t, unsigned count)
{
	struct outcome sum = outcome_of(t, count);
	fprintf(out, sayings[sum.tried == 1 ? ONE : SUMMARY][l], sum.tried);
	fprintf(out, sayings[VERDICTS][l], sum.count[HOLDS], sum.count[HOLDS_PARTLY],
		sum.count[HOLDS_NOT]);
	fputs(sayings[sum.differ ? DIFFERS : sum.tried ? AS_DOCUMENTED : NOTHING][l], out);
	if (sum.differ)
		print_ids(out, t, count, false);
	else
		fputc('\n', out);
	if (sum.tried == count)
		return sum.differ ? EXIT_FALSE : EXIT_DONE;
	fputs(sayings[FAILED][l], out);
	print_ids(out, t, count, true);
	return EXIT_FAILED;
}

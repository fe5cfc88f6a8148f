/* SPDX-License-Identifier: MIT */
/* What students hand in and teachers write: answers.json, what was typed, pages. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "labs/attempt.h"
#include "labs/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void insist(bool ok)
{
	if (!ok)
		abort();
}

/* What is an answer can be printed, and typed as it was printed. */
static void check_answers(const char *text)
{
	const struct symbols s = {true, 1000, 4294967290U};
	for (int k = 0; k < ANSWER_KINDS; k++) {
		char printed[ANSWER_TEXT];
		struct answer a, b;
		if (!answer_parse((enum answer_kind)k, text, s, &a))
			continue;
		answer_print(&a, printed);
		insist(strlen(printed) < ANSWER_TEXT);
		insist(answer_parse((enum answer_kind)k, printed, s, &b));
		insist(k == ANSWER_TIME || answer_same(&a, &b, 0));
	}
}

static void check_attempt(const char *text, size_t len)
{
	struct attempt a;
	if (!attempt_parse(text, len, &a))
		return;
	insist(*a.exercise && *a.student && *a.run && a.replies.count <= MARKS);
	insist(strlen(a.student) < STUDENT_TEXT && strlen(a.run) < RUN_TEXT);
	for (unsigned i = 0; i < a.replies.count; i++)
		insist(strlen(a.replies.at[i].text) < ANSWER_TEXT);
	attempt_seed(&a);
}

static void check_page(const char *text, size_t len, FILE *nowhere)
{
	const char *at = text;
	struct heading h;
	while (page_next_heading(&at, &h)) {
		char words[64];
		insist(h.level >= 1 && h.level <= 3 && at <= text + len);
		insist(h.words.at + h.words.len <= text + len);
		snprintf(words, sizeof words, "%.*s", (int)(h.words.len % 64), h.words.at);
		struct passage p = page_find(text, words, NULL, 0);
		insist(!p.at || p.at + p.len <= text + len);
		passage_print(nowhere, p, (struct manner_of_text){40, 2});
	}
	struct passage title = page_title(text), intro = page_intro(text);
	insist(title.len <= len && intro.len <= len);
	passage_print(nowhere, (struct passage){text, len}, (struct manner_of_text){20, 2});
	insist(text_columns(text, len) <= 2 * (int)len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	FILE *nowhere = fopen("/dev/null", "w");
	insist(text && nowhere);
	memcpy(text, data, size);
	text[size] = 0;
	size_t len = strlen(text);
	check_attempt((const char *)data, size);
	check_answers(text);
	check_page(text, len, nowhere);
	fclose(nowhere);
	free(text);
	return 0;
}

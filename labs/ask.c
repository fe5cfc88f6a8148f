/* SPDX-License-Identifier: MIT */
#include "labs/ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/printable.h"
#include "capture/clock.h"
#include "capture/rights.h"
#include "labs/program.h"

/* What is on its way comes within a block of the capture's, and a little. */
enum { SETTLE_MS = 60, INDENT = 2, MARGIN = 2 };

struct asked *stage_question(struct stage *s, const char *id)
{
	for (unsigned i = 0; i < s->questions; i++)
		if (strcmp(s->question[i].id, id) == 0)
			return &s->question[i];
	return NULL;
}

static FILE *out_of(const struct stage *s)
{
	return s->scenario.scene.out;
}

static const char *page_of(const struct stage *s)
{
	return s->given->exercise->page[s->given->language];
}

static struct manner_of_text manner(const struct stage *s, int indent)
{
	int width = s->given->look.look.width;
	return (struct manner_of_text){indent ? width - MARGIN : width, indent};
}

static const char *saying(const struct stage *s, enum say what)
{
	return lab_says(s->given->language, what);
}

bool stage_settle(struct stage *s)
{
	bool goes_on = scene_pause(&s->scenario.scene, in_ms(SETTLE_MS));
	lane_print(&s->lane, INT64_MAX, out_of(s));
	scene_flush(&s->scenario.scene);
	return goes_on;
}

/* ---- passages */

/* The evidence so far, marked; with the passage's expressions worked out. */
static char *work_out(struct stage *s, struct passage p, struct score *score)
{
	char *text = NULL, why[WHY_TEXT];
	const struct grading g = {
		.exercise = s->given->exercise,
		.evidence = &s->evidence,
		.replies = &s->given->replies,
		.seed = s->given->seed,
		.expand = p,
		.expanded = &text,
	};
	if (grade(&g, score, why))
		return text;
	scene_fail(&s->scenario.scene, "%s", why);
	free(text);
	return NULL;
}

static void print_passage(struct stage *s, struct passage p, const char *before)
{
	struct score unused = {.count = 0};
	if (!p.at || !p.len || s->given->silent)
		return;
	char *text = work_out(s, p, &unused);
	if (!text)
		return;
	text_print(out_of(s), manner(s, INDENT), "%s%s", before, text);
	free(text);
}

void stage_begin(struct stage *s)
{
	if (s->given->silent)
		return;
	struct passage title = page_title(page_of(s));
	const char *name = s->given->exercise->name;
	size_t number = strspn(name, "0123456789"); /* of an exercise; a demo has a name */
	text_print(out_of(s), manner(s, 0), "%.*s  %.*s", (int)(number ? number : strlen(name)),
		   name, (int)title.len, title.at);
	fputc('\n', out_of(s));
	print_passage(s, page_intro(page_of(s)), "");
	fputc('\n', out_of(s));
	scene_flush(&s->scenario.scene);
}

static struct passage find(const struct stage *s, const char *id, const char *sub, unsigned n)
{
	char heading[ID_TEXT + 8];
	snprintf(heading, sizeof heading, "ask %s", id);
	return page_find(page_of(s), heading, sub, n);
}

static void print_apart(struct stage *s, const char *heading)
{
	struct passage p = page_find(page_of(s), heading, NULL, 0);
	if (!p.at || s->given->silent)
		return;
	fputc('\n', out_of(s));
	print_passage(s, p, "");
	fputc('\n', out_of(s));
	scene_flush(&s->scenario.scene);
}

bool stage_tell(struct stage *s, const char *id)
{
	char heading[ID_TEXT + 8];
	snprintf(heading, sizeof heading, "tell %s", id);
	print_apart(s, heading);
	return !s->scenario.scene.ended;
}

void stage_end(struct stage *s)
{
	print_apart(s, "end");
	if (s->given->silent || !s->questions)
		return;
	text_print(out_of(s), manner(s, 0), saying(s, SAY_SCORE), s->given->score.right,
		   s->given->score.count);
	scene_flush(&s->scenario.scene);
}

/* ---- asking */

static void hint(struct stage *s, const struct asked *q, struct reply *r)
{
	char before[64];
	struct passage p = find(s, q->id, "hint", r->hints);
	if (!p.at) {
		text_print(out_of(s), manner(s, INDENT), "%s", saying(s, SAY_NO_MORE_HINTS));
		return;
	}
	snprintf(before, sizeof before, saying(s, SAY_HINTED), ++r->hints);
	print_passage(s, p, before);
}

static bool is_hint(const char *line)
{
	return strcmp(line, "hint") == 0 || strcmp(line, "提示") == 0;
}

/* Whether it is an answer to the question. */
static bool takes_answer(struct stage *s, const struct asked *q, struct reply *r, const char *text)
{
	struct answer a;
	const struct symbols any = {true, 0, 0};
	if (strlen(text) < sizeof r->text && answer_parse(q->kind, text, any, &a)) {
		memcpy(r->text, text, strlen(text) + 1);
		return true;
	}
	text_print(out_of(s), manner(s, INDENT), "%s",
		   *text && strcmp(text, "help") != 0 ? lab_says_kind(s->given->language, q->kind)
						      : saying(s, SAY_PROMPT_HELP));
	return false;
}

static void print_complaints(struct stage *s, char *text)
{
	char shown[PRINTABLE_TEXT], *rest = text;
	for (char *line; (line = strtok_r(rest, "\r\n", &rest));)
		fprintf(out_of(s), "    %s\n", printable(line, shown));
}

/* Let a program answer. A file of answers is data, and runs nothing. */
static bool program_takes(struct stage *s, const struct asked *q, struct reply *r,
			  const char *command)
{
	char shown[PRINTABLE_TEXT];
	struct program_end end = {.say = SAY_PROGRAM_LONG};
	if (s->given->answers || !isatty(STDIN_FILENO))
		end.say = SAY_PROGRAM_TYPED;
	else if (strlen(command) < ANSWER_LINE - 2) /* else it is cut */
		program_run(&s->evidence, command, &end);
	if (end.say == SAY_PROGRAM_STOPPED) /* behind ^C */
		fputc('\n', out_of(s));
	print_complaints(s, end.complaints);
	text_print(out_of(s), manner(s, INDENT), saying(s, end.say), printable(end.text, shown));
	if (end.say == SAY_PROGRAM_FAILED && rights_are_nobodys())
		text_print(out_of(s), manner(s, INDENT), "%s", saying(s, SAY_PROGRAM_NOBODY));
	return end.say == SAY_PROGRAM && takes_answer(s, q, r, end.text);
}

/* Whether the line settles the question, with an answer or without. */
static bool takes(struct stage *s, const struct asked *q, struct reply *r, const char *line)
{
	if (*line == '|')
		return program_takes(s, q, r, line + 1);
	if (is_hint(line)) {
		hint(s, q, r);
		return false;
	}
	if (strcmp(line, "skip") == 0 || strcmp(line, "跳过") == 0)
		return true;
	return takes_answer(s, q, r, line);
}

static bool ask(struct stage *s, const struct asked *q, struct reply *r)
{
	char line[ANSWER_LINE];
	bool typed = isatty(STDIN_FILENO); /* then a program may be tried as often as it takes */
	for (int tries = 0; tries < 100; tries += !typed || *line != '|') {
		stage_prompt(s);
		bool goes_on = stage_read_line(s, q, line);
		s->prompting = false;
		if (!goes_on)
			return false;
		if (strcmp(line, "quit") == 0 || strcmp(line, "退出") == 0)
			break;
		if (takes(s, q, r, line) || (s->given->answers && !is_hint(line)))
			return true;
	}
	return scene_fail(&s->scenario.scene, "%s", saying(s, SAY_QUIT));
}

bool stage_ask(struct stage *s, struct asked *q)
{
	struct replies *all = &s->given->replies;
	q->asked = true;
	s->nth++;
	if (s->given->silent || all->count == MARKS)
		return !s->scenario.scene.ended;
	struct reply *r = &all->at[all->count++];
	*r = (struct reply){.hints = 0};
	memcpy(r->id, q->id, sizeof r->id);
	fputc('\n', out_of(s));
	print_passage(s, find(s, q->id, NULL, 0), "");
	bool goes_on = ask(s, q, r);
	fputc('\n', out_of(s));
	scene_flush(&s->scenario.scene);
	return goes_on;
}

/* ---- marking */

/* What is said to a wrong answer that has a name: the exercise's own words, else those that all
 * share. */
static struct passage sentence(const struct stage *s, const struct mark *m)
{
	char sub[ID_TEXT + 8];
	snprintf(sub, sizeof sub, "wrong %s", m->misconception);
	struct passage p = find(s, m->id, sub, 0);
	return p.at ? p
		    : page_find(exercise_misconceptions(s->given->language), m->misconception, NULL,
				0);
}

static void print_mark(struct stage *s, const struct mark *m)
{
	static const enum say words[] = {SAY_RIGHT, SAY_WRONG, SAY_SKIPPED, SAY_UNSEEN};
	bool wrong = m->verdict == MARK_WRONG;
	text_print(out_of(s), manner(s, INDENT), saying(s, words[m->verdict]),
		   wrong                       ? m->given
		   : m->verdict == MARK_UNSEEN ? m->id
					       : m->right,
		   m->right);
	if (wrong && *m->misconception)
		print_passage(s, sentence(s, m), "");
	print_passage(s, find(s, m->id, "right", 0), "");
	fputc('\n', out_of(s));
}

bool stage_mark(struct stage *s, bool last)
{
	const struct passage none = {NULL, 0};
	free(work_out(s, none, &s->given->score));
	for (unsigned i = 0; i < s->given->score.count && !s->given->silent; i++) {
		const struct mark *m = &s->given->score.mark[i];
		struct asked *q = stage_question(s, m->id);
		if (!q || !q->asked || q->marked ||
		    (!last && (q->late || m->verdict == MARK_UNSEEN)))
			continue;
		q->marked = true;
		print_mark(s, m);
	}
	scene_flush(&s->scenario.scene);
	return !s->scenario.scene.ended;
}

/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "analysis/printable.h"
#include "labs/ask.h"

/* Whether a line of standard input is for this question: then only its answer is left of it.
 * Another's waits for its own, but for what somebody types. */
static bool is_for(struct stage *s, const struct asked *q, char line[static ANSWER_LINE])
{
	char id[ID_TEXT], copy[ANSWER_LINE];
	snprintf(copy, sizeof copy, "%s", line);
	char *answer = answer_of_line(copy, id);
	bool typed = isatty(STDIN_FILENO), known = *id && stage_question(s, id);
	s->given->written.named |= known;
	if (known && !typed && strcmp(id, q->id) != 0) {
		answers_add(&s->given->written, line);
		return false;
	}
	if (!*id || strcmp(id, q->id) == 0)
		memmove(line, answer, strlen(answer) + 1);
	return typed || *line != '#';
}

static enum line_end type(struct stage *s, const struct asked *q, char line[static ANSWER_LINE])
{
	scene_flush(&s->scenario.scene);
	if (answers_take(&s->given->written, q->id, line))
		return LINE_READ;
	for (int n = 0; n < LONGEST_ANSWERS; n++) {
		*line = 0;
		enum line_end end = scene_read_line(&s->scenario.scene, line, ANSWER_LINE);
		if (end == LINE_MISSING && *line) /* the last one, without its end */
			end = LINE_READ;
		if (end != LINE_READ || is_for(s, q, line))
			return end;
	}
	return LINE_MISSING;
}

bool stage_read_line(struct stage *s, const struct asked *q, char line[static ANSWER_LINE])
{
	struct answers *written = &s->given->written;
	char shown[PRINTABLE_TEXT];
	bool file = s->given->answers, found = file && answers_take(written, q->id, line);
	enum line_end end = file ? found ? LINE_READ : LINE_MISSING : type(s, q, line);
	if (end == LINE_STOPPED)
		return false;
	if (end == LINE_MISSING) /* who has named some of them does without the others */
		snprintf(line, ANSWER_LINE, file || written->named ? "skip" : "quit");
	if (file || !isatty(STDIN_FILENO)) /* there it stands already */
		fputs(*line ? printable(line, shown) : "", s->scenario.scene.out);
	if (file || end == LINE_MISSING || !isatty(STDIN_FILENO))
		fputc('\n', s->scenario.scene.out);
	return true;
}

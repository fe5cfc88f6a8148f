/* SPDX-License-Identifier: MIT */
#include "labs/answers_file.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/look.h"
#include "analysis/printable.h"

enum { PATIENCE_MS = 5000 };

static const char blanks[] = " \t\r\n", mark[] = "\xef\xbb\xbf";

/* ---- lines */

char *answer_of_line(char *line, char id[static ID_TEXT])
{
	line += strncmp(line, mark, sizeof mark - 1) == 0 ? sizeof mark - 1 : 0;
	line += strspn(line, blanks);
	char *colon = strchr("#|", *line) ? NULL : strchr(line, ':'), *from = line;
	*id = 0;
	if (colon) {
		size_t len = (size_t)(colon - from);
		while (len && strchr(blanks, from[len - 1]))
			len--;
		snprintf(id, ID_TEXT, "%.*s", (int)(len < ID_TEXT ? len : ID_TEXT - 1), from);
		line = colon + 1 + strspn(colon + 1, blanks);
	}
	size_t len = strlen(line);
	while (len && strchr(blanks, line[len - 1]))
		line[--len] = 0;
	return line;
}

/* Copy the line at `at`, cut where it is too long; returns where the next one begins. */
static size_t copy_line(const struct answers *a, size_t at, char line[static ANSWER_LINE])
{
	size_t len = strcspn(a->text + at, "\n");
	snprintf(line, ANSWER_LINE, "%.*s", (int)(len < ANSWER_LINE ? len : ANSWER_LINE - 1),
		 a->text + at);
	return at + len + (at + len < a->len);
}

static bool take(struct answers *a, const char *wanted, char line[static ANSWER_LINE])
{
	char id[ID_TEXT];
	for (size_t at = 0, next; at < a->len; at = next) {
		next = copy_line(a, at, line);
		char *answer = answer_of_line(line, id);
		if (*answer == '#' || (!*answer && !*id) || strcmp(id, wanted) != 0)
			continue;
		a->text[at] = '#';
		memmove(line, answer, strlen(answer) + 1);
		return true;
	}
	return false;
}

bool answers_take(struct answers *a, const char *id, char line[static ANSWER_LINE])
{
	return take(a, id, line) || take(a, "", line);
}

void answers_add(struct answers *a, const char *line)
{
	size_t len = strlen(line);
	if (len + 1 > LONGEST_ANSWERS - a->len)
		return;
	memcpy(a->text + a->len, line, len);
	a->len += len;
	a->text[a->len++] = '\n';
}

/* ---- a file */

/* Whether there is something to read, or the end; who keeps us waiting is not waited for. */
static bool is_ready(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	errno = ETIMEDOUT;
	return poll(&p, 1, PATIENCE_MS) == 1;
}

/* One octet more than there may be tells that there are too many. */
static bool read_all(struct answers *a, int fd)
{
	ssize_t n = 1;
	while (n > 0 && a->len <= LONGEST_ANSWERS) {
		if (!is_ready(fd))
			return false;
		n = read(fd, a->text + a->len, LONGEST_ANSWERS + 1 - a->len);
		a->len += n > 0 ? (size_t)n : 0;
		n = n < 0 && (errno == EINTR || errno == EAGAIN) ? 1 : n;
	}
	return n >= 0;
}

static bool read_file(struct answers *a, FILE *from, char why[static WHY_TEXT])
{
	static const char rule[] = "Answers are lines 'ID: ANSWER'.";
	struct stat is;
	int fd = fileno(from);
	if (fstat(fd, &is) == 0 && S_ISDIR(is.st_mode))
		snprintf(why, WHY_TEXT, "the answers are a directory\n%s", rule);
	else if (!read_all(a, fd))
		snprintf(why, WHY_TEXT, "cannot read the answers: %s\n%s",
			 errno == ETIMEDOUT ? "nobody writes them" : strerror(errno), rule);
	else if (a->len > LONGEST_ANSWERS)
		snprintf(why, WHY_TEXT, "there are more than %d KiB of answers\n%s",
			 LONGEST_ANSWERS >> 10, rule);
	else if (!a->len && S_ISFIFO(is.st_mode))
		snprintf(why, WHY_TEXT, "nobody has written answers into the pipe\n%s", rule);
	else if (memchr(a->text, 0, a->len))
		snprintf(why, WHY_TEXT, "the answers are no text\n%s", rule);
	else
		return true;
	return false;
}

/* ---- their IDs */

static bool has(const struct score *s, const char *id)
{
	for (unsigned i = 0; i < s->count; i++)
		if (strcmp(s->mark[i].id, id) == 0)
			return true;
	return false;
}

static void refuse(const char *id, const struct score *s, char why[static WHY_TEXT])
{
	char shown[PRINTABLE_TEXT];
	const char *ids[MARKS + 1] = {NULL};
	for (unsigned i = 0; i < s->count; i++)
		ids[i] = s->mark[i].id;
	const char *meant = did_you_mean(id, strlen(id), ids);
	size_t len =
		(size_t)snprintf(why, WHY_TEXT, "the answers: there is no question '%s'\n%s",
				 printable(id, shown), meant ? "Did you mean " : "Choose from ");
	for (unsigned i = 0; !meant && ids[i] && len < WHY_TEXT; i++)
		len += (size_t)snprintf(why + len, WHY_TEXT - len, "%s%s", i ? ", " : "", ids[i]);
	if (meant)
		snprintf(why + len, WHY_TEXT - len, "%s?", meant);
}

/* The questions are those that the grader finds; when there is no grading, the run says why. */
static bool are_known(struct answers *a, const struct exercise *e, char why[static WHY_TEXT])
{
	const struct evidence nothing = {.used = 0};
	const struct replies none = {.count = 0};
	const struct grading g = {.exercise = e, .evidence = &nothing, .replies = &none};
	char line[ANSWER_LINE], id[ID_TEXT] = "";
	struct score *s = calloc(1, sizeof *s);
	bool good = s && grade(&g, s, why);
	bool known = true;
	for (size_t at = 0; good && known && at < a->len;) {
		at = copy_line(a, at, line);
		answer_of_line(line, id);
		a->named |= *id;
		known = !*id || has(s, id);
	}
	if (!known)
		refuse(id, s, why);
	free(s);
	return known;
}

bool answers_read(struct answers *a, FILE *from, const struct exercise *e,
		  char why[static WHY_TEXT])
{
	a->len = 0;
	if (!read_file(a, from, why))
		return false;
	a->text[a->len] = 0;
	return are_known(a, e, why);
}

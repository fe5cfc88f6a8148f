/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_LABS_PAGE_H
#define SYNFIN_LABS_PAGE_H

#include <stdbool.h>
#include <stdio.h>

/* A page of an exercise: a title, and passages under headings.
 *
 *   # Title
 *   What stands here is said at the beginning.
 *   ## ask ID
 *   The question; then, under ### hint, ### right and ### wrong NAME, what belongs to it. */

struct passage {
	const char *at; /* NULL: there is none */
	size_t len;
};

/* The title, without its mark; what stands below it. */
struct passage page_title(const char *page);
struct passage page_intro(const char *page);

/* What stands below "## heading", down to the next heading of any kind; where `sub` is not NULL,
 * below the n-th (from 0) "### sub" in it. */
struct passage page_find(const char *page, const char *heading, const char *sub, unsigned n);

/* A heading: its level, 1 to 3, and what stands behind the marks. */
struct heading {
	unsigned level;
	struct passage words;
};

/* The next heading at or behind *at, which moves behind its line. False: there is none. */
bool page_next_heading(const char **at, struct heading *h);

/* Print in lines of at most so many columns, each indented. Paragraphs are filled, at blanks and
 * between the characters of Chinese; "- " begins an item, whose next lines hang below its words;
 * lines that begin with "|" or four blanks stay as they are where they fit. `width` counts the
 * columns of a terminal, two for a wide character. */
struct manner_of_text {
	int width, indent;
};

void passage_print(FILE *out, struct passage p, struct manner_of_text m);

/* The same of a sentence, in a format of printf. */
void text_print(FILE *out, struct manner_of_text m, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The columns that a UTF-8 text takes. */
int text_columns(const char *text, size_t len);

#endif

/* SPDX-License-Identifier: MIT */
#include "labs/marking.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/printable.h"
#include "capture/rights.h"
#include "labs/page.h"

bool paper_is_good(const struct paper *p)
{
	return !p->problem && p->right == p->marks;
}

void paper_free(struct paper *p)
{
	free(p->folder);
	free(p->mark);
	free(p->problem);
}

void papers_free(struct papers *p)
{
	for (size_t i = 0; i < p->count; i++)
		paper_free(&p->at[i]);
	free(p->at);
	free(p->note);
	*p = (struct papers){.count = 0};
}

const char *verdict_name(enum verdict v)
{
	static const char *const names[] = {"right", "wrong", "none", "unseen"};
	return names[v];
}

/* ---- the table */

static void print_padded(FILE *out, const char *text, int width)
{
	char shown[PRINTABLE_TEXT];
	printable(*text ? text : "?", shown);
	int columns = text_columns(shown, strlen(shown));
	fprintf(out, "%s%*s  ", shown, columns < width ? width - columns : 0, "");
}

static int columns_of(const char *text)
{
	char shown[PRINTABLE_TEXT];
	printable(text, shown);
	return text_columns(shown, strlen(shown));
}

static void print_row(FILE *out, const struct paper *p, const int width[2])
{
	char of[32] = "-";
	print_padded(out, p->student, width[0]);
	print_padded(out, p->exercise, width[1]);
	if (p->mark)
		snprintf(of, sizeof of, "%u/%u", p->right, p->marks);
	fprintf(out, "%5s  %5u%s%s\n", of, p->hints, p->stored ? "  stored" : "",
		p->problem ? "  see below" : "");
}

void papers_print_table(FILE *out, const struct papers *p)
{
	char shown[PRINTABLE_TEXT];
	int width[2] = {7, 8};
	size_t good = 0;
	for (size_t i = 0; i < p->count; i++) {
		int student = columns_of(p->at[i].student),
		    exercise = columns_of(p->at[i].exercise);
		width[0] = student > width[0] ? student : width[0];
		width[1] = exercise > width[1] ? exercise : width[1];
		good += paper_is_good(&p->at[i]);
	}
	fprintf(out, "%-*s  %-*s  right  hints\n", width[0], "student", width[1], "exercise");
	for (size_t i = 0; i < p->count; i++)
		print_row(out, &p->at[i], width);
	fprintf(out, "%zu handed in, %zu all right\n", p->count, good);
	for (size_t i = 0; i < p->count; i++)
		if (p->at[i].problem) /* in which every name is printable already */
			fprintf(out, "%s: %s\n", printable(p->at[i].folder, shown),
				p->at[i].problem);
}

/* ---- the command */

static void print(FILE *out, const struct papers *p, enum lab_format format)
{
	static void (*const printers[])(FILE *, const struct papers *) = {
		papers_print_table, papers_print_csv, papers_print_junit};
	printers[format](out, p);
}

static bool write_file(const struct lab_order *o, const struct papers *p, char why[static WHY_TEXT])
{
	char shown[PRINTABLE_TEXT];
	rights_open_as_user(true);
	FILE *f = o->output ? fopen(o->output, "we") : stdout;
	int error = errno;
	rights_open_as_user(false);
	errno = error;
	if (f)
		print(f, p, o->format);
	bool good = f && fflush(f) == 0;
	if (f && o->output)
		good = fclose(f) == 0 && good;
	if (!good)
		snprintf(why, WHY_TEXT, "cannot write %s: %s\nName another file with -o.",
			 o->output ? printable(o->output, shown) : "standard output",
			 strerror(errno));
	return good;
}

static int code_of(const struct papers *p)
{
	bool good = true, read = false;
	for (size_t i = 0; i < p->count; i++) {
		good &= paper_is_good(&p->at[i]);
		read |= p->at[i].mark != NULL;
	}
	return good ? EXIT_DONE : read ? EXIT_FALSE : EXIT_FAILED;
}

int lab_grade(struct lab_order *o)
{
	struct papers p;
	char why[WHY_TEXT];
	bool good = papers_mark(o->word[0], o->student, &p, why);
	int code = code_of(&p);
	if (good)
		good = write_file(o, &p, why);
	if (p.note)
		fprintf(stderr, "synfin: not all of it was looked at: %s\n", p.note);
	papers_free(&p);
	return good ? code : lab_refuse(why);
}

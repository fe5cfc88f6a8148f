/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_EXPLAIN_PARAGRAPH_H
#define SYNFIN_EXPLAIN_PARAGRAPH_H

#include "analysis/views/view.h"

/* Print text in lines of at most look->width columns, each indented by so many. */
void put_paragraph(FILE *out, const struct look *look, int indent, const char *text);

#endif

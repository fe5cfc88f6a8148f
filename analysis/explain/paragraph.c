/* SPDX-License-Identifier: MIT */
#include "analysis/explain/paragraph.h"

#include "analysis/views/lines.h"

void put_paragraph(FILE *out, const struct look *look, int indent, const char *text)
{
	char line[LINE_TEXT];
	while (flow(&text, look->width - indent, line))
		fprintf(out, "%*s%s\n", indent, "", line);
}

/* SPDX-License-Identifier: MIT */
#include "capture/doctor_terminal.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/printable.h"

/* locale(7): the first of them that is set and not empty. */
static const char *asked_for(void)
{
	static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);
		if (value && *value)
			return value;
	}
	return "C";
}

static bool is_east_asian(const char *locale)
{
	return strncmp(locale, "zh", 2) == 0 || strncmp(locale, "ja", 2) == 0 ||
	       strncmp(locale, "ko", 2) == 0;
}

struct screen screen_of(const struct environment *e, const char *locale)
{
	char shown[PRINTABLE_TEXT];
	const char *name = *locale ? locale : asked_for();
	locale_t l = newlocale(LC_CTYPE_MASK, name, (locale_t)0);
	struct screen s = {
		.columns = e->columns,
		.terminal = e->terminal,
		.color = e->terminal && !e->no_color,
		.utf8 = l && strcmp(nl_langinfo_l(CODESET, l), "UTF-8") == 0,
		.east_asian = is_east_asian(name),
		.unknown = !l,
	};
	snprintf(s.locale, sizeof s.locale, "%.63s", printable(name, shown));
	if (l)
		freelocale(l);
	return s;
}

const char *screen_style(const struct screen *s)
{
	return !s->utf8 ? "ascii" : s->east_asian ? "cjk" : "unicode";
}

/* SPDX-License-Identifier: MIT */
#include "tests/unit/script_rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/rows.h"

struct script *script_of_expression(const char *expression)
{
	char why[WHY_TEXT] = "";
	size_t at;
	struct script *s = script_new(script_limits);
	assert_non_null(s);
	if (!script_compile(s, "", expression, &at, why))
		fail_msg("%s: %s", expression, why);
	return s;
}

bool script_set(struct script *s, const char *json)
{
	size_t len = strlen(json);
	struct octets o = octets_prefix(&(struct octets){(uint8_t *)json, len}, len);
	bool good = script_set_json(s, (const char *)o.at, o.len);
	free(o.at);
	return good;
}

void expect_script(const char *json, const char *expression, const char *wanted)
{
	char why[WHY_TEXT];
	struct script *s = script_of_expression(expression);
	assert_true(script_set(s, json));
	bool holds = script_eval_bool(s, why);
	expect_text(expression, "what comes of it", holds ? "true" : *why ? why : "false", wanted);
	script_free(s);
}

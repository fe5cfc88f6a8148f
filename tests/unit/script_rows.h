/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_TESTS_SCRIPT_ROWS_H
#define SYNFIN_TESTS_SCRIPT_ROWS_H

#include "analysis/script.h"

static const struct limits script_limits = {.memory = 8U << 20, .work = 10000000};

/* Compiled, or else the test fails. */
struct script *script_of_expression(const char *expression);

/* script_set_json with a copy of exactly the text's size, so that ASan sees a read past its end. */
bool script_set(struct script *s, const char *json);

/* Fail the test unless what comes of the expression is "true", "false" or this error. */
void expect_script(const char *json, const char *expression, const char *wanted);

#endif

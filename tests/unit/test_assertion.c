/* SPDX-License-Identifier: MIT */
#include "analysis/assertion.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/decode/text.h"
#include "tests/unit/rows.h"

/* What is passed on, and the rows. */
struct scene {
	struct assertion *assertion;
	struct sink sink;
	unsigned events, endings;
	FILE *memory;
	char *text;
	size_t size;
};

static void count_event(void *to, const struct connection *c, const struct event *e)
{
	(void)c, (void)e;
	((struct scene *)to)->events++;
}

static void count_ending(void *to, const struct connection *c)
{
	(void)c;
	((struct scene *)to)->endings++;
}

static void begin(struct scene *s, const char *expression, uint32_t id, bool by_ending)
{
	char why[WHY_TEXT] = "", *text = strdup(expression);
	*s = (struct scene){.assertion = assertion_new(&text, 1, why)};
	if (!s->assertion)
		fail_msg("%s: %s", expression, why);
	s->memory = open_memstream(&s->text, &s->size);
	assert_non_null(s->memory);
	struct drawing rows = {.out = s->memory, .look = {.width = 80, .by_ending = by_ending}};
	s->sink = assertion_begin(
		s->assertion, (struct sink){.to = s, .event = count_event, .ended = count_ending},
		id, rows);
	free(text); /* only the sentences want it: none is printed here */
}

/* Connection `id`, closed by its client in four segments, of `segments` in all. */
static void end_connection(struct scene *s, uint32_t id, uint32_t segments)
{
	struct connection c;
	struct packet p = {.src = {.port = 1}, .dst = {.port = 2}};
	connection_init(&c, id, &p);
	c.n = segments;
	c.mark.first_fin = true;
	c.mark.reset_by = 2;
	c.mark.close_segments = 4;
	c.tally[0].bytes = UINT64_MAX;
	s->sink.event(s->sink.to, &c, &(struct event){0});
	s->sink.ended(s->sink.to, &c);
}

/* The ids of the rows, "#1 #3"; the text that was printed is *whole. */
static void finish(struct scene *s, char ids[static 64], char whole[static 1024])
{
	struct text t = text_in(ids, 64);
	assertion_end(s->assertion);
	assertion_free(s->assertion);
	fclose(s->memory);
	snprintf(whole, 1024, "%s", s->text);
	for (const char *at = s->text; (at = strchr(at, '#')); at++)
		for (text_char(&t, ' '); *at && *at != ' '; at++)
			text_char(&t, *at);
	free(s->text);
}

/* Of three connections with 10, 20 and 30 segments, which end in the order 3, 1, 2. */
static void test_rows(void **unused)
{
	(void)unused;
	static const struct {
		const char *expression;
		uint32_t id;
		bool by_ending;
		const char *ids;
	} row[] = {
		{"segments > 0", 0, false, ""},
		{"segments > 10", 0, false, " #1"},
		{"segments == 20", 0, false, " #1 #3"},
		{"segments == 20", 0, true, " #3 #1"},
		{"false", 0, false, " #1 #2 #3"},
		{"false", 2, false, " #2"},
		{"conn ~= 2", 1, false, ""},
		{"bytes.c2s > 1.8e19 and bytes.s2c == 0", 0, false, ""},
		{"close.by == 'client' and close.kind == 'fin' and close.segments == 4", 0, false,
		 ""},
		{"role_guessed == nil or role_guessed", 0, false, ""},
		{"has('close-four') == (#diagnoses > 0)", 0, false, ""},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char ids[64], whole[1024];
		struct scene s;
		begin(&s, row[i].expression, row[i].id, row[i].by_ending);
		end_connection(&s, 3, 30);
		end_connection(&s, 1, 10);
		end_connection(&s, 2, 20);
		expect_number(row[i].expression, "asked", assertion_asked(s.assertion),
			      row[i].id ? 1 : 3);
		expect_number(row[i].expression, "events", s.events, 3);
		expect_number(row[i].expression, "endings", s.endings, 3);
		finish(&s, ids, whole);
		expect_text(row[i].expression, "rows", ids, row[i].ids);
	}
}

/* Why there is no answer stands behind the row. */
static void test_reasons(void **unused)
{
	(void)unused;
	static const struct {
		const char *expression, *note;
	} row[] = {
		{"handshake.rtt < 1", "  (attempt to compare nil with number)\n"},
		{"close.segment == 4", "  (there is no 'segment' in 'close')\n"},
		{"segment == 4", "  (there is no 'segment')\n"},
		{"has()", "  (write has('NAME'))\n"},
		{"not has('close-five')", "  (there is no diagnosis 'close-five')\n"},
		{"has('')", "  (there is no diagnosis '')\n"},
		{"segments", "  (it is a number, neither true nor false)\n"},
		{"error('a\\27[31m\\tb\\n')", "  (a\\x1b[31m\\x09b\\x0a)\n"},
		{"(function() while true do end end)()", "  (it takes too long)\n"},
		{"type == 'connection'", "unknown\n"}, /* Lua's function, and no reason */
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char ids[64], whole[1024];
		struct scene s;
		begin(&s, row[i].expression, 0, false);
		end_connection(&s, 1, 10);
		finish(&s, ids, whole);
		size_t len = strlen(whole), want = strlen(row[i].note);
		expect_text(row[i].expression, "row", whole + (len > want ? len - want : 0),
			    row[i].note);
	}
}

static void test_misuse(void **unused)
{
	(void)unused;
	static const char cure[] = "Examples: 'close.segments == 3', 'handshake.rtt < 0.01'; see "
				   "synfin-analyze(1).";
	static const struct {
		const char *expression, *why;
	} row[] = {
		{"a = 1", "<eof> expected near '='\n  a = 1\n    ^\n"},
		{"a ==", "unexpected symbol near <eof>\n  a ==\n      ^\n"},
		{"= 1", "unexpected symbol near '='\n  = 1\n  ^\n"},
		{"\t =", "unexpected symbol near '='\n  \\x09 =\n       ^\n"},
		{" \n", "it is empty\n   \\x0a\n  ^\n"},
		{"", "it is empty\n  ''\n  ^\n"},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char why[WHY_TEXT], wanted[WHY_TEXT], good[] = "true", bad[16];
		snprintf(bad, sizeof bad, "%s", row[i].expression);
		snprintf(wanted, sizeof wanted, "--assert is no Lua expression: %s%s", row[i].why,
			 cure);
		assert_null(assertion_new((char *[]){good, bad}, 2, why));
		expect_text(row[i].expression, "why", why, wanted);
	}
}

/* However long it is, what is said of it ends in what to do. */
static void test_long(void **unused)
{
	(void)unused;
	char why[WHY_TEXT], text[3000];
	memset(text, 'x', sizeof text);
	memcpy(text + sizeof text - 4, " y ", 4);
	assert_null(assertion_new((char *[]){text}, 1, why));
	assert_non_null(strstr(why, "see synfin-analyze(1)."));
	memset(text, '\033', sizeof text - 1);
	assert_null(assertion_new((char *[]){text}, 1, why));
	assert_non_null(strstr(why, "see synfin-analyze(1)."));
	assert_null(strchr(why, '\033'));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_misuse),
		cmocka_unit_test(test_long),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

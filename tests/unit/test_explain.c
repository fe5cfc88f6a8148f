/* SPDX-License-Identifier: MIT */
/* The pages of synfin explain: complete, and their examples true. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/explain/example.h"
#include "analysis/explain/page.h"
#include "analysis/model/state.h"
#include "analysis/views/number.h"

enum { TITLE = 80 - 27 };

typedef void topic_fn(const struct topic *t);

static void each_topic(topic_fn *look)
{
	for (const struct chapter *c = chapters; c->title; c++)
		for (const struct topic *t = c->topics; t->name; t++)
			look(t);
}

static char *page_of(const struct topic *t, const struct view *v, int width)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	assert_non_null(out);
	if (!page_print(out, t, v, (struct look){.width = width}))
		fail_msg("%s: no page", t->name);
	fclose(out);
	return text;
}

static const struct topic *topic_named(const char *name)
{
	const struct topic *t = topic_find(name);
	if (!t || strcmp(t->name, name) != 0)
		fail_msg("nothing explains %s", name);
	return t;
}

static void test_every_name_has_a_page(void **unused)
{
	const char *flag;
	unsigned bit;
	(void)unused;
	for (enum diagnosis_id id = 0; id < DIAGNOSES; id++)
		topic_named(catalogue_row(id)->name);
	for (enum tcp_state s = UNKNOWN; s < TCP_STATES; s++)
		topic_named(state_name(s));
	for (unsigned i = 0; (flag = flag_name(i, &bit)); i++)
		topic_named(flag);
}

static void is_complete(const struct topic *t)
{
	const char *const texts[] = {t->meaning, t->rule, t->causes, t->advice};
	bool diagnosis = diagnosis_named(t->name) < DIAGNOSES;
	if (strlen(t->title) > TITLE)
		fail_msg("%s: the title is too long for the table of contents", t->name);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (texts[i] && !strchr(".)?", texts[i][strlen(texts[i]) - 1]))
			fail_msg("%s: '%s' does not end", t->name, texts[i]);
	if (!t->meaning || !t->figure || !t->rule != !diagnosis || !t->rfc != diagnosis)
		fail_msg("%s: a part is missing", t->name);
}

static void test_every_page_is_complete(void **unused)
{
	(void)unused;
	each_topic(is_complete);
}

static void shows_its_diagnosis(const struct topic *t)
{
	struct example x = example_of(t);
	enum diagnosis_id wanted = diagnosis_named(t->shows ? t->shows : t->name);
	if (!x.good)
		fail_msg("%s: the figure does not show it: %s", t->name, t->figure);
	if (t->shows && wanted == DIAGNOSES)
		fail_msg("%s: there is no diagnosis %s", t->name, t->shows);
	if (wanted < DIAGNOSES && !*x.sentence)
		fail_msg("%s: no sentence", t->name);
}

static void test_every_example_is_true(void **unused)
{
	(void)unused;
	each_topic(shows_its_diagnosis);
}

/* What a ladder cannot show: options, and what no row has. */
static bool is_invisible(const struct topic *t)
{
	static const char *const names[] = {
		"checksum-offload", "MSS",   "SACK",         "window-scale", "timestamps",
		"fast-open",        "mptcp", "user-timeout", "accecn"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i], t->name) == 0)
			return true;
	return false;
}

/* The name of what the page is about, or of the diagnosis that shows it, is in the ladder. */
static void names_itself(const struct topic *t)
{
	char *text = page_of(t, &view_ladder, 80);
	const char *example = strstr(text, "\nExample\n");
	assert_non_null(example);
	if (!is_invisible(t) && !strstr(example, t->name))
		fail_msg("%s is not in its own example:\n%s", t->name, example);
	if (t->shows && !strstr(example, t->shows))
		fail_msg("%s: no %s in\n%s", t->name, t->shows, example);
	free(text);
}

static void test_every_example_shows_its_subject(void **unused)
{
	(void)unused;
	each_topic(names_itself);
}

static void fits(const struct topic *t)
{
	static const int widths[] = {40, 80, 120};
	for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
		char *text = page_of(t, &view_ladder, widths[i]);
		for (const char *at = text; *at; at += strcspn(at, "\n") + 1)
			if ((int)strcspn(at, "\n") > widths[i])
				fail_msg("%s, %d columns: %.*s", t->name, widths[i],
					 (int)strcspn(at, "\n"), at);
		free(text);
	}
}

static void test_no_line_is_too_long(void **unused)
{
	(void)unused;
	each_topic(fits);
}

static bool begins(const char *word, const char *with)
{
	return strncmp(word, with, strlen(with)) == 0;
}

/* A word that looks like the name of a diagnosis must be one. */
static void check_words(const struct topic *t, const char *text)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz-";
	static const char *const families[] = {"close-", "fin-",   "rst-", "syn-",  "synack-",
					       "reuse-", "zero-w", "tfo-", "half-", "capture-"};
	char word[64];
	for (size_t n; text && *text; text += n ? n : 1) {
		n = strspn(text, letters);
		snprintf(word, sizeof word, "%.*s", (int)n, text);
		bool name = false;
		for (size_t i = 0; i < sizeof families / sizeof *families; i++)
			name |= begins(word, families[i]);
		if (name && strcmp(word, "half-open") != 0 && !topic_find(word))
			fail_msg("%s speaks of %s, which there is not", t->name, word);
	}
}

static void refers_well(const struct topic *t)
{
	check_words(t, t->meaning);
	check_words(t, t->rule);
	check_words(t, t->causes);
	check_words(t, t->advice);
}

static void test_what_pages_refer_to_exists(void **unused)
{
	(void)unused;
	each_topic(refers_well);
}

static void test_names(void **unused)
{
	const char *names[TOPICS];
	size_t count = topic_names(names);
	(void)unused;
	assert_null(names[count]);
	assert_ptr_equal(topic_find("fin-wait-2"), topic_find("FIN-WAIT-2"));
	assert_ptr_equal(topic_find("mss"), topic_find("MSS"));
	assert_string_equal(topic_find("time-wait")->name, "time-wait");
	assert_string_equal(topic_find("TIME-WAIT")->name, "TIME-WAIT");
	assert_ptr_equal(topic_twin(topic_find("time-wait")), topic_find("TIME-WAIT"));
	assert_null(topic_twin(topic_find("refused")));
	assert_null(topic_find("refuse"));
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(names[i], names[j]);
}

static size_t count_lines(const char *text, const char *with)
{
	size_t n = 0;
	for (const char *at = text; (at = strstr(at, with)); at++)
		n++;
	return n;
}

static void test_arrows_are_those_of_the_table(void **unused)
{
	(void)unused;
	for (enum tcp_state s = CLOSED; s < TCP_STATES; s++) {
		char *text = NULL;
		size_t size, arrows = 0;
		FILE *out = open_memstream(&text, &size);
		assert_non_null(out);
		arrows_print(out, state_name(s), &(struct look){.width = 80});
		fclose(out);
		for (enum tcp_state from = CLOSED; from < TCP_STATES; from++)
			for (enum cause c = 0; c < CAUSES; c++) {
				enum tcp_state to = state_next(from, c);
				arrows += to != from && (from == s || to == s);
			}
		if (count_lines(text, " -> ") != arrows || strstr(text, "(null)"))
			fail_msg("%s: %zu arrows in the table, not\n%s", state_name(s), arrows,
				 text);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_name_has_a_page),
		cmocka_unit_test(test_every_page_is_complete),
		cmocka_unit_test(test_every_example_is_true),
		cmocka_unit_test(test_every_example_shows_its_subject),
		cmocka_unit_test(test_no_line_is_too_long),
		cmocka_unit_test(test_what_pages_refer_to_exists),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_arrows_are_those_of_the_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

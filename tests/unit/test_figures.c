/* SPDX-License-Identifier: MIT */
/* Each file of tests/figures must redraw itself: its segments, given to the model, come out of
 * view_figure with the same states and notes. Left is 10.0.0.1:40000, right 10.0.0.2:80. A line
 * "# ..." is a comment; "# self-connect" makes both ends the same. The first title is left out. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/views/view.h"
#include "tests/unit/notation.h"

enum { FILES = 256, PATH = 512, LINE = 256 };

struct drawn {
	struct drawing drawing;
	struct tracker tracker;
	struct wire wire;
};

static void on_event(void *to, const struct connection *c, const struct event *e)
{
	struct drawing *d = &((struct drawn *)to)->drawing;
	if (e->kind == EVENT_DIAGNOSIS)
		return; /* nothing that a figure draws */
	view_figure.event(d, c, e);
	d->last = c->id;
}

static void on_ended(void *to, const struct connection *c)
{
	struct drawing *d = &((struct drawn *)to)->drawing;
	if (view_figure.ended)
		view_figure.ended(d, c);
}

static void take_line(struct drawn *d, const char *line, FILE *expected)
{
	if (strncmp(line, "# self-connect", 14) == 0)
		d->wire.right = d->wire.left;
	if (strncmp(line, "# ", 2) == 0)
		return;
	fputs(line, expected);
	wire_play(&d->wire, line, &d->tracker);
}

/* Both texts are allocated. */
static void redraw(const char *path, char **expected, char **actual)
{
	static const uint64_t seed[2] = {1, 2};
	size_t size[2];
	char line[LINE];
	uint64_t state[32] = {0};
	struct drawn d = {.wire = wire_new()};
	FILE *in = fopen(path, "r"), *wanted = open_memstream(expected, &size[0]);
	assert_true(in && wanted && view_figure.state_size <= sizeof state);
	d.drawing.out = open_memstream(actual, &size[1]);
	d.drawing.look.width = 240; /* no row is broken */
	d.drawing.state = state;
	assert_true(d.drawing.out &&
		    tracker_init(&d.tracker, seed, (struct sink){&d, on_event, on_ended, false}));
	while (fgets(line, sizeof line, in))
		take_line(&d, line, wanted);
	tracker_end(&d.tracker);
	view_figure.end(&d.drawing, &(struct totals){0});
	fclose(in);
	fclose(wanted);
	fclose(d.drawing.out);
}

static void test_figure(void **path)
{
	char *expected, *actual;
	redraw(*path, &expected, &actual);
	bool titled = strncmp(actual, "#1  ", 4) == 0;
	bool same = titled && strcmp(expected, actual + strcspn(actual, "\n") + 1) == 0;
	bool empty = expected[0] == 0;
	if (!same)
		print_error("%s: expected\n%sbut drawn was\n%s", (char *)*path, expected, actual);
	free(expected);
	free(actual);
	assert_false(empty);
	assert_true(same);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct CMUnitTest *)a)->name, ((const struct CMUnitTest *)b)->name);
}

static char *join(const char *directory, const char *name)
{
	char *path = malloc(PATH);
	if (path)
		snprintf(path, PATH, "%s/%s", directory, name);
	return path;
}

static size_t list(const char *directory, struct CMUnitTest test[static FILES])
{
	size_t n = 0;
	DIR *d = opendir(directory);
	for (struct dirent *e; d && n < FILES && (e = readdir(d));) {
		if (!strstr(e->d_name, ".txt"))
			continue;
		char *path = join(directory, e->d_name);
		if (path)
			test[n++] = (struct CMUnitTest){strrchr(path, '/') + 1, test_figure, NULL,
							NULL, path};
	}
	if (d)
		closedir(d);
	qsort(test, n, sizeof *test, by_name);
	return n;
}

int main(void)
{
	struct CMUnitTest test[FILES] = {0};
	const char *root = getenv("ROOT");
	char *directory = join(root ? root : ".", "tests/figures");
	size_t n = directory ? list(directory, test) : 0;
	int failed = n ? _cmocka_run_group_tests("figures", test, n, NULL, NULL) : 1;
	if (!n)
		print_error("no figures in %s\n", directory);
	for (size_t i = 0; i < n; i++)
		free(test[i].initial_state);
	free(directory);
	return failed;
}

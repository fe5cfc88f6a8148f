/* SPDX-License-Identifier: MIT */
#include "analysis/explain_file.h"

#include <inttypes.h>
#include <stdlib.h>

#include "analysis/flow.h"
#include "analysis/output.h"
#include "analysis/printable.h"
#include "analysis/report.h"
#include "analysis/savefile.h"

enum { STORY_COLUMNS = 80 };

/* The story in the making: it may turn out that another connection was meant. */
struct telling {
	char *text;
	size_t size;
	FILE *memory;
	struct run *run;
	struct flow flow;
};

static bool begin(struct telling *t, const struct explain_request *r)
{
	struct look look = r->look.look;
	look.width = look.width < STORY_COLUMNS ? look.width : STORY_COLUMNS;
	*t = (struct telling){0};
	t->memory = open_memstream(&t->text, &t->size);
	t->run = t->memory ? run_new(&view_story, t->memory, look) : NULL;
	if (!t->run)
		return false;
	run_only(t->run, r->id ? r->id : 1, 0);
	return flow_init(&t->flow, t->run, run_sink(t->run), r->look.environment->seed);
}

static void tell(struct telling *t, struct savefile *s)
{
	struct frame frame;
	while (savefile_next(s, &frame))
		flow_frame(&t->flow, &frame);
	flow_end(&t->flow);
	run_end(t->run, &t->flow.totals);
	fclose(t->memory);
}

static int which(uint32_t connections, const char *file)
{
	char shown[PRINTABLE_TEXT];
	fprintf(stderr,
		"synfin: %s holds %" PRIu32 " connections: which one?\n"
		"Choose with --id N; synfin analyze FILE lists them.\n",
		printable(file, shown), connections);
	return EXIT_MISUSE;
}

static int missing(uint32_t id, uint32_t connections)
{
	fprintf(stderr,
		"synfin: there is no connection #%" PRIu32 ": there are %" PRIu32 "\n"
		"synfin analyze FILE lists them.\n",
		id, connections);
	return EXIT_FAILED;
}

static int conclude(struct telling *t, const struct explain_request *r, const struct savefile *s)
{
	uint32_t connections = t->flow.tracker.connections;
	struct report report = {.quiet = r->look.quiet, .verbose = r->look.verbose, .files = 1};
	bool good = report_print(&report, &t->flow, s);
	if (!r->id && connections > 1)
		return which(connections, r->word);
	if (r->id > connections && good)
		return missing(r->id, connections);
	fputs(t->text, stdout);
	return output_close(NULL, stdout) && good ? EXIT_DONE : EXIT_FAILED;
}

int explain_file(const struct explain_request *r)
{
	char why[WHY_TEXT];
	char *const names[] = {r->word};
	struct telling t;
	struct savefile *s = savefile_open(names, 1, NULL, why);
	if (!s) {
		fprintf(stderr, "synfin: %s\n", why);
		return EXIT_FAILED;
	}
	if (!begin(&t, r))
		return report_no_memory();
	tell(&t, s);
	int code = conclude(&t, r, s);
	free(t.text);
	savefile_close(s);
	return code;
}

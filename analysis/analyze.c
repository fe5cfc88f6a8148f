/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "analysis/analyze_options.h"
#include "analysis/assertion.h"
#include "analysis/command.h"
#include "analysis/flow.h"
#include "analysis/output.h"
#include "analysis/overview.h"
#include "analysis/readahead.h"
#include "analysis/report.h"
#include "analysis/savefile.h"

static bool wants_more(const struct analyze_request *r, const struct flow *flow)
{
	return !r->frames || flow->totals.frames < r->frames;
}

/* From a pipe, frames are followed as they come; from a file, another thread reads ahead. */
static void follow(const struct analyze_request *r, struct savefile *s, struct flow *flow)
{
	struct readahead *ahead = savefile_waits(s) ? NULL : readahead_new(s);
	const struct decoded *d;
	struct frame frame;
	while (ahead && wants_more(r, flow) && (d = readahead_next(ahead)))
		flow_decoded(flow, d);
	while (!ahead && wants_more(r, flow) && savefile_next(s, &frame))
		flow_frame(flow, &frame);
	if (ahead)
		readahead_end(ahead);
}

static void draw_nothing(struct drawing *d, const struct connection *c, const struct event *e)
{
	(void)d, (void)c, (void)e;
}

/* With --assert and without --as: the connections that fail are all there is to see. */
static const struct view silent = {.name = "silent", .event = draw_nothing};

static const struct view *choose_view(const struct analyze_request *r)
{
	if (r->look.view)
		return r->look.view;
	return r->assertions.count ? &silent : r->id ? &view_ladder : &view_list;
}

/* Where a view is drawn, the connections that fail are talk beside it. */
static struct sink assert_before(const struct analyze_request *r, struct assertion *a,
				 struct sink next, FILE *out)
{
	struct drawing rows = {.out = out, .look = r->look.look};
	if (r->look.view)
		rows.out = r->look.quiet ? NULL : stderr;
	return assertion_begin(a, next, r->id, rows);
}

/* Say what was not as it should be; returns the exit code. */
static int conclude(const struct analyze_request *r, const struct assertion *a,
		    const struct report *report, const struct flow *flow, const struct savefile *s)
{
	bool good = report_print(report, flow, s);
	if (!a)
		return good ? EXIT_DONE : EXIT_FAILED;
	if (!good && !assertion_asked(a))
		return EXIT_FAILED; /* why there is none has been said */
	bool holds = assertion_report(a, r->look.quiet);
	return !good ? EXIT_FAILED : holds ? EXIT_DONE : EXIT_FALSE;
}

static int draw(const struct analyze_request *r, struct savefile *s, struct assertion *a, FILE *out)
{
	const struct view *view = choose_view(r);
	struct run *run = run_new(view, out, r->look.look);
	bool lone = !r->look.view && !r->id && !a;
	struct overview overview;
	struct sink sink;
	struct flow flow;

	if (!run)
		return report_no_memory();
	run_only(run, r->id, r->segment);
	sink = lone ? overview_begin(&overview, run, r->look.look) : run_sink(run);
	if (a)
		sink = assert_before(r, a, sink, out);
	if (!flow_init(&flow, run, sink, r->look.environment->seed))
		return report_no_memory();
	flow.port = r->port;
	savefile_verify(s, view->verifies);
	run_begin(run, &(struct source){r->files.count == 1 ? r->files.at[0] : "several files",
					savefile_linktype(s)});
	follow(r, s, &flow);
	flow_end(&flow);
	struct report report = {
		.id = r->id,
		.segment = r->segment,
		.drawn = !r->segment || !view->event || run_drawn(run),
		.quiet = r->look.quiet || a,
		.verbose = r->look.verbose,
		.narrowed = r->filter || r->port,
		.enough = !wants_more(r, &flow),
		.files = r->files.count,
	};
	run_end(run, &flow.totals);
	if (lone)
		overview_end(&overview, out);
	fflush(out);
	if (a)
		assertion_end(a);
	return conclude(r, a, &report, &flow, s);
}

static int analyze(const struct analyze_request *r, struct assertion *a)
{
	char why[WHY_TEXT];
	int code = EXIT_FAILED;
	struct savefile *s = savefile_open(r->files.at, r->files.count, r->filter, why);
	FILE *out = s ? output_open(r->output, r->files.at, r->files.count) : NULL;
	if (!s)
		fprintf(stderr, "synfin: %s\n", why);
	if (s && out) {
		code = draw(r, s, a, out);
		if (!output_close(r->output, out))
			code = EXIT_FAILED;
	}
	if (s)
		savefile_close(s);
	return code;
}

int analyze_main(int argc, char **argv, const struct environment *e)
{
	struct analyze_request r;
	struct assertion *a = NULL;
	char why[WHY_TEXT];
	int code = EXIT_MISUSE;

	analyze_options_parse(&r, argc, argv, e);
	struct words wanted = r.assertions;
	if (wanted.count && !(a = assertion_new(wanted.at, wanted.count, why)))
		fprintf(stderr, "synfin: %s\n", why);
	else
		code = analyze(&r, a);
	if (a)
		assertion_free(a);
	analyze_options_free(&r);
	return code;
}

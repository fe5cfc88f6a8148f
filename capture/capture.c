/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/command.h"
#include "analysis/report.h"
#include "capture/interfaces.h"
#include "capture/outlet.h"
#include "capture/process.h"
#include "capture/request.h"
#include "capture/rights.h"
#include "capture/talk.h"
#include "capture/watch.h"
#include "capture/whole.h"

/* A connection that is over is reported after this: a FIN whose ACK got lost comes again earlier.
 */
static const int64_t linger = 300000000;

static bool give_up_rights(const struct request *r, struct watch *w, char why[static WHY_TEXT])
{
	struct record_wish wish = {r->savefile, live_pcap(w->live), rights_drop};
	return record_drop_rights(&wish, &w->record, why);
}

static void say_listening(const struct request *r)
{
	char filter[TALK_TEXT], name[PRINTABLE_TEXT];
	if (r->look.quiet)
		return;
	talk_filter(&r->live, filter, sizeof filter);
	fprintf(stderr, "synfin: listening on %s%s%s%s... Ctrl-C stops\n",
		printable(r->live.interface, name), *filter ? " (filter: " : "", filter,
		*filter ? ")" : "");
}

static void say_witness(const struct request *r, struct hearing *h)
{
	const char *lacks = hearing_lacks(h);
	bool whole = !h->witness || whole_connections(r->live.filter);
	if (*lacks && !r->look.quiet)
		fprintf(stderr, "synfin: witness: %s\n", lacks);
	const char *unseen = hearing_unseen(h, r->look.view ? r->look.view : &view_ladder);
	if (unseen && !r->look.quiet)
		fprintf(stderr, "synfin: %s\n", unseen);
	if (!whole)
		hearing_hides(h);
	if (!whole && !r->look.quiet)
		fputs("synfin: witness: the filter may hide segments: a step that only one side "
		      "knows of is left out, and is no disagreement.\n"
		      "One of ports and hosts alone hides none.\n",
		      stderr);
}

static void say_totals(const struct request *r, const struct flow *f)
{
	char text[WHY_TEXT];
	const struct totals *t = &f->totals;
	uint64_t damaged = flow_damage(t, text, sizeof text);
	if (damaged)
		fprintf(stderr, "synfin: %" PRIu64 " damaged frame%s left out: %s\n", damaged,
			damaged == 1 ? "" : "s", text);
	if (f->tracker.out_of_memory)
		fprintf(stderr, "synfin: out of memory: some connections are missing\n");
	if (r->look.verbose && flow_others(t, text, sizeof text)[0])
		fprintf(stderr, "synfin: not shown: %s\n", text);
	if (!r->look.quiet)
		fprintf(stderr,
			"synfin: %" PRIu64 " packet%s captured, %" PRIu64
			" dropped by the kernel, %" PRIu64 " connection%s\n",
			t->frames, t->frames == 1 ? "" : "s", t->kernel_dropped, t->connections,
			t->connections == 1 ? "" : "s");
	if (t->kernel_dropped && !r->look.quiet)
		fprintf(stderr,
			"A larger buffer (-B KIB), a filter, or -s 256 without the data keeps "
			"up better.\n");
}

/* Returns whether it was an ending as wished for. */
static bool explain(const struct request *r, enum ending e, int error, const struct live *l)
{
	char name[PRINTABLE_TEXT];
	if (e == GONE)
		fprintf(stderr,
			"synfin: %s: capturing stopped: %s\nWhat came before is shown. "
			"synfin capture -D lists the interfaces there are.\n",
			printable(r->live.interface, name), live_error(l));
	if (e == RECORD_FULL || e == OUTPUT_FULL)
		fprintf(stderr, "synfin: cannot write %s: %s\n%s\n",
			talk_savefile(e == RECORD_FULL ? r->savefile : "-", name),
			error == EINTR ? "nobody reads it" : strerror(error), talk_cure(error));
	return e == STOPPED || e == UNHEARD;
}

static bool watch(const struct request *r, struct watch *w)
{
	char silence[TALK_TEXT];
	say_witness(r, w->hearing);
	say_listening(r);
	if (!r->look.quiet)
		w->silence = talk_silence(&r->live, silence, sizeof silence);
	enum ending e = watch_run(w);
	int error = errno;
	w->flow->totals.kernel_dropped = live_dropped(w->live);
	tracker_dropped(&w->flow->tracker, w->flow->totals.kernel_dropped);
	flow_end(w->flow);
	hearing_end(w->hearing);
	run_end(w->flow->run, &w->flow->totals);
	if (fflush(w->out) != 0 && e == STOPPED) {
		error = errno;
		e = error == EPIPE ? UNHEARD : OUTPUT_FULL;
	}
	say_totals(r, w->flow);
	hearing_report(w->hearing, r->look.quiet);
	return explain(r, e, error, w->live);
}

/* From frames to the view: everything that needs memory and no rights. */
static bool draw(const struct request *r, struct watch w)
{
	struct flow flow;
	struct run *run = run_new(r->look.view ? r->look.view : &view_ladder, w.out, r->look.look);
	struct finished finished = {.next = run ? run_sink(run) : (struct sink){0}};
	struct sink sink = finished_sink(&finished);
	bool local = strcmp(r->live.interface, "lo") == 0;
	if (!run || !hearing_join(w.hearing, local, &flow, &sink) ||
	    !flow_init(&flow, run, sink, r->look.environment->seed)) {
		report_no_memory();
		return false;
	}
	flow.port = r->live.port;
	tracker_linger(&flow.tracker, linger);
	w.flow = &flow;
	w.finished = &finished;
	run_begin(run, &(struct source){r->live.interface, live_linktype(w.live)});
	fflush(w.out);
	bool good = watch(r, &w);
	finished_free(&finished);
	return good;
}

/* With -w - standard output is the capture's: nothing is drawn then. */
static FILE *open_out(const struct request *r, struct outlet *o)
{
	return r->taken ? fopen("/dev/null", "we") : outlet_open(o);
}

static int capture(const struct request *r)
{
	char why[WHY_TEXT] = "out of memory\nClose something, and try again.";
	struct outlet outlet = {.fd = STDOUT_FILENO, .signals = process_take_signals()};
	struct hearing hearing = {0};
	struct watch w = {
		.signals = outlet.signals,
		.live = live_open(&r->live, why),
		.out = open_out(r, &outlet),
		.outlet = &outlet,
		.hearing = &hearing,
		.packets = r->packets,
		.milliseconds = r->seconds * 1000,
		.connections = r->connections,
	};
	bool heard = !r->look.look.witness || (w.live && hearing_open(&hearing, why));
	bool ready = w.live && w.out && heard && give_up_rights(r, &w, why);
	if (!ready)
		fprintf(stderr, "synfin: %s\n", why);
	struct record *record = w.record;
	bool good = ready && draw(r, w);
	if (record)
		record_close(record);
	if (w.live)
		live_close(w.live);
	if (w.out)
		fclose(w.out);
	hearing_close(&hearing);
	close(w.signals);
	return good ? EXIT_DONE : EXIT_FAILED;
}

int capture_main(int argc, char **argv, const struct environment *e)
{
	struct request r;
	char as_root[TALK_TEXT];
	process_hold_streams();
	talk_as_root(argc, argv, as_root, sizeof as_root); /* argp will reorder argv */
	request_parse(&r, argc, argv, e);
	r.live.as_root = as_root;
	if (r.list) {
		bool good = interfaces_list(stdout) && fflush(stdout) == 0;
		if (!good)
			fprintf(stderr, "synfin: cannot list the interfaces: %s\n",
				strerror(errno));
		return good ? EXIT_DONE : EXIT_FAILED;
	}
	int code = capture(&r);
	request_free(&r);
	return code;
}
